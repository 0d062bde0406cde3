import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { RecordedPoint, Unit } from '@skerry/contract'
import { readFile } from '@skerry/exchange'
import { describe, expect, it } from 'vitest'
import { dutyAfter } from '../domain/units/evolve.ts'
import { judgeTrack } from './judge-track.ts'

const GPX = path.resolve(import.meta.dirname, '../../../../shared/data/gpx')
const noData = existsSync(GPX) ? false : 'recorded data are not here'
const T0 = Date.UTC(2026, 10, 28, 7)
const team: Pick<Unit, 'id' | 'kind' | 'duty' | 'shift'> = {
  id: 'G-02',
  kind: 'ground-team',
  duty: [{ fromMs: T0, toMs: null }],
}
/** A walk to the east, a point every ten seconds. */
const walk = (n: number): RecordedPoint[] =>
  Array.from({ length: n }, (_, i): RecordedPoint => [122.1 + i * 0.0001, 29.98, T0 + i * 10_000, 12])

describe('a track that a receiver recorded', () => {
  it('is taken with the times of its source, in their order, and measured', () => {
    const { points, refused, lengthM } = judgeTrack(walk(50).toReversed(), team, T0 + 3_600_000)
    expect([points.length, refused]).toEqual([50, {}])
    expect(points.map(({ atMs }) => atMs)).toEqual(walk(50).map((point) => point[2]))
    expect(points[0]).toMatchObject({ position: [122.1, 29.98], heightAmslM: 12 })
    expect(lengthM).toBeCloseTo(49 * 9.64, -1)
  })
  it('loses what lies outside the times that the roster had the unit on duty', () => {
    const duty = [
      { fromMs: T0 + 100_000, toMs: T0 + 200_000 },
      { fromMs: T0 + 400_000, toMs: null },
    ]
    const { points, refused } = judgeTrack(walk(50), { ...team, duty }, T0 + 3_600_000)
    expect([points.length, refused]).toEqual([21, { 'off-duty': 29 }])
    const shift = { fromMs: T0, toMs: T0 + 1e9 }
    expect(judgeTrack(walk(50), { ...team, duty: [], shift }, T0 + 3_600_000).points).toHaveLength(50)
    expect(judgeTrack(walk(50), { id: 'x', kind: 'foot' }, T0).refused).toEqual({ 'off-duty': 50 })
  })
  it('loses a clock that is ahead, one of 1901, jumps and repeats, each with its reason', () => {
    const track = walk(20)
    track[5] = [123.1, 29.98, track[5]![2], null]
    track[8] = [...track[7]!]
    track.push([122.1, 29.98, T0 + 5_000_000, null], [122.1, 29.98, 0, null])
    const { points, refused } = judgeTrack(track, { ...team, duty: [{ fromMs: 0, toMs: null }] }, T0 + 4_000_000)
    expect(refused).toEqual({ 'impossible-jump': 1, duplicate: 1, 'future-clock': 1, 'past-clock': 1 })
    expect(points).toHaveLength(18)
  })
  it.skipIf(noData)('of real receivers is taken whole, but for its year 1901', () => {
    const points = (file: string): RecordedPoint[] => {
      const read = readFile(readFileSync(path.join(GPX, file)))
      if (!read.ok) throw new Error(read.fault)
      return read.file.things.flatMap(({ shape }) =>
        shape.kind === 'track'
          ? shape.pieces
              .flat()
              .map(({ at, atMs, heightAmslM }): RecordedPoint => [...at, Math.max(0, atMs), heightAmslM])
          : [],
      )
    }
    const car = points('around-visnjan-with-car.gpx')
    const drove = { id: 'c', kind: 'car' as const, duty: [{ fromMs: 0, toMs: null }] }
    expect(judgeTrack(car, drove, car.at(-1)![2] + 60_000)).toMatchObject({
      points: { length: car.length },
      refused: {},
    })
    const mountain = points('Mojstrovka.gpx')
    const judged = judgeTrack(
      mountain,
      { ...drove, kind: 'foot' },
      Math.max(...mountain.map((point) => point[2])) + 60_000,
    )
    expect(judged.points.length + Object.values(judged.refused).reduce((a, b) => a + b, 0)).toBe(mountain.length)
  })
})

describe('spells of duty', () => {
  it('begin and end with what the roster says, and only then', () => {
    let duty = dutyAfter([], false, 1)
    expect(duty).toEqual([])
    for (const [onDuty, atMs] of [[true, 10], [true, 20], [false, 30], [false, 40], [true, 50]] as const) duty = dutyAfter(duty, onDuty, atMs) // oxfmt-ignore
    expect(duty).toEqual([
      { fromMs: 10, toMs: 30 },
      { fromMs: 50, toMs: null },
    ])
  })
  it('are kept for as long as positions are taken, however often somebody comes and goes, and no longer', () => {
    const HOUR = 3_600_000
    let duty: ReturnType<typeof dutyAfter> = []
    for (let hour = 0; hour < 7 * 24; hour += 2) {
      duty = dutyAfter(duty, true, hour * HOUR)
      duty = dutyAfter(duty, false, (hour + 1) * HOUR)
    }
    expect(duty).toHaveLength(84)
    duty = dutyAfter(duty, true, 8 * 24 * HOUR)
    expect(duty.at(0)).toEqual({ fromMs: 24 * HOUR, toMs: 25 * HOUR })
  })
})
