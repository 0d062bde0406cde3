import {
  GROUND_COVERS,
  GROUND_LINES,
  type GroundCoverClass,
  type GroundLayers,
  type GroundLine,
  type LngLat,
} from '@skerry/contract'
import { readConfigText } from '@skerry/contract'
import { z } from 'zod'
import type { LngLatBox } from '../maps/land-source.ts'

const Position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).rest(z.number())
const LineOfPlaces = z.array(Position).min(2)
const RingOfPlaces = z.array(Position).min(4)
const Geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('LineString'), coordinates: LineOfPlaces }),
  z.object({ type: z.literal('MultiLineString'), coordinates: z.array(LineOfPlaces) }),
  z.object({ type: z.literal('Polygon'), coordinates: z.array(RingOfPlaces).min(1) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(RingOfPlaces).min(1)) }),
  z.object({ type: z.literal('Point'), coordinates: Position }),
  z.object({ type: z.literal('MultiPoint'), coordinates: z.array(Position) }),
])
type Geometry = z.infer<typeof Geometry>

/** A GeoJSON FeatureCollection with a title and whose data it is. Unknown tags are no fault: most of a map draws nobody. */
const LayersFile = z.object({
  type: z.literal('FeatureCollection'),
  title: z.string().trim().min(1).max(120),
  attribution: z.string().trim().min(1).max(300),
  features: z
    .array(
      z.object({
        geometry: Geometry.nullable(),
        properties: z.record(z.string(), z.unknown()).nullable(),
      }),
    )
    .max(2_000_000),
})

interface Boxed {
  readonly box: LngLatBox
}
export interface LayerLine extends Boxed {
  readonly kind: GroundLine
  readonly coordinates: readonly LngLat[]
}
export interface LayerCover extends Boxed {
  readonly cover: GroundCoverClass
  /** First ring outside, the others holes; first point repeated last. */
  readonly rings: readonly (readonly LngLat[])[]
}

/** Layers of the ground as a file has them, in memory. */
export interface LayersOfGround {
  readonly about: NonNullable<GroundLayers['layers']>
  readonly lines: readonly LayerLine[]
  readonly covers: readonly LayerCover[]
}

/**
 * Reads layers of the ground: lines and areas of a GeoJSON file, told apart by `kind` (as `GROUND_LINES`) or `cover` (as
 * `GROUND_COVERS`), or else by the tags of OpenStreetMap.
 * @throws Error of one line that names the field
 */
export function readLayers(text: string): LayersOfGround {
  const { title, attribution, features } = readConfigText(text, LayersFile)
  const lines: LayerLine[] = []
  const covers: LayerCover[] = []
  let ignored = 0
  for (const { geometry, properties } of features) {
    const tags = properties ?? {}
    const [kind, cover] = [lineKind(tags), coverClass(tags)]
    const [ways, areas] = geometry === null ? [[], []] : partsOf(geometry)
    // The edge of a lake draws people like a line; an area of any other kind has no edge that does.
    const drawn = kind === null ? [] : kind === 'lake' ? [...ways, ...areas.flat()] : ways
    for (const coordinates of drawn) lines.push({ kind: kind!, coordinates, box: boxOf(coordinates) })
    if (cover !== null) for (const rings of areas) covers.push({ cover, rings, box: boxOf(rings[0]!) })
    if (drawn.length === 0 && (cover === null || areas.length === 0)) ignored += 1
  }
  return {
    about: {
      title,
      attribution,
      lines: counted(lines, ({ kind }) => kind),
      covers: counted(covers, ({ cover }) => cover),
      ignored,
    },
    lines,
    covers,
  }
}

const counted = <T, K extends string>(list: readonly T[], keyOf: (one: T) => K): Partial<Record<K, number>> => {
  const counts: Partial<Record<K, number>> = {}
  for (const one of list) counts[keyOf(one)] = (counts[keyOf(one)] ?? 0) + 1
  return counts
}

/** Lines and areas of a geometry; points draw nobody. */
function partsOf(geometry: Geometry): [ways: LngLat[][], areas: LngLat[][][]] {
  const places = (list: readonly (readonly number[])[]): LngLat[] => list.map(([lng, lat]) => [lng!, lat!])
  switch (geometry.type) {
    case 'LineString':
      return [[places(geometry.coordinates)], []]
    case 'MultiLineString':
      return [geometry.coordinates.map(places), []]
    case 'Polygon':
      return [[], [geometry.coordinates.map(places)]]
    case 'MultiPolygon':
      return [[], geometry.coordinates.map((rings) => rings.map(places))]
    case 'Point':
    case 'MultiPoint':
      return [[], []]
  }
}

function boxOf(places: readonly LngLat[]): LngLatBox {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [lng, lat] of places) {
    west = Math.min(west, lng)
    east = Math.max(east, lng)
    south = Math.min(south, lat)
    north = Math.max(north, lat)
  }
  return [west, south, east, north]
}

type Tags = Readonly<Record<string, unknown>>

const TRAILS = ['path', 'footway', 'track', 'bridleway', 'steps', 'cycleway', 'pedestrian', 'via_ferrata']
/** Ways that are not there, or are none. */
const NO_WAYS = [
  'construction',
  'proposed',
  'abandoned',
  'razed',
  'platform',
  'rest_area',
  'services',
  'corridor',
  'elevator',
]
const WATERWAYS: Readonly<Record<string, GroundLine>> = {
  river: 'stream',
  stream: 'stream',
  canal: 'stream',
  ditch: 'capillary-stream',
  drain: 'capillary-stream',
}

/** Tags of OpenStreetMap as of 2026 (wiki: Highways, Waterways, Key:natural). */
function lineKind(tags: Tags): GroundLine | null {
  const own = GROUND_LINES.find((kind) => kind === tags['kind'])
  if (own) return own
  const { highway, waterway, natural, landuse } = tags
  if (typeof highway === 'string' && !NO_WAYS.includes(highway)) return TRAILS.includes(highway) ? 'trail' : 'road'
  if (typeof waterway === 'string') {
    const kind = WATERWAYS[waterway] ?? null
    return kind === 'stream' && tags['intermittent'] === 'yes' ? 'capillary-stream' : kind
  }
  if (natural === 'ridge' || natural === 'arete') return 'ridge'
  if (natural === 'valley' || natural === 'gully') return 'drainage'
  return natural === 'water' || landuse === 'reservoir' || landuse === 'basin' ? 'lake' : null
}

const COVER_OF: Readonly<Record<string, GroundCoverClass>> = {
  'natural=wood': 'woodland',
  'landuse=forest': 'woodland',
  'natural=scrub': 'scrub',
  'natural=heath': 'brush',
  'natural=bare_rock': 'rock',
  'natural=scree': 'rock',
  'natural=shingle': 'rock',
  'natural=cliff': 'rock',
  'natural=water': 'water',
  'landuse=reservoir': 'water',
  'landuse=basin': 'water',
  'natural=grassland': 'field',
  'landuse=farmland': 'field',
  'landuse=meadow': 'field',
  'landuse=grass': 'field',
  'landuse=orchard': 'field',
  'landuse=residential': 'structure',
  'landuse=commercial': 'structure',
  'landuse=retail': 'structure',
  'landuse=industrial': 'structure',
  'landuse=farmyard': 'structure',
}

function coverClass(tags: Tags): GroundCoverClass | null {
  const own = GROUND_COVERS.find((cover) => cover === tags['cover'])
  if (own) return own
  if (typeof tags['building'] === 'string' && tags['building'] !== 'no') return 'structure'
  for (const key of ['natural', 'landuse']) {
    const cover = COVER_OF[`${key}=${String(tags[key])}`]
    if (cover) return cover
  }
  return null
}

const touches = (a: LngLatBox, b: LngLatBox): boolean => a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1]

/** What touches a box: plain data, so that it can be sent to another thread. */
export const layersInBox = (
  { lines, covers }: LayersOfGround,
  box: LngLatBox,
): Pick<LayersOfGround, 'lines' | 'covers'> => ({
  lines: lines.filter((one) => touches(one.box, box)),
  covers: covers.filter((one) => touches(one.box, box)),
})
