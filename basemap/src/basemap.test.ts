import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { PMTiles, type Source } from 'pmtiles'
import { describe, expect, it } from 'vitest'
import { BOUNDS, hasMap } from './area.ts'
import { contains, isLand, landInBox, type LandPolygon } from './land.ts'
import { loadLand, PMTILES_FILE } from './node.ts'
import { PLACES } from './places.ts'
import { basemapStyle } from './style.ts'

const land = await loadLand()
const KM_PER_DEG = 111.2

function distanceKm(a: readonly [number, number], b: readonly [number, number]): number {
  return Math.hypot((a[0] - b[0]) * Math.cos((a[1] * Math.PI) / 180), a[1] - b[1]) * KM_PER_DEG
}

describe('the embedded land', () => {
  it('has the islands of the archipelago as pieces of their own, and the mainland', () => {
    expect(landInBox(land, [121.5, 29.5, 123.3, 31]).length).toBeGreaterThan(130)
    const zhoushan = land.filter((piece) => contains(piece, [122.11, 30.07]))
    const ningbo = land.filter((piece) => contains(piece, [121.549, 29.875]))
    expect(zhoushan).toHaveLength(1)
    expect(ningbo).toHaveLength(1)
    expect(zhoushan[0]).not.toBe(ningbo[0])
  })
  it('calls the open sea water', () => {
    for (const sea of [
      [122.6, 30.4],
      [123.5, 30],
      [122.25, 29.92],
      [122.0, 30.4],
    ] as const)
      expect(isLand(land, sea)).toBe(false)
  })
  it('stays within its bounds, and gives each piece the box that holds it', () => {
    for (const { bbox, rings } of land)
      for (const [lng, lat] of rings[0]!) {
        expect(hasMap([lng, lat])).toBe(true)
        expect(lng >= bbox[0] && lng <= bbox[2] && lat >= bbox[1] && lat <= bbox[3]).toBe(true)
      }
  })
  it('counts a hole as water', () => {
    const ring = (a: number, b: number): [number, number][] => [
      [a, a],
      [b, a],
      [b, b],
      [a, b],
      [a, a],
    ]
    const lake: LandPolygon = { bbox: [0, 0, 10, 10], rings: [ring(0, 10), ring(4, 6)] }
    expect(contains(lake, [5, 5])).toBe(false)
    expect(contains(lake, [2, 5])).toBe(true)
    expect(contains(lake, [11, 5])).toBe(false)
  })
})

describe('place names', () => {
  it('stand on land', () => {
    expect(PLACES.filter((place) => !isLand(land, place.position)).map((place) => place.en)).toEqual([])
  })
  it('put every island on a piece of land of its own', () => {
    const pieces = PLACES.filter((place) => place.kind === 'island').map((place) =>
      land.findIndex((piece) => contains(piece, place.position)),
    )
    expect(new Set(pieces).size).toBe(pieces.length)
  })
  const reference = new URL('../../../shared/data/basemap/zhoushan_places.geojson', import.meta.url)
  it.skipIf(!existsSync(reference))('agree with an independent list within 3 km (needs shared/data/basemap)', () => {
    const { features } = JSON.parse(readFileSync(reference, 'utf8')) as {
      features: { properties: { name: string }; geometry: { coordinates: [number, number] } }[]
    }
    const shared = PLACES.flatMap((place) =>
      features.filter((f) => f.properties.name === place.zh).map((f) => ({ place, f })),
    )
    expect(shared.length).toBeGreaterThan(15)
    for (const { place, f } of shared)
      expect(distanceKm(place.position, f.geometry.coordinates), place.en).toBeLessThan(3)
  })
})

describe('the tiles', () => {
  it('are read by the PMTiles reader, at every zoom over Zhoushan, and not outside', async () => {
    const bytes = await readFile(PMTILES_FILE)
    const source: Source = {
      getKey: () => 'zhoushan',
      getBytes: async (offset, length) => ({ data: Uint8Array.from(bytes.subarray(offset, offset + length)).buffer }),
    }
    const archive = new PMTiles(source)
    const header = await archive.getHeader()
    expect([header.minLon, header.minLat, header.maxLon, header.maxLat]).toEqual([...BOUNDS])
    for (let z = 0; z <= 11; z++) {
      const n = 2 ** z
      const x = Math.floor(((122.1 + 180) / 360) * n)
      const y = Math.floor(((1 - Math.asinh(Math.tan((30.05 * Math.PI) / 180)) / Math.PI) / 2) * n)
      expect(((await archive.getZxy(z, x, y))?.data.byteLength ?? 0) > 20, `zoom ${z}`).toBe(true)
    }
    expect(await archive.getZxy(8, 10, 10)).toBeUndefined()
  })
})

describe('the style', () => {
  it.each(['night', 'day'] as const)('fetches nothing but its own tiles (%s)', (theme) => {
    const style = basemapStyle({ theme, lang: 'zh', tilesUrl: 'pmtiles://zhoushan' })
    expect(Object.keys(style)).toEqual(['version', 'name', 'sources', 'layers'])
    expect(JSON.stringify(style).match(/https?:/g)).toBeNull()
  })
  it('draws sea only from the coverage layer, so that outside the map there is none', () => {
    const style = basemapStyle({ theme: 'day', lang: 'en', tilesUrl: 'pmtiles://zhoushan' })
    const fills = style.layers.filter((layer) => layer['type'] === 'fill').map((layer) => layer['source-layer'])
    expect(fills).toEqual(['coverage', 'land'])
    expect(JSON.stringify(style.sources['no-map'])).toContain('no map here')
  })
})
