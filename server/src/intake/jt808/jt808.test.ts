import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { FixReport, TERMINAL_ALARM_BITS } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { createFuzz, fixesOf } from '../feeds/fuzz.ts'
import { flagFramer, openFrame, sealFrame } from './frame.ts'
import { readHeader } from './header.ts'
import { readBatch, readLocation } from './location.ts'
import { hashTerminal, jt808Protocol } from './jt808-protocol.ts'
import { locationBody, terminalMessage } from './test-terminal.ts'

const SAMPLES = path.resolve(import.meta.dirname, '../../../../../shared/data/jt808/smallchi_0200_samples.txt')
const noData = existsSync(SAMPLES) ? false : 'recorded data are not here'
const KEY = 'a key of this installation, long enough'
const HASH = hashTerminal(KEY, '123456789012')

const unflag = (bytes: Uint8Array): Uint8Array => bytes.subarray(1, -1)
const sessionOf = (known = [HASH]) => jt808Protocol(1200, KEY, (hash) => known.includes(hash)).session('10.0.0.1', null)
const answerOf = (bytes: Uint8Array) =>
  readHeader(openFrame(unflag(bytes)) as Buffer) as Exclude<ReturnType<typeof readHeader>, string>

/** Registers and signs in; what follows is heard. */
function signedIn(edition: 2013 | 2019 = 2013) {
  const session = sessionOf()
  const say = (
    id: number,
    body: Uint8Array,
    serial = 1,
    { atMs = 0, ...part }: { part?: { of: number; number: number }; atMs?: number } = {},
  ) => session.message(unflag(terminalMessage({ edition, terminal: '123456789012', id, serial, body, ...part })), atMs)
  const code = answerOf(say(0x0100, Buffer.alloc(40)).replies![0]!).body.subarray(3)
  const login = edition === 2013 ? code : Buffer.concat([Buffer.from([code.length]), code, Buffer.alloc(35)])
  const answer = answerOf(say(0x0102, login).replies![0]!)
  return { say, signedIn: answer.body[4] === 0 }
}

describe('JT/T 808', () => {
  it.skipIf(noData)('reads the recorded packets as their authors do', () => {
    const lines = readFileSync(SAMPLES, 'utf8')
      .split(/\r?\n/)
      .filter((line) => /^[0-9A-F]+$/.test(line))
    expect(lines).toHaveLength(2)
    const serials = lines.map((line) => {
      const { frames } = flagFramer(1200).push(Buffer.from(line, 'hex'))
      const header = readHeader(openFrame(frames[0]!) as Buffer)
      if (typeof header === 'string') return header
      expect(header).toMatchObject({ id: 0x0200, edition: 2013, terminal: '123456789012' })
      expect(readLocation(header.body)).toEqual({
        atMs: Date.UTC(2018, 9, 15, 2, 10, 10),
        alarms: ['emergency'],
        fix: {
          atMs: Date.UTC(2018, 9, 15, 2, 10, 10),
          position: [132.444444, 12.222222],
          speedMps: 60 / 36,
          headingDeg: 0,
        },
      })
      return header.serial
    })
    expect(serials).toEqual([126, 1])
  })
  it('escapes and opens any bytes alike, however the stream was cut', () => {
    const fuzz = createFuzz(3)
    for (let i = 0; i < 500; i++) {
      const message = Buffer.concat([Buffer.alloc(12), fuzz.bytes(80), Buffer.from([0x7d, 0x7e, 0x7d])])
      const wire = sealFrame(message)
      expect([...wire.subarray(1, -1)]).not.toContain(0x7e)
      const framer = flagFramer(1200)
      const cut = Math.floor(fuzz.next() * wire.length)
      const frames = [...framer.push(wire.subarray(0, cut)).frames, ...framer.push(wire.subarray(cut)).frames]
      expect(frames.map((frame) => openFrame(frame))).toEqual([message])
    }
  })
  it.each([2013, 2019] as const)(
    'hears a terminal of the %i edition once it has registered and signed in',
    (edition) => {
      const terminal = signedIn(edition)
      expect(terminal.signedIn).toBe(true)
      const body = locationBody({
        lngLat: [122.1, 29.98],
        atMs: Date.UTC(2026, 10, 28, 7),
        speedKmh: 36,
        alarmBits: [],
      })
      const step = terminal.say(0x0200, body, 77)
      expect(fixesOf(step.decoded)).toEqual([
        { atMs: Date.UTC(2026, 10, 28, 7), position: [122.1, 29.98], speedMps: 10, headingDeg: 0 },
      ])
      const answer = answerOf(step.replies![0]!)
      expect([answer.id, answer.edition, answer.terminal]).toEqual([0x8001, edition, '123456789012'])
      expect([answer.body.readUInt16BE(0), answer.body.readUInt16BE(2), answer.body[4]]).toEqual([77, 0x0200, 0])
      expect(answerOf(terminal.say(0x0002, Buffer.alloc(0)).replies![0]!).body[4]).toBe(0)
      expect(answerOf(terminal.say(0x0900, Buffer.alloc(4)).replies![0]!).body[4]).toBe(3)
    },
  )
  it('hears nothing of one that has not signed in, that nobody declared, or that speaks for another', () => {
    const session = sessionOf()
    const location = {
      id: 0x0200,
      serial: 1,
      body: locationBody({ lngLat: [122, 30], atMs: 0, speedKmh: 0, alarmBits: [] }),
    }
    const of = (terminal: string, more: object) =>
      session.message(unflag(terminalMessage({ edition: 2013, terminal, ...location, ...more })), 0)
    expect(of('123456789012', {}).decoded).toMatchObject({ observations: [], faults: ['not-allowed'] })
    expect(of('123456789012', { id: 0x0102, body: Buffer.from('guess') })).toMatchObject({ end: true })
    expect(of('999', {})).toMatchObject({ decoded: { faults: ['not-allowed'] }, end: true })
    const stranger = sessionOf([]).message(
      unflag(
        terminalMessage({ edition: 2013, terminal: '123456789012', id: 0x0100, serial: 1, body: Buffer.alloc(40) }),
      ),
      0,
    )
    expect(stranger).toMatchObject({ decoded: { faults: ['unknown-source'] }, end: true })
    expect(answerOf(stranger.replies![0]!).body[2]).toBe(4)
  })
  it('maps every alarm bit, none dropped', () => {
    const alarms = TERMINAL_ALARM_BITS.map((code, bit) => {
      const read = readLocation(locationBody({ lngLat: [122, 30], atMs: 0, speedKmh: 0, alarmBits: [bit] }))
      return [code, read === 'malformed' ? read : read.alarms]
    })
    expect(TERMINAL_ALARM_BITS).toHaveLength(32)
    for (const [code, read] of alarms) expect(read).toEqual([code])
    const named = [1, 13, 14, 19, 20, 21, 22, 23].map((bit) => TERMINAL_ALARM_BITS[bit])
    expect(named).toEqual([
      'overspeed',
      'overspeed-soon',
      'fatigue-soon',
      'parked-too-long',
      'area-crossed',
      'route-crossed',
      'segment-time',
      'route-deviation',
    ])
  })
  it('takes a batch of late reports, each by itself', () => {
    const bodies = [1, 2].map((hour) =>
      locationBody({ lngLat: [122, 30], atMs: Date.UTC(2026, 10, 28, hour), speedKmh: 0, alarmBits: [] }),
    )
    const batch = (count: number, parts: Uint8Array[]) =>
      Buffer.concat([Buffer.from([0, count, 1]), ...parts.flatMap((part) => [Buffer.from([0, part.length]), part])])
    expect(readBatch(batch(2, bodies))).toMatchObject([{ fix: {} }, { fix: {} }])
    expect(readBatch(batch(3, bodies))).toBe('malformed')
    const broken = Buffer.from(bodies[0]!)
    broken[23] = 0x99
    expect(readBatch(batch(2, [broken, bodies[1]!]))).toMatchObject(['malformed', { fix: {} }])
    expect(fixesOf(signedIn().say(0x0704, batch(2, bodies)).decoded)).toHaveLength(2)
  })
  const batchOf = (hours: number): Buffer => {
    const bodies = Array.from({ length: hours }, (_, hour) =>
      locationBody({ lngLat: [122, 30], atMs: Date.UTC(2026, 10, 28, hour), speedKmh: 0, alarmBits: [] }),
    )
    return Buffer.concat([Buffer.from([0, hours, 1]), ...bodies.flatMap((one) => [Buffer.from([0, one.length]), one])])
  }
  it.each([2013, 2019] as const)(
    'joins a batch that a terminal of the %i edition sends in parts, in any order',
    (edition) => {
      const { say } = signedIn(edition)
      const whole = batchOf(20)
      const parts = [0, 1, 2].map((i) => whole.subarray(i * 300, i === 2 ? undefined : (i + 1) * 300))
      const send = (number: number, firstSerial: number, atMs = 0) =>
        say(0x0704, parts[number - 1]!, firstSerial + number - 1, { part: { of: 3, number }, atMs })
      for (const number of [3, 1, 1]) {
        const step = send(number, 65_535)
        expect([fixesOf(step.decoded), answerOf(step.replies![0]!).body[4]]).toEqual([[], 0])
      }
      expect(fixesOf(send(2, 65_535).decoded)).toHaveLength(20)
      // One that is given up for the next, or whose rest does not come in time, is counted: its parts were acknowledged.
      send(1, 10)
      expect(send(1, 20).decoded.faults).toEqual(['malformed'])
      expect(send(2, 20, 60_001).decoded.faults).toEqual(['malformed'])
    },
  )
  it('refuses parts of nothing, more than a batch can be, and what is encrypted', () => {
    const { say } = signedIn()
    const part = Buffer.alloc(1000)
    expect(say(0x0704, part, 1, { part: { of: 2, number: 3 } }).decoded.faults).toEqual(['malformed'])
    expect(say(0x0704, part, 1, { part: { of: 0, number: 0 } }).decoded.faults).toEqual(['malformed'])
    expect(say(0x0704, part, 1, { part: { of: 256, number: 1 } }).decoded.faults).toEqual(['too-large'])
    const secret = openFrame(
      unflag(terminalMessage({ edition: 2013, terminal: '123456789012', id: 0x0200, serial: 5, body: batchOf(1) })),
    ) as Buffer
    secret[2] = secret[2]! | 0x04
    const step = sessionOf().message(unflag(sealFrame(secret)), 0)
    expect([step.decoded.faults, answerOf(step.replies![0]!).body[4]]).toEqual([['malformed'], 3])
  })
  it('knows south, west, and that a receiver has no fix', () => {
    const body = { lngLat: [-70.5, -45.25] as [number, number], atMs: 0, speedKmh: 0, alarmBits: [] }
    expect(readLocation(locationBody(body))).toMatchObject({ fix: { position: [-70.5, -45.25] } })
    expect(readLocation(locationBody({ ...body, positioned: false }))).toMatchObject({ fix: null })
  })
  it('never throws, never lets out what is no fix, and holds no more than one message, whatever comes (seeded)', () => {
    const fuzz = createFuzz(31)
    const { say } = signedIn()
    const good = locationBody({ lngLat: [122.1, 29.98], atMs: Date.UTC(2026, 10, 28), speedKmh: 36, alarmBits: [3] })
    const wire = terminalMessage({ edition: 2019, terminal: '123456789012', id: 0x0200, serial: 1, body: good })
    const protocol = jt808Protocol(1200, KEY, () => true)
    const framer = protocol.framer()
    for (let i = 0; i < 6000; i++) {
      const { decoded } = say(i % 2 === 0 ? 0x0200 : 0x0704, i % 3 === 0 ? fuzz.bytes(60) : fuzz.bent(good))
      for (const fix of fixesOf(decoded)) expect(FixReport.safeParse({ ...fix, unitId: 'u' }).success).toBe(true)
      const session = protocol.session('10.0.0.1', null)
      for (const frame of framer.push(i % 3 === 0 ? fuzz.bytes(100) : fuzz.bent(wire)).frames)
        expect(session.message(frame, 0).decoded.observations).toEqual([])
    }
  })
})
