import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { copyFile, mkdir } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openTerrain } from './open-terrain.ts'
import { readTerrainConfig } from './terrain-config.ts'
import type { Terrain } from './terrain.ts'

/** Made by `vectors/terrain-vectors.py`: rasters written byte by byte, heights by another formula, and the surface itself. */
const folder = path.resolve(import.meta.dirname, '../vectors')
const Place = z.tuple([z.number(), z.number()])
const vectors = z
  .object({
    sets: z.array(
      z.object({
        name: z.string(),
        config: z.record(z.string(), z.unknown()),
        stepM: z.number(),
        places: z.array(z.object({ at: Place, heightM: z.number().nullable(), surfaceM: z.number() })),
      }),
    ),
    missing: Place,
    acrossTiles: z.object({ at: Place, heightM: z.number() }),
    highest: z.object({ area: z.tuple([z.number(), z.number(), z.number(), z.number()]), heightM: z.number() }),
    transparent: Place,
    noData: Place,
    outside: Place,
  })
  .parse(JSON.parse(readFileSync(path.join(folder, 'terrain-vectors.json'), 'utf8')))

const scratch = mkdtempSync(path.join(os.tmpdir(), 'skerry-terrain-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))
let files = 0
/** Configuration files lie beside the rasters in a folder of their own; paths in them are relative. */
function configFile(config: Record<string, unknown>, from = folder): string {
  const file = path.join(scratch, `${++files}.json`)
  const inFolder = (name: unknown): unknown => (typeof name === 'string' ? path.join(from, name) : name)
  const { tiles, files: tiffs, ...rest } = config
  const placed = {
    ...rest,
    ...(Array.isArray(tiles) ? { tiles: tiles.map(inFolder) } : {}),
    ...(Array.isArray(tiffs) ? { files: tiffs.map(inFolder) } : {}),
  }
  writeFileSync(file, JSON.stringify(placed))
  return file
}
const setOf = (name: string) => vectors.sets.find((set) => set.name === name)!
const TERRARIUM = setOf('terrarium').config
const MAPBOX = setOf('mapbox, with alpha').config
const AREAS = setOf('GeoTIFF, float, areas').config
const POINTS = setOf('GeoTIFF, integer, points, deflated').config

describe.each(vectors.sets)('heights from $name', ({ config, stepM, places }) => {
  it('are those computed by other means, and those of the surface they were made of', async () => {
    const terrain = await openTerrain(configFile(config))
    for (const { at, heightM, surfaceM } of places) {
      const found = await terrain.lookUp(at)
      // Where a neighbour is missing the nearest pixel counts: half a pixel of this slope.
      if (heightM === null || found === null) {
        if (found !== null) expect(Math.abs(found - surfaceM)).toBeLessThan(6)
        continue
      }
      expect(Math.abs(found - heightM)).toBeLessThan(0.001)
      expect(Math.abs(found - surfaceM)).toBeLessThan(stepM + 1.5)
    }
    expect(places.filter(({ heightM }) => heightM !== null).length).toBeGreaterThan(4)
    await terrain.close()
  })
})

describe('terrain', () => {
  const withTerrain = async (config: Record<string, unknown>, run: (terrain: Terrain) => Promise<void>) => {
    const terrain = await openTerrain(configFile(config))
    await run(terrain)
    await terrain.close()
  }
  it('knows nothing that was not loaded, and everything around what was', () =>
    withTerrain(TERRARIUM, async (terrain) => {
      const { at, heightM } = vectors.acrossTiles
      expect(terrain.heightM(at)).toBeNull()
      await terrain.load(at, 30)
      expect(terrain.heightM(at)).toBeCloseTo(heightM, 3)
    }))
  it.each([
    ['where a tile is missing', TERRARIUM, vectors.missing],
    ['where a pixel is transparent', MAPBOX, vectors.transparent],
    ['where the file says that it has no data', AREAS, vectors.noData],
    ['off the raster', AREAS, vectors.outside],
    ['off the raster of points', POINTS, vectors.outside],
    ['beyond the ends of the map', TERRARIUM, [0, 89] as [number, number]],
  ])('is unknown, and not 0: %s', async (_, config, at) => {
    await withTerrain(config, async (terrain) => {
      expect(await terrain.lookUp(at)).toBeNull()
      expect(terrain.slope(at)).toBeNull()
      expect(terrain.faults).toBe(0)
    })
  })
  it('tells the highest ground of an area, and how much of it there is data for', () =>
    withTerrain(TERRARIUM, async (terrain) => {
      const { area, heightM } = vectors.highest
      const found = await terrain.highest(area)
      // A pixel more at each edge belongs to the area: never too low.
      expect(found.heightM).toBeGreaterThanOrEqual(heightM)
      expect(found.heightM).toBeLessThan(heightM + 3)
      expect(found.coveredShare).toBeCloseTo(1, 2)
      const [lng, lat] = vectors.missing
      expect(await terrain.highest([lng, lat, lng + 0.001, lat + 0.001])).toEqual({ heightM: null, coveredShare: 0 })
      expect(await terrain.highest([0, 88, 1, 89])).toEqual({ heightM: null, coveredShare: 0 })
    }))
  it('tells how much of an area lies off its raster', () =>
    withTerrain(AREAS, async (terrain) => {
      const [lng, lat] = [122.39, 29.89]
      const { heightM, coveredShare } = await terrain.highest([lng - 0.03, lat - 0.003, lng + 0.005, lat + 0.003])
      expect(heightM).not.toBeNull()
      expect(coveredShare).toBeGreaterThan(0.2)
      expect(coveredShare).toBeLessThan(0.5)
    }))
  it('refuses an area that nobody would wait for', () =>
    withTerrain(TERRARIUM, async (terrain) => {
      await expect(terrain.highest([100, 0, 140, 40])).rejects.toThrow(RangeError)
      await expect(terrain.load([122, 30], 500_000)).rejects.toThrow(RangeError)
    }))
  it('has the slope of its surface', () =>
    withTerrain(AREAS, async (terrain) => {
      const at: [number, number] = [122.3911, 29.8883]
      await terrain.load(at, 100)
      const slope = terrain.slope(at)!
      const m = 1 / 111_320
      const rise = (dLng: number, dLat: number): number =>
        (terrain.heightM([at[0] + dLng, at[1] + dLat]) ?? NaN) - (terrain.heightM([at[0] - dLng, at[1] - dLat]) ?? NaN)
      expect(slope.northward).toBeCloseTo(rise(0, 30 * m) / 60, 1)
      expect(slope.eastward).toBeCloseTo(rise((30 * m) / Math.cos((at[1] * Math.PI) / 180), 0) / 60, 1)
      expect(Math.hypot(slope.northward, slope.eastward)).toBeGreaterThan(0.05)
    }))
  it('adds the offset to mean sea level to every figure', () =>
    withTerrain({ ...TERRARIUM, offsetM: -12.5 }, async (terrain) => {
      const { at, heightM } = vectors.acrossTiles
      expect(await terrain.lookUp(at)).toBeCloseTo(heightM - 12.5, 3)
      const { area, heightM: highestM } = vectors.highest
      expect((await terrain.highest(area)).heightM).toBeLessThan(highestM - 9)
    }))
  it('takes the first of overlapping files, and the next where that one has no data', () =>
    withTerrain({ type: 'geotiff', files: ['areas.tif', 'points.tif'] }, async (terrain) => {
      const { at, heightM } = setOf('GeoTIFF, float, areas').places[0]!
      expect(await terrain.lookUp(at)).toBeCloseTo(heightM!, 3)
    }))
  it('counts a tile that cannot be read, leaves it unknown, and reads the others', async () => {
    const broken = path.join(scratch, 'broken/14/13762')
    await mkdir(broken, { recursive: true })
    writeFileSync(path.join(broken, '6765.png'), 'no picture')
    await copyFile(path.join(folder, 'terrarium/14/13762/6766.png'), path.join(broken, '6766.png'))
    const faults: unknown[] = []
    const file = configFile({ ...TERRARIUM, tiles: ['broken/{z}/{x}/{y}.png'] }, scratch)
    const terrain = await openTerrain(file, { onFault: (error) => faults.push(error), nowMs: () => 0 })
    expect(await terrain.lookUp(vectors.acrossTiles.at)).toBeNull()
    expect(await terrain.lookUp(vectors.acrossTiles.at)).toBeNull()
    expect([terrain.faults, faults.length]).toEqual([1, 1])
    expect(String(faults[0])).toContain('6765.png')
    // One tile west of the one that is missing from the set.
    const [lng, lat] = vectors.missing
    expect(await terrain.lookUp([lng - 360 / 2 ** 14, lat])).not.toBeNull()
  })
})

describe('the configuration', () => {
  const MINIMAL = { type: 'raster-dem', tiles: ['{z}/{x}/{y}.png'], encoding: 'terrarium', maxzoom: 12 }
  it.each<[string, unknown, RegExp]>([
    ['no JSON', '{', /is not JSON/],
    ['another type', { type: 'vector' }, /^type: must be "raster-dem" or "geotiff"/],
    [
      'an address instead of a path',
      { ...MINIMAL, tiles: ['https://x/{z}/{x}/{y}.png'] },
      /^tiles\[0\]: .*this machine/,
    ],
    ['a template without places', { ...MINIMAL, tiles: ['dem.png'] }, /^tiles\[0\]: must name \{z\}/],
    ['an unknown encoding', { ...MINIMAL, encoding: 'lerc' }, /^encoding: /],
    ['no zoom', { type: 'raster-dem', tiles: ['{z}/{x}/{y}.png'], encoding: 'mapbox' }, /^maxzoom: /],
    ['no files', { type: 'geotiff', files: [] }, /^files: /],
    ['a stray key', { ...MINIMAL, tilesize: 256 }, /tilesize/],
    ['an impossible error', { ...MINIMAL, sigmaM: 0 }, /^sigmaM: /],
  ])('is refused with the field that is wrong: %s', (_, config, message) => {
    expect(() => readTerrainConfig(typeof config === 'string' ? config : JSON.stringify(config))).toThrow(message)
  })
  it('takes what a map style says of such a source', () => {
    expect(readTerrainConfig(JSON.stringify(MINIMAL))).toMatchObject({ tileSize: 256, offsetM: 0, sigmaM: 4 })
  })
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a folder that is not there', { ...MINIMAL, tiles: ['nowhere/{z}/{x}/{y}.png'] }, /tiles\[0\]: .*ENOENT/],
    ['a file that is not there', { type: 'geotiff', files: ['nowhere.tif'] }, /files\[0\]: .*ENOENT/],
    ['a folder without GeoTIFF', { type: 'geotiff', files: ['terrarium'] }, /files\[0\]: there is no GeoTIFF/],
    ['a file of another kind', { type: 'geotiff', files: ['terrain-vectors.json'] }, /terrain-vectors\.json: /],
    ['another projection', { type: 'geotiff', files: ['utm.tif'] }, /utm\.tif: is in EPSG:2000; must be EPSG:4326/],
  ])('stops the start with one line: %s', async (_, config, message) => {
    await expect(openTerrain(configFile(config))).rejects.toThrow(message)
    await expect(openTerrain(configFile(config))).rejects.not.toThrow(/\n/)
  })
  it('says which file cannot be read', async () => {
    await expect(openTerrain(path.join(scratch, 'none.json'))).rejects.toThrow(/none\.json cannot be read: ENOENT/)
  })
})
