import { describe, expect, it } from 'vitest'
import { cameraFootprint } from '../detection/camera-footprint.ts'
import { closestApproach } from '../separation/closest-approach.ts'
import { coverageOfLooks, type Look } from '../detection/coverage.ts'
import { cutTasks } from './cut-tasks.ts'
import { gridFrame } from '../frame/grid.ts'
import { laneCount } from './lane-count.ts'
import { posterior } from '../learning/posterior.ts'
import { probabilityMap } from '../prior/probability-map.ts'
import { waterSurvival, windChillC } from './survival.ts'
import { NO_VECTORS, testVectors } from '../vectors/test-vectors.ts'

const vectors = testVectors()
const why = vectors ? '' : ` (${NO_VECTORS})`

describe('a task flown as planned', () => {
  const ipp = [122.2, 30]
  const map = probabilityMap({ subject: { category: 'dementia', terrain: 'flat' }, ipp, halfSizeM: 2000, cellM: 25 })
  const frame = gridFrame(map.grid)
  const heightM = 60
  const camera = { hfovRad: 2 * Math.atan(25 / heightM), vfovRad: 2 * Math.atan(20 / heightM) }
  const plan = (wind: { fromDeg: number; speedMps: number } | null): ReturnType<typeof cutTasks>['tasks'][number] =>
    cutTasks({
      grid: map.grid,
      drones: [{ id: 'a', startLngLat: ipp, airspeedMps: 10, enduranceS: 1200, reserveS: 300 }],
      sensor: { sweepWidthM: 40, swathM: 50, overlap: 0.2 },
      wind,
    }).tasks[0]!

  for (const wind of [null, { fromDeg: 30, speedMps: 5 }]) {
    it(`achieves the POS it promised${wind ? ', in wind too' : ''}`, () => {
      const task = plan(wind)
      const looks: Look[] = []
      let atMs = 0
      for (const lane of task.lanes) {
        const [a, b] = lane.map((p) => frame.toLocal(p))
        const lengthM = Math.hypot(b![0] - a![0], b![1] - a![1])
        for (let s = 0; s <= lengthM; s += 8) {
          const print = cameraFootprint({
            positionLocal: [a![0] + ((b![0] - a![0]) * s) / lengthM, a![1] + ((b![1] - a![1]) * s) / lengthM],
            heightAboveGroundM: heightM,
            cameraYawRad: Math.atan2(b![0] - a![0], b![1] - a![1]),
            cameraPitchRad: -Math.PI / 2,
            ...camera,
          })
          if (print.kind === 'footprint') looks.push({ atMs, cornersM: print.cornersM })
          atMs += 1000
        }
        atMs += 10_000
      }
      const coverage = coverageOfLooks(map.grid, looks, { sweepWidthM: 40, swathM: 50 })
      const { pos } = posterior({ prior: map.grid, restOfWorld: map.restOfWorld, coverage })
      expect(pos).toBeGreaterThan(0.9 * task.expectedPos)
      expect(pos).toBeLessThan(1.1 * task.expectedPos)
    })
  }
})

describe('laneCount', () => {
  it.skipIf(!vectors)(`matches the reference areas${why}`, () => {
    const [rectangle, triangle] = vectors!.lane_count
    const rect = [
      [0, 0],
      [1000, 0],
      [1000, 400],
      [0, 400],
    ]
    expect(laneCount(rect, rectangle!.spacing).lanes).toBe(rectangle!.lanes_along_long_side)
    expect(laneCount(rect, rectangle!.spacing, 0).lanes).toBe(rectangle!.lanes_along_short_side)
    const tri = [
      [0, 0],
      [1000, 0],
      [0, 500],
    ]
    const best = laneCount(tri, triangle!.spacing)
    expect(best.lanes).toBe(triangle!.lanes_min_width)
    expect(best.minWidthM).toBeCloseTo(triangle!.min_width_m!, 5)
    expect(laneCount(tri, triangle!.spacing, Math.PI / 2).lanes).toBe(triangle!.lanes_along_x)
  })

  it('turns with the polygon', () => {
    const turn = 0.7
    const rect = [
      [0, 0],
      [1000, 0],
      [1000, 400],
      [0, 400],
    ].map(([x, y]) => [x! * Math.cos(turn) - y! * Math.sin(turn), x! * Math.sin(turn) + y! * Math.cos(turn)])
    expect(laneCount(rect, 60).minWidthM).toBeCloseTo(400, 6)
    expect(laneCount(rect, 40).lanes).toBe(10)
    expect(() =>
      laneCount(
        [
          [0, 0],
          [1, 1],
        ],
        10,
      ),
    ).toThrow(RangeError)
  })
})

describe('closestApproach', () => {
  it.skipIf(!vectors)(`matches the reference encounter${why}`, () => {
    const { p1, v1, p2, v2, t_s, miss_m } = vectors!.cpa
    const cpa = closestApproach({ positionM: p1, velocityMps: v1 }, { positionM: p2, velocityMps: v2 })
    expect(cpa.timeS).toBeCloseTo(t_s, 9)
    expect(cpa.missM).toBeCloseTo(miss_m, 9)
  })

  it('does not look into the past, and keeps the height between layers', () => {
    const still = { positionM: [0, 0, 40], velocityMps: [0, 0, 0] }
    expect(closestApproach(still, { positionM: [100, 0, 60], velocityMps: [5, 0, 0] })).toEqual({
      timeS: 0,
      missM: Math.hypot(100, 20),
    })
    expect(closestApproach(still, { positionM: [100, 0, 60], velocityMps: [-5, 0, 0] })).toEqual({
      timeS: 20,
      missM: 20,
    })
  })
})

describe('survival', () => {
  it.skipIf(!vectors)(`matches Hayward's times up to his range, and then says exhaustion${why}`, () => {
    for (const { water_c, minutes } of vectors!.hayward_survival_min) {
      const survival = waterSurvival(water_c)
      if (water_c <= 20) expect(survival.minutes).toBeCloseTo(minutes, 2)
      else expect(survival).toEqual({ minutes: waterSurvival(20).minutes, exhaustion: true })
    }
    expect(() => waterSurvival(Number.NaN)).toThrow(RangeError)
  })

  it('feels colder in the wind', () => {
    expect(windChillC(5, 30)).toBeCloseTo(0.05, 2)
    expect(windChillC(-5, 20)).toBeCloseTo(-11.55, 2)
    expect(windChillC(15, 30)).toBe(15)
  })
})
