import { describe, expect, it } from 'vitest'
import { steadyFlow } from '../drift/flow.ts'
import { leewayObject } from '../drift/leeway-objects.ts'
import { gridAround, gridIndexOf, gridSum } from '../frame/grid.ts'
import { landFraction } from './land-fraction.ts'
import { localFrame } from '../frame/local-frame.ts'
import { probabilityMap, type ProbabilityMap, type ProbabilityMapInput } from './probability-map.ts'

const IPP = [122.2, 30] as const
const frame = localFrame(IPP)
const ring = (...points: number[][]): number[][] => [...points, points[0]!].map((p) => frame.toLngLat(p))
const box = (w: number, s: number, e: number, n: number): number[][][] => [ring([w, s], [e, s], [e, n], [w, n])]
const base: ProbabilityMapInput = {
  subject: { category: 'hiker', terrain: 'flat' },
  ipp: IPP,
  halfSizeM: 4000,
  cellM: 200,
  shoreShare: 0,
}
const at = (map: ProbabilityMap, e: number, n: number): number =>
  map.grid.values[gridIndexOf(map.grid, frame.toLngLat([e, n]))]!

const drift = {
  object: leewayObject('PIW-1'),
  wind: steadyFlow([0, 5]),
  current: steadyFlow([0, 0.3]),
  durationS: 3600,
  particles: 2000,
  seed: 3,
}

describe('land one can walk to', () => {
  it('ends at a strait far narrower than a cell', () => {
    const land = [box(-1000, -1000, 995, 1000), box(1005, -1000, 3000, 1000)]
    const map = probabilityMap({ ...base, land })
    expect(at(map, 500, 0)).toBeGreaterThan(0)
    expect(at(map, 1500, 0)).toBe(0)
    expect(map.perScenario[0]!.split.unconnected).toBeGreaterThan(0.05)
  })

  it('goes on over polygons that share a border or overlap, as tiles of a map do', () => {
    const whole = probabilityMap({ ...base, land: [box(-1000, -1000, 3000, 1000)] })
    for (const land of [
      [box(-1000, -1000, 1000, 1000), box(1000, -1000, 3000, 1000)],
      [box(-1000, -1000, 1200, 1000), box(900, -1000, 3000, 1000)],
      [box(-1000, -1000, 3000, 0), box(-1000, 0, 3000, 1000)],
    ]) {
      const tiled = probabilityMap({ ...base, land })
      expect(at(tiled, 2000, 500)).toBeCloseTo(at(whole, 2000, 500), 9)
      expect(tiled.restOfWorld).toBeCloseTo(whole.restOfWorld, 5)
    }
  })

  it('goes on over a neck thinner than a cell', () => {
    const dumbbell = [
      ring(
        [-1000, -900],
        [900, -900],
        [900, -10],
        [1500, -10],
        [1500, -900],
        [3000, -900],
        [3000, 900],
        [1500, 900],
        [1500, 10],
        [900, 10],
        [900, 900],
        [-1000, 900],
      ),
    ]
    expect(at(probabilityMap({ ...base, land: [dumbbell] }), 2000, 300)).toBeGreaterThan(0)
  })

  it('counts overlapping land once', () => {
    const shape = gridAround(IPP, 2000, 100)
    const twice = landFraction(shape, [box(-500, -500, 500, 500), box(-500, -500, 500, 500)])
    expect(gridSum(twice)).toBeCloseTo(100, 3)
  })

  it('never raises a cell above the open map: what is lost is stated, not spread over the rest', () => {
    const open = probabilityMap(base)
    const island = probabilityMap({ ...base, land: [box(-1130, -770, 1290, 1310)] })
    island.grid.values.forEach((p, i) => expect(p).toBeLessThanOrEqual(open.grid.values[i]! + 1e-12))
    expect(gridSum(island.grid.values) + island.restOfWorld).toBeCloseTo(1, 12)
  })
})

describe('the water in a map', () => {
  it('holds a drift scenario, carried by the current and never on land', () => {
    const land = [box(-3900, 1500, 3900, 3000)]
    const map = probabilityMap({ ...base, land, scenarios: [{ weight: 1, kind: 'drift', drift }] })
    expect(map.perScenario[0]!.kind).toBe('drift')
    expect(gridSum(map.grid.values) + map.restOfWorld).toBeCloseTo(1, 9)
    expect(at(map, 0, 1200)).toBeGreaterThan(at(map, 0, -1200))
    expect(at(map, 0, 2500)).toBe(0)
  })

  it('follows the weights of its particles: those that a search has all but ruled out weigh next to nothing', () => {
    const scenario = (weights?: Float64Array) =>
      probabilityMap({ ...base, scenarios: [{ weight: 1, kind: 'drift', drift: { ...drift, weights } }] })
    const { cloud } = scenario().perScenario[0]!
    const frame = { east: cloud!.positionsM.filter((_, k) => k % 2 === 0) }
    const middle = frame.east.reduce((sum, east) => sum + east, 0) / frame.east.length
    const westOnly = scenario(frame.east.map((east) => (east < middle ? 1 : 1e-6)))
    expect(gridSum(westOnly.grid.values) + westOnly.restOfWorld).toBeCloseTo(1, 9)
    expect(at(westOnly, -400, 1500)).toBeGreaterThan(1.5 * at(scenario(), -400, 1500))
    expect(at(westOnly, 400, 1500)).toBeLessThan(0.1 * at(scenario(), 400, 1500))
    expect(() => scenario(new Float64Array(3))).toThrow(/weights/)
  })

  it('takes its share of what the coast cut off, from the shore into the water', () => {
    const land = [box(-1000, -1000, 1000, 1000)]
    const dry = probabilityMap({ ...base, land })
    const wet = probabilityMap({ ...base, land, waterBranch: { share: 0.4, drift } })
    expect(at(wet, 100, 1900)).toBeGreaterThan(0)
    expect(at(dry, 100, 1900)).toBe(0)
    expect(wet.perScenario[0]!.split.intoWater).toBeGreaterThan(0.05)
    expect(gridSum(wet.grid.values) + wet.restOfWorld).toBeCloseTo(1, 9)
    expect(() => probabilityMap({ ...base, land, shoreShare: 0.7, waterBranch: { share: 0.4, drift } })).toThrow(
      /^waterBranch\.share/,
    )
  })
})

describe('a drift from somewhere on the shore', () => {
  const land = [box(-1000, -1000, 1000, 1000)]
  const story = { weight: 1, kind: 'drift', drift, entry: 'shore' } as const

  it('begins all along the shore that can be reached on foot, and nowhere else', () => {
    const still = { ...drift, durationS: 0, particles: 4000 }
    const map = probabilityMap({ ...base, land, scenarios: [{ ...story, drift: still }] })
    for (const [east, north] of [
      [0, 1010],
      [0, -1010],
      [1010, 0],
      [-1010, 0],
    ] as const)
      expect(at(map, east, north)).toBeGreaterThan(0)
    expect(at(map, 0, 0)).toBe(0)
    expect(at(map, 0, 1500)).toBe(0)
    expect(gridSum(map.grid.values) + map.restOfWorld).toBeCloseTo(1, 9)
  })

  it('goes with the current from there: what entered in the south strands again, what entered in the north is carried off', () => {
    const map = probabilityMap({ ...base, land, scenarios: [story] })
    expect(at(map, 100, 1900)).toBeGreaterThan(0)
    expect(at(map, 0, -1500)).toBe(0)
    expect(map.perScenario[0]!.cloud!.fates).toContain('stranded')
  })

  it('is the same as the part of the map that the coast cut off and that went into the water', () => {
    const alone = probabilityMap({ ...base, land, scenarios: [story] })
    const dry = probabilityMap({ ...base, land, shoreShare: 0 })
    const wet = probabilityMap({ ...base, land, shoreShare: 0, waterBranch: { share: 1, drift } })
    const amount = wet.perScenario[0]!.split.intoWater / (1 - alone.restOfWorld)
    wet.grid.values.forEach((value, i) => {
      expect(value - dry.grid.values[i]!).toBeCloseTo(amount * alone.grid.values[i]!, 12)
    })
  })

  it('is nowhere on the map when it is told of a place in the water or far from any shore, and needs to know the coast', () => {
    const asked = (over: object) => probabilityMap({ ...base, land, scenarios: [story], ...over })
    expect(asked({ scenarios: [{ ...story, ipp: frame.toLngLat([0, 3000]) }] }).restOfWorld).toBe(1)
    expect(asked({ land: [box(-9000, -9000, 9000, 9000)] }).restOfWorld).toBe(1)
    expect(() => asked({ land: undefined })).toThrow(/^scenarios\[0\]\.entry: must be 'point' where no land/)
  })
})

describe('a sighting with a direction', () => {
  it('raises what lies that way and lowers what lies behind, without a word on how far', () => {
    const plain = probabilityMap(base)
    const seen = { position: IPP, errorM: 50, headingDeg: 90, reliability: 0.8 }
    const map = probabilityMap({ ...base, sightings: [seen] })
    expect(at(map, 2100, 100) / at(plain, 2100, 100)).toBeGreaterThan(2)
    expect(at(map, -2100, 100) / at(plain, -2100, 100)).toBeLessThan(0.5)
    expect(gridSum(map.grid.values) + map.restOfWorld).toBeCloseTo(1, 9)
  })

  it('turns with the heading (rotation invariance)', () => {
    const east = probabilityMap({
      ...base,
      sightings: [{ position: IPP, errorM: 50, headingDeg: 90, reliability: 0.8 }],
    })
    const north = probabilityMap({
      ...base,
      sightings: [{ position: IPP, errorM: 50, headingDeg: 0, reliability: 0.8 }],
    })
    expect(at(north, 300, 2100)).toBeCloseTo(at(east, 2100, -300), 9)
  })
})
