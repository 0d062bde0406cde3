import type { Unit } from '@skerry/contract'
import { fromWgs84, readFile, type ReadFile } from '@skerry/exchange'
import { describe, expect, it } from 'vitest'
import { drawnShape, intentOf, rowsOf, thinned, timesOf, type ImportRow, type TakenAs } from './import-plan.ts'

const NOW_MS = Date.UTC(2026, 10, 28, 8)
const TRUST = { errorM: 20, certainty: 60, ageMin: 30 }
const units = [{ id: 'G-2', callSign: '搜救-2' }] as Unit[]
function read(text: string): ReadFile {
  const result = readFile(new TextEncoder().encode(text))
  if (!result.ok) throw new Error(result.fault)
  return result.file
}
const GPX = `<gpx version="1.1"><wpt lat="30" lon="122.1"><time>2026-11-28T07:30:00Z</time><name>布鞋</name><desc>电话13800138000</desc></wpt>
<wpt lat="30" lon="122.2"><name>岔路</name></wpt>
<trk><name>搜救-2 上午</name><trkseg><trkpt lat="30" lon="122.1"><ele>12</ele><time>2026-11-28T07:00:00Z</time></trkpt><trkpt lat="30" lon="122.11"><time>2026-11-28T07:05:00Z</time></trkpt></trkseg></trk></gpx>`
const AREA =
  '{"type":"Feature","properties":{"name":"北坡"},"geometry":{"type":"Polygon","coordinates":[[[122,30],[122.1,30],[122.1,30.1],[122,30]]]}}'
const rows = (text: string) => rowsOf(read(text), 'wgs84', units)
const intent = (row: ImportRow, as: TakenAs = row.as, unitId = row.unitId) =>
  intentOf({ ...row, as, unitId }, 's', '图形', TRUST, NOW_MS, () => '3f0e7c5a-0000-4000-8000-000000000001')

describe('things of a file', () => {
  it('begin as what moves no probability, a track as the track of the unit that its name names', () => {
    expect(rows(GPX).map(({ as, unitId, chosen }) => [as, unitId, chosen])).toEqual([
      ['drawing', null, true],
      ['drawing', null, true],
      ['track', 'G-2', true],
    ])
  })
  it('become drawings, zones, clues with the time of the file, and tracks with every point and its time', () => {
    const [shoe, fork, walk] = rows(GPX)
    expect(intent(shoe!)).toMatchObject({
      kind: 'command',
      draft: {
        type: 'search.add-drawing',
        drawing: { name: '布鞋', note: '电话[***]', shape: { kind: 'point', at: [122.1, 30] } },
      },
    })
    expect(intent(shoe!, 'clue')).toMatchObject({
      draft: {
        type: 'search.add-sighting',
        report: {
          kind: 'clue',
          atMs: Date.UTC(2026, 10, 28, 7, 30),
          errorM: 20,
          certainty: 0.6,
          note: '布鞋 · 电话[***]',
        },
      },
    })
    expect(intent(fork!, 'sighting')).toMatchObject({
      draft: { report: { kind: 'sighting', atMs: NOW_MS - 30 * 60_000 } },
    })
    expect(intent(walk!)).toMatchObject({
      kind: 'track',
      body: {
        unitId: 'G-2',
        points: [
          [122.1, 30, Date.UTC(2026, 10, 28, 7), 12],
          [122.11, 30, Date.UTC(2026, 10, 28, 7, 5), null],
        ],
      },
    })
    expect(intent(walk!, 'drawing')).toMatchObject({
      draft: { drawing: { shape: { kind: 'line', line: { length: 2 } } } },
    })
    const [area] = rows(AREA)
    expect(intent(area!, 'zone')).toMatchObject({ draft: { type: 'zone.declare', zone: { name: '北坡', rules: [] } } })
  })
  it('say what is missing before anything is sent', () => {
    const [, , walk] = rows(GPX)
    expect(intent(walk!, 'track', null)).toEqual({ kind: 'fault', fault: 'no-unit' })
    const long = {
      ...walk!,
      thing: {
        ...walk!.thing,
        shape: {
          kind: 'polygon' as const,
          rings: [Array.from({ length: 3000 }, (_, i): [number, number] => [122 + i / 1e5, 30])],
        },
      },
    }
    expect(intent(long, 'drawing')).toEqual({ kind: 'fault', fault: 'too-many-points' })
  })
  it('of a Chinese map are brought to where they belong', () => {
    const [lng, lat] = fromWgs84([122.1, 29.98], 'gcj02')
    const [row] = rowsOf(read(`<gpx version="1.1"><wpt lat="${lat}" lon="${lng}"/></gpx>`), 'gcj02', [])
    expect(drawnShape(row!.thing.shape)).toEqual({
      kind: 'point',
      at: [expect.closeTo(122.1, 7), expect.closeTo(29.98, 7)],
    })
  })
  it('know from when to when they were recorded, and keep both ends when they are thinned', () => {
    const [shoe, , walk] = rows(GPX)
    expect([timesOf(shoe!.thing), timesOf(walk!.thing)]).toEqual([
      null,
      { fromMs: Date.UTC(2026, 10, 28, 7), toMs: Date.UTC(2026, 10, 28, 7, 5) },
    ])
    const line = Array.from({ length: 1000 }, (_, i): [number, number] => [122 + i / 1000, 30])
    const few = thinned(line, 10)
    expect([few.length, few[0], few.at(-1)]).toEqual([10, line[0], line.at(-1)])
  })
})
