import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { sumOf } from '../nmea/sentence.ts'
import { createFuzz, isPlace } from '../feeds/fuzz.ts'
import { createAssembler, type Heard } from './assemble.ts'
import type { AisMessage } from './message.ts'

const DATA = path.resolve(import.meta.dirname, '../../../../../shared/data/ais')
const noData = existsSync(path.join(DATA, 'sample.aivdm')) ? false : 'recorded data are not here'
const KNOT_MPS = 1852 / 3600

function heard(lines: readonly string[]): { heard: Heard[]; faults: string[] } {
  const assembler = createAssembler()
  const results = lines.map((line) => assembler.line(line, 0))
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
  if (type === 12) return [type, mmsi, safety!.to!, safety!.text]
  if (type === 14) return [type, mmsi, safety!.text]
  return null
}
/** The same columns of a line of the check file. */
function fromCheck(line: string): (string | number)[] | null {
  const all = line.split('|')
  const at = (...columns: number[]) =>
    columns.map((i) => (/^-?\d+$/.test(all[i]!) && i !== 2 ? Number(all[i]) : all[i]!))
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
  it.skipIf(noData)('agree with an independent decoder on every ship of the recorded log', () => {
    const ours = heard(linesOf('ais-nmea.log')).heard.flatMap(({ message: { type, mmsi, position, identity } }) => {
      const place = position?.lngLat?.map((degrees) => Math.round(degrees * 600_000)) ?? [108_600_000, 54_600_000]
      if (position !== null) return [`${type} ${mmsi} ${place.join(' ')}`]
      return type === 5 ? [`${type} ${mmsi} ${identity?.name} ${identity?.lengthM ?? 0}`] : []
    })
    const theirs = readFileSync(path.join(DATA, 'ais-nmea.log.chk'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{"class":"AIS"'))
      .map((line) => JSON.parse(line) as Record<string, string | number>)
      .filter(({ type }) => [1, 2, 3, 5, 18].includes(Number(type)))
      .map(({ type, mmsi, lon, lat, shipname, to_bow: bow, to_stern: stern }) => {
        const rest = type === 5 ? `${shipname} ${Number(bow) + Number(stern)}` : `${lon} ${lat}`
        return `${type} ${String(mmsi).padStart(9, '0')} ${rest}`
      })
    expect(ours.length).toBeGreaterThan(150)
    expect(ours).toEqual(theirs)
  })
  it('come in parts, in any order, and parts of different messages or times never mix', () => {
    const seal = (text: string) => `!${text}*${sumOf(text).toString(16).padStart(2, '0')}`
    const payload = '55P5TL01VIaAL@7WKO@mBplU@<PDhh000000001S;AJ::4A80?4i@E531@0000000000000'
    const part = (number: number, group: number) =>
      seal(
        `AIVDM,2,${number},${group},A,${number === 1 ? payload.slice(0, 40) : payload.slice(40)},${number === 1 ? 0 : 2}`,
      )
    const run = (...lines: [string, number][]) => {
      const assembler = createAssembler()
      return lines.map(([line, atMs]) => assembler.line(line, atMs))
    }
    const [, whole] = run([part(1, 3), 0], [part(2, 3), 100])
    expect(whole).toMatchObject({ message: { type: 5, mmsi: '369190000', identity: { name: 'MT.MITCHELL' } } })
    expect(run([part(2, 3), 0], [part(1, 3), 100])[1]).toMatchObject({ message: { identity: { name: 'MT.MITCHELL' } } })
    expect(run([part(1, 3), 0], [part(2, 4), 100])).toEqual(['part', 'part'])
    expect(run([part(1, 3), 0], [part(2, 3), 60_000])).toEqual(['part', 'part'])
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
      const result = assembler.line(
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
