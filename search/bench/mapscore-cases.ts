import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Subject, TerrainLayers } from '../src/index.ts'

const FILE = fileURLToPath(new URL('../../../shared/data/search/mapscore_arizona_half.csv', import.meta.url))
const LAYERS = fileURLToPath(new URL('../../../shared/data/search/mapscore_layers/', import.meta.url))
/** The benchmark's earth is a sphere: its reference scores follow from these distances. Metres. */
const SPHERE_M = 6_371_000

/** One search of the benchmark, as far as a map is scored by it. */
export interface MapScoreCase {
  readonly id: string
  readonly ipp: readonly [lng: number, lat: number]
  /** The find, metres east and north of the planning point on the benchmark's sphere. */
  readonly findM: readonly [eastM: number, northM: number]
  readonly distanceKm: number
  readonly subject: Subject
  readonly inBox: boolean
  readonly ringsR: number
  readonly smoothR: number
  /** Layers of the ground, when somebody has made them for this case (`mapscore_layers/<case>.json`). None is distributed. */
  readonly layers: TerrainLayers | null
}

/** Hiker distances of dry land, km; MIT-licensed copy in SAREnv (search-science notes 2.1). */
const DRY_HIKER = { flat: [1.3, 2.1, 6.6, 13.1], mountain: [1.6, 3.2, 6.5, 19.3] } as const
const CATEGORY: Readonly<Record<string, string>> = {
  'Mental Retardation': 'intellectual-disability',
  Child: 'child-7-9',
  Despondent: 'despondent',
  Dementia: 'dementia',
  Autistic: 'autistic',
  'Substance Abuse': 'substance',
}

/** The half of the Arizona cases that is distributed; empty when the file is not beside the repository. */
export function mapScoreCases(): MapScoreCase[] {
  if (!existsSync(FILE)) return []
  const [head, ...lines] = readFileSync(FILE, 'utf8').trim().split(/\r?\n/)
  const names = head!.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    const at = (name: string): string => cells[names.indexOf(name)]!
    const terrain = at('terrain') === 'Flat' ? 'flat' : 'mountain'
    const ipp = [Number(at('ipp_lon')), Number(at('ipp_lat'))] as const
    const category = CATEGORY[at('category')]
    // Kinds without a table of ours (vehicles, riders, workers, hunters) are drawn as hikers.
    const subject: Subject = category
      ? { category, terrain }
      : { category: 'hiker', terrain, distancesKm: DRY_HIKER[terrain] }
    return {
      id: at('case'),
      ipp,
      findM: onSphere(ipp, [Number(at('find_lon')), Number(at('find_lat'))]),
      distanceKm: Number(at('distance_km_haversine')),
      subject,
      inBox: at('in_25km_box') === '1',
      ringsR: Number(at('R_koester_rings')),
      smoothR: Number(at('R_smooth_radial')),
      layers: layersOf(at('case')),
    }
  })
}

/**
 * Layers of one case, a `TerrainLayers` as JSON: `lines` with `kind` and `coordinates`, `elevation` and `landCover` as
 * rasters (`rows`, `cols`, `cellM`, `origin`, `values`, null where not known).
 */
function layersOf(id: string): TerrainLayers | null {
  const file = `${LAYERS}${id}.json`
  if (!existsSync(file)) return null
  const { elevation, ...layers } = JSON.parse(readFileSync(file, 'utf8')) as TerrainLayers
  const known = (height: number | null): number => height ?? Number.NaN
  return { ...layers, elevation: elevation && { ...elevation, values: Array.from(elevation.values, known) } }
}

/** Haversine distance and first bearing, as a vector. */
function onSphere(from: readonly [number, number], to: readonly [number, number]): [number, number] {
  const rad = Math.PI / 180
  const [lat1, lat2, dLng] = [from[1] * rad, to[1] * rad, (to[0] - from[0]) * rad]
  const half = Math.sin((lat2 - lat1) / 2) ** 2 + Math.cos(lat1) * Math.cos(lat2) * Math.sin(dLng / 2) ** 2
  const distanceM = 2 * SPHERE_M * Math.asin(Math.sqrt(half))
  const bearing = Math.atan2(
    Math.sin(dLng) * Math.cos(lat2),
    Math.cos(lat1) * Math.sin(lat2) - Math.sin(lat1) * Math.cos(lat2) * Math.cos(dLng),
  )
  return [distanceM * Math.sin(bearing), distanceM * Math.cos(bearing)]
}
