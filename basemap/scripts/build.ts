// Makes the embedded coast from OpenStreetMap land polygons. Run: node scripts/run.mjs basemap/scripts/build.ts
// Its tools and the 130 MB source are fetched into .cache on first use, so that no other command has to carry them.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { BOUNDS, ATTRIBUTION } from '../src/area.ts'
import { writePmtiles, type Tile } from './pmtiles-writer.ts'

const TOOLS = ['@geo-maps/earth-lands-10m@0.6.0', 'mapshaper@0.7.70', 'geojson-vt@5.0.3', 'vt-pbf@3.1.3']
const MAX_ZOOM = 11
/** Smaller holes in the source are artefacts of its tiling, many of them in the middle of towns. */
const LEAST_LAKE_KM2 = 3
const root = path.resolve(import.meta.dirname, '../..')
const cache = path.join(root, '.cache/basemap')
const assets = path.join(root, 'basemap/assets')

interface GeoJson {
  type: 'FeatureCollection' | 'GeometryCollection'
  features?: { geometry: Geometry }[]
  geometries?: Geometry[]
}
type Geometry = { type: 'Polygon'; coordinates: number[][][] } | { type: 'MultiPolygon'; coordinates: number[][][][] }
interface TileIndex {
  getTile(z: number, x: number, y: number): { features: unknown[] } | null
}

async function tools(): Promise<NodeJS.Require> {
  await mkdir(cache, { recursive: true })
  if (!existsSync(path.join(cache, 'node_modules/vt-pbf'))) {
    process.stdout.write(`fetching ${TOOLS.join(', ')} ...\n`)
    const run = spawnSync('npm', ['install', '--no-save', '--ignore-scripts', '--prefix', cache, ...TOOLS], {
      stdio: 'inherit',
    })
    if (run.status !== 0) throw new Error('the tools could not be fetched')
  }
  return createRequire(path.join(cache, 'index.js'))
}

/** Land polygons within the bounds, simplified so that no vertex moves more than the tolerance. */
async function clip(name: string, toleranceM: number): Promise<number[][][][]> {
  const output = path.join(cache, `${name}.json`)
  const run = spawnSync(
    process.execPath,
    [
      '--max-old-space-size=8000',
      path.join(cache, 'node_modules/mapshaper/bin/mapshaper'),
      path.join(cache, 'node_modules/@geo-maps/earth-lands-10m/map.geo.json'),
      '-clip',
      `bbox=${BOUNDS.join(',')}`,
      ...(toleranceM > 0 ? ['-simplify', 'dp', `interval=${toleranceM}`, 'keep-shapes'] : []),
      '-explode',
      '-o',
      output,
      'format=geojson',
      'precision=0.000001',
      'rfc7946',
    ],
    { stdio: 'inherit' },
  )
  if (run.status !== 0) throw new Error('clipping failed')
  const read = JSON.parse(await readFile(output, 'utf8')) as GeoJson
  const geometries = read.geometries ?? read.features?.map((feature) => feature.geometry) ?? []
  return geometries
    .flatMap((geometry) => (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates))
    .map((rings) => rings.filter((ring, i) => i === 0 || areaKm2(ring) >= LEAST_LAKE_KM2))
}

/** Area of a ring on the sphere's local plane, square kilometres; good to a few per cent at this size. */
function areaKm2(ring: readonly number[][]): number {
  let sum = 0
  for (let i = 1; i < ring.length; i++) {
    const [x1, y1] = ring[i - 1]!
    const [x2, y2] = ring[i]!
    sum += x1! * y2! - x2! * y1!
  }
  return (Math.abs(sum) / 2) * 111.2 ** 2 * Math.cos((ring[0]![1]! * Math.PI) / 180)
}

async function main(): Promise<void> {
  const require = await tools()
  const { default: GeoJSONVT } = require('geojson-vt') as { default: new (data: unknown, options: object) => TileIndex }
  const vtpbf = require('vt-pbf') as { fromGeojsonVt(layers: Record<string, unknown>, options: object): Uint8Array }
  const make = (data: unknown, how: object): TileIndex => new GeoJSONVT(data, how)

  const land = await clip('land', 4)
  const collection = (polygons: number[][][][]) => ({
    type: 'FeatureCollection',
    features: polygons.map((coordinates) => ({
      type: 'Feature',
      properties: {},
      geometry: { type: 'Polygon', coordinates },
    })),
  })
  const options = { maxZoom: MAX_ZOOM, indexMaxZoom: 5, tolerance: 3, buffer: 64, extent: 4096 }
  const [west, south, east, north] = BOUNDS
  const coverage = [
    [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  ]
  const layers = { coverage: make(collection(coverage), options), land: make(collection(land), options) }
  const tiles: Tile[] = []
  for (let z = 0; z <= MAX_ZOOM; z++) {
    const n = 2 ** z
    const column = (lng: number) => Math.floor(((lng + 180) / 360) * n)
    const row = (lat: number) => Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * n)
    for (let x = column(west); x <= column(east); x++)
      for (let y = row(north); y <= row(south); y++) {
        const found = Object.entries(layers).flatMap(([name, index]) => {
          const tile = index.getTile(z, x, y)
          return tile === null ? [] : [[name, tile] as const]
        })
        if (found.length > 0)
          tiles.push({ z, x, y, bytes: vtpbf.fromGeojsonVt(Object.fromEntries(found), { version: 2 }) })
      }
  }
  const archive = writePmtiles(tiles, {
    minZoom: 0,
    maxZoom: MAX_ZOOM,
    bounds: BOUNDS,
    metadata: {
      name: 'Zhoushan coast',
      attribution: ATTRIBUTION,
      vector_layers: [
        { id: 'coverage', fields: {}, minzoom: 0, maxzoom: MAX_ZOOM },
        { id: 'land', fields: {}, minzoom: 0, maxzoom: MAX_ZOOM },
      ],
    },
  })
  await mkdir(assets, { recursive: true })
  await writeFile(path.join(assets, 'zhoushan.pmtiles'), archive)
  const polygons = (await clip('land-polygons', 10)).map((rings) => ({
    bbox: boxOf(rings[0]!),
    rings: rings.map((ring) => ring.map(([lng, lat]) => [round(lng!), round(lat!)])),
  }))
  const packed = gzipSync(JSON.stringify(polygons), { level: 9 })
  await writeFile(path.join(assets, 'land.json.gz'), packed)
  const vertices = polygons.reduce((sum, polygon) => sum + polygon.rings.reduce((n, ring) => n + ring.length, 0), 0)
  process.stdout.write(
    `${tiles.length} tiles, ${archive.length} bytes; ${polygons.length} polygons, ${vertices} vertices, ${packed.length} bytes\n`,
  )
}

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6

function boxOf(ring: readonly number[][]): [number, number, number, number] {
  const box: [number, number, number, number] = [180, 90, -180, -90]
  for (const [lng, lat] of ring) {
    box[0] = Math.min(box[0], round(lng!))
    box[1] = Math.min(box[1], round(lat!))
    box[2] = Math.max(box[2], round(lng!))
    box[3] = Math.max(box[3], round(lat!))
  }
  return box
}

await main()
