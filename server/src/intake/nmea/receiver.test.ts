import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { FixReport } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { createFuzz, fixesOf } from '../feeds/fuzz.ts'
import { lineFramer } from '../feeds/framer.ts'
import type { Decoded } from '../feeds/observation.ts'
import { createReceiver } from './receiver.ts'
import { readSentence, sumOf } from './sentence.ts'

const DATA = path.resolve(import.meta.dirname, '../../../../../shared/data/nmea')
const FILES = ['beidou-gb.log', 'myguide-3100.log', 'nmea-fuzzy-cases.log', 'ublox-zed-f9p-nmea.log']
const noData = FILES.every((file) => existsSync(path.join(DATA, file))) ? false : 'recorded data are not here'

const sealed = (text: string): string => `$${text}*${sumOf(text).toString(16).padStart(2, '0').toUpperCase()}`
const RMC = 'GNRMC,070000.50,A,2959.1180,N,12206.4320,E,19.438,270.0,281126,,,D'
function run(lines: readonly string[]): Decoded[] {
  const receiver = createReceiver('boat')
  return lines.map((line) => receiver.line(line))
}
const recorded = (file: string): Decoded[] =>
  run(
    readFileSync(path.join(DATA, file), 'latin1')
      .split(/\r?\n/)
      .filter((line) => line.startsWith('$')),
  )
const fixes = (decoded: readonly Decoded[]) => decoded.flatMap(fixesOf)

describe('a receiver on a boat or in a car', () => {
  it('gives position, UTC, course and speed in metres a second, and its accuracy from GST', () => {
    const gst = sealed('GNGST,070000.00,1.2,,,,3.0,4.0,6.1')
    expect(fixes(run([gst, sealed(RMC)]))).toEqual([
      {
        atMs: Date.UTC(2026, 10, 28, 7, 0, 0, 500),
        position: [122 + 6.432 / 60, 29 + 59.118 / 60],
        speedMps: expect.closeTo(10, 3),
        headingDeg: 270,
        accuracyM: 5,
      },
    ])
  })
  it('is somewhere south and west as well', () => {
    const [fix] = fixes(run([sealed(RMC.replace(',N,', ',S,').replace(',E,', ',W,'))]))
    expect(fix?.position).toEqual([-(122 + 6.432 / 60), -(29 + 59.118 / 60)])
  })
  it.each([
    ['not valid', RMC.replace(',A,', ',V,')],
    ['dead reckoning', RMC.replace(/D$/, 'E')],
    ['simulated', RMC.replace(/D$/, 'S')],
    ['typed in', RMC.replace(/D$/, 'M')],
  ])('has no fix when it is %s', (_, text) => {
    expect(run([sealed(text)])).toMatchObject([{ observations: [], faults: ['no-fix'] }])
  })
  it('has no fix while GSA says so, whatever RMC repeats', () => {
    const blind = run([sealed('GPGSA,A,1,,,,,,,,,,,,,,,'), sealed(RMC)])
    expect(blind[1]?.faults).toEqual(['no-fix'])
  })
  it.each([
    ['a checksum that does not hold', `$${RMC}*00`, 'checksum'],
    ['no checksum', `$${RMC}`, 'checksum'],
    ['no sentence', 'AT+CREG?', 'malformed'],
    ['sixty minutes', sealed(RMC.replace('2959', '2960')), 'malformed'],
    ['the 31st of November', sealed(RMC.replace('281126', '311126')), 'malformed'],
  ])('is refused with its reason: %s', (_, line, fault) => {
    expect(run([line])).toMatchObject([{ observations: [], faults: [fault] }])
  })
  it('may carry a TAG block, whose own checksum counts too', () => {
    const tag = 's:boat,c:1764312600'
    const sum = sumOf(tag).toString(16)
    expect(readSentence(`\\${tag}*${sum}\\${sealed(RMC)}`)).toMatchObject({ type: 'RMC', tagAtMs: 1_764_312_600_000 })
    expect(readSentence(`\\${tag}*00\\${sealed(RMC)}`)).toBe('checksum')
  })
  it.skipIf(noData)('reads the recorded receivers: fixes where they had one, none where they had none', () => {
    const [beidou, dash, odd, survey] = FILES.map(recorded)
    expect(fixes(beidou!)).toHaveLength(2)
    expect(fixes(beidou!)[1]).toMatchObject({
      atMs: Date.UTC(2015, 2, 2, 5, 32, 33, 438),
      position: [121 + 35.2428 / 60, 31 + 14.8821 / 60],
    })
    expect(beidou!.flatMap(({ faults }) => faults)).toEqual(['no-fix', 'no-fix', 'no-fix'])
    expect(fixes(dash!)).toHaveLength(8)
    expect(dash!.flatMap(({ faults }) => faults).filter((fault) => fault === 'no-fix')).toHaveLength(5)
    expect(fixes(odd!)).toHaveLength(14)
    expect(fixes(survey!)).toHaveLength(29)
    for (const fix of fixes(survey!)) expect(fix.position[1]).toBeCloseTo(-45.8775, 3)
  })
  it('never throws and never lets out what is no fix, whatever comes (seeded)', () => {
    const fuzz = createFuzz(11)
    const good = new TextEncoder().encode(`${sealed(RMC)}\r\n${sealed('GNGST,070000.00,1.2,,,,3.0,4.0,6.1')}\r\n`)
    const receiver = createReceiver('boat')
    const framer = lineFramer(256)
    for (let i = 0; i < 20_000; i++) {
      const { frames } = framer.push(i % 3 === 0 ? fuzz.bytes(600) : fuzz.bent(good))
      for (const frame of frames) {
        const { observations, faults, ignored } = receiver.line(Buffer.from(frame).toString('latin1'))
        expect(observations.length + faults.length + ignored).toBe(1)
        for (const fix of fixesOf({ observations }))
          expect(FixReport.safeParse({ ...fix, unitId: 'u' }).success).toBe(true)
      }
    }
  })
})

describe('lines out of a stream', () => {
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString()
  it('are the same however the stream was cut', () => {
    const whole = Buffer.from('one\r\ntwo\n\nthree\rfour')
    for (let cut = 0; cut <= whole.length; cut++) {
      const framer = lineFramer(10)
      const frames = [...framer.push(whole.subarray(0, cut)).frames, ...framer.push(whole.subarray(cut)).frames]
      expect([...frames, ...framer.end()].map(text)).toEqual(['one', 'two', 'three', 'four'])
    }
  })
  it('are left out and counted beyond their limit, and what follows is heard', () => {
    const framer = lineFramer(5)
    const first = framer.push(Buffer.from('abcdefgh'))
    const second = framer.push(Buffer.from('ijklm\nok\n'))
    expect([first.tooLarge, second.tooLarge, second.frames.map(text)]).toEqual([1, 0, ['ok']])
  })
})
