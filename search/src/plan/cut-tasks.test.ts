import { describe, expect, it } from 'vitest'
import { cutTasks, type CutTasksInput, type SearchTask } from './cut-tasks.ts'
import { createGrid, type Grid, gridAround, gridFrame, gridSum } from '../frame/grid.ts'
import { localFrame } from '../frame/local-frame.ts'
import { noFlyZones } from './no-fly.ts'
import { inRing, ringAreaM2 } from '../frame/polygon.ts'
import { podFurther } from '../detection/pod.ts'
import { posterior } from '../learning/posterior.ts'
import { probabilityMap } from '../prior/probability-map.ts'
import { type Random, seededRandom } from '../frame/seeded-random.ts'
import { legTimer } from './wind.ts'

const IPP = [122.2, 30] as const
const about = localFrame(IPP)
const hills = probabilityMap({ subject: { category: 'hiker', terrain: 'flat' }, ipp: IPP, halfSizeM: 3000, cellM: 50 })
const drone = { id: 'a', startLngLat: about.toLngLat([500, 0]), airspeedMps: 10, enduranceS: 1200, reserveS: 300 }
const base: CutTasksInput = {
  grid: hills.grid,
  drones: [drone],
  sensor: { sweepWidthM: 40, swathM: 50, overlap: 0.2 },
  wind: null,
}

/** A lumpy map: several hills of probability, with a hole. */
function lumpyGrid(random: Random): Grid {
  const shape = gridAround(IPP, 2050, 100)
  const lumps = Array.from({ length: 4 }, () => [random() * 4100, random() * 4100, 200 + random() * 600])
  const values = Float64Array.from({ length: shape.rows * shape.cols }, (_, i) => {
    const [e, n] = [((i % shape.cols) + 0.5) * 100, (Math.floor(i / shape.cols) + 0.5) * 100]
    if (Math.hypot(e - 2000, n - 2000) < 300) return 0
    return lumps.reduce((sum, [x, y, s]) => sum + Math.exp(-((e - x!) ** 2 + (n - y!) ** 2) / (2 * s! * s!)), 0)
  })
  const sum = gridSum(values) / 0.9
  return createGrid(
    shape,
    values.map((v) => v / sum),
  )
}

/** Time and length of the flight, flown again from the published waypoints alone. */
function fly(task: SearchTask, input: CutTasksInput): { timeS: number; lengthM: number; points: number[][] } {
  const frame = gridFrame(input.grid)
  const { startLngLat, airspeedMps } = input.drones.find(({ id }) => id === task.droneId)!
  const points = [startLngLat, ...task.waypoints, startLngLat].map((p) => frame.toLocal(p))
  let [timeS, lengthM] = [input.overheadS ?? 60, 0]
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1]!, points[i]!]
    lengthM += Math.hypot(b[0] - a[0], b[1] - a[1])
    timeS += legTimer(airspeedMps, input.wind)(a, b)
  }
  return { timeS, lengthM, points }
}

/** Probability inside an area, by the grid alone. */
function massInside(task: SearchTask, grid: Grid): number {
  const rings = task.area.map((ring) => ring.map((p) => gridFrame(grid).toLocal(p)))
  let sum = 0
  const split = 10
  for (let row = 0; row < grid.rows; row++) {
    for (let col = 0; col < grid.cols; col++) {
      for (let k = 0; k < split * split; k++) {
        const e = (col + ((k % split) + 0.5) / split) * grid.cellM
        const n = (row + (Math.floor(k / split) + 0.5) / split) * grid.cellM
        const inside = rings.reduce((odd, ring) => odd !== inRing(ring, e, n), false)
        if (inside) sum += grid.values[row * grid.cols + col]! / split ** 2
      }
    }
  }
  return sum
}

describe('cutTasks', () => {
  it('searches the ground about the planning point first, and uses the battery', () => {
    const { tasks, idle } = cutTasks(base)
    expect(idle).toEqual([])
    expect(tasks).toHaveLength(1)
    const task = tasks[0]!
    expect(task.energyShare).toBeGreaterThan(0.95)
    const areaM2 = massAreaM2(task)
    const density = task.poaInside / areaM2
    // Far denser than the map as a whole, near the densest ground of that size.
    const cells = [...hills.grid.values].sort((p, q) => q - p).slice(0, Math.round(areaM2 / 2500))
    expect(density).toBeGreaterThan((0.85 * cells.reduce((p, q) => p + q)) / areaM2)
  })

  it('keeps every promise on lumpy maps with wind, zones and several drones (seeded)', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const random = seededRandom(seed)
      const grid = lumpyGrid(random)
      const frame = gridFrame(grid)
      const [zx, zy] = [400 + random() * 2500, 400 + random() * 2500]
      const zone = [
        [zx, zy],
        [zx + 500, zy + 100],
        [zx + 600, zy + 700],
        [zx + 200, zy + 300],
      ]
      const input: CutTasksInput = {
        grid,
        drones: [0, 1, 2].map((i) => ({
          id: `d${i}`,
          startLngLat: frame.toLngLat([random() * 4000, random() * 4000]),
          airspeedMps: 8 + 4 * random(),
          enduranceS: 700 + 900 * random(),
          reserveS: 200,
        })),
        sensor: { sweepWidthM: 50, swathM: 80, overlap: 0.15, podCap: 0.9 },
        wind: { fromDeg: random() * 360, speedMps: 6 * random() },
        noFly: [[[...zone, zone[0]!].map((p) => frame.toLngLat(p))]],
        maxTasks: 5,
      }
      const noFly = noFlyZones([zone])
      const { tasks } = cutTasks(input)
      expect(tasks.length).toBeGreaterThan(0)
      for (const task of tasks) {
        const flight = fly(task, input)
        const owner = input.drones.find(({ id }) => id === task.droneId)!
        expect(task.timeS).toBeLessThanOrEqual(owner.enduranceS - owner.reserveS)
        expect(flight.timeS).toBeLessThanOrEqual(task.timeS + 1e-6)
        expect(flight.lengthM).toBeCloseTo(task.lengthM, 3)
        expect(task.energyShare).toBeLessThanOrEqual(1)
        for (let i = 1; i < flight.points.length; i++) {
          expect(noFly.blocks(flight.points[i - 1]!, flight.points[i]!)).toBe(false)
        }
        const rings = task.area.map((ring) => ring.map((p) => frame.toLocal(p)))
        for (const lane of task.lanes) {
          const [a, b] = lane.map((p) => frame.toLocal(p))
          for (const t of [0.001, 0.25, 0.5, 0.75, 0.999]) {
            const [e, n] = [a![0] + t * (b![0] - a![0]), a![1] + t * (b![1] - a![1])]
            expect(rings.reduce((odd, ring) => odd !== inRing(ring, e, n), false)).toBe(true)
          }
        }
        expect(task.expectedPos).toBeCloseTo(task.poaInside * 0.9 * (1 - Math.exp(-50 / (80 * 0.85) / 0.9)), 12)
        expect(Math.abs(massInside(task, grid) - task.poaInside)).toBeLessThan(0.02 * task.poaInside)
        expect(task.posCurve[task.posCurve.length - 1]!.pos).toBeCloseTo(task.expectedPos, 9)
        expect(ringAreaM2(rings[0]!)).toBeGreaterThan(0)
      }
      // Areas never overlap: no cell is promised twice.
      for (let row = 0; row < grid.rows; row++) {
        for (let col = 0; col < grid.cols; col++) {
          const at = frame.toLngLat([(col + 0.37) * 100, (row + 0.61) * 100])
          const owners = tasks.filter(({ area }) =>
            area.reduce((odd, ring) => odd !== inRing(ring, at[0], at[1]), false),
          )
          expect(owners.length).toBeLessThanOrEqual(1)
        }
      }
    }
  })

  it('cuts joined areas from a map whose cells are far larger than the lanes', () => {
    const coarse = probabilityMap({
      subject: { category: 'hiker', terrain: 'flat' },
      ipp: IPP,
      halfSizeM: 3000,
      cellM: 400,
    })
    const task = cutTasks({ ...base, grid: coarse.grid }).tasks[0]!
    expect(task.energyShare).toBeGreaterThan(0.95)
    expect(task.poaInside).toBeGreaterThan(0.5 * cutTasks(base).tasks[0]!.poaInside)
  })

  it('is not kept from good ground by a zone on the way: it flies around and uses its battery', () => {
    const east = { ...drone, startLngLat: about.toLngLat([1500, -300]), enduranceS: 1500 }
    const zone = [
      [500, -500],
      [1100, -300],
      [1000, 400],
      [450, 250],
    ].map((p) => about.toLngLat(p))
    const given = { ...base, drones: [east], wind: { fromDeg: 250, speedMps: 5 } }
    const [free, around] = [cutTasks(given).tasks[0]!, cutTasks({ ...given, noFly: [[zone]] }).tasks[0]!]
    expect(around.expectedPos).toBeGreaterThan(0.7 * free.expectedPos)
    expect(around.energyShare).toBeGreaterThan(0.95)
  })

  it('leaves swept ground under trees for new ground, and promises what a further look there really adds', () => {
    const { grid } = hills
    // Even ground, its western half flown twice under trees that hide 80 %.
    const even = { ...grid, values: grid.values.map(() => 1 / grid.values.length) }
    const coverage = grid.values.map((_, i) => (i % grid.cols < grid.cols / 2 ? 1.2 : 0))
    const podCap = 0.2
    const middle = gridFrame(grid).toLngLat([(grid.cols * 50) / 2, (grid.rows * 50) / 2])
    const given: CutTasksInput = {
      ...base,
      grid: even,
      sensor: { ...base.sensor, sweepWidthM: 15, podCap },
      drones: [{ ...base.drones[0]!, startLngLat: middle }],
    }
    const west = (task: SearchTask): number => {
      const ring = task.area[0]!.map((p) => gridFrame(grid).toLocal(p))
      // A corner on the line between the halves is not in the west.
      const east = ring.filter(([e]) => e > (grid.cols * 50) / 2 - 1).length
      return 1 - east / ring.length
    }
    const [blind, knows] = [cutTasks(given).tasks[0]!, cutTasks({ ...given, coverage }).tasks[0]!]
    expect(west(knows)).toBeLessThan(0.2)
    expect(knows.expectedPos / knows.poaInside).toBeCloseTo(podFurther(0, 15 / knows.laneSpacingM, podCap), 2)
    const all = cutTasks({ ...given, coverage: coverage.map(() => 1.2) }).tasks[0]!
    expect(all.expectedPos / all.poaInside).toBeCloseTo(podFurther(1.2, 15 / all.laneSpacingM, podCap), 9)
    expect(all.expectedPos).toBeLessThan(0.2 * blind.expectedPos)
    const perCell = cutTasks({ ...given, coverage, sensor: { ...given.sensor, podCap: coverage.map(() => podCap) } })
    expect(perCell.tasks[0]!.expectedPos).toBeCloseTo(knows.expectedPos, 12)
    expect(() => cutTasks({ ...given, coverage: [1] })).toThrow(/coverage/)
  })

  it('goes first where the subject is more likely to be found alive, and still promises plain POS', () => {
    const { grid } = hills
    const [west, east] = [0, 1].map((half) =>
      grid.values.map((_, i) => (Math.floor((2 * (i % grid.cols)) / grid.cols) === half ? 1 : 0)),
    )
    const half = west!.reduce((a, b) => a + b, 0) * 2
    const poa = [west!, east!].map((story) => story.map((p) => p / half))
    const sensor = { ...base.sensor, podCap: 0.9 }
    const given = { ...base, sensor, grid: { ...grid, values: poa[0]!.map((p, i) => p + poa[1]![i]!) } }
    const survivals = [{ waterC: 5 }, {}]
    const tasks = [survivals, survivals.toReversed()].map(
      (each) =>
        cutTasks({ ...given, stories: poa.map((p, k) => ({ poa: p, survival: each[k]!, sinceS: 3600 * 3 })) })
          .tasks[0]!,
    )
    const inWest = tasks.map(({ lanes }) => {
      const middles = lanes.map(([[a], [b]]) => (a + b) / 2 < IPP[0])
      return middles.filter(Boolean).length / middles.length
    })
    expect(inWest[0]).toBeLessThan(0.1)
    expect(inWest[1]).toBeGreaterThan(0.9)
    const added = 40 / tasks[0]!.laneSpacingM
    for (const task of tasks) expect(task.expectedPos / task.poaInside).toBeCloseTo(podFurther(0, added, 0.9), 9)
    expect(() => cutTasks({ ...given, stories: [{ poa: [1], survival: {}, sinceS: 0 }] })).toThrow(
      'stories: must have one number per cell',
    )
  })

  it('turns to other ground when the first is swept', () => {
    const first = cutTasks(base).tasks[0]!
    const ring = first.area[0]!.map((p) => gridFrame(hills.grid).toLocal(p))
    const coverage = hills.grid.values.map((_, i) => {
      const centre = [((i % hills.grid.cols) + 0.5) * 50, (Math.floor(i / hills.grid.cols) + 0.5) * 50]
      return inRing(ring, centre[0]!, centre[1]!) ? 2 : 0
    })
    const after = posterior({ prior: hills.grid, restOfWorld: hills.restOfWorld, coverage })
    const second = cutTasks({ ...base, grid: after.grid }).tasks[0]!
    const inFirst = second.lanes.flat().filter((p) => inRing(first.area[0]!, p[0], p[1])).length
    expect(inFirst / (2 * second.lanes.length)).toBeLessThan(0.5)
    expect(second.poaInside).toBeGreaterThan(0)
  })

  it('gives more drones more probability, best task first, and further sorties when asked', () => {
    const drones = [drone, { ...drone, id: 'b', startLngLat: about.toLngLat([-800, 300]) }]
    const two = cutTasks({ ...base, drones }).tasks
    expect(two.map(({ droneId }) => droneId).sort()).toEqual(['a', 'b'])
    expect(two[0]!.expectedPos).toBeGreaterThanOrEqual(two[1]!.expectedPos)
    const four = cutTasks({ ...base, drones, maxTasks: 4 }).tasks
    expect(four.map(({ sortie }) => sortie)).toEqual([1, 1, 2, 2])
    const sum = (tasks: SearchTask[]): number => tasks.reduce((s, { expectedPos }) => s + expectedPos, 0)
    expect(sum(four)).toBeGreaterThan(sum(two))
    expect(sum(two)).toBeGreaterThan(sum(cutTasks(base).tasks))
  })

  it('says why a drone gets nothing', () => {
    const inside = about.toLngLat([0, 0])
    const zone = [
      [-100, -100],
      [100, -100],
      [100, 100],
      [-100, 100],
      [-100, -100],
    ].map((p) => about.toLngLat(p))
    const drones = [
      { ...drone, id: 'empty', enduranceS: 100 },
      { ...drone, id: 'shut', startLngLat: inside },
      { ...drone, id: 'far', startLngLat: about.toLngLat([30000, 0]) },
    ]
    const { tasks, idle } = cutTasks({ ...base, drones, noFly: [[zone]] })
    expect(tasks).toEqual([])
    expect(idle).toEqual([
      { droneId: 'empty', reason: 'no-energy' },
      { droneId: 'shut', reason: 'start-in-no-fly' },
      { droneId: 'far', reason: 'no-reachable-ground' },
    ])
  })

  it('plans the same twice, and names a bad field', () => {
    expect(cutTasks(base)).toEqual(cutTasks(base))
    expect(() => cutTasks({ ...base, sensor: { ...base.sensor, overlap: 1 } })).toThrow(/overlap/)
    expect(() => cutTasks({ ...base, drones: [{ ...drone, airspeedMps: 0 }] })).toThrow(/airspeedMps/)
    expect(() => cutTasks({ ...base, maxLayouts: 0 })).toThrow(/maxLayouts/)
  })

  it('is content with fewer ways to lay the lanes, and never finds more by it', () => {
    const worth = (maxLayouts?: number): number =>
      cutTasks({ ...base, maxLayouts }).tasks.reduce((sum, task) => sum + task.expectedPos, 0)
    expect(worth(1)).toBeGreaterThan(0)
    expect(worth(1)).toBeLessThanOrEqual(worth() * (1 + 1e-9))
  })

  function massAreaM2(task: SearchTask): number {
    return task.area.reduce((sum, ring) => sum + ringAreaM2(ring.map((p) => gridFrame(hills.grid).toLocal(p))), 0)
  }
})
