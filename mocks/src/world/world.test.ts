import { isLand } from '@skerry/basemap'
import { loadLand } from '@skerry/basemap/node'
import { describe, expect, it } from 'vitest'
import { distanceM, moved } from '../base/flat.ts'
import { seeded } from '../base/rand.ts'
import { type LandRaster, rasterise, reachable, shoreDistance } from './land-raster.ts'
import { FARTHEST_M, hide } from './lost-person.ts'
import { makeWorld, padsOf, truthOf } from './world.ts'

const land = await loadLand()

/** A raster from a drawing: # is land; first line is the north. */
function drawn(lines: readonly string[], cellM: number): LandRaster {
  const size = lines.length
  const cells = Uint8Array.from(lines.toReversed().join(''), (c) => (c === '#' ? 1 : 0))
  const half = (size * cellM) / 2
  return {
    cellM,
    size,
    land: cells,
    cell: (e, n) => Math.floor((n + half) / cellM) * size + Math.floor((e + half) / cellM),
    middle: (cell) => [((cell % size) + 0.5) * cellM - half, (Math.floor(cell / size) + 0.5) * cellM - half],
  }
}

describe('the world of a seed', () => {
  it('is the same again for the same seed, and another one for another', () => {
    expect(truthOf(makeWorld(7, land))).toBe(truthOf(makeWorld(7, land)))
    expect(truthOf(makeWorld(7, land))).not.toBe(truthOf(makeWorld(8, land)))
  })

  it('hides the person on land, within reach of a walk, among six to ten warm things that are none', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const world = makeWorld(seed, land)
      expect(isLand(land, world.lastSeen)).toBe(true)
      expect(isLand(land, world.person)).toBe(true)
      expect(distanceM(world.lastSeen, world.person)).toBeLessThanOrEqual(FARTHEST_M)
      const decoys = world.scene.things.filter((t) => t.kind !== 'person')
      expect(decoys.length).toBeGreaterThanOrEqual(5)
      expect(decoys.length).toBeLessThanOrEqual(10)
      for (const d of decoys) expect(isLand(land, moved(world.lastSeen, d.eM, d.nM))).toBe(true)
    }
  })

  it('has hills that a drone can hit, a shore at sea level, and pads on dry ground', () => {
    const world = makeWorld(3, land)
    expect(world.highestGroundAmslM).toBeGreaterThan(20)
    expect(world.highestGroundAmslM).toBeLessThan(40)
    expect(padsOf(4).every((pad) => isLand(land, pad))).toBe(true)
  })
})

describe('a raster of land and sea', () => {
  it('says of every cell what the map says of its middle', () => {
    const origin = padsOf(1)[0]!
    const raster = rasterise(land, origin, 6000, 200)
    for (let cell = 0; cell < raster.land.length; cell++) {
      const [e, n] = raster.middle(cell)
      expect(raster.land[cell] === 1).toBe(isLand(land, moved(origin, e, n)))
    }
  })
})

describe('where someone can be lost', () => {
  it('is only what can be reached without swimming', () => {
    const raster = drawn(['##..', '##..', '..##', '..##'], 100)
    const reach = reachable(raster, raster.cell(-150, 150))
    expect([...reach].filter((c) => c === 1)).toHaveLength(4)
    expect(reach[raster.cell(150, -150)]).toBe(0)
  })

  it('follows the distances of people with dementia, cut at 600 m', () => {
    const size = 160
    const raster = drawn(
      Array.from({ length: size }, () => '#'.repeat(size)),
      25,
    )
    const all = reachable(raster, raster.cell(0, 0))
    const rand = seeded(4)
    const found = Array.from({ length: 3000 }, () => hide(rand, raster, all).distanceM).toSorted((a, b) => a - b)
    // Median of a lognormal (-0.313, 1.512 in ln km) given 60 m to 600 m: quantile 0.2485 of the whole, 262 m.
    expect(found[1500]!).toBeGreaterThan(247)
    expect(found[1500]!).toBeLessThan(277)
    expect(found.at(-1)!).toBeLessThanOrEqual(FARTHEST_M)
  })

  it('measures how far the water is', () => {
    const raster = drawn(['.....', '.###.', '.###.', '.###.', '.....'], 10)
    const shore = shoreDistance(raster)
    expect(shore(0, 0)).toBeCloseTo(20, 5)
    expect(shore(10, 0)).toBeCloseTo(10, 5)
    expect(shore(20, 20)).toBe(0)
  })
})
