import { describe, expect, it } from 'vitest'
import { cutFleet, type CutFleetInput } from './cut-fleet.ts'
import { cutTasks } from './cut-tasks.ts'
import { cellsInRing } from '../frame/cells-in-ring.ts'
import { localFrame } from '../frame/local-frame.ts'
import { probabilityMap } from '../prior/probability-map.ts'

const IPP = [122.2, 30] as const
const about = localFrame(IPP)
const { grid } = probabilityMap({
  subject: { category: 'hiker', terrain: 'flat' },
  ipp: IPP,
  halfSizeM: 2000,
  cellM: 50,
})
const drone = (id: string, over: object = {}) => ({
  id,
  startLngLat: about.toLngLat([300, 0]),
  airspeedMps: 10,
  enduranceS: 1000,
  reserveS: 300,
  ...over,
})
const WIDE = { sweepWidthM: 60, swathM: 80, overlap: 0.2 }
const NARROW = { sweepWidthM: 15, swathM: 40, overlap: 0.2 }
const input = (over: Partial<CutFleetInput> = {}): CutFleetInput => ({
  grid,
  groups: [
    { sensor: NARROW, drones: [drone('narrow')] },
    { sensor: WIDE, drones: [drone('wide')] },
  ],
  wind: null,
  ...over,
})

describe('tasks of a mixed fleet', () => {
  it('have the lane spacing of their own drone, within its battery, on ground of their own', () => {
    const { tasks, idle } = cutFleet(input())
    expect(idle).toEqual([])
    expect(Object.fromEntries(tasks.map(({ droneId, laneSpacingM }) => [droneId, laneSpacingM]))).toEqual({
      wide: 64,
      narrow: 32,
    })
    for (const { timeS } of tasks) expect(timeS).toBeLessThanOrEqual(700)
    const [a, b] = tasks.map(({ area }) => new Set(cellsInRing(grid, area[0]!)))
    const both = [...a!].filter((cell) => b!.has(cell))
    expect(both.length).toBeLessThan(0.1 * Math.min(a!.size, b!.size))
  })

  it('find more than all of them flown as the narrow camera asks', () => {
    const found = ({ tasks }: { tasks: { expectedPos: number }[] }): number =>
      tasks.reduce((sum, { expectedPos }) => sum + expectedPos, 0)
    const alike = cutTasks({ grid, drones: [drone('narrow'), drone('wide')], sensor: NARROW, wind: null })
    expect(found(cutFleet(input()))).toBeGreaterThan(1.5 * found(alike))
  })

  it('are those of cutTasks where all carry the same sensor', () => {
    const drones = [drone('a'), drone('b')]
    const alike = cutTasks({ grid, drones, sensor: WIDE, wind: null })
    expect(cutFleet(input({ groups: [{ sensor: WIDE, drones }] })).tasks).toEqual(alike.tasks)
  })

  it('are flown by each in its own wind: the one that meets a gale gets less far', () => {
    const drones = [drone('calm'), drone('gale', { wind: { fromDeg: 90, speedMps: 8 } })]
    const { tasks } = cutFleet(input({ groups: [{ sensor: WIDE, drones }] }))
    const lengthOf = (id: string): number => tasks.find(({ droneId }) => droneId === id)!.lengthM
    expect(lengthOf('gale')).toBeLessThan(0.8 * lengthOf('calm'))
    const wrong = input({ groups: [{ sensor: WIDE, drones: [drone('x', { wind: { fromDeg: 0, speedMps: -1 } })] }] })
    expect(() => cutFleet(wrong)).toThrow(/^drones\.x\.wind: /)
  })
})

describe('tasks of a mixed fleet where one story is more urgent', () => {
  /** Half of the probability, in two bumps: column and row of the middle, width in cells, height. */
  const bumps = (at: readonly (readonly [number, number, number, number])[]): Float64Array => {
    const values = Float64Array.from({ length: 1600 }, (_, cell) =>
      at.reduce(
        (sum, [col, row, width, height]) =>
          sum +
          height * Math.exp(-(((cell % 40) - col) ** 2 + (Math.floor(cell / 40) - row) ** 2) / (2 * width * width)),
        0,
      ),
    )
    const whole = 2 * values.reduce((sum, value) => sum + value, 0)
    return values.map((value) => value / whole)
  }
  const [water, land] = [
    bumps([
      [27.06, 27.004, 1.833, 0.8033],
      [3.487, 6.043, 2.792, 0.0579],
    ]),
    bumps([
      [2.206, 4.907, 1.785, 0.8892],
      [29.555, 10.427, 3.245, 0.9356],
    ]),
  ]
  const shape = { rows: 40, cols: 40, cellM: 50, origin: about.toLngLat([-1000, -1000]) }
  const group = (id: string, eastM: number, enduranceS: number, sensor: typeof WIDE) => ({
    sensor,
    drones: [drone(id, { startLngLat: about.toLngLat([eastM, 0]), enduranceS })],
  })
  const groups = [
    group('wide', 57.61, 677.52, WIDE),
    group('narrow', 35.62, 853.9, { sweepWidthM: 40, swathM: 45, overlap: 0.2 }),
  ]
  const stories = [
    { poa: water, survival: { waterC: 8 }, sinceS: 7200 },
    { poa: land, survival: {}, sinceS: 0 },
  ]
  const whole = { grid: { ...shape, values: water.map((p, i) => p + land[i]!) }, wind: null }

  it('are cut again only where what they find is worth more, not where they find more too late', () => {
    const first = cutTasks({ ...whole, stories, ...groups[0]! }).tasks[0]!
    const { tasks } = cutFleet({ ...whole, stories, groups })
    expect(tasks.find(({ droneId }) => droneId === 'wide')).toEqual(first)
  })

  it('tell what their finds are worth: as much as they find where nothing presses, and less where it does', () => {
    for (const { worth, expectedPos } of cutFleet({ ...whole, groups }).tasks) expect(worth).toBe(expectedPos)
    for (const { worth, expectedPos } of cutFleet({ ...whole, stories, groups }).tasks) {
      expect(worth).toBeLessThan(expectedPos)
      expect(worth).toBeGreaterThan(0.3 * expectedPos)
    }
  })
})

describe('sweep width per cell', () => {
  it('sends the drone where something can be seen, and expects nothing under a closed forest', () => {
    const west = Float64Array.from({ length: grid.rows * grid.cols }, (_, i) =>
      i % grid.cols < grid.cols / 2 ? 0 : 60,
    )
    const { tasks } = cutTasks({ grid, drones: [drone('a')], sensor: { ...WIDE, sweepWidthM: west }, wind: null })
    const cells = cellsInRing(grid, tasks[0]!.area[0]!)
    expect(cells.filter((cell) => west[cell] === 0).length).toBeLessThan(0.1 * cells.length)
    const short = { ...WIDE, sweepWidthM: west.subarray(1) }
    expect(() => cutTasks({ grid, drones: [drone('a')], sensor: short, wind: null })).toThrow(/^sensor\.sweepWidthM: /)
    const above = { ...WIDE, sweepWidthM: west.map((w) => w * 2) }
    expect(() => cutTasks({ grid, drones: [drone('a')], sensor: above, wind: null })).toThrow(/^sensor\.sweepWidthM: /)
  })
})
