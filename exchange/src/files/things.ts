import type { LngLat } from '@skerry/contract'

/** A position with its own time, as a receiver recorded it. */
export interface TimedPoint {
  at: LngLat
  atMs: number
  /** Height above mean sea level as the file says, metres. */
  heightAmslM: number | null
}

/** Shape of a thing on the ground, in the datum of its file. Rings without their repeated last corner. */
export type Shape =
  | { kind: 'point'; at: LngLat }
  | { kind: 'line'; line: LngLat[] }
  /** First ring outside, the others holes. */
  | { kind: 'polygon'; rings: LngLat[][] }
  /** Pieces between which the receiver was off or without a fix; each is in order of time as the file has it. */
  | { kind: 'track'; pieces: TimedPoint[][] }

/** One thing of a file. */
export interface Thing {
  name: string | null
  note: string | null
  /** Names of the folders around it, outermost first. */
  folders: string[]
  /** When it was made or seen, where the file says. */
  atMs: number | null
  shape: Shape
  /** Width and radius that our own files carry for what GeoJSON has no shape for, metres. */
  halfWidthM?: number
  radiusM?: number
}

export const FORMATS = ['geojson', 'kml', 'kmz', 'gpx'] as const
export type Format = (typeof FORMATS)[number]

/** Why a part of a file was left out. */
export const LEFT_OUT = [
  /** Has no place: a folder, a feature without geometry. */
  'no-geometry',
  /** Coordinates that are none, or beyond the earth. */
  'not-a-place',
  /** A ring of fewer than three corners, a line of fewer than two points. */
  'too-short',
  /** Overlays, models, links to elsewhere. */
  'not-supported',
  /** A point of a track without its time. */
  'no-time',
  /** More corners than a shape may have. */
  'too-many-points',
] as const
export type LeftOut = (typeof LEFT_OUT)[number]

/** Why a file as a whole could not be read. */
export const FILE_FAULTS = [
  'empty',
  'too-large',
  'not-text',
  'unknown-format',
  'bad-json',
  'bad-xml',
  'doctype',
  'too-deep',
  'bad-zip',
  'no-kml-inside',
  'foreign-datum',
  'too-many-things',
] as const
export type FileFault = (typeof FILE_FAULTS)[number]

export interface ReadFile {
  format: Format
  things: Thing[]
  /** What was left out, how often, and where first (a name or a number). */
  left: { why: LeftOut; count: number; first: string }[]
}
export type ReadResult = { ok: true; file: ReadFile } | { ok: false; fault: FileFault; detail: string | null }

export const refused = (fault: FileFault, detail: string | null = null): ReadResult => ({ ok: false, fault, detail })

/** More than a search or a list of zones can use. */
export const MOST_THINGS = 5000
/** Points of all things together. */
export const MOST_POINTS = 400_000

/** Gathers things and counts what is left out. */
export function createGatherer(): {
  add(thing: Thing): void
  leave(why: LeftOut, where: string): void
  done(format: Format): ReadResult
} {
  const things: Thing[] = []
  const left = new Map<LeftOut, { count: number; first: string }>()
  let points = 0
  return {
    add(thing) {
      points += pointsOf(thing.shape)
      things.push(thing)
    },
    leave(why, where) {
      const known = left.get(why)
      if (known === undefined) left.set(why, { count: 1, first: where })
      else known.count++
    },
    done(format) {
      if (things.length > MOST_THINGS) return refused('too-many-things', String(things.length))
      if (points > MOST_POINTS) return refused('too-large', String(points))
      return { ok: true, file: { format, things, left: [...left].map(([why, one]) => ({ why, ...one })) } }
    },
  }
}
export type Gatherer = ReturnType<typeof createGatherer>

function pointsOf(shape: Shape): number {
  switch (shape.kind) {
    case 'point':
      return 1
    case 'line':
      return shape.line.length
    case 'polygon':
      return shape.rings.reduce((sum, ring) => sum + ring.length, 0)
    case 'track':
      return shape.pieces.reduce((sum, piece) => sum + piece.length, 0)
  }
}

/** The same thing with every position taken through a function, for example into another datum. */
export function moved(thing: Thing, to: (at: LngLat) => LngLat): Thing {
  const { shape } = thing
  switch (shape.kind) {
    case 'point':
      return { ...thing, shape: { kind: 'point', at: to(shape.at) } }
    case 'line':
      return { ...thing, shape: { kind: 'line', line: shape.line.map(to) } }
    case 'polygon':
      return { ...thing, shape: { kind: 'polygon', rings: shape.rings.map((ring) => ring.map(to)) } }
    case 'track':
      return {
        ...thing,
        shape: {
          kind: 'track',
          pieces: shape.pieces.map((piece) => piece.map((point) => ({ ...point, at: to(point.at) }))),
        },
      }
  }
}
