import { describe, expect, it } from 'vitest'
import { coverageOfLooks, type Look } from '../detection/coverage.ts'
import { createGrid, gridFrame } from '../frame/grid.ts'
import { localFrame } from '../frame/local-frame.ts'
import { noFlyZones } from '../plan/no-fly.ts'
import { flyLanes } from '../patterns/fly-lanes.ts'
import type { LngLat, LocalM } from '../frame/position.ts'
import { seededRandom } from '../frame/seeded-random.ts'
import { handoverTask, laneTask } from './handover.ts'
import { type Lane, splitAtProgress, splitBySweep } from './remainder.ts'

const side = 60
const shape = { rows: side, cols: side, cellM: 20, origin: [122.2, 30] as LngLat }
const grid = createGrid(shape, new Float64Array(side * side).fill(0.9 / (side * side)))
const frame = gridFrame(grid)
const at = (e: number, n: number): LngLat => frame.toLngLat([e, n])
const sensor = { grid, sweepWidthM: 30, laneSpacingM: 40 }
/** Eight lanes of 800 m, 40 m apart, flown to and fro. */
const lanes: Lane[] = Array.from({ length: 8 }, (_, i) => {
  const e = 200 + 40 * i
  return i % 2 === 0 ? [at(e, 200), at(e, 1000)] : [at(e, 1000), at(e, 200)]
})
const flight = { startLngLat: at(100, 100), airspeedMps: 10, wind: null, budgetS: 1500 }
const metres = (list: readonly Lane[]): number =>
  list.reduce((sum, [a, b]) => {
    const [e, n] = localFrame(a).toLocal(b)
    return sum + Math.hypot(e, n)
  }, 0)

/** Every metre of the lanes, as keys, so that a partition can be checked point by point. */
function stations(list: readonly Lane[]): Map<string, number> {
  const seen = new Map<string, number>()
  for (const [a, b] of list) {
    const [p, q] = [frame.toLocal(a), frame.toLocal(b)]
    const [low, high] = [Math.min(p[1], q[1]), Math.max(p[1], q[1])]
    for (let n = Math.ceil((low - 5) / 10) * 10 + 5; n < high; n += 10) {
      const key = `${p[0].toFixed(0)}/${n}`
      seen.set(key, (seen.get(key) ?? 0) + 1)
    }
  }
  return seen
}

const looksAlong = (list: readonly Lane[], untilM: number): Look[] => {
  const looks: Look[] = []
  let [atMs, flown] = [0, 0]
  for (const [a, b] of list) {
    const [p, q] = [frame.toLocal(a), frame.toLocal(b)]
    const lengthM = Math.hypot(q[0] - p[0], q[1] - p[1])
    for (let s = 0; s <= lengthM && flown + s <= untilM; s += 8) {
      const [e, n] = [p[0] + ((q[0] - p[0]) * s) / lengthM, p[1] + ((q[1] - p[1]) * s) / lengthM]
      const corners = [
        [e - 20, n - 16],
        [e + 20, n - 16],
        [e + 20, n + 16],
        [e - 20, n + 16],
      ]
      looks.push({ atMs, cornersM: corners })
      atMs += 1000
    }
    flown += lengthM
    atMs += 60_000
  }
  return looks
}

describe('what is left of a task', () => {
  it('is everything after the point reached, and with what is done exactly the whole', () => {
    const { done, left, doneM, leftM } = splitAtProgress(lanes, { lane: 2, share: 0.25 })
    expect(done).toHaveLength(3)
    expect(left).toHaveLength(6)
    expect(doneM).toBeCloseTo(1800, 0)
    expect(doneM + leftM).toBeCloseTo(metres(lanes), 6)
    expect(splitAtProgress(lanes, { lane: 8, share: 0 }).left).toEqual([])
    expect(splitAtProgress(lanes, { lane: 0, share: 0 }).done).toEqual([])
    expect(() => splitAtProgress(lanes, { lane: 9, share: 0 })).toThrow(RangeError)
  })

  it('covers the whole, nothing twice, wherever the flight broke off (seeded)', () => {
    const random = seededRandom(5)
    const whole = stations(lanes)
    for (let n = 0; n < 20; n++) {
      const { done, left } = splitAtProgress(lanes, { lane: Math.floor(random() * 8), share: random() })
      expect(stations([...done, ...left])).toEqual(whole)
    }
  })

  it('is what was not swept, from the footprints that really came', () => {
    const swept = coverageOfLooks(grid, looksAlong(lanes, 2000), { sweepWidthM: 30, swathM: 40 })
    const { doneM, leftM, left } = splitBySweep(lanes, grid, swept, sensor)
    expect(doneM + leftM).toBeCloseTo(metres(lanes), 6)
    expect(doneM).toBeGreaterThan(1850)
    expect(doneM).toBeLessThan(2100)
    expect(stations(left).size).toBeGreaterThan(stations(lanes).size * 0.65)
    expect(splitBySweep(lanes, grid, new Float32Array(side * side), sensor).left).toHaveLength(8)
  })

  it('finds a hole in the middle of a swept lane: a lost link leaves ground to be flown', () => {
    const looks = looksAlong(lanes, Infinity).filter((look) => {
      const [e, n] = look.cornersM[0] as LocalM
      return !(Math.abs(e + 20 - 280) < 5 && n > 400 && n < 600)
    })
    const swept = coverageOfLooks(grid, looks, { sweepWidthM: 30, swathM: 40 })
    const { left } = splitBySweep(lanes, grid, swept, sensor)
    const hole = left.filter(([a]) => Math.abs(frame.toLocal(a)[0] - 280) < 1)
    expect(hole).toHaveLength(1)
    expect(metres(hole)).toBeGreaterThan(150)
    expect(metres(hole)).toBeLessThan(300)
  })
})

describe('handoverTask', () => {
  const { left } = splitAtProgress(lanes, { lane: 2, share: 0.25 })

  it('is the same lanes again for whoever flies them, within the budget', () => {
    const task = handoverTask(left, flight, sensor)
    expect(task.left).toEqual([])
    expect(stations(task.lanes)).toEqual(stations(left))
    expect(task.timeS).toBeLessThanOrEqual(flight.budgetS)
    expect(task.expectedPos).toBeCloseTo(task.poaInside * (1 - Math.exp(-30 / 40)), 9)
    expect(task.posCurve).toHaveLength(task.lanes.length)
    const other = handoverTask(left, { ...flight, startLngLat: at(1100, 1100) }, sensor)
    expect(stations(other.lanes)).toEqual(stations(left))
  })

  it('hands on what does not fit, nothing lost and nothing twice', () => {
    const first = handoverTask(left, { ...flight, budgetS: 500 }, sensor)
    expect(first.timeS).toBeLessThanOrEqual(500)
    expect(first.left.length).toBeGreaterThan(0)
    expect(metres([...first.lanes, ...first.left])).toBeCloseTo(metres(left), 1)
    const second = handoverTask(first.left, flight, sensor)
    expect(metres([...first.lanes, ...second.lanes])).toBeCloseTo(metres(left), 1)
  })

  it('is worth less on ground that was flown, and more effort never lowers POS', () => {
    const coverage = new Float32Array(side * side).fill(1)
    const under = { ...sensor, podCap: 0.4 }
    const fresh = laneTask(left, flight, under).expectedPos
    const again = laneTask(left, flight, { ...under, coverage }).expectedPos
    expect(again).toBeLessThan(fresh)
    let last = 0
    for (const { pos } of laneTask(left, flight, under).posCurve) {
      expect(pos).toBeGreaterThanOrEqual(last)
      last = pos
    }
  })
})

describe('flyLanes', () => {
  const zone = [[[at(250, 500), at(450, 500), at(450, 700), at(250, 700), at(250, 500)].map(([x, y]) => [x, y])]]

  it('never enters a no-fly zone: lanes are cut and legs go around', () => {
    const zones = noFlyZones([zone[0]![0]!.map((p) => frame.toLocal(p))])
    const flown = flyLanes(lanes, { ...flight, noFly: zone })
    const whole = [flight.startLngLat, ...flown.waypoints, flight.startLngLat].map((p) => frame.toLocal(p))
    for (let i = 1; i < whole.length; i++) expect(zones.blocks(whole[i - 1]!, whole[i]!)).toBe(false)
    expect(flown.forbiddenM).toBeGreaterThan(5 * 200)
    expect(metres(flown.lanes) + metres(flown.left) + flown.forbiddenM).toBeCloseTo(metres(lanes), 0)
  })

  it('never exceeds its budget, in any wind (seeded)', () => {
    const random = seededRandom(6)
    for (let n = 0; n < 40; n++) {
      const budgetS = 100 + 1000 * random()
      const wind = { fromDeg: 360 * random(), speedMps: 7 * random() }
      const flown = flyLanes(lanes, { ...flight, budgetS, wind })
      expect(flown.timeS).toBeLessThanOrEqual(budgetS)
      expect(metres(flown.lanes) + metres(flown.left)).toBeCloseTo(metres(lanes), 0)
    }
  })

  it('flies nothing when the wind forbids it, and says so by what is left', () => {
    const flown = flyLanes(lanes, { ...flight, wind: { fromDeg: 0, speedMps: 12 } })
    expect(flown.lanes).toEqual([])
    expect(flown.left).toHaveLength(8)
    expect(flown.timeS).toBe(0)
    expect(() => flyLanes(lanes, { ...flight, budgetS: 0 })).toThrow(/budgetS/)
  })
})
