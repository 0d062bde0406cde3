import { describe, expect, it } from 'vitest'
import { cellsInRing } from '../frame/cells-in-ring.ts'
import { createGrid, gridFrame } from '../frame/grid.ts'
import { OBSERVER_POLICY, observerSweepWidth } from './observer-sensor.ts'
import { thinTrack, trackEffort, type TrackFix } from './track-effort.ts'

const grid = createGrid({ rows: 40, cols: 40, cellM: 25, origin: [122.2, 30] })
const frame = gridFrame(grid)
const segment = cellsInRing(
  grid,
  [
    [200, 200],
    [800, 200],
    [800, 800],
    [200, 800],
  ].map((p) => frame.toLngLat(p)),
)
const sensor = { sweepWidthM: 30, ...OBSERVER_POLICY['ground-team'] }
const fix = (atS: number, x: number, y: number, accuracyM: number | null = 5): TrackFix => ({
  atMs: 1000 * atS,
  pointM: [x, y],
  accuracyM,
})
/** Walks east through the segment at `mps`, a fix every 20 s. */
const walk = (mps: number): TrackFix[] =>
  Array.from({ length: Math.floor(1000 / (20 * mps)) + 1 }, (_, i) => fix(20 * i, 20 * i * mps, 500))

describe('the effort of a track', () => {
  it('is sweep width times way, inside the segment alone', () => {
    const { lengthM, coverage } = trackEffort(grid, thinTrack(walk(1)), segment, sensor)
    expect(lengthM).toBeGreaterThan(570)
    expect(lengthM).toBeLessThan(630)
    expect(coverage.reduce((sum, c) => sum + c, 0) * 25 * 25).toBeCloseTo(lengthM * 30, 0)
  })

  it('is the same however often the receiver speaks, as a hand-held one does every second', () => {
    for (const everyS of [1, 2, 5, 30])
      for (const accuracyM of [null, 3, 12]) {
        const told = Array.from({ length: Math.floor(1000 / (1.6 * everyS)) + 1 }, (_, i) =>
          fix(everyS * i, everyS * i * 1.6, 500, accuracyM),
        )
        const { lengthM } = trackEffort(grid, thinTrack(told), segment, sensor)
        expect([everyS, accuracyM, lengthM > 560 && lengthM < 640]).toEqual([everyS, accuracyM, true])
      }
    const driven = Array.from({ length: 167 }, (_, i) => fix(i, 6 * i, 500))
    expect(trackEffort(grid, thinTrack(driven), segment, sensor).lengthM).toBe(0)
  })

  it('is none for who drives through, over a gap, or while standing still with a poor receiver', () => {
    expect(trackEffort(grid, thinTrack(walk(6)), segment, sensor).lengthM).toBe(0)
    const gap = [fix(0, 300, 500), fix(300, 500, 500)]
    expect(trackEffort(grid, thinTrack(gap), segment, sensor).lengthM).toBe(0)
    const jitter = Array.from({ length: 200 }, (_, i) =>
      fix(10 * i, 500 + 8 * Math.sin(i), 500 + 8 * Math.cos(3 * i), 8),
    )
    expect(trackEffort(grid, thinTrack(jitter), segment, sensor).lengthM).toBeLessThan(30)
    const poor = Array.from({ length: 50 }, (_, i) => fix(20 * i, 300 + 20 * i, 500, 80))
    expect(thinTrack(poor)).toEqual([])
  })

  it('goes on after a rest: who stood for an hour left from where he stood', () => {
    const rest = Array.from({ length: 60 }, (_, i) => fix(60 * i, 400, 500))
    const on = Array.from({ length: 11 }, (_, i) => fix(3540 + 20 * (i + 1), 400 + 20 * (i + 1), 500))
    const { lengthM } = trackEffort(grid, thinTrack([...rest, ...on]), segment, sensor)
    expect(lengthM).toBeGreaterThan(200)
    expect(lengthM).toBeLessThan(240)
  })

  it('does not depend on the order in which fixes came', () => {
    const shuffled = walk(1).toSorted((a, b) => ((a.atMs * 7) % 11) - ((b.atMs * 7) % 11))
    expect(thinTrack(shuffled)).toEqual(thinTrack(walk(1)))
  })
})

describe('sweep widths of observers', () => {
  it('come from the range measured on the spot on land, and from the table with its weather at sea', () => {
    const team = { kind: 'ground-team', detectionRangeM: 40, visibility: 'medium', light: 'day', searchers: 1 } as const
    expect(observerSweepWidth({ ...team, dimLamp: false }).sweepWidthM).toBeCloseTo(64, 6)
    expect(observerSweepWidth({ ...team, light: 'night', dimLamp: true }).sweepWidthM).toBeCloseTo(11, 6)
    const boat = {
      kind: 'boat',
      target: 'person-in-water',
      visibilityNm: 10,
      waveHeightM: 0.2,
      tiredCrew: false,
    } as const
    const calm = observerSweepWidth({ ...boat, windMps: 3 }).sweepWidthM
    expect(calm).toBeCloseTo(0.6 * 1852, 6)
    expect(observerSweepWidth({ ...boat, windMps: 10 }).sweepWidthM).toBeCloseTo(calm / 2, 6)
    expect(() => observerSweepWidth({ ...boat, target: 'whale', windMps: 3 })).toThrow(/target/)
  })
})
