import { describe, expect, it } from 'vitest'
import { gridAround, gridFrame, gridIndexOf, gridSum } from '../frame/grid.ts'
import { landFraction } from './land-fraction.ts'
import { localFrame } from '../frame/local-frame.ts'
import { probabilityMap, type ProbabilityMapInput } from './probability-map.ts'

const IPP = [122.2, 30] as const
const frame = localFrame(IPP)
const ring = (...points: number[][]): number[][] => [...points, points[0]!].map((p) => frame.toLngLat(p))
const box = (w: number, s: number, e: number, n: number): number[][] => ring([w, s], [e, s], [e, n], [w, n])

/** Home island 2 x 2 km about the planning point with a lake, and another island across a 60 m strait in the east. */
const LAND = [[box(-1000, -1000, 1000, 1000), box(-800, -800, -400, -400)], [box(1060, -1000, 3000, 1000)]]
const hiker: ProbabilityMapInput = {
  subject: { category: 'hiker', terrain: 'flat' },
  ipp: IPP,
  halfSizeM: 5000,
  cellM: 50,
}
const at = (
  map: { grid: Parameters<typeof gridIndexOf>[0] & { values: Float64Array } },
  e: number,
  n: number,
): number => map.grid.values[gridIndexOf(map.grid, frame.toLngLat([e, n]))]!

describe('landFraction', () => {
  it('measures the area of land with holes', () => {
    const shape = gridAround(IPP, 2000, 50)
    const km2 = (gridSum(landFraction(shape, LAND)) * 50 * 50) / 1e6
    // Home 4 km2 less the lake 0.16; the neighbour as far as the grid's edge at 2000 m, 940 x 2000 m.
    expect(km2).toBeCloseTo(4 - 0.16 + 1.88, 2)
  })

  it('takes land that covers the whole grid, reaches beyond it, or misses it', () => {
    const shape = gridAround(IPP, 500, 50)
    expect(Math.min(...landFraction(shape, [[box(-9000, -9000, 9000, 9000)]]))).toBeCloseTo(1, 6)
    expect(gridSum(landFraction(shape, [[box(2000, 0, 3000, 500)]]))).toBe(0)
    expect(gridSum(landFraction(shape, [[box(-3000, 0, -2000, 500)]]))).toBe(0)
  })

  it('rasterises a ragged coast of 100,000 vertices to its true area', () => {
    const n = 100_000
    const radiusM = (i: number): number => 4000 + 200 * Math.sin(i / 7)
    const coast = Array.from({ length: n }, (_, i) => {
      const turn = (2 * Math.PI * i) / n
      return [radiusM(i) * Math.cos(turn), radiusM(i) * Math.sin(turn)]
    })
    const shape = gridAround(IPP, 6250, 50)
    const km2 = (gridSum(landFraction(shape, [[ring(...coast)]])) * 2500) / 1e6
    expect(km2).toBeCloseTo((Math.PI * (4000 ** 2 + 200 ** 2 / 2)) / 1e6, 1)
  })
})

describe('probabilityMap', () => {
  it('sums to one with the rest of the world, without land and with it', () => {
    for (const land of [undefined, LAND]) {
      const map = probabilityMap({ ...hiker, land })
      expect(Math.abs(gridSum(map.grid.values) + map.restOfWorld - 1)).toBeLessThan(1e-9)
      const { split } = map.perScenario[0]!
      const parts = Object.values(split).reduce((a, b) => a + b, 0)
      expect(parts).toBeCloseTo(1, 9)
      expect(split.acrossShore + split.unconnected + split.outsideGrid).toBeCloseTo(map.restOfWorld, 9)
    }
  })

  it('puts nobody on the water, in the lake or on the island next door', () => {
    const map = probabilityMap({ ...hiker, land: LAND })
    expect(at(map, 0, 2000)).toBe(0)
    expect(at(map, -600, -600)).toBe(0)
    expect(at(map, 2000, 0)).toBe(0)
    expect(at(map, 500, 500)).toBeGreaterThan(0)
    expect(map.perScenario[0]!.split.unconnected).toBeGreaterThan(0.01)
  })

  it('leaves cells inland as the open map has them: the loss is stated, not rescaled away', () => {
    const open = probabilityMap(hiker)
    const island = probabilityMap({ ...hiker, land: LAND })
    expect(at(island, 300, 500)).toBe(at(open, 300, 500))
    expect(island.restOfWorld).toBeGreaterThan(open.restOfWorld)
  })

  it('gives the stated share of what the coast cut off to the shore', () => {
    const none = probabilityMap({ ...hiker, land: LAND, shoreShare: 0 })
    const all = probabilityMap({ ...hiker, land: LAND, shoreShare: 1 })
    const cutOff = none.perScenario[0]!.split.acrossShore + none.perScenario[0]!.split.unconnected
    expect(gridSum(all.grid.values) - gridSum(none.grid.values)).toBeCloseTo(cutOff, 9)
    expect(at(all, 0, 990)).toBeGreaterThan(2 * at(none, 0, 990))
    expect(at(all, 0, 500)).toBe(at(none, 0, 500))
  })

  it('treats a planning point in open water as a water scenario and says so', () => {
    const map = probabilityMap({ ...hiker, ipp: frame.toLngLat([0, -2500]), land: LAND })
    const scenario = map.perScenario[0]!
    expect(scenario.kind).toBe('water')
    expect(scenario.planningPointOn).toBe('water')
    expect(at(map, 0, -1800)).toBeGreaterThan(0)
    expect(at(map, 0, 0)).toBe(0)
    expect(at(map, 0, -1010)).toBeGreaterThan(0)
    expect(Math.abs(gridSum(map.grid.values) + map.restOfWorld - 1)).toBeLessThan(1e-9)
  })

  it('mixes scenarios by weight and keeps each of them', () => {
    const scenarios = [
      { weight: 3 },
      { weight: 1, kind: 'shore' as const },
      { weight: 1, ipp: frame.toLngLat([600, 600]), subject: { category: 'child-1-3', terrain: 'flat' as const } },
    ]
    const map = probabilityMap({ ...hiker, land: LAND, scenarios })
    expect(map.perScenario.map(({ weight }) => weight)).toEqual([0.6, 0.2, 0.2])
    const mixed = map.perScenario.reduce((sum, s) => sum + s.weight * at(s, 600, 600), 0)
    expect(at(map, 600, 600)).toBeCloseTo(mixed, 12)
    expect(at(map.perScenario[1]!, 0, 500)).toBe(0)
    expect(gridSum(map.perScenario[1]!.grid.values)).toBeCloseTo(1 - map.perScenario[1]!.split.outsideGrid, 9)
    expect(Math.abs(gridSum(map.grid.values) + map.restOfWorld - 1)).toBeLessThan(1e-9)
  })

  it('moves towards a reliable sighting, hardly towards a doubtful one, and re-weighs the scenarios', () => {
    const sighting = { position: frame.toLngLat([700, -200]), errorM: 100 }
    const scenarios = [{ weight: 1 }, { weight: 1, ipp: frame.toLngLat([700, -300]) }]
    const plain = probabilityMap({ ...hiker, land: LAND, scenarios })
    const sure = probabilityMap({ ...hiker, land: LAND, scenarios, sightings: [{ ...sighting, reliability: 0.9 }] })
    const vague = probabilityMap({ ...hiker, land: LAND, scenarios, sightings: [{ ...sighting, reliability: 0.0001 }] })
    expect(at(sure, 700, -200)).toBeGreaterThan(10 * at(plain, 700, -200))
    expect(at(vague, 700, -200)).toBeLessThan(2 * at(plain, 700, -200))
    expect(sure.perScenario[1]!.weight).toBeGreaterThan(0.7)
    expect(Math.abs(gridSum(sure.grid.values) + sure.restOfWorld - 1)).toBeLessThan(1e-9)
  })

  it('learns from a sighting beyond its rim that the subject has left it, and never pulls the chance to the rim', () => {
    const plain = probabilityMap(hiker)
    const rimM = (plain.grid.cols * plain.grid.cellM) / 2
    for (const [beyondM, reliability] of [
      [50, 0.8],
      [400, 0.8],
      [400, 1],
      [5000, 1],
      [50_000, 0.8],
    ]) {
      const seen = { position: frame.toLngLat([rimM + beyondM!, 0]), errorM: 200, reliability: reliability! }
      const map = probabilityMap({ ...hiker, sightings: [seen] })
      expect(map.restOfWorld).toBeGreaterThan(plain.restOfWorld)
      expect(Math.abs(gridSum(map.grid.values) + map.restOfWorld - 1)).toBeLessThan(1e-9)
    }
  })

  it('leaves out certain sightings that contradict each other, and no story comes alive that was given no weight', () => {
    const scenarios = [{ weight: 3 }, { weight: 1, ipp: frame.toLngLat([300, 0]) }, { weight: 0 }]
    for (const errorM of [5, 20, 60]) {
      const seen = (east: number) => ({ position: frame.toLngLat([east, 0]), errorM, reliability: 1 })
      const one = probabilityMap({ ...hiker, scenarios, sightings: [seen(-600)] })
      const both = probabilityMap({ ...hiker, scenarios, sightings: [seen(-600), seen(600)] })
      expect(both.perScenario.map(({ leftOut }) => leftOut)).toEqual([[1], [1], [1]])
      expect(both.perScenario.map(({ weight }) => weight)).toEqual(one.perScenario.map(({ weight }) => weight))
      expect(both.perScenario[2]!.weight).toBe(0)
      expect(both.restOfWorld).toBe(one.restOfWorld)
      expect(Math.abs(gridSum(both.grid.values) + both.restOfWorld - 1)).toBeLessThan(1e-9)
    }
  })

  it('does not wear the weights of stories down to nothing by many sightings that agree', () => {
    const scenarios = [{ weight: 1 }, { weight: 1, ipp: frame.toLngLat([700, -300]) }]
    const sightings = Array.from({ length: 60 }, () => ({ position: IPP, errorM: 200, reliability: 0.8 }))
    const { perScenario } = probabilityMap({ ...hiker, scenarios, sightings })
    expect(perScenario[0]!.weight + perScenario[1]!.weight).toBeCloseTo(1, 12)
    expect(perScenario[0]!.weight).not.toBe(0.5)
    expect(perScenario.every(({ leftOut }) => leftOut === undefined)).toBe(true)
  })

  it('keeps the rest of world when only a direction is known', () => {
    const heading = { position: frame.toLngLat([0, 0]), errorM: 50, headingDeg: 90, reliability: 1 }
    const map = probabilityMap({ ...hiker, sightings: [heading] })
    expect(map.restOfWorld).toBeGreaterThan(0.5 * probabilityMap(hiker).restOfWorld)
  })

  it('draws the same map about a moved planning point (translation invariance)', () => {
    const here = probabilityMap(hiker)
    const there = probabilityMap({ ...hiker, ipp: [121.9, 30.4] })
    for (let i = 0; i < here.grid.values.length; i += 997) {
      expect(there.grid.values[i]).toBeCloseTo(here.grid.values[i]!, 10)
    }
    expect(gridFrame(here.grid).toLocal(IPP)[0]).toBeCloseTo(here.grid.cols * 25, 6)
  })

  it('names the bad field', () => {
    expect(() => probabilityMap({ ...hiker, shoreShare: 2 })).toThrow(/shoreShare/)
    expect(() => probabilityMap({ ...hiker, scenarios: [{ weight: 0 }] })).toThrow(/weight/)
    expect(() => probabilityMap({ ...hiker, scenarios: [{ weight: 1e308 }, { weight: 1e308 }] })).toThrow(/weight/)
    expect(() => probabilityMap({ ...hiker, subject: { category: 'x', terrain: 'flat' } })).toThrow(/category/)
    expect(() => probabilityMap({ ...hiker, scenarios: [{ weight: 1, kind: 'shore' }] })).toThrow(/land/)
  })
})
