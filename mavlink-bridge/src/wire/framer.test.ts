import { describe, expect, it } from 'vitest'
import { createRandom } from '../testing/random.ts'
import { decode } from './decode.ts'
import { encode } from './encode.ts'
import type { Frame } from './frame.ts'
import { createFramer, framesOfDatagram, newCounters } from './framer.ts'

const CLEAN = newCounters()
const heartbeat = (seq: number, sys = 1): Uint8Array =>
  encode('HEARTBEAT', { custom_mode: 5, type: 2, autopilot: 3, base_mode: 81, system_status: 4 }, { seq, sys, comp: 1 })
const text = (seq: number): Uint8Array => encode('STATUSTEXT', { severity: 6, text: 'þýþý' }, { seq, sys: 1, comp: 1 })
const join = (...parts: Uint8Array[]): Uint8Array => Buffer.concat(parts)
const seqs = (frames: readonly Frame[]): number[] => frames.map(({ seq }) => seq)
/** A start of MAVLink 2 with these header bytes, and nothing behind. */
const start = (length: number, flags: number, id: number): Uint8Array =>
  Uint8Array.of(0xfd, length, flags, 0, 0, 1, 1, id & 0xff, (id >> 8) & 0xff, id >> 16)

describe('a stream of bytes', () => {
  it('gives each frame its own header, payload and bytes', () => {
    const raw = heartbeat(7, 42)
    const [frame] = createFramer().push(join(Uint8Array.of(1, 2), raw))
    expect(frame).toMatchObject({
      v: 2,
      id: 0,
      seq: 7,
      sys: 42,
      comp: 1,
      incompatFlags: 0,
      compatFlags: 0,
      signed: false,
    })
    expect(frame!.raw).toEqual(new Uint8Array(raw))
    expect(frame!.payload).toEqual(new Uint8Array(raw.subarray(10, 19)))
  })

  it('keeps frames unchanged when the caller fills its buffer again', () => {
    const buffer = new Uint8Array(heartbeat(7))
    const [frame] = createFramer().push(buffer)
    const split = createFramer()
    split.push(buffer.subarray(0, 5))
    const [late] = split.push(buffer.subarray(5))
    buffer.fill(0)
    expect(decode(frame!).fields).toMatchObject({ base_mode: 81 })
    expect(decode(late!).fields).toMatchObject({ base_mode: 81 })
  })

  it('loses no frame behind a false start that claims to be long', () => {
    const framer = createFramer()
    const falseStarts = [
      start(255, 0, 0),
      start(255, 0, 30),
      start(255, 0x40, 30),
      start(255, 0, 0xabcdef),
      Uint8Array.of(0xfe, 255),
    ]
    const found = falseStarts.flatMap((bytes, i) => framer.push(join(bytes, heartbeat(i), text(100 + i))))
    found.push(...framer.push(new Uint8Array(300)))
    expect(seqs(found)).toEqual([0, 100, 1, 101, 2, 102, 3, 103, 4, 104])
  })

  it('does not wait for the rest of a candidate that is already refused', () => {
    const framer = createFramer()
    expect(seqs(framer.push(join(start(255, 2, 0), heartbeat(1))))).toEqual([1])
    expect(seqs(framer.push(join(start(255, 0, 0x123456), heartbeat(2))))).toEqual([2])
    expect(seqs(framer.push(join(Uint8Array.of(0xfe, 200, 0, 1, 1, 0), heartbeat(3))))).toEqual([3])
  })

  it('gives out at its end what an unfinished candidate hid', () => {
    const framer = createFramer()
    expect(framer.push(join(start(255, 0, 0), heartbeat(1)))).toEqual([])
    expect(seqs(framer.end())).toEqual([1])
    expect(framer.counters).toEqual({ ...CLEAN, good: 1, junkBytes: 10 })
  })

  it('counts each fault once, and as junk only bytes that belong to nothing', () => {
    const broken = new Uint8Array(heartbeat(1))
    broken[12] = 0xfd
    const refused = new Uint8Array(text(2))
    refused[2] = 0x80
    const unknown = new Uint8Array(text(3))
    unknown[8] = 0xee
    const framer = createFramer()
    const parts = [Uint8Array.of(9, 9, 9), broken, heartbeat(10), refused, heartbeat(11), unknown, heartbeat(12)]
    expect(seqs(framer.push(join(...parts)))).toEqual([10, 11, 12])
    expect(framer.counters).toEqual({ good: 3, badChecksum: 1, unknown: 1, refusedFlags: 1, junkBytes: 3 })
  })

  it('reads a MAVLink 1 frame that carries extension fields', () => {
    const fields = { command: 1, result: 2, progress: 3, result_param2: 4, target_system: 5, target_component: 6 }
    const v2 = encode('COMMAND_ACK', fields, { seq: 1, sys: 1, comp: 1 })
    const short = encode('COMMAND_ACK', { command: 1, result: 2 }, { seq: 1, sys: 1, comp: 1, v: 1 })
    expect(decode(framesOfDatagram(short)[0]!).fields).toEqual({
      ...fields,
      progress: 0,
      result_param2: 0,
      target_system: 0,
      target_component: 0,
    })
    expect(decode(framesOfDatagram(v2)[0]!).fields).toEqual(fields)
  })
})

describe('a datagram', () => {
  it('is parsed on its own: what is cut short never reaches into the next', () => {
    const counters = newCounters()
    expect(framesOfDatagram(Uint8Array.of(0xfd, 0xff), counters)).toEqual([])
    expect(seqs(framesOfDatagram(heartbeat(1), counters))).toEqual([1])
    expect(framesOfDatagram(heartbeat(2).subarray(0, 11), counters)).toEqual([])
    expect(seqs(framesOfDatagram(heartbeat(3), counters))).toEqual([3])
    expect(counters).toEqual({ ...CLEAN, good: 2, junkBytes: 13 })
  })
})

describe('hostile input', () => {
  /** Every kind of bad stream, with the same heartbeat after each block. */
  const blocks: [string, (random: ReturnType<typeof createRandom>) => Uint8Array][] = [
    ['random bytes', (random) => random.bytes(1400)],
    ['zeros', () => new Uint8Array(1400)],
    ['start bytes of MAVLink 1', () => new Uint8Array(1400).fill(0xfe)],
    ['start bytes of MAVLink 2', () => new Uint8Array(1400).fill(0xfd)],
    [
      'long frames of known messages with wrong checksums',
      () => join(...Array.from({ length: 140 }, () => start(255, 0, 0))),
    ],
    [
      'frames with one byte changed',
      (random) => {
        const bytes = new Uint8Array(join(...Array.from({ length: 60 }, (_, i) => text(i))))
        for (let at = random.below(20); at < bytes.length; at += 10 + random.below(12)) bytes[at] = random.below(256)
        return bytes
      },
    ],
  ]

  it.each(blocks)('of %s loses no heartbeat, in datagrams and in a stream', (_what, make) => {
    const random = createRandom(20_261_122)
    const framer = createFramer()
    const inStream: number[] = []
    const inDatagrams: number[] = []
    const isOurs = ({ sys }: Frame): boolean => sys === 77
    for (let i = 0; i < 100; i++) {
      const block = make(random)
      const good = heartbeat(i, 77)
      inDatagrams.push(...seqs(framesOfDatagram(block).filter(isOurs)), ...seqs(framesOfDatagram(good).filter(isOurs)))
      const cut = random.below(block.length)
      for (const part of [block.subarray(0, cut), block.subarray(cut), good])
        inStream.push(...seqs(framer.push(part).filter(isOurs)))
    }
    inStream.push(...seqs(framer.end().filter(isOurs)))
    const all = Array.from({ length: 100 }, (_, i) => i)
    expect(inDatagrams).toEqual(all)
    expect(inStream).toEqual(all)
  })

  it('decodes whatever passes without an exception, whole fields always', () => {
    const random = createRandom(1)
    for (let i = 0; i < 2000; i++) {
      const bytes = random.bytes(40)
      bytes[0] = 0xfd
      bytes[1] = random.below(28)
      bytes[2] = 0
      bytes[7] = random.below(256)
      bytes[8] = bytes[9] = 0
      for (const frame of framesOfDatagram(bytes)) expect(Object.values(decode(frame).fields)).not.toContain(undefined)
    }
  })

  it('finds the same frames however the stream is cut', () => {
    const random = createRandom(7)
    const parts: Uint8Array[] = []
    for (let i = 0; i < 200; i++) parts.push(random.below(3) === 0 ? random.bytes(random.below(60)) : text(i & 0xff))
    const stream = join(...parts)
    const whole = createFramer()
    const expected = [...whole.push(stream), ...whole.end()].map(({ raw }) => Buffer.from(raw).toString('hex'))
    for (let run = 0; run < 20; run++) {
      const framer = createFramer()
      const found: Frame[] = []
      for (let at = 0; at < stream.length;) {
        const to = at + 1 + random.below(80)
        found.push(...framer.push(stream.subarray(at, to)))
        at = to
      }
      found.push(...framer.end())
      expect(found.map(({ raw }) => Buffer.from(raw).toString('hex'))).toEqual(expected)
      expect(framer.counters).toEqual(whole.counters)
    }
  })
})
