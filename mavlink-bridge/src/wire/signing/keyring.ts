import type { FrameSigner } from '../encode.ts'
import type { Frame } from '../frame.ts'
import { createSignatureVerifier, isLocalRadioStatus, type SignatureVerifier } from './signature-verifier.ts'
import { createSigner } from './signer.ts'
import { createSigningClock, type SigningClock, type StampStore } from './signing-clock.ts'

/** What is done with unsigned frames: taken, taken for display while no order goes out, or refused. */
export type Unsigned = 'accept' | 'read-only' | 'refuse'

export interface KeyEntry {
  readonly secret: Uint8Array
  readonly vehicles: 'all' | readonly number[]
  readonly store: StampStore
}

/** What the signatures of one vehicle came to. */
export interface VehicleSigning {
  /** `signed`: its frames are verified. `read-only`: they are not, and no order may go out. */
  readonly state: 'signed' | 'unsigned' | 'read-only'
  /** Frames in its name that were refused. */
  readonly refused: number
}

export interface Keyring {
  /** Whether a frame may be believed. Counts, and remembers per vehicle. */
  admit(frame: Frame, unsigned: Unsigned): boolean
  /** Whether a station's frame to a vehicle may go on: for a vehicle with a key it has to be signed with that key. */
  admitFor(target: number, frame: Frame): boolean
  /** How to sign for these vehicles on a link: one entry for each different key, undefined where one has none. */
  signers(systems: readonly number[], linkId: number): readonly (FrameSigner | undefined)[]
  vehicle(sys: number): VehicleSigning
}

interface Key {
  readonly vehicles: 'all' | readonly number[]
  readonly secret: Uint8Array
  readonly clock: SigningClock
  readonly verifier: SignatureVerifier
  readonly signers: Map<number, FrameSigner>
}
interface Known {
  state: VehicleSigning['state']
  refused: number
  lastSignedAtMs: number
}

/** As long as a vehicle was heard signed so lately, an unsigned frame in its name is not its own. */
const SIGNED_KEPT_MS = 60_000
const UNSIGNED: readonly (FrameSigner | undefined)[] = [undefined]

/** The keys of all vehicles, with the one clock and the one stream table of each key, whatever the number of links. */
export function createKeyring(entries: readonly KeyEntry[], nowMs: () => number): Keyring {
  const keys = entries.map(({ secret, vehicles, store }): Key => {
    const initial = store.load()
    return {
      vehicles,
      secret,
      clock: createSigningClock(nowMs, { load: () => initial, save: store.save }),
      verifier: createSignatureVerifier(secret, nowMs, { acceptUnsigned: isLocalRadioStatus }, initial),
      signers: new Map(),
    }
  })
  const known = new Map<number, Known>()

  /** The vehicle's own key goes before one for all. */
  const keyOf = (sys: number): Key | undefined =>
    keys.find(({ vehicles }) => vehicles !== 'all' && vehicles.includes(sys)) ??
    keys.find(({ vehicles }) => vehicles === 'all')

  function noteOf(sys: number): Known {
    let note = known.get(sys)
    if (note === undefined) {
      note = { state: 'unsigned', refused: 0, lastSignedAtMs: -Infinity }
      known.set(sys, note)
    }
    return note
  }
  function judge(frame: Frame, key: Key | undefined, unsigned: Unsigned, note: Known): boolean {
    if (key !== undefined) {
      const verdict = key.verifier.verify(frame)
      if (verdict.ok && verdict.signed) {
        note.state = 'signed'
        note.lastSignedAtMs = nowMs()
        key.clock.follow(key.verifier.newestStamp)
        return true
      }
      if (verdict.ok) return true
      // A bad signature is worse than none.
      if (verdict.kind !== 'unsigned' || nowMs() - note.lastSignedAtMs < SIGNED_KEPT_MS) return false
    }
    if (unsigned === 'refuse') return isLocalRadioStatus(frame)
    note.state = unsigned === 'read-only' ? 'read-only' : 'unsigned'
    return true
  }

  return {
    admit(frame, unsigned) {
      if (keys.length === 0 && unsigned === 'accept') return true
      const note = noteOf(frame.sys)
      const good = judge(frame, keyOf(frame.sys), unsigned, note)
      if (!good) note.refused++
      return good
    },
    admitFor(target, frame) {
      const key = keyOf(target)
      if (key === undefined) return true
      const verdict = key.verifier.verify(frame)
      return verdict.ok && verdict.signed
    },
    signers(systems, linkId) {
      if (keys.length === 0) return UNSIGNED
      const wanted = new Set(systems.map(keyOf))
      return [...wanted].map((key) => {
        if (key === undefined) return undefined
        let signer = key.signers.get(linkId)
        if (signer === undefined) {
          signer = createSigner(key.secret, linkId, key.clock)
          key.signers.set(linkId, signer)
        }
        return signer
      })
    },
    vehicle(sys) {
      const note = known.get(sys)
      return { state: note?.state ?? 'unsigned', refused: note?.refused ?? 0 }
    },
  }
}
