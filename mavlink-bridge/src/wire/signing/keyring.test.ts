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
    expect([ring.admit(fleet(1), 'refuse'), ring.admit(own(7), 'refuse')]).toEqual(['taken', 'taken'])
    expect([ring.admit(own(1), 'refuse'), ring.admit(fleet(7), 'accept')]).toEqual(['refused', 'refused'])
    expect(ring.vehicle(7)).toEqual({ state: 'signed', refused: 1, lastRefusedAtMs: NOW_MS })
  })

  it.each([
    ['accept', 'taken', 'unsigned'],
    ['read-only', 'taken', 'read-only'],
    ['refuse', 'refused', 'unsigned'],
  ] as const)('under the policy %s an unsigned frame is %s, and the vehicle %s', (policy, becomes, state) => {
    const ring = createKeyring([entry(FLEET, 'all')], () => NOW_MS)
    expect(ring.admit(plain(1), policy)).toBe(becomes)
    expect(ring.vehicle(1)).toMatchObject({ state, refused: becomes === 'taken' ? 0 : 1 })
  })

  it('takes no unsigned frame in the name of a vehicle that signs, until it has been silent for a minute', () => {
    let nowMs = NOW_MS
    const ring = createKeyring([entry(FLEET, 'all')], () => nowMs)
    expect(ring.admit(signedWith(FLEET)(1), 'accept')).toBe('taken')
    expect(ring.admit(plain(1), 'accept')).toBe('refused')
    expect(ring.vehicle(1)).toMatchObject({ state: 'signed', refused: 1 })
    nowMs += 61_000
    expect(ring.admit(plain(1), 'accept')).toBe('taken')
    expect(ring.vehicle(1).state).toBe('unsigned')
  })

  it('takes no frame twice, and does not count a copy among the words of an imitator', () => {
    const ring = createKeyring([entry(FLEET, 'all')], () => NOW_MS)
    const frame = signedWith(FLEET)(1)
    expect([ring.admit(frame, 'accept'), ring.admit(frame, 'accept')]).toEqual(['taken', 'repeated'])
    expect(ring.vehicle(1)).toEqual({ state: 'signed', refused: 0, lastRefusedAtMs: null })
  })

  it('counts an old frame that comes again while its vehicle speaks in time', () => {
    let nowMs = NOW_MS
    const ring = createKeyring([entry(FLEET, 'all')], () => nowMs)
    const vehicle = signedWith(FLEET, () => nowMs)
    const recorded = vehicle(1)
    expect(ring.admit(recorded, 'accept')).toBe('taken')
    nowMs += 10_000
    expect([ring.admit(vehicle(1), 'accept'), ring.admit(recorded, 'accept')]).toEqual(['taken', 'behind'])
    expect(ring.vehicle(1)).toEqual({ state: 'signed', refused: 1, lastRefusedAtMs: nowMs })
  })

  it('knows a vehicle whose clock is behind from one that is imitated, until it signs in time', () => {
    const ring = createKeyring([entry(FLEET, 'all')], () => NOW_MS)
    expect(ring.admit(signedWith(FLEET, () => NOW_MS - 3_600_000)(1), 'accept')).toBe('behind')
    expect(ring.vehicle(1)).toEqual({ state: 'unsigned', refused: 0, lastRefusedAtMs: null })
    expect(ring.admit(signedWith(FLEET)(1), 'accept')).toBe('taken')
  })

  it('signs for whoever may be there where nobody has spoken yet', () => {
    const one = createKeyring([entry(FLEET, 'all'), entry(OWN_KEY, [7])], () => NOW_MS)
    expect(one.signers([], 0)).toEqual([...one.signers([1], 0), ...one.signers([7], 0)])
    expect(one.signers([], 0)).toHaveLength(2)
    const some = createKeyring([entry(OWN_KEY, [7])], () => NOW_MS)
    expect(some.signers([], 0)).toEqual([...some.signers([7], 0), undefined])
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
    expect([ring.judgeOf(plain(254))(1), ring.judgeOf(signedWith(OWN_KEY)(254))(1)]).toEqual([false, false])
    expect([ring.judgeOf(signedWith(FLEET)(254))(1), ring.judgeOf(plain(254))(2)]).toEqual([true, true])
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
