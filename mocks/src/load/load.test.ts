import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { isLand } from '@skerry/basemap'
import { loadLand } from '@skerry/basemap/node'
import { afterAll, describe, expect, it } from 'vitest'
import { distanceM } from '../base/flat.ts'
import { kindReport, nameReport, positionReport } from './aivdm.ts'
import { declareFeeds, portsFrom, readSecret, trackerKey } from './declare.ts'
import { makeFleet } from './fleet.ts'
import { jt808Answers, jt808Location, jt808Message } from './jt808-terminal.ts'
import { parseLoad } from './load-options.ts'
import { circle, shuttle } from './route.ts'
import { createSchedule } from './schedule.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'skerry-load-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const pose = { lngLat: [122.3456789, 29.9] as [number, number], headingDeg: 271.4, speedMps: 10 }

/** Bits of an armoured payload, as ITU-R M.1371 packs them. */
function bitsOf(sentence: string): (at: number, width: number) => number {
  const bits = [...sentence.split(',')[5]!]
    .map((letter) => letter.charCodeAt(0) - 48)
    .map((code) => (code > 40 ? code - 8 : code).toString(2).padStart(6, '0'))
    .join('')
  return (at, width) => Number.parseInt(bits.slice(at, at + width), 2)
}

describe('what is said', () => {
  it('is a position report of AIS with its check sum', () => {
    const sentence = positionReport(412_100_007, 5, pose, 42)
    const bits = bitsOf(sentence)
    expect(sentence).toMatch(/^!AIVDM,1,1,,A,[0-W`-w]{28},0\*[0-9A-F]{2}\r\n$/)
    expect([bits(0, 6), bits(8, 30), bits(38, 4), bits(50, 10)]).toEqual([1, 412_100_007, 5, 194])
    expect([bits(61, 28), bits(89, 27)]).toEqual([Math.round(122.3456789 * 600_000), 29.9 * 600_000])
    expect([bits(116, 12), bits(128, 9), bits(137, 6)]).toEqual([2714, 271, 42])
    const [body, sum] = sentence.trim().slice(1).split('*') as [string, string]
    expect([...body].reduce((x, letter) => x ^ letter.charCodeAt(0), 0)).toBe(Number.parseInt(sum, 16))
  })
  it('names a ship and says its kind and size', () => {
    const name = bitsOf(nameReport(412_100_001, 'zhou shan 1'))
    expect(String.fromCharCode(name(40, 6) + 64, name(46, 6) + 64)).toBe('ZH')
    const kind = bitsOf(kindReport(412_100_001, 70, 121, 18))
    expect([kind(38, 2), kind(40, 8), kind(132, 9) + kind(141, 9), kind(150, 6) + kind(156, 6)]).toEqual([
      1, 70, 121, 18,
    ])
  })
  it('is a location report of a terminal, escaped, with its check byte, in the time of China', () => {
    const body = jt808Location({ ...pose, lngLat: [122.126, 29.9] }, Date.UTC(2026, 0, 2, 16, 30, 5))
    expect(body.subarray(22, 28).toString('hex')).toBe('260103003005')
    expect([body.readUInt32BE(8), body.readUInt32BE(12), body.readUInt16BE(18)]).toEqual([29_900_000, 122_126_000, 360])
    const tricky = Buffer.from([0x7e, 0x7d, 1, 2])
    const frame = jt808Message('199000000012', 0x0200, 7, tricky)
    expect([frame[0], frame.at(-1), frame.subarray(1, -1).includes(0x7e)]).toEqual([0x7e, 0x7e, false])
    expect(jt808Answers(Buffer.concat([frame, frame.subarray(0, 9)]))).toEqual([{ id: 0x0200, body: tricky }])
  })
})

describe('the schedule', () => {
  it('lets everybody speak at a fixed pace, and catches up after a pause without drifting', () => {
    const said: string[] = []
    const speaker = (name: string, everyMs: number, phaseMs: number) => ({
      everyMs,
      phaseMs,
      speak: (dueMs: number) => void said.push(`${name}${dueMs}`),
    })
    const run = createSchedule([speaker('b', 100, 60), speaker('a', 100, 10), speaker('c', 250, 0)])
    run(5)
    run(70)
    run(215)
    expect(said).toEqual(['c0', 'a10', 'b60', 'a110', 'b160', 'a210'])
    run(300)
    expect(said.slice(6)).toEqual(['b260', 'c250'])
  })
})

describe('the city', () => {
  it('has every mover on its own ground, and is the same for the same seed', async () => {
    const land = await loadLand()
    const size = { units: 60, vessels: 60, drones: 3 }
    const fleet = makeFleet(7, size, land)
    const onLand = (lngLat: [number, number]): boolean => isLand(land, lngLat)
    const wet = fleet.units
      .filter(({ roster }) => roster.kind !== 'boat')
      .filter(({ route }) => !onLand(route(0).lngLat))
    expect(wet.length).toBeLessThanOrEqual(3) // cells of 100 m at the shore
    expect(fleet.vessels.filter(({ route }) => onLand(route(0).lngLat)).length).toBeLessThanOrEqual(3)
    const again = makeFleet(7, size, land)
    expect(again.units.map(({ route }) => route(50).lngLat)).toEqual(fleet.units.map(({ route }) => route(50).lngLat))
    expect(new Set(fleet.units.map(({ protocol }) => protocol)).size).toBe(3)
    for (const { route } of [...fleet.units, ...fleet.vessels])
      expect(distanceM(route(100).lngLat, route(105).lngLat)).toBeLessThan(5 * 20)
  })
  it('goes to and fro, and round', () => {
    const way = shuttle([122, 30], [122.01, 30], 10, 0)
    expect(way(0)).toMatchObject({ lngLat: [122, 30], speedMps: 10 })
    expect(Math.round(way(1).headingDeg)).toBe(90)
    expect(Math.round(way(150).headingDeg)).toBe(270)
    expect(distanceM(circle([122, 30], 100, 5, 0)(12).lngLat, [122, 30])).toBeCloseTo(100, 0)
  })
  it('declares its feeds without a key in them', async () => {
    const fleet = makeFleet(1, { units: 20, vessels: 2, drones: 1 }, await loadLand())
    const text = readFileSync(declareFeeds(folder, fleet, portsFrom(20_000)), 'utf8')
    const { feeds } = JSON.parse(text) as { feeds: { name: string; at: string }[] }
    expect(feeds.map(({ name, at }) => `${name} ${at.split(':')[1]}`)).toEqual([
      'terminals 20000',
      'tak 20001',
      'trackers 20002',
      'vessels 20003',
    ])
    const secret = readSecret(folder)
    expect(text).not.toContain(secret)
    for (const unit of fleet.units) expect(text).not.toContain(trackerKey(secret, unit))
    declareFeeds(folder, fleet, portsFrom(20_000))
    expect(readSecret(folder)).toBe(secret)
  })
})

it('says what is wrong with an option', () => {
  expect(parseLoad([])).toMatchObject({ kind: 'bad', message: '--dir must name a folder' })
  expect(parseLoad(['--dir', 'x', '--units', '-4'])).toMatchObject({ kind: 'bad' })
  expect(parseLoad(['--dir', 'x', '--mavlink', 'nowhere'])).toMatchObject({ kind: 'bad' })
  expect(parseLoad(['--help'])).toEqual({ kind: 'help' })
  expect(parseLoad(['--dir', 'x'])).toMatchObject({
    kind: 'run',
    options: { size: { units: 2000, vessels: 3000, drones: 20 }, ports: { ais: 17_313 } },
  })
})
