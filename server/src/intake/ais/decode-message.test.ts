import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { sumOf } from '../nmea/sentence.ts'
import { createFuzz, isPlace } from '../feeds/fuzz.ts'
import { createAssembler, type Heard } from './assemble.ts'
import { NO_IDENTITY, type AisMessage } from './message.ts'

const DATA = path.resolve(import.meta.dirname, '../../../../../shared/data/ais')
const noData = existsSync(path.join(DATA, 'sample.aivdm')) ? false : 'recorded data are not here'
const KNOT_MPS = 1852 / 3600

function heard(lines: readonly string[]): { heard: Heard[]; faults: string[] } {
  const assembler = createAssembler()
  const results = lines.map((line) => assembler.line(line, 0).result)
  return {
    heard: results.filter((result) => typeof result === 'object'),
    faults: results.filter(
      (result): result is 'malformed' | 'checksum' => result === 'malformed' || result === 'checksum',
    ),
  }
}
const linesOf = (file: string): string[] =>
  readFileSync(path.join(DATA, file), 'latin1')
    .split(/\r?\n/)
    .filter((line) => line.startsWith('!'))

/** A message again in the raw units in which the check file has it: the columns that both have. */
function asChecked({ type, mmsi, position, identity, safety }: AisMessage): (string | number)[] | null {
  const raw = (value: number | null, unit: number, unknown: number) =>
    value === null ? unknown : Math.round(value / unit)
  const place = (unit: number, lng: number, lat: number) =>
    position?.lngLat ? position.lngLat.map((degrees) => Math.round(degrees * unit)) : [lng, lat]
  if (position !== null && identity === null) {
    const [lng, lat] = place(type === 27 ? 600 : 600_000, 108_600_000, 54_600_000) as [number, number]
    const speed = raw(position.speedMps, KNOT_MPS / (type === 9 || type === 27 ? 1 : 10), type === 27 ? 63 : 1023)
    const course = raw(position.courseDeg, type === 27 ? 1 : 0.1, type === 27 ? 511 : 3600)
    const heading = position.headingDeg ?? 511
    if (type <= 3) return [type, mmsi, position.navStatus!, speed, lng, lat, course, heading]
    if (type === 4 || type === 11) return [type, mmsi, lng, lat]
    if (type === 9) return [type, mmsi, position.altitudeM ?? 4095, speed, lng, lat, course]
    if (type === 18) return [type, mmsi, speed, lng, lat, course, heading]
    if (type === 27) return [type, mmsi, position.navStatus!, lng, lat, speed, course]
  }
  if (type === 5) {
    const { imo, callSign, name, shipType, draughtM, destination } = identity!
    const words = [imo ?? 0, callSign ?? '', name ?? '', shipType ?? 0]
    return [type, mmsi, ...words, Math.round((draughtM ?? 0) * 10), destination ?? '']
  }
  const size = [identity?.lengthM ?? 0, identity?.beamM ?? 0]
  if (type === 19) {
    const [lng, lat] = place(600_000, 108_600_000, 54_600_000) as [number, number]
    const [speed, course] = [raw(position!.speedMps, KNOT_MPS / 10, 1023), raw(position!.courseDeg, 0.1, 3600)]
    const heading = position!.headingDeg ?? 511
    return [type, mmsi, speed, lng, lat, course, heading, identity!.name ?? '', identity!.shipType ?? 0, ...size]
  }
  if (type === 21) {
    const [lng, lat] = place(600_000, 108_600_000, 54_600_000) as [number, number]
    const off = [position!.offPosition! ? 1 : 0, position!.virtual! ? 1 : 0]
    return [type, mmsi, identity!.aidType!, identity!.name ?? '', lng, lat, ...size, ...off]
  }
  if (type === 12) return [type, mmsi, safety!.to!, safety!.text]
  if (type === 14) return [type, mmsi, safety!.text]
  return null
}
/** The same columns of a line of the check file. */
function fromCheck(line: string): (string | number)[] | null {
  const all = line.split('|')
  const at = (...columns: number[]) =>
    columns.map((i) => (/^-?\d+$/.test(all[i]!) && i !== 2 ? Number(all[i]) : all[i]!))
  const sum = (a: number, b: number) => Number(all[a]) + Number(all[b])
  switch (Number(all[0])) {
    case 1:
    case 2:
    case 3:
      return at(0, 2, 3, 5, 7, 8, 9, 10)
    case 4:
    case 11: {
      // The check file keeps latitudes beyond the pole; to us such a place is not known.
      const [type, mmsi, lng, lat] = at(0, 2, 5, 6)
      return Math.abs(Number(lat)) > 54_000_000 ? [type!, mmsi!, 108_600_000, 54_600_000] : [type!, mmsi!, lng!, lat!]
    }
    case 5:
      return [...at(0, 2, 3), all[5]!, all[6]!, ...at(7, 14), all[15]!]
    case 9:
      return at(0, 2, 3, 4, 6, 7, 8)
    case 12:
      return [...at(0, 2), all[4]!.padStart(9, '0'), all.slice(6).join('|')]
    case 14:
      return [...at(0, 2), all.slice(3).join('|')]
    case 18:
      return at(0, 2, 4, 6, 7, 8, 9)
    case 27:
      return at(0, 2, 3, 5, 6, 7, 8)
    case 19:
      return [...at(0, 2, 4, 6, 7, 8, 9), all[12]!, ...at(13), sum(14, 15), sum(16, 17)]
    case 21:
      return [...at(0, 2, 3), all[4]!, ...at(6, 7), sum(8, 9), sum(10, 11), Number(all[15]), Number(all[17])]
    default:
      return null
  }
}

describe('AIS messages', () => {
  it.skipIf(noData)('say what the check file of the recorded sample says, message by message', () => {
    const ours = heard(linesOf('sample.aivdm')).heard.map(({ message }) => message)
    const theirs = readFileSync(path.join(DATA, 'sample.aivdm.chk'), 'latin1').split(/\r?\n/).filter(Boolean)
    const expected = theirs.map(fromCheck).filter((line) => line !== null)
    const got = ours.map(asChecked).filter((line) => line !== null)
    expect(got.length).toBeGreaterThan(20)
    expect(got).toEqual(expected)
  })
  it.skipIf(noData)('agree with an independent decoder on every message of the recorded log', () => {
    /** Part A of a type 24 says the name, part B the rest; the other decoder tells both as one. */
    const names = new Map<string, string | null>()
    const ours = heard(linesOf('ais-nmea.log')).heard.flatMap(({ message: { type, mmsi, position, identity } }) => {
      const { name, callSign, shipType, lengthM, beamM } = identity ?? NO_IDENTITY
      const about = [callSign ?? '', shipType ?? 0, lengthM ?? 0, beamM ?? 0]
      if (type === 5) {
        const { imo, draughtM, destination } = identity!
        return [[type, mmsi, name ?? '', ...about, imo ?? 0, Math.round((draughtM ?? 0) * 10), destination ?? '']]
      }
      if (type === 24) {
        if (name !== null) names.set(mmsi, name)
        return name === null && names.has(mmsi) ? [[type, mmsi, names.get(mmsi)!, ...about]] : []
      }
      if (position === null) return []
      const place = position.lngLat?.map((degrees) => Math.round(degrees * 600_000)) ?? [108_600_000, 54_600_000]
      const speed = position.speedMps === null ? 1023 : Math.round(position.speedMps / (KNOT_MPS / 10))
      const course = position.courseDeg === null ? 3600 : Math.round(position.courseDeg * 10)
      const { headingDeg, second, navStatus } = position
      return [[type, mmsi, ...place, speed, course, headingDeg ?? 511, second ?? 60, navStatus ?? '-']]
    })
    const theirs = readFileSync(path.join(DATA, 'ais-nmea.log.chk'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{"class":"AIS"'))
      .map((line) => JSON.parse(line) as Record<string, string | number>)
      .flatMap((said): (string | number)[][] => {
        const at = (...names: string[]) => names.map((name) => said[name] ?? '-')
        const id = [said['type']!, String(said['mmsi']).padStart(9, '0')]
        const sum = (a: string, b: string) => Number(said[a]) + Number(said[b])
        const size = [sum('to_bow', 'to_stern'), sum('to_port', 'to_starboard')]
        if (said['type'] === 5)
          return [[...id, ...at('shipname', 'callsign', 'shiptype'), ...size, ...at('imo', 'draught', 'destination')]]
        if (said['type'] === 24) return [[...id, ...at('shipname', 'callsign', 'shiptype'), ...size]]
        if (![1, 2, 3, 18].includes(Number(said['type']))) return []
        const second = Math.min(60, Number(said['second']))
        return [[...id, ...at('lon', 'lat', 'speed', 'course', 'heading'), second, ...at('status')]]
      })
    expect(ours.length).toBeGreaterThan(150)
    expect(ours).toEqual(theirs)
    expect(new Set(ours.map(([type]) => type))).toEqual(new Set([1, 3, 5, 18, 24]))
  })
  const PAYLOAD = '55P5TL01VIaAL@7WKO@mBplU@<PDhh000000001S;AJ::4A80?4i@E531@0000000000000'
  const seal = (text: string) => sumOf(text).toString(16).padStart(2, '0')
  /** Half of a message of two parts, with what its receiver may have put before it. */
  const half = (number: 1 | 2, of: { group?: number; channel?: string; tag?: string; payload?: string } = {}) => {
    const { group = 3, channel = 'A', tag, payload = PAYLOAD } = of
    const piece = number === 1 ? payload.slice(0, 40) : payload.slice(40)
    const text = `AIVDM,2,${number},${group},${channel},${piece},${number === 1 ? 0 : 2}`
    return `${tag === undefined ? '' : `\\${tag}*${seal(tag)}\\`}!${text}*${seal(text)}`
  }
  const run = (...lines: [string, number][]) => {
    const assembler = createAssembler()
    return lines.map(([line, atMs]) => assembler.line(line, atMs))
  }
  const whole = { result: { message: { type: 5, mmsi: '369190000', identity: { name: 'MT.MITCHELL' } } }, givenUp: 0 }
  const part = { result: 'part', givenUp: 0 }

  it('come in parts, in any order, and parts of different messages or times never mix', () => {
    expect(run([half(1), 0], [half(2), 100])).toMatchObject([part, whole])
    expect(run([half(2), 0], [half(1), 100])).toMatchObject([part, whole])
    expect(run([half(1), 0], [half(2, { group: 4 }), 100])).toEqual([part, part])
    expect(run([half(1), 0], [half(2, { channel: 'B' }), 100])).toEqual([part, part])
    expect(run([half(1), 0], [half(2), 60_000])).toEqual([part, { result: 'part', givenUp: 1 }])
  })
  it('come in parts that other messages come between, of any group, channel and station', () => {
    const between = [half(1, { group: 4 }), half(1, { channel: 'B' }), half(2, { channel: 'B' }), half(2, { group: 4 })]
    const results = run(...[half(1), ...between, half(2)].map((line): [string, number] => [line, 0]))
    expect(results).toMatchObject([part, part, part, whole, whole, whole])
    const [a, b] = [{ tag: 's:rA,c:1764312600' }, { tag: 's:rB,c:1764312601' }]
    const other = `${PAYLOAD.slice(0, 41)}0${PAYLOAD.slice(42)}`
    const stations = run([half(1, a), 0], [half(1, b), 0], [half(2, { ...b, payload: other }), 0], [half(2, a), 0])
    expect(stations).toMatchObject([part, part, { result: { tagAtMs: 1_764_312_601_000 } }, whole])
    const grouped = [half(1, { tag: 'g:1-2-71,s:rA' }), half(1, { tag: 'g:1-2-72,s:rB' })]
    const ends = [half(2, { tag: 'g:2-2-72' }), half(2, { tag: 'g:2-2-71' })]
    expect(run(...[...grouped, ...ends].map((line): [string, number] => [line, 0]))).toMatchObject([
      part,
      part,
      whole,
      whole,
    ])
  })
  it('are given up, and counted, where nobody can say which message a part is of', () => {
    const [a, b] = [{ tag: 's:rA' }, { tag: 's:rB' }]
    expect(run([half(1, a), 0], [half(1, b), 0], [half(2), 0], [half(1, { group: 9 }), 20_000])).toEqual([
      part,
      part,
      part,
      { result: 'part', givenUp: 3 },
    ])
    expect(run([half(1), 0], [half(1), 5], [half(2), 10])).toMatchObject([part, { result: 'part', givenUp: 1 }, whole])
    const many = Array.from({ length: 70 }, (_, i): [string, number] => [half(1, { tag: `s:r${i}` }), 0])
    expect(run(...many).reduce((sum, { givenUp }) => sum + givenUp, 0)).toBe(6)
  })
  it('never throw, never say a place that is none, and hold little, whatever comes (seeded)', () => {
    const fuzz = createFuzz(21)
    const sealed = (text: string) =>
      `!${text}*${[...text]
        .reduce((x, c) => x ^ c.charCodeAt(0), 0)
        .toString(16)
        .padStart(2, '0')}`
    const assembler = createAssembler()
    let good = 0
    for (let i = 0; i < 30_000; i++) {
      const payload = Array.from(fuzz.bytes(60), (byte) => String.fromCharCode(48 + (byte % 72))).join('')
      const count = 1 + Math.floor(fuzz.next() * 3)
      const number = 1 + Math.floor(fuzz.next() * count)
      const line = sealed(`AIVDM,${count},${number},${Math.floor(fuzz.next() * 10)},A,${payload},${i % 7}`)
      const { result } = assembler.line(
        i % 5 === 0 ? Buffer.from(fuzz.bent(Buffer.from(line))).toString('latin1') : line,
        i,
      )
      if (typeof result !== 'object') continue
      good++
      const place = result.message.position?.lngLat
      expect(place === null || place === undefined || isPlace(place)).toBe(true)
      expect(result.message.mmsi).toMatch(/^\d{9}$/)
    }
    expect(good).toBeGreaterThan(100)
  })
})
