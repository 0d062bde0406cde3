import { describe, expect, it } from 'vitest'
import { gridAround, gridIndexOf, localFrame, TERRAIN_REASONS } from '@skerry/search'
import { HOME, at } from '../domain/test-kit.ts'
import { drawGround, type GroundJob, type Heights } from './draw-ground.ts'
import { factorBytes, factorOf, packedCells, unpackedCells } from './ground-cells.ts'

const setup = { planningPoint: HOME, halfSizeM: 1000, cellM: 50 }
const shape = gridAround(HOME, 1000, 50)
const box = [0, 0, 0, 0] as const
const job = (over: Partial<GroundJob> = {}): GroundJob => ({
  setup,
  condition: 'uninjured',
  layers: {
    title: '试验',
    attribution: '© OSM',
    lines: [{ kind: 'trail', coordinates: [at(-1000, 300), at(1000, 300)], box }],
    covers: [
      {
        cover: 'woodland',
        rings: [[at(-1100, -1100), at(0, -1100), at(0, 1100), at(-1100, 1100), at(-1100, -1100)]],
        box,
      },
      { cover: 'field', rings: [[at(0, -1100), at(1100, -1100), at(1100, 1100), at(0, 1100), at(0, -1100)]], box },
    ],
  },
  terrainFile: null,
  ...over,
})
/** A hill in the south-west and a hollow in the south-east; nothing is known in the north. */
const hill: Heights = {
  attribution: '测绘局',
  load: () => Promise.resolve(),
  heightM: (place) => {
    const [e, n] = localFrame(HOME).toLocal(place)
    const bump = (east: number): number => 100 * Math.exp(-((e - east) ** 2 + (n + 500) ** 2) / 80_000)
    return n > 0 ? null : bump(-500) - bump(500)
  },
}
const cellAt = (eastM: number, northM: number): number => gridIndexOf(shape, at(eastM, northM))

describe('the ground under a map', () => {
  it('is drawn from the layers, and says what draws where and how much', async () => {
    const ground = await drawGround(job(), null)
    const { factors, reasons } = unpackedCells(ground, shape.rows * shape.cols)
    expect(TERRAIN_REASONS[reasons[cellAt(500, 310)]!]).toBe('trail')
    expect(factors[cellAt(500, 310)]!).toBeCloseTo(5, 0)
    expect(TERRAIN_REASONS[reasons[cellAt(-500, -500)]!]).toBe('woodland')
    expect(TERRAIN_REASONS[reasons[cellAt(500, -500)]!]).toBe('field')
    expect(factors[cellAt(500, -500)]!).toBeGreaterThan(factors[cellAt(-500, -500)]!)
    expect(ground).toMatchObject({
      condition: 'uninjured',
      layers: { title: '试验', attribution: '© OSM' },
      elevation: null,
    })
    const [most] = ground.reasons
    expect(['woodland', 'field']).toContain(most!.reason)
    expect(ground.reasons.find(({ reason }) => reason === 'trail')!.areaShare).toBeLessThan(0.15)
    const all = ground.reasons.reduce((sum, { areaShare }) => sum + areaShare, 0)
    expect(all).toBeCloseTo(1, 1)
  })

  it('counts heights where there are any, and says for how much of it', async () => {
    const ground = await drawGround(job({ layers: null }), hill)
    expect(ground.layers).toBeNull()
    expect(ground.elevation!.attribution).toBe('测绘局')
    expect(ground.elevation!.knownShare).toBeCloseTo(0.5, 1)
    expect(ground.reasons.map(({ reason }) => reason)).toEqual(expect.arrayContaining(['low-point', 'high-point']))
    const nowhere = await drawGround(job({ layers: null }), { ...hill, heightM: () => null })
    expect(nowhere).toMatchObject({ elevation: null, reasons: [] })
  })

  it('is the same for the same layers, and has another name for others', async () => {
    const [one, again, hurt] = [
      await drawGround(job(), null),
      await drawGround(job(), null),
      await drawGround(job({ condition: 'injured' }), null),
    ]
    expect(again).toEqual(one)
    expect(hurt.id).not.toBe(one.id)
  })
})

describe('cells as they are journaled', () => {
  it('come back within two percent, and none at all stays none', () => {
    const factors = [0, 0.05, 0.3, 1, 2.75, 5, 12]
    const bytes = factorBytes(factors)
    expect(factorOf(bytes[0]!)).toBe(0)
    expect(factorOf(bytes[3]!)).toBe(1)
    factors.slice(1).forEach((factor, i) => expect(Math.abs(factorOf(bytes[i + 1]!) / factor - 1)).toBeLessThan(0.02))
    const cells = packedCells(bytes, new Uint8Array(7).fill(3))
    expect([...unpackedCells(cells, 7).reasons]).toEqual([3, 3, 3, 3, 3, 3, 3])
    expect(() => unpackedCells(cells, 8)).toThrow(/7 cells where the map has 8/)
  })
})
