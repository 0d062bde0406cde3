import { describe, expect, it } from 'vitest'
import { CORPUS, corpusBytes, corpusLines, FLIGHTS, flightPath, hasCorpus, hasFlights } from '../testing/corpus.ts'
import { encode } from '../wire/encode.ts'
import type { FrameCounters } from '../wire/framer.ts'
import { framesOfDatagram } from '../wire/framer.ts'
import { createSigner } from '../wire/signing/signer.ts'
import { createSigningClock } from '../wire/signing/signing-clock.ts'
import { readFileSync } from 'node:fs'
import { createTlogParser } from './tlog-parser.ts'
import { readTlog } from './read-tlog.ts'
import { tlogRecord } from './tlog-record.ts'

const START_US = 1_770_000_000_000_000n
const CLEAN: FrameCounters = { good: 0, badChecksum: 0, unknown: 0, refusedFlags: 0, junkBytes: 0 }

/** Record `i` of a made-up log: 100 ms after the one before, with `i` as sequence number. */
const record = (i: number, atUs = START_US + BigInt(i) * 100_000n): Uint8Array => {
  const frame = encode(
    'ATTITUDE',
    { time_boot_ms: 1000 + i, roll: 0.5, pitch: 0.25, yaw: 1.5, rollspeed: 1, pitchspeed: 2, yawspeed: 3 },
    { seq: i & 0xff, sys: 1, comp: 1 },
  )
  return tlogRecord(atUs, framesOfDatagram(frame)[0]!)!
}
const records = (count: number): Uint8Array[] => Array.from({ length: count }, (_, i) => record(i))
const changed = (bytes: Uint8Array, at: number, value: number): Uint8Array => {
  const copy = bytes.slice()
  copy[at] = value
  return copy
}
/** A frame of a message nobody knows, as a record. */
const unknownRecord = (i: number): Uint8Array => changed(changed(record(i), 8 + 7, 0x56), 8 + 9, 0x12)
const read = (parts: Uint8Array[], chunkBytes = Infinity): { seqs: number[]; counters: FrameCounters } => {
  const log = Buffer.concat(parts)
  const parser = createTlogParser()
  const step = Math.min(chunkBytes, Math.max(log.length, 1))
  const seqs: number[] = []
  for (let at = 0; at < log.length; at += step)
    seqs.push(...parser.push(log.subarray(at, at + step)).map(({ frame }) => frame.seq))
  seqs.push(...parser.end().map(({ frame }) => frame.seq))
  return { seqs, counters: { ...parser.counters } }
}
/** 0, 1, ... without those left out. */
const upTo = (count: number, ...without: number[]): number[] =>
  Array.from({ length: count }, (_, i) => i).filter((i) => !without.includes(i))

/** In a record the frame follows 8 bytes of time: magic, length, incompat flags. */
const LENGTH_AT = 9
const FLAGS_AT = 10

describe.skipIf(!hasCorpus)(`the recorded log of the corpus (skipped when ${CORPUS} is absent)`, () => {
  const expected = hasCorpus
    ? corpusLines<{ timestampUs: number; id: number; seq: number; sys: number; comp: number }>('log.expected.jsonl')
    : []

  it.each([1, 3, 100, 4096, Infinity])('reads the same in chunks of %s bytes', (chunkBytes) => {
    const log = corpusBytes('log.tlog')
    const parser = createTlogParser()
    const found = []
    const step = Math.min(chunkBytes, log.length)
    for (let at = 0; at < log.length; at += step) found.push(...parser.push(log.subarray(at, at + step)))
    found.push(...parser.end())
    const heads = found.map(({ atUs, frame }) => {
      const { id, seq, sys, comp } = frame
      return { timestampUs: Number(atUs), id, seq, sys, comp }
    })
    expect(heads).toEqual(expected)
    expect(parser.counters).toEqual({ ...CLEAN, good: expected.length })
  })
})

describe.skipIf(!hasFlights)(`a real flight (skipped when ${FLIGHTS} is absent)`, () => {
  it('keeps every record of a log with 1,314 bad ones and a cut end', () => {
    const parser = createTlogParser()
    const found = parser.push(readFileSync(flightPath('dronekit-flight.tlog')))
    found.push(...parser.end())
    expect(found).toHaveLength(75_477)
    expect(parser.counters).toEqual({ ...CLEAN, good: 75_477, badChecksum: 1314, junkBytes: 19 })
  })
})

describe('a log with faults', () => {
  const faulty: [string, Uint8Array, Partial<FrameCounters>][] = [
    ['a wrong checksum', changed(record(3), 20, 99), { badChecksum: 1 }],
    ['a length byte that is too small', changed(record(3), LENGTH_AT, 5), { badChecksum: 1 }],
    ['a length byte of zero', changed(record(3), LENGTH_AT, 0), { badChecksum: 1 }],
    ['a length byte that is too large by one', changed(record(3), LENGTH_AT, 29), { badChecksum: 1 }],
    ['a length byte that swallows exactly the next record', changed(record(3), LENGTH_AT, 28 + 48), { badChecksum: 1 }],
    ['a length byte that swallows several records', changed(record(3), LENGTH_AT, 255), { badChecksum: 1 }],
    ['a signed flag without a signature', changed(record(3), FLAGS_AT, 1), { badChecksum: 1 }],
    ['an unknown incompat flag', changed(record(3), FLAGS_AT, 2), { refusedFlags: 1 }],
    ['all incompat flags', changed(record(3), FLAGS_AT, 0xff), { refusedFlags: 1 }],
    ['an unknown message', unknownRecord(3), { unknown: 1 }],
    ['an unknown message with a wrong length', changed(unknownRecord(3), LENGTH_AT, 60), { unknown: 1 }],
    ['bytes that are no record', Uint8Array.from({ length: 40 }, (_, i) => i * 3), { junkBytes: 40 }],
  ]
  it.each(faulty)('loses nothing but the record with %s', (_what, bad, counts) => {
    const all = records(12)
    const log = [...all.slice(0, 3), bad, ...all.slice(4)]
    for (const chunkBytes of [1, 50, Infinity])
      expect(read(log, chunkBytes)).toEqual({ seqs: upTo(12, 3), counters: { ...CLEAN, good: 11, ...counts } })
  })

  it('counts several bad records in a row one by one', () => {
    const all = records(10)
    const log = [...all.slice(0, 2), ...[2, 3, 4].map((i) => changed(all[i]!, 22, 7)), ...all.slice(5)]
    expect(read(log)).toEqual({ seqs: upTo(10, 2, 3, 4), counters: { ...CLEAN, good: 7, badChecksum: 3 } })
  })

  it('counts a bad record behind another one whose length byte lies', () => {
    const all = records(10)
    const log = [...all.slice(0, 2), changed(all[2]!, LENGTH_AT, 40), changed(all[3]!, 22, 7), ...all.slice(4)]
    expect(read(log)).toEqual({ seqs: upTo(10, 2, 3), counters: { ...CLEAN, good: 8, badChecksum: 2 } })
  })

  it('survives a bad first record', () => {
    const all = records(5)
    const log = [changed(all[0]!, LENGTH_AT, 200), ...all.slice(1)]
    expect(read(log)).toEqual({ seqs: upTo(5, 0), counters: { ...CLEAN, good: 4, badChecksum: 1 } })
  })

  it('finds good records behind a length byte that points beyond the end of the log', () => {
    const all = records(5)
    const log = [...all.slice(0, 3), changed(all[3]!, LENGTH_AT, 255), all[4]!]
    expect(read(log)).toEqual({ seqs: upTo(5, 3), counters: { ...CLEAN, good: 4, badChecksum: 1 } })
  })

  it('takes a record cut short at the end as junk', () => {
    const log = [...records(3), record(3).subarray(0, 30)]
    expect(read(log)).toEqual({ seqs: upTo(3), counters: { ...CLEAN, good: 3, junkBytes: 30 } })
  })

  it('reads records whose clock jumps, or counts from the start of the recorder', () => {
    const jump = [record(0), record(1, START_US + 86_400_000_000n), record(2, START_US)]
    expect(read(jump)).toEqual({ seqs: [0, 1, 2], counters: { ...CLEAN, good: 3 } })
    const boot = [record(0, 5n), record(1, 6n), changed(record(2, 7n), LENGTH_AT, 40), record(3, 8n), record(4, 9n)]
    expect(read(boot)).toEqual({ seqs: [0, 1, 3, 4], counters: { ...CLEAN, good: 4, badChecksum: 1 } })
  })

  it('finds nothing in a file that is no log, and says how much it saw', () => {
    expect(read([new Uint8Array(100_000)])).toEqual({ seqs: [], counters: { ...CLEAN, junkBytes: 100_000 } })
    expect(read([])).toEqual({ seqs: [], counters: CLEAN })
  })
})

describe('writing a log', () => {
  it('leaves signatures and signing keys out', () => {
    const store = { load: () => 0, save: () => {} }
    const signer = createSigner(
      new Uint8Array(32),
      1,
      createSigningClock(() => Date.UTC(2026, 10, 22), store),
    )
    const text = encode('STATUSTEXT', { severity: 6, text: 'x' }, { seq: 9, sys: 1, comp: 1, signer })
    const written = tlogRecord(START_US, framesOfDatagram(text)[0]!)!
    expect(read([written])).toEqual({ seqs: [9], counters: { ...CLEAN, good: 1 } })
    expect(written).toHaveLength(8 + text.length - 13)
    const setup = encode(
      'SETUP_SIGNING',
      { target_system: 1, target_component: 1, secret_key: new Uint8Array(32).fill(7), initial_timestamp: 1n },
      { seq: 0, sys: 255, comp: 190 },
    )
    expect(tlogRecord(START_US, framesOfDatagram(setup)[0]!)).toBeUndefined()
  })

  it('gives back what it wrote, with the time of each record', async () => {
    async function* chunks(): AsyncGenerator<Uint8Array> {
      yield* records(3)
    }
    let counters: Readonly<FrameCounters> = CLEAN
    const found = []
    for await (const batch of readTlog(chunks(), (final) => (counters = final))) found.push(...batch)
    expect(found.map(({ atUs }) => atUs)).toEqual([START_US, START_US + 100_000n, START_US + 200_000n])
    expect(counters.good).toBe(3)
  })
})
