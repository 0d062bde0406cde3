import { describe, expect, it } from 'vitest'
import { CORPUS, corpusText, hasCorpus } from '../../testing/corpus.ts'
import { decode } from '../decode.ts'
import { encode } from '../encode.ts'
import type { Frame } from '../frame.ts'
import { framesOfDatagram } from '../framer.ts'
import { carriesSecretKey, isSignedWith, signatureHead, stampOfUnixMs, withoutSignature } from './signature.ts'
import { createSignatureVerifier, isLocalRadioStatus, type SignatureVerdict } from './signature-verifier.ts'
import { createSigner } from './signer.ts'
import { createSigningClock, type StampStore } from './signing-clock.ts'

interface Vectors {
  key: string
  initialTimestamp: number
  frames: { name: string; frame: string; expect: 'accept' | 'reject' | 'policy' }[]
}

const KEY = new Uint8Array(32).map((_, i) => i * 7)
const NOW_MS = Date.UTC(2026, 10, 22, 4)
const outcome = (verdict: SignatureVerdict): string => (verdict.ok ? 'accept' : verdict.kind)
const only = (bytes: Uint8Array): Frame => framesOfDatagram(bytes)[0]!
const memoryStore = (): StampStore & { saved: number[] } => {
  const saved: number[] = []
  return { saved, load: () => saved.at(-1) ?? 0, save: (stamp) => saved.push(stamp) }
}
const heartbeat = { custom_mode: 0, type: 6, autopilot: 8, base_mode: 0, system_status: 4 }
const signedBy = (nowMs: () => number, sys = 1, comp = 1, linkId = 3): (() => Frame) => {
  const signer = createSigner(KEY, linkId, createSigningClock(nowMs, memoryStore()))
  return () => only(encode('HEARTBEAT', heartbeat, { seq: 0, sys, comp, signer }))
}

describe.skipIf(!hasCorpus)(`the signing vectors (skipped when ${CORPUS} is absent)`, () => {
  const vectors = hasCorpus ? (JSON.parse(corpusText('signing.json')) as Vectors) : undefined
  const epochMs = Date.UTC(2015, 0, 1)

  it('get the verdict stated for each, in order, by one receiver', () => {
    const { key, initialTimestamp, frames } = vectors!
    const verifier = createSignatureVerifier(
      Buffer.from(key, 'hex'),
      () => epochMs + initialTimestamp / 100,
      { acceptUnsigned: isLocalRadioStatus },
      initialTimestamp,
    )
    const verdicts = frames.map(({ name, frame }) => [name, outcome(verifier.verify(only(Buffer.from(frame, 'hex'))))])
    const plain = verdicts.map(([name, verdict]) => [name, verdict === 'accept' ? 'accept' : 'reject'])
    const ours: Record<string, string> = { 'unsigned-radio-status': 'accept', 'far-future': 'reject' }
    expect(plain).toEqual(frames.map(({ name, expect }) => [name, expect === 'policy' ? ours[name] : expect]))
    expect(verdicts).toContainEqual(['far-future', 'fromTheFuture'])
    expect(verdicts).toContainEqual(['exact-replay', 'repeated'])
    expect(verdicts).toContainEqual(['other-component-61s-old', 'tooOld'])
    expect(verdicts).toContainEqual(['unsigned-v2', 'unsigned'])
  })
})

describe('the signer', () => {
  it('makes frames that the verifier accepts, also twenty within one millisecond', () => {
    const verifier = createSignatureVerifier(KEY, () => NOW_MS)
    const next = signedBy(() => NOW_MS)
    const verdicts = Array.from({ length: 20 }, () => outcome(verifier.verify(next())))
    expect(verdicts).toEqual(Array.from({ length: 20 }, () => 'accept'))
  })

  it('leaves the message itself readable and marks it as signed', () => {
    const frame = signedBy(() => NOW_MS)()
    expect(frame.signed).toBe(true)
    expect(decode(frame).fields).toMatchObject({ type: 6, mavlink_version: 3 })
    expect(signatureHead(frame.raw)).toEqual({ linkId: 3, stamp: stampOfUnixMs(NOW_MS) })
  })

  it('refuses a key of the wrong length without showing it', () => {
    const clock = createSigningClock(() => NOW_MS, memoryStore())
    expect(() => createSigner(new Uint8Array(31).fill(171), 0, clock)).toThrow(/^a signing key has 32 bytes, not 31$/)
  })
})

describe('the signing clock', () => {
  it('goes on rising when the wall clock steps back', () => {
    let nowMs = NOW_MS
    const clock = createSigningClock(() => nowMs, memoryStore())
    const before = clock.next()
    nowMs -= 3_600_000
    expect(clock.next()).toBe(before + 1)
  })

  it('never gives a stamp again after a crash, although it saved only once', () => {
    const store = memoryStore()
    const first = createSigningClock(() => NOW_MS, store)
    const given = Array.from({ length: 1000 }, () => first.next())
    expect(store.saved).toHaveLength(1)
    const second = createSigningClock(() => NOW_MS, store)
    expect(second.next()).toBeGreaterThan(given.at(-1)!)
  })

  it('does not fall behind a verified stamp of another party', () => {
    const clock = createSigningClock(() => NOW_MS, memoryStore())
    clock.follow(stampOfUnixMs(NOW_MS + 30_000))
    expect(clock.next()).toBe(stampOfUnixMs(NOW_MS + 30_000) + 1)
  })
})

describe('the verifier', () => {
  it('takes no unsigned frame unless the policy says so', () => {
    const frame = only(encode('HEARTBEAT', heartbeat, { seq: 0, sys: 1, comp: 1 }))
    expect(outcome(createSignatureVerifier(KEY, () => NOW_MS).verify(frame))).toBe('unsigned')
    const open = createSignatureVerifier(KEY, () => NOW_MS, { acceptUnsigned: () => true })
    expect(open.verify(frame)).toEqual({ ok: true, signed: false })
  })

  it('makes the exception for the local radio only for RADIO_STATUS from its fixed address', () => {
    const fields = { rxerrors: 0, fixed: 0, rssi: 1, remrssi: 1, txbuf: 1, noise: 1, remnoise: 1 }
    const status = (sys: number): Frame => only(encode('RADIO_STATUS', fields, { seq: 0, sys, comp: 68 }))
    expect(isLocalRadioStatus(status(51))).toBe(true)
    expect(isLocalRadioStatus(status(1))).toBe(false)
  })

  it('remembers a bounded number of streams, and forgets only those too old to be replayed', () => {
    let nowMs = NOW_MS
    const verifier = createSignatureVerifier(KEY, () => nowMs, { maxStreams: 2 })
    const first = signedBy(() => nowMs, 1)()
    expect(outcome(verifier.verify(first))).toBe('accept')
    expect(outcome(verifier.verify(signedBy(() => nowMs, 2)()))).toBe('accept')
    expect(outcome(verifier.verify(signedBy(() => nowMs, 3)()))).toBe('tooManyStreams')
    nowMs += 61_000
    expect(outcome(verifier.verify(signedBy(() => nowMs, 3)()))).toBe('accept')
    expect(outcome(verifier.verify(first))).toBe('tooOld')
  })

  it('tells a copy that comes within seconds from a frame that was recorded, and takes neither', () => {
    let nowMs = NOW_MS
    const verifier = createSignatureVerifier(KEY, () => nowMs)
    const sign = signedBy(() => nowMs)
    const first = sign()
    expect(outcome(verifier.verify(first))).toBe('accept')
    for (const [laterMs, becomes] of [
      [4900, 'repeated'],
      [5100, 'replayed'],
    ] as const) {
      nowMs = NOW_MS + laterMs
      expect([outcome(verifier.verify(sign())), outcome(verifier.verify(first))]).toEqual(['accept', becomes])
    }
  })

  it('refuses after a restart what was sent more than a minute before the newest stamp it had stored', () => {
    const old = signedBy(() => NOW_MS - 61_000)()
    const verifier = createSignatureVerifier(KEY, () => NOW_MS - 120_000, {}, stampOfUnixMs(NOW_MS))
    expect(outcome(verifier.verify(old))).toBe('tooOld')
  })
})

describe('what is kept out of recordings', () => {
  it('strips signatures so that the frame stays valid', () => {
    const signed = signedBy(() => NOW_MS)()
    const plain = withoutSignature(signed)
    expect(only(plain.raw)).toMatchObject({ signed: false, sys: 1, id: 0 })
    expect(plain.raw).toHaveLength(signed.raw.length - 13)
    expect(decode(plain)).toEqual(decode(signed))
    expect(isSignedWith(KEY, signed.raw)).toBe(true)
  })

  it('knows the message that carries a key', () => {
    expect(carriesSecretKey({ id: 256 })).toBe(true)
    expect(carriesSecretKey({ id: 0 })).toBe(false)
  })
})
