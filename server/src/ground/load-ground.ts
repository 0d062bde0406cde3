import { readFile } from 'node:fs/promises'
import { openTerrain } from '@skerry/terrain'
import type { GroundSource } from './ground-source.ts'
import { readLayers } from './read-layers.ts'

/** Rejects with one line that names the file and what is wrong in it. */
export async function loadGround(files: {
  layersFile: string | null
  terrainFile: string | null
}): Promise<GroundSource> {
  const { layersFile, terrainFile } = files
  return {
    layers: layersFile === null ? null : await readLayersFile(layersFile),
    terrain: terrainFile === null ? null : { file: terrainFile, attribution: await attributionOf(terrainFile) },
  }
}

async function readLayersFile(file: string) {
  try {
    return readLayers(await readFile(file, 'utf8'))
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

async function attributionOf(file: string): Promise<string> {
  const terrain = await openTerrain(file)
  await terrain.close()
  return terrain.attribution
}
