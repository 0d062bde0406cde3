import { describe, expect, it } from 'vitest'
import { cameraFootprint } from './camera-footprint.ts'
import { accumulateSweep, addFootprint, coverageOfLooks, type Look } from './coverage.ts'
import { createGrid, gridSum } from '../frame/grid.ts'
import { areaInBoxM2, convexHull, inRing, ringAreaM2 } from '../frame/polygon.ts'
import { seededRandom } from '../frame/seeded-random.ts'

const grid = createGrid({ rows: 60, cols: 60, cellM: 10, origin: [122, 30] })
const policy = { sweepWidthM: 30, swathM: 50 }

/** Nadir looks along a straight line at `speedMps`, one every `everyMs`. */
function pass(from: number[], to: number[], speedMps: number, everyMs: number, yawRad = 0): Look[] {
  const lengthM = Math.hypot(to[0]! - from[0]!, to[1]! - from[1]!)
  const count = Math.floor((lengthM / speedMps) * (1000 / everyMs))
  return Array.from({ length: count + 1 }, (_, i) => {
    const t = i / count
    const print = cameraFootprint({
      positionLocal: [from[0]! + t * (to[0]! - from[0]!), from[1]! + t * (to[1]! - from[1]!)],
      heightAboveGroundM: 60,
      cameraYawRad: yawRad,
      cameraPitchRad: -Math.PI / 2,
      hfovRad: 2 * Math.atan(25 / 60),
      vfovRad: 2 * Math.atan(20 / 60),
    })
    if (print.kind !== 'footprint') throw new Error(print.reason)
    return { atMs: i * everyMs, cornersM: print.cornersM }
  })
}

describe('polygons', () => {
  it('measure area, containment, hull and clipping', () => {
    const square = [
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
    ]
    expect(ringAreaM2(square)).toBe(16)
    expect(inRing(square, 1, 1)).toBe(true)
    expect(inRing(square, 5, 1)).toBe(false)
    expect(convexHull([...square, [2, 2], [1, 3]])).toHaveLength(4)
    expect(areaInBoxM2(square, -1, -1, 2, 2)).toBe(4)
    expect(
      areaInBoxM2(
        [
          [0, 0],
          [4, 0],
          [0, 4],
        ],
        0,
        0,
        2,
        2,
      ),
    ).toBe(4)
    expect(areaInBoxM2(square, 5, 5, 6, 6)).toBe(0)
  })
})

describe('a pass over ground with cover', () => {
  const codes = Uint8Array.from({ length: 3600 }, (_, i) => (i % 60 < 30 ? 0 : 4))
  const looks = pass([50, 300], [550, 300], 8, 250)
  const cell = (east: number): number => 30 * 60 + Math.floor(east / 10)

  it('is worth the sweep width of each cell, and where no cover is known that of all', () => {
    const covered = coverageOfLooks(grid, looks, { ...policy, covers: { codes, sweepWidthsM: [30, 0, 0, 0, 6, 0] } })
    const open = coverageOfLooks(grid, looks, policy)
    expect(covered[cell(200)]).toBe(open[cell(200)])
    expect(covered[cell(200)]!).toBeCloseTo(0.6, 2)
    expect(covered[cell(400)]! / open[cell(400)]!).toBeCloseTo(0.2, 6)
  })

  it('refuses widths above the swath, codes without a width and maps of another size', () => {
    const of = (covers: { codes: ArrayLike<number>; sweepWidthsM: number[] }) => () =>
      coverageOfLooks(grid, looks, { ...policy, covers })
    expect(of({ codes, sweepWidthsM: [30, 0, 0, 0, 51] })).toThrow(/sweepWidthsM/)
    expect(of({ codes, sweepWidthsM: [30] })).toThrow(/code 4/)
    expect(of({ codes: new Uint8Array(7), sweepWidthsM: [30] })).toThrow(/one code per cell/)
  })
})

describe('accumulateSweep', () => {
  it('covers a cell by W / swath in one straight pass, and nothing beside the swath', () => {
    const c = coverageOfLooks(grid, pass([300, 20], [300, 580], 8, 200), policy)
    expect(c[30 * 60 + 30]).toBeCloseTo(30 / 50, 2)
    expect(c[30 * 60 + 28]).toBeCloseTo(30 / 50, 2)
    expect(c[30 * 60 + 26]).toBe(0)
  })

  it('gives the same coverage at any frame rate and speed', () => {
    const fine = coverageOfLooks(grid, pass([300, 20], [300, 580], 8, 50), policy)
    for (const [speed, every] of [
      [8, 1000],
      [4, 400],
      [16, 2000],
      [12, 100],
    ] as const) {
      const other = coverageOfLooks(grid, pass([300, 20], [300, 580], speed, every), policy)
      for (const row of [10, 25, 40]) {
        for (let col = 0; col < 60; col++) {
          expect(Math.abs(other[row * 60 + col]! - fine[row * 60 + col]!)).toBeLessThan(0.03)
        }
      }
    }
  })

  it('adds up to W times the distance flown, whatever the direction and the crab', () => {
    for (const [to, yaw] of [
      [[300, 480], 0],
      [[480, 300], Math.PI / 2],
      [[450, 450], Math.PI / 4],
    ] as const) {
      const lengthM = Math.hypot(to[0] - 300, to[1] - 300)
      const c = coverageOfLooks(grid, pass([300, 300], [...to], 8, 200, yaw), policy)
      expect((gridSum(c) * 100) / (30 * lengthM)).toBeCloseTo(1, 3)
    }
  })

  it('doubles with a second pass and adds in any order', () => {
    const [north, east] = [pass([300, 20], [300, 580], 8, 200), pass([20, 300], [580, 300], 8, 200, Math.PI / 2)]
    const both = new Float64Array(3600)
    const reversed = new Float64Array(3600)
    for (const [into, order] of [
      [both, [north, east]],
      [reversed, [east, north]],
    ] as const) {
      for (const looks of order) {
        for (let i = 1; i < looks.length; i++) accumulateSweep(into, grid, looks[i - 1]!, looks[i]!, policy)
      }
    }
    expect(both[30 * 60 + 30]).toBeCloseTo(1.2, 1)
    both.forEach((v, i) => expect(reversed[i]).toBeCloseTo(v, 12))
  })

  it('credits nothing over a lost link, a jump or a clock that runs backwards', () => {
    const looks = pass([300, 20], [300, 580], 8, 1000)
    const c = new Float32Array(3600)
    const late = { ...looks[6]!, atMs: looks[0]!.atMs + 60_000 }
    expect(accumulateSweep(c, grid, looks[0]!, late, policy)).toEqual({ kind: 'gap', reason: 'too-long' })
    expect(accumulateSweep(c, grid, looks[0]!, { ...looks[9]!, atMs: 1000 }, policy)).toEqual({
      kind: 'gap',
      reason: 'apart',
    })
    expect(accumulateSweep(c, grid, looks[3]!, looks[2]!, policy)).toEqual({ kind: 'gap', reason: 'not-later' })
    expect(gridSum(c)).toBe(0)
  })

  it('lets hovering count slowly, as a new pass every half minute', () => {
    const still = pass([300, 300], [300, 301], 8, 100)[0]!
    const looks = Array.from({ length: 31 }, (_, i) => ({ ...still, atMs: i * 1000 }))
    const c = coverageOfLooks(grid, looks, policy)
    expect(c[30 * 60 + 30]).toBeCloseTo(0.6, 6)
  })

  it('weighs a half-usable picture by half', () => {
    const looks = pass([300, 20], [300, 580], 8, 200).map((look) => ({ ...look, weight: 0.5 }))
    expect(coverageOfLooks(grid, looks, policy)[30 * 60 + 30]).toBeCloseTo(0.3, 2)
  })

  it('refuses a sweep width above the swath', () => {
    const [a, b] = pass([300, 20], [300, 100], 8, 200)
    expect(() => accumulateSweep(new Float32Array(3600), grid, a!, b!, { sweepWidthM: 60, swathM: 50 })).toThrow(
      RangeError,
    )
  })
})

describe('addFootprint', () => {
  it('spreads exactly the polygon area inside the grid, for any quadrilateral (seeded)', () => {
    const random = seededRandom(3)
    for (let n = 0; n < 50; n++) {
      const [x, y] = [100 + 300 * random(), 100 + 300 * random()]
      const hull = convexHull(Array.from({ length: 6 }, () => [x + 90 * random(), y + 90 * random()]))
      const c = new Float64Array(3600)
      addFootprint(c, grid, hull, 0.7)
      expect(gridSum(c) * 100).toBeCloseTo(0.7 * ringAreaM2(hull), 6)
    }
  })
})
