import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { createTerrain, type Terrain, type TerrainPorts } from './terrain.ts'
import { readTerrainConfig, type TerrainConfig } from './terrain-config.ts'
import { tiffGrid } from './tiff-grid.ts'
import { tileGrid } from './tile-grid.ts'

/**
 * Opens the terrain that a configuration file describes; paths in it are relative to the file.
 * @throws Error whose message is one line: the file, and which field or file is wrong
 */
export async function openTerrain(file: string, ports: Partial<TerrainPorts> = {}): Promise<Terrain> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Error(`${file} cannot be read: ${codeOf(error)}`, { cause: error })
  })
  const { nowMs = Date.now, onFault = () => undefined } = ports
  try {
    const config = readTerrainConfig(text)
    const folder = path.dirname(path.resolve(file))
    const grids = config.type === 'geotiff' ? await tiffsOf(config, folder) : [await tilesOf(config, folder)]
    return createTerrain(grids, config, { nowMs, onFault })
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

async function tilesOf(config: Extract<TerrainConfig, { type: 'raster-dem' }>, folder: string) {
  const template = path.resolve(folder, config.tiles[0] ?? '')
  const top = template.slice(0, template.indexOf('{')).replace(/[^/\\]*$/, '')
  const { maxzoom: zoom, tileSize, encoding } = config
  const place = await stat(top).catch((error: unknown) => {
    throw new Error(`tiles[0]: ${top} cannot be read: ${codeOf(error)}`, { cause: error })
  })
  if (!place.isDirectory()) throw new Error(`tiles[0]: ${top} is no folder`)
  return tileGrid({ zoom, tileSize, encoding }, (z, x, y) =>
    template.replace('{z}', String(z)).replace('{x}', String(x)).replace('{y}', String(y)),
  )
}

async function tiffsOf(config: Extract<TerrainConfig, { type: 'geotiff' }>, folder: string) {
  const files: string[] = []
  for (const [i, name] of config.files.entries()) {
    const full = path.resolve(folder, name)
    const entry = await stat(full).catch((error: unknown) => {
      throw new Error(`files[${i}]: ${full} cannot be read: ${codeOf(error)}`, { cause: error })
    })
    if (!entry.isDirectory()) files.push(full)
    else {
      const inside = (await readdir(full)).filter((one) => /\.tiff?$/i.test(one)).sort()
      if (inside.length === 0) throw new Error(`files[${i}]: there is no GeoTIFF in ${full}`)
      files.push(...inside.map((one) => path.join(full, one)))
    }
  }
  return Promise.all(files.map(tiffGrid))
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
