import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { heartbeat } from '../../testing/vehicles.ts'
import { encode } from '../encode.ts'
import { finishFrame } from '../finish-frame.ts'
import type { Frame } from '../frame.ts'
import { framesOfDatagram } from '../framer.ts'
import { readKeyFile } from './key-file.ts'
import { createKeyring, type KeyEntry } from './keyring.ts'
import { signatureHead } from './signature.ts'
import { createSigner } from './signer.ts'
import { createSigningClock } from './signing-clock.ts'

const NOW_MS = Date.UTC(2026, 10, 28)
const store = () => ({ load: () => 0, save: () => undefined })
const [FLEET, OWN_KEY] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]
const entry = (secret: Uint8Array, vehicles: KeyEntry['vehicles']): KeyEntry => ({ secret, vehicles, store: store() })
const only = (bytes: Uint8Array): Frame => framesOfDatagram(bytes)[0]!
const plain = (sys: number): Frame => only(encode('HEARTBEAT', heartbeat(0), { seq: 0, sys, comp: 1 }))
function signedWith(secret: Uint8Array, nowMs: () => number = () => NOW_MS) {
  const signer = createSigner(secret, 9, createSigningClock(nowMs, store()))
  return (sys: number): Frame => only(encode('HEARTBEAT', heartbeat(0), { seq: 0, sys, comp: 1, signer }))
}

describe('a keyring', () => {
  it('believes each vehicle its own key, and no other’s', () => {
    const ring = createKeyring([entry(FLEET, 'all'), entry(OWN_KEY, [7])], () => NOW_MS)
    const [fleet, own] = [signedWith(FLEET), signedWith(OWN_KEY)]
    expect([ring.admit(fleet(1), 'refuse'), ring.admit(own(7), 'refuse')]).toEqual([true, true])
    expect([ring.admit(own(1), 'refuse'), ring.admit(fleet(7), 'accept')]).toEqual([false, false])
    expect(ring.vehicle(7)).toEqual({ state: 'signed', refused: 1 })
  })

  it.each([
    ['accept', true, 'unsigned'],
    ['read-only', true, 'read-only'],
    ['refuse', false, 'unsigned'],
  ] as const)('under the policy %s an unsigned frame is taken: %s, and the vehicle is %s', (policy, taken, state) => {
    const ring = createKeyring([entry(FLEET, 'all')], () => NOW_MS)
    expect(ring.admit(plain(1), policy)).toBe(taken)
    expect(ring.vehicle(1)).toEqual({ state, refused: taken ? 0 : 1 })
  })

  it('takes no unsigned frame in the name of a vehicle that signs, until it has been silent for a minute', () => {
    let nowMs = NOW_MS
    const ring = createKeyring([entry(FLEET, 'all')], () => nowMs)
    expect(ring.admit(signedWith(FLEET)(1), 'accept')).toBe(true)
    expect(ring.admit(plain(1), 'accept')).toBe(false)
    expect(ring.vehicle(1)).toEqual({ state: 'signed', refused: 1 })
    nowMs += 61_000
    expect(ring.admit(plain(1), 'accept')).toBe(true)
    expect(ring.vehicle(1).state).toBe('unsigned')
  })

  it('refuses the same frame again, also when it comes by another link', () => {
    const ring = createKeyring([entry(FLEET, 'all')], () => NOW_MS)
    const frame = signedWith(FLEET)(1)
    expect([ring.admit(frame, 'accept'), ring.admit(frame, 'accept')]).toEqual([true, false])
  })

  it('signs with rising stamps over all links of a key, under a link id for each', () => {
    const ring = createKeyring([entry(FLEET, 'all')], () => NOW_MS)
    const bytes = encode('HEARTBEAT', heartbeat(0), { seq: 0, sys: 255, comp: 190 })
    const heads = Array.from({ length: 20 }, (_, i) => {
      const [signer] = ring.signers([1], i % 2)
      return signatureHead(finishFrame(bytes, 0, signer))
    })
    expect(heads.map(({ linkId }) => linkId).slice(0, 4)).toEqual([0, 1, 0, 1])
    for (const [i, { stamp }] of heads.entries()) if (i > 0) expect(stamp).toBeGreaterThan(heads[i - 1]!.stamp)
  })

  it('signs once for each different key behind a peer, and leaves those without a key unsigned', () => {
    const ring = createKeyring([entry(FLEET, [1, 2]), entry(OWN_KEY, [7])], () => NOW_MS)
    expect(ring.signers([1, 2], 0)).toHaveLength(1)
    expect(ring.signers([1, 7], 0)).toHaveLength(2)
    expect(ring.signers([5], 0)).toEqual([undefined])
    expect(createKeyring([], () => NOW_MS).signers([1, 7], 0)).toEqual([undefined])
  })

  it('lets a station speak to a vehicle with a key only under that key', () => {
    const ring = createKeyring([entry(FLEET, [1])], () => NOW_MS)
    expect([ring.admitFor(1, plain(254)), ring.admitFor(1, signedWith(OWN_KEY)(254))]).toEqual([false, false])
    expect([ring.admitFor(1, signedWith(FLEET)(254)), ring.admitFor(2, plain(254))]).toEqual([true, true])
  })
})

describe('a key file', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'skerry-keys-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))
  const file = (text: string, mode = 0o600): string => {
    const full = path.join(folder, 'key')
    writeFileSync(full, text)
    chmodSync(full, mode)
    return full
  }

  it('holds digits, or a passphrase as ground stations use it', () => {
    expect(readKeyFile(file(`${'0a'.repeat(32)}\n`), 'hex')).toEqual(Buffer.alloc(32, 10))
    // SHA-256 of "harbour-7".
    expect(Buffer.from(readKeyFile(file('harbour-7\n'), 'passphrase')).toString('hex')).toMatch(/^[0-9a-f]{64}$/)
    expect(readKeyFile(file('harbour-7'), 'passphrase')).toEqual(readKeyFile(file('harbour-7\n'), 'passphrase'))
  })

  it.each([
    ['deadbeef', 'hex', 0o600, /must hold a key of 64 hexadecimal digits$/],
    ['hush', 'passphrase', 0o600, /must hold a passphrase of at least 8 characters$/],
    ['0a'.repeat(32), 'hex', 0o644, /may be read by others: chmod 600 it$/],
  ] as const)('that holds %s as %s with rights %o is refused without a word of it', (text, form, mode, why) => {
    const full = file(text, mode)
    expect(() => readKeyFile(full, form)).toThrow(why)
    expect(() => readKeyFile(full, form)).not.toThrow(text)
  })

  it('that is not there is told as such', () => {
    expect(() => readKeyFile(path.join(folder, 'none'), 'hex')).toThrow(/none cannot be read: ENOENT$/)
  })
})
