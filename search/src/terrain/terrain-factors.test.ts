import { describe, expect, it } from 'vitest'
import { gridAround, gridFrame, gridIndexOfM, gridSum } from '../frame/grid.ts'
import { mapScoreOf } from '../prior/map-score.ts'
import { probabilityMap } from '../prior/probability-map.ts'
import { coverFactors } from './cover-factors.ts'
import { heightFeatures } from './height-features.ts'
import { drawTerrain, TERRAIN_REASONS, terrainFactors } from './terrain-factors.ts'
import type { Raster, TerrainLayers } from './terrain-layers.ts'
import { JACOBS_MULTIPLIERS } from './terrain-multipliers.ts'

const IPP = [122.2, 30] as const
const shape = gridAround(IPP, 3000, 50)
const frame = gridFrame(shape)
const line = (...points: [number, number][]): number[][] => points.map((p) => frame.toLngLat(p))
const at = (factors: ArrayLike<number>, eastM: number, northM: number): number =>
  factors[gridIndexOfM(shape, eastM, northM)]!
const heights = (height: (eastM: number, northM: number) => number): Raster<number> => {
  const grid = gridAround(IPP, 4000, 100)
  return {
    ...grid,
    values: Array.from({ length: grid.rows * grid.cols }, (_, i) =>
      height(((i % grid.cols) + 0.5) * 100 - 4000, (Math.floor(i / grid.cols) + 0.5) * 100 - 4000),
    ),
  }
}

describe('terrainFactors', () => {
  const layers: TerrainLayers = {
    lines: [
      { kind: 'trail', coordinates: line([0, 1500], [6000, 1500]) },
      { kind: 'stream', coordinates: line([3000, 0], [3000, 6000]) },
      { kind: 'road', coordinates: line([0, 1450], [2000, 1450]) },
    ],
  }

  it('takes the strongest factor within reach, crossings first, and 1 where nothing is', () => {
    const factors = terrainFactors(shape, layers, { condition: 'uninjured' })
    expect(at(factors, 4025, 1525)).toBeCloseTo(5, 9)
    expect(at(factors, 3000, 4025)).toBeCloseTo(2, 9)
    expect(at(factors, 3000, 1500)).toBeCloseTo(7, 9)
    // A road beside the trail does not add to it.
    expect(at(factors, 1025, 1475)).toBeCloseTo(5, 9)
    expect(at(factors, 5025, 5025)).toBeCloseTo(1, 9)
    // Half of this cell lies within reach.
    expect(at(factors, 4025, 1575)).toBeGreaterThan(1)
    expect(at(factors, 4025, 1575)).toBeLessThan(5)
  })

  it('says what makes most of each cell', () => {
    const cover = gridAround(IPP, 3000, 50)
    const wood: Raster<'woodland' | 'field'> = {
      ...cover,
      values: Array.from({ length: cover.rows * cover.cols }, (_, i) =>
        i % cover.cols < cover.cols / 2 ? 'woodland' : 'field',
      ),
    }
    const { factors, reasons } = drawTerrain(shape, { ...layers, landCover: wood }, { condition: 'uninjured' })
    const why = (eastM: number, northM: number) => TERRAIN_REASONS[at(reasons, eastM, northM)]
    expect(why(4025, 1525)).toBe('trail')
    expect(why(3000, 1500)).toBe('crossing')
    expect(why(3000, 4025)).toBe('stream')
    expect(why(1025, 4025)).toBe('woodland')
    expect(at(factors, 1025, 4025)).toBeLessThan(1)
    expect(why(5025, 4025)).toBe('field')
    expect(TERRAIN_REASONS[at(drawTerrain(shape, layers).reasons, 5025, 5025)]).toBe('none')
  })

  it('looks for an injured person by the stream and the trail, and for an unknown one between the two', () => {
    const [hurt, unknown] = [terrainFactors(shape, layers, { condition: 'injured' }), terrainFactors(shape, layers)]
    expect(at(hurt, 3000, 1500)).toBeCloseTo(12, 9)
    expect(at(hurt, 3000, 4025)).toBeCloseTo(3.5, 9)
    expect(at(unknown, 3000, 4025)).toBeCloseTo(2.75, 9)
    const own = { ...JACOBS_MULTIPLIERS, stream: [9, 9] as const }
    expect(at(terrainFactors(shape, layers, { multipliers: own }), 3000, 4025)).toBeCloseTo(9, 9)
  })

  it('reads low and high ground, drainages and ridges from heights, and nothing from a plain', () => {
    // A valley that runs south through the middle, a ridge along its western rim.
    const valley = heights((e, n) => Math.abs(e) / 10 + n / 100 + (Math.abs(e + 2000) < 60 ? 400 : 0))
    const features = heightFeatures(valley)
    const of = (eastM: number, northM: number): readonly string[] =>
      features.values[
        Math.floor((northM + 4000) / features.cellM) * features.cols + Math.floor((eastM + 4000) / features.cellM)
      ]!
    expect(of(0, -1000)).toContain('drainage')
    expect(of(0, -1000)).toContain('low-point')
    expect(of(-2000, 500)).toContain('high-point')
    expect(of(900, 0)).toEqual([])
    expect(of(-2050, 500)).toContain('ridge')
    const factors = terrainFactors(shape, { elevation: valley }, { condition: 'injured' })
    expect(at(factors, 3000, 2000)).toBeCloseTo(5, 9)
    expect(heightFeatures(heights(() => 7)).values.flat()).toEqual([])
    const unknown = heights((e) => (e > 0 ? Number.NaN : e))
    expect(heightFeatures(unknown).values.slice(-1)[0]).toEqual([])
  })

  it('weighs land cover by finds over ground: a house on open land draws, the land between less', () => {
    const cover = {
      ...shape,
      values: Array.from(
        { length: shape.rows * shape.cols },
        (_, i) => (i < 60 ? 'structure' : 'field') as 'structure' | 'field',
      ),
    }
    const factors = terrainFactors(shape, { landCover: cover })
    expect(factors[10]).toBeGreaterThan(5)
    expect(factors[8000]).toBeLessThan(1)
    expect(coverFactors(new Map([['field', 10]])).get('field')).toBe(1)
    expect(() => coverFactors(new Map([['field', 10]]), { field: -1 } as never)).toThrow(/finds.field/)
  })

  it('is the same for a map that lies elsewhere than its rasters, shifted with them', () => {
    const small = gridAround(frame.toLngLat([3300, 2900]), 1000, 50)
    const valley = heights((e) => Math.abs(e))
    const [whole, part] = [shape, small].map((grid) =>
      terrainFactors(grid, { elevation: valley }, { condition: 'injured' }),
    )
    const [e, n] = frame.toLocal(small.origin)
    for (const [x, y] of [
      [525, 1025],
      [725, 475],
      [1525, 1525],
    ] as const)
      expect(part![gridIndexOfM(small, x, y)]).toBeCloseTo(at(whole!, e + x, n + y), 1)
  })

  it('moves a map towards the trail within each ring, keeps its mass, and scores a find there higher', () => {
    const input = { subject: { category: 'hiker', terrain: 'flat' }, ipp: IPP, halfSizeM: 3000, cellM: 50 } as const
    const plain = probabilityMap(input)
    const shaped = probabilityMap({ ...input, terrainFactors: terrainFactors(shape, layers) })
    expect(gridSum(shaped.grid.values)).toBeCloseTo(gridSum(plain.grid.values), 9)
    const onTrail = gridIndexOfM(shape, 4025, 1525)
    expect(mapScoreOf(shaped.grid.values, onTrail)).toBeGreaterThan(mapScoreOf(plain.grid.values, onTrail))
    expect(() => terrainFactors(shape, layers, { reachM: 0 })).toThrow(/reachM/)
    expect(() => terrainFactors(shape, { elevation: { ...heights(() => 0), values: [1] } })).toThrow(/layers/)
  })
})
