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
  /** Frames in its name without a valid signature; copies of good ones, and what a clock that is behind signs, are not among them. */
  readonly refused: number
  /** When the last of those came, epoch ms; null: none came. */
  readonly lastRefusedAtMs: number | null
}

/**
 * What becomes of a frame. `repeated`: rightly signed, and no newer than what was taken a moment ago. `behind`: rightly
 * signed by a clock that is behind ours; its owner will follow a newer stamp once it hears one. Of these two, as of
 * `refused`, nothing is believed.
 */
export type Admission = 'taken' | 'repeated' | 'behind' | 'refused'

export interface Keyring {
  /** Whether a frame may be believed. Counts, and remembers per vehicle. */
  admit(frame: Frame, unsigned: Unsigned): Admission
  /**
   * Whether a station's frame may go on to a vehicle: for a vehicle with a key it has to be signed with that key. The
   * frame is judged once for each key, however many vehicles have it: a second look would take it for a replay.
   */
  judgeOf(frame: Frame): (target: number) => boolean
  /**
   * How to sign for these vehicles on a link: one entry for each different key, undefined where one has none. No
   * vehicles: for whoever may be at an end that has not spoken yet.
   */
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
  lastRefusedAtMs: number | null
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
      note = { state: 'unsigned', refused: 0, lastRefusedAtMs: null, lastSignedAtMs: -Infinity }
      known.set(sys, note)
    }
    return note
  }
  const isSignedLately = (note: Known): boolean => nowMs() - note.lastSignedAtMs < SIGNED_KEPT_MS

  function judge(frame: Frame, key: Key | undefined, unsigned: Unsigned, note: Known): Admission {
    if (key !== undefined) {
      const verdict = key.verifier.verify(frame)
      if (verdict.ok && verdict.signed) {
        note.state = 'signed'
        note.lastSignedAtMs = nowMs()
        key.clock.follow(key.verifier.newestStamp)
        return 'taken'
      }
      if (verdict.ok) return 'taken'
      if (verdict.kind === 'repeated') return 'repeated'
      if (verdict.kind === 'tooOld' || verdict.kind === 'replayed') return 'behind'
      // A bad signature is worse than none.
      if (verdict.kind !== 'unsigned' || isSignedLately(note)) return 'refused'
    }
    if (unsigned === 'refuse') return isLocalRadioStatus(frame) ? 'taken' : 'refused'
    note.state = unsigned === 'read-only' ? 'read-only' : 'unsigned'
    return 'taken'
  }
  function signerOf(key: Key | undefined, linkId: number): FrameSigner | undefined {
    if (key === undefined) return undefined
    let signer = key.signers.get(linkId)
    if (signer === undefined) {
      signer = createSigner(key.secret, linkId, key.clock)
      key.signers.set(linkId, signer)
    }
    return signer
  }
  /** Behind an end that has not spoken may be any vehicle that is declared, and one without a key unless one is for all. */
  const anyone: readonly (Key | undefined)[] = keys.some(({ vehicles }) => vehicles === 'all')
    ? keys
    : [...keys, undefined]

  return {
    admit(frame, unsigned) {
      if (keys.length === 0 && unsigned === 'accept') return 'taken'
      const note = noteOf(frame.sys)
      const admission = judge(frame, keyOf(frame.sys), unsigned, note)
      // Old words in the name of a vehicle that signs in time are not its own.
      if (admission === 'refused' || (admission === 'behind' && isSignedLately(note))) {
        note.refused++
        note.lastRefusedAtMs = nowMs()
      }
      return admission
    },
    judgeOf(frame) {
      const verdicts = new Map<Key, boolean>()
      return (target) => {
        const key = keyOf(target)
        if (key === undefined) return true
        const known = verdicts.get(key)
        if (known !== undefined) return known
        const verdict = key.verifier.verify(frame)
        verdicts.set(key, verdict.ok && verdict.signed)
        return verdict.ok && verdict.signed
      }
    },
    signers(systems, linkId) {
      if (keys.length === 0) return UNSIGNED
      const wanted = systems.length === 0 ? anyone : [...new Set(systems.map(keyOf))]
      return wanted.map((key) => signerOf(key, linkId))
    },
    vehicle(sys) {
      const note = known.get(sys)
      const { state = 'unsigned', refused = 0, lastRefusedAtMs = null } = note ?? {}
      return { state, refused, lastRefusedAtMs }
    },
  }
}
