import { describe, expect, it } from 'vitest'
import { alertsOnMap } from './learning/alert.ts'
import { allocateEffort } from './plan/allocate-effort.ts'
import { accumulateSweep, type Look } from './detection/coverage.ts'
import { cutTasks } from './plan/cut-tasks.ts'
import { steadyFlow } from './drift/flow.ts'
import { leewayObject } from './drift/leeway-objects.ts'
import { createGrid, type Grid, gridFrame, gridSum } from './frame/grid.ts'
import { localFrame } from './frame/local-frame.ts'
import { noFlyZones } from './plan/no-fly.ts'
import { flyLanes } from './patterns/fly-lanes.ts'
import { parallelTrackInside } from './patterns/tracks-inside.ts'
import { planFlights } from './plan/plan-flights.ts'
import type { LocalM } from './frame/position.ts'
import { posterior } from './learning/posterior.ts'
import { probabilityMap, type ProbabilityMapInput } from './prior/probability-map.ts'
import { type Random, seededRandom } from './frame/seeded-random.ts'

/** The rules that hold for whatever is given, each over the whole chain from map to path. */

const IPP = [122.2, 30] as const
const frame = localFrame(IPP)
const star = (random: Random, leastM: number, mostM: number, at: LocalM = [0, 0]): LocalM[] =>
  Array.from({ length: 9 }, (_, i) => {
    const [angle, r] = [((i + 0.6 * random()) / 9) * 2 * Math.PI, leastM + (mostM - leastM) * random()]
    return [at[0] + r * Math.cos(angle), at[1] + r * Math.sin(angle)]
  })
const toRing = (points: readonly LocalM[], about = frame): number[][] =>
  [...points, points[0]!].map((p) => about.toLngLat(p))

/** A map of an island, with several stories and a sighting. */
function islandMap(random: Random, land: readonly LocalM[]): ReturnType<typeof probabilityMap> {
  const input: ProbabilityMapInput = {
    subject: { category: random() < 0.5 ? 'hiker' : 'dementia', terrain: 'flat' },
    ipp: IPP,
    halfSizeM: 3000,
    cellM: 150,
    land: [[toRing(land)]],
    shoreShare: 0.6 * random(),
    scenarios: [
      { weight: 1 + random() },
      { weight: random(), kind: 'shore' },
      {
        weight: random(),
        kind: 'drift',
        ipp: frame.toLngLat([2900, 0]),
        drift: {
          object: leewayObject('PIW-1'),
          wind: steadyFlow([6 * random() - 3, 5 * random()]),
          current: steadyFlow([0.5 * random(), 0.5 * random()]),
          durationS: 3600,
          particles: 300,
          seed: 1 + Math.floor(1000 * random()),
        },
      },
    ],
    sightings: [{ position: frame.toLngLat([600 * random(), 600 * random()]), errorM: 300, reliability: random() }],
  }
  return probabilityMap(input)
}

describe('mass', () => {
  it('is one from the first map to the last update: stories, coast, sighting, sweeps and alerts (seeded)', () => {
    const random = seededRandom(41)
    for (let n = 0; n < 15; n++) {
      const map = islandMap(random, star(random, 900, 2700))
      expect(gridSum(map.grid.values) + map.restOfWorld).toBeCloseTo(1, 9)
      const coverage = map.grid.values.map(() => (random() < 0.5 ? 0 : 3 * random()))
      const podCap = map.grid.values.map(() => random())
      const after = posterior({ prior: map.grid, restOfWorld: map.restOfWorld, coverage, podCap })
      expect(gridSum(after.grid.values) + after.restOfWorld).toBeCloseTo(1, 9)
      expect(after.restOfWorld).toBeGreaterThanOrEqual(map.restOfWorld)
      const alerts = [1, 2].map(() => ({
        position: frame.toLngLat([900 * random(), 900 * random()]),
        errorM: 20,
        pd: 0.7,
        clutterPerKm2: 0.1 + random(),
      }))
      const alerted = alertsOnMap(after.grid, after.restOfWorld, alerts)
      expect(gridSum(alerted.grid.values) + alerted.restOfWorld).toBeCloseTo(1, 9)
    }
  })
})

describe('looks', () => {
  it('give the same map in whatever order the drones came, one after another or all at once (seeded)', () => {
    const random = seededRandom(42)
    for (let n = 0; n < 10; n++) {
      const map = islandMap(random, star(random, 900, 2700))
      const flights = Array.from({ length: 4 }, () => straightLooks(random, map.grid))
      const coverageOf = (order: readonly Look[][]): Float64Array => {
        const coverage = new Float64Array(map.grid.values.length)
        for (const looks of order)
          looks.forEach((look, i) => {
            if (i > 0) accumulateSweep(coverage, map.grid, looks[i - 1]!, look, { sweepWidthM: 60, swathM: 90 })
          })
        return coverage
      }
      const update = (order: readonly Look[][]) =>
        posterior({ prior: map.grid, restOfWorld: map.restOfWorld, coverage: coverageOf(order), podCap: 0.7 })
      const [forth, back] = [update(flights), update(flights.toReversed())]
      expect(forth.pos).toBeGreaterThan(0)
      expect(back.pos).toBeCloseTo(forth.pos, 12)
      forth.grid.values.forEach((p, i) => expect(back.grid.values[i]).toBeCloseTo(p, 12))
    }
  })
})

describe('more effort', () => {
  it('never lowers POS: by hours, by battery, by another drone (seeded)', () => {
    const random = seededRandom(43)
    for (let n = 0; n < 6; n++) {
      const { grid } = islandMap(random, star(random, 900, 2700))
      const [poa, areaKm2] = [[0.3, 0.2, 0.1].map((p) => p * random()), [1, 2, 3].map((a) => a * (0.2 + random()))]
      const hours = [0, 1, 2, 5, 10].map((effortKm2) => allocateEffort({ poa, areaKm2, effortKm2 }).pos)
      expect(hours).toEqual(hours.toSorted((a, b) => a - b))

      const drones = Array.from({ length: 3 }, (_, i) => ({
        id: `d${i}`,
        startLngLat: frame.toLngLat([500 * random(), 500 * random()]),
        airspeedMps: 10,
        reserveS: 100,
      }))
      const found = (count: number, enduranceS: number): number =>
        cutTasks({
          grid,
          drones: drones.slice(0, count).map((drone) => ({ ...drone, enduranceS })),
          sensor: { sweepWidthM: 50, swathM: 80, overlap: 0.1 },
          wind: null,
          maxLayouts: 2,
        }).tasks.reduce((sum, { expectedPos }) => sum + expectedPos, 0)
      const byBattery = [400, 800, 1200, 1800].map((enduranceS) => found(1, enduranceS))
      expect(byBattery).toEqual(byBattery.toSorted((a, b) => a - b))
      const byDrones = [1, 2, 3].map((count) => found(count, 900))
      expect(byDrones).toEqual(byDrones.toSorted((a, b) => a - b))
    }
  })
})

describe('place and direction', () => {
  it('do not matter to the map: an island moved is the map moved, turned by a quarter the map turned (seeded)', () => {
    const random = seededRandom(44)
    for (let n = 0; n < 8; n++) {
      const land = star(random, 700, 2500)
      const far = localFrame([120.7, 29.2])
      const draw = (points: readonly LocalM[], about: typeof frame, ipp: readonly number[]) =>
        probabilityMap({
          subject: { category: 'hiker', terrain: 'flat' },
          ipp,
          halfSizeM: 3000,
          cellM: 150,
          land: [[toRing(points, about)]],
        })
      const here = draw(land, frame, IPP)
      const moved = draw(land, far, [120.7, 29.2])
      const turned = draw(
        land.map(([e, h]): LocalM => [-h, e]),
        frame,
        IPP,
      )
      const { rows, cols, values } = here.grid
      let [byMove, byTurn] = [0, 0]
      for (let row = 0; row < rows; row++) {
        for (let col = 0; col < cols; col++) {
          const p = values[row * cols + col]!
          byMove += Math.abs(moved.grid.values[row * cols + col]! - p)
          byTurn += Math.abs(turned.grid.values[col * cols + (cols - 1 - row)]! - p)
        }
      }
      // A coast is drawn by scan lines along the rows, good to a few percent of a cell: turned, cells of the shore differ.
      expect(byMove).toBeLessThan(0.01)
      expect(byTurn).toBeLessThan(0.03)
      expect(moved.restOfWorld).toBeCloseTo(here.restOfWorld, 3)
      expect(Math.abs(turned.restOfWorld - here.restOfWorld)).toBeLessThan(2e-3)
    }
  })

  it('do not matter to the plan: moved, or turned by a quarter with its wind, it finds as much (seeded)', () => {
    const random = seededRandom(45)
    for (let n = 0; n < 4; n++) {
      const { grid } = islandMap(random, star(random, 900, 2700))
      const { rows, cols, values } = grid
      const middle = (cols * grid.cellM) / 2
      const start: LocalM = [400 * random(), 400 * random()]
      const fromDeg = 360 * random()
      const found = (on: Grid, [e, h]: LocalM, windFromDeg: number): number =>
        cutTasks({
          grid: on,
          drones: [
            {
              id: 'a',
              startLngLat: gridFrame(on).toLngLat([middle + e, middle + h]),
              airspeedMps: 10,
              enduranceS: 1200,
              reserveS: 200,
            },
          ],
          sensor: { sweepWidthM: 50, swathM: 80, overlap: 0.1 },
          wind: { fromDeg: windFromDeg, speedMps: 4 },
        }).tasks.reduce((sum, { expectedPos }) => sum + expectedPos, 0)
      const here = found(grid, start, fromDeg)
      const moved = createGrid({ ...grid, origin: [120, 28] }, values)
      expect(found(moved, start, fromDeg) / here).toBeCloseTo(1, 6)
      const quarter = createGrid(grid)
      values.forEach((p, i) => {
        const [row, col] = [Math.floor(i / cols), i % cols]
        quarter.values[col * cols + (rows - 1 - row)] = p
      })
      expect(found(quarter, [-start[1], start[0]], fromDeg - 90) / here).toBeCloseTo(1, 2)
    }
  })
})

describe('paths', () => {
  it('stay in their area and out of zones, and within their budget, whoever plans them (seeded)', () => {
    const random = seededRandom(46)
    for (let n = 0; n < 5; n++) {
      const [outer, hole] = [star(random, 500, 1100), star(random, 60, 150, [150, -100])]
      const polygon = [toRing(outer), toRing(hole)]
      const zone = star(random, 100, 200, [-700, 300])
      const noFly = [[toRing(zone)]]
      const wind = { fromDeg: 360 * random(), speedMps: 6 * random() }
      const forbidden = noFlyZones([zone, hole])
      const clear = (points: readonly (readonly number[])[]): boolean =>
        points.every((p, i) => i === 0 || !forbidden.blocks(points[i - 1]!, p))

      const pattern = parallelTrackInside({ polygon, trackSpacingM: 70, wind })!
      const startLngLat = frame.toLngLat([0, -1400])
      const budgetS = 500 + 900 * random()
      const flown = flyLanes(pattern.lanes, { startLngLat, airspeedMps: 12, wind, budgetS, noFly, within: polygon })
      expect(flown.timeS).toBeLessThanOrEqual(budgetS)
      expect(clear([startLngLat, ...flown.waypoints, startLngLat].map((p) => frame.toLocal(p)))).toBe(true)

      const { grid } = islandMap(random, star(random, 900, 2700))
      const about = gridFrame(grid)
      const zones = [zone, hole].map((ring) => ring.map((p) => about.toLocal(frame.toLngLat(p))))
      const drone = { airspeedMps: 12, enduranceS: 900 + 600 * random(), reserveS: 120 }
      const base = about.toLocal(startLngLat)
      const flights = planFlights({
        grid,
        drones: ['a', 'b'].map((id) => ({ ...drone, id, startM: base, returnM: base })),
        detectionRadiusM: 40,
        wind,
        noFly: zones,
        separationM: 50,
      })
      const around = noFlyZones(zones)
      for (const { points, timesS } of flights) {
        expect(timesS.at(-1)! - timesS[0]!).toBeLessThanOrEqual(drone.enduranceS - drone.reserveS)
        expect(points.every((p, i) => i === 0 || !around.blocks(points[i - 1]!, p))).toBe(true)
      }
    }
  })
})

/** Looks of a drone on one straight way over the grid, one a second. */
function straightLooks(random: Random, grid: Grid): Look[] {
  const sizeM = grid.cols * grid.cellM
  const [from, bearing] = [[sizeM * random(), sizeM * random()], 2 * Math.PI * random()]
  const [sin, cos] = [Math.sin(bearing), Math.cos(bearing)]
  return Array.from({ length: 60 }, (_, i) => ({
    atMs: i * 1000,
    cornersM: [
      [-45, 30],
      [-45, -30],
      [45, -30],
      [45, 30],
    ].map(([x, y]) => {
      const along = y! + i * 12
      return [from[0]! + x! * cos + along * sin, from[1]! - x! * sin + along * cos]
    }),
  }))
}
