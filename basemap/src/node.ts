import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { LandPolygon } from './land.ts'

export const PMTILES_FILE = new URL('../assets/zhoushan.pmtiles', import.meta.url)
/** Bridges, piers and ferry lines of the embedded area, in the shape of the contract's `Crossings`. */
export const CROSSINGS_FILE = new URL('../assets/crossings-zhoushan.json', import.meta.url)
const LAND_FILE = new URL('../assets/land.json.gz', import.meta.url)

let loaded: Promise<LandPolygon[]> | null = null

/** Land of the embedded area, read once per process. Rejects when the asset is missing or damaged. */
export function loadLand(): Promise<LandPolygon[]> {
  loaded ??= readFile(LAND_FILE)
    .then(promisify(gunzip))
    .then((json) => JSON.parse(json.toString('utf8')) as LandPolygon[])
  return loaded
}
