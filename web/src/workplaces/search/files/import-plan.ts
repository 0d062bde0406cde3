import {
  type Datum,
  DrawingDraft,
  RecordedTrack,
  SightingReport,
  ZoneDraft,
  type LngLat,
  type RecordedPoint,
  type Unit,
} from '@skerry/contract'
import { moved, redactText, toWgs84, type ReadFile, type Shape, type Thing } from '@skerry/exchange'
import type { CommandDraft } from '../../../api/send-command.ts'

/** What a thing of a file may become in a search. */
export const TAKEN_AS = {
  polygon: ['drawing', 'zone'],
  line: ['drawing', 'zone'],
  point: ['drawing', 'clue', 'sighting'],
  track: ['track', 'drawing'],
} as const satisfies Record<Shape['kind'], readonly string[]>
export type TakenAs = 'drawing' | 'zone' | 'clue' | 'sighting' | 'track'

/** A thing of a file with what a coordinator chose for it. */
export interface ImportRow {
  key: number
  thing: Thing
  chosen: boolean
  as: TakenAs
  /** Unit whose track it is; null until somebody said. */
  unitId: string | null
  /** What became of it. */
  state: { at: 'waiting' } | { at: 'taken'; note: string } | { at: 'refused'; why: string }
}

/** How far a report is trusted, and when it was made where the file does not say. */
export interface ClueTrust {
  errorM: number
  certainty: number
  ageMin: number
}

/** Half width of a corridor whose file does not say one, metres. */
const HALF_WIDTH_M = 200
const MOST_LINE = 5000
const MOST_RING = 2000
const MOST_TRACK = 100_000

/** Rows of a file, in WGS-84. Nothing moves the probability unless somebody says so: points begin as drawings. */
export function rowsOf(file: ReadFile, datum: Datum, units: Iterable<Unit>): ImportRow[] {
  const known = [...units]
  return file.things.map((thing, key) => {
    const { kind } = thing.shape
    return {
      key,
      thing: moved(thing, (at) => toWgs84(at, datum)),
      chosen: true,
      as: TAKEN_AS[kind][0],
      unitId: kind === 'track' ? (unitNamed(thing.name, known)?.id ?? null) : null,
      state: { at: 'waiting' },
    }
  })
}

/** The unit whose call sign or id stands in the name of a track. */
export const unitNamed = (name: string | null, units: readonly Unit[]): Unit | undefined =>
  name === null ? undefined : units.find(({ id, callSign }) => name.includes(callSign) || name.includes(id))

/** What is sent for one row, or why nothing can be. */
export type Intent =
  | { kind: 'command'; draft: CommandDraft }
  | { kind: 'track'; body: RecordedTrack }
  | { kind: 'fault'; fault: 'no-unit' | 'too-many-points' | 'not-possible' }

export function intentOf(
  row: ImportRow,
  searchId: string,
  unnamed: string,
  trust: ClueTrust,
  nowMs: number,
  newId: () => string,
): Intent {
  const { thing, as } = row
  const name = redactText(thing.name ?? `${unnamed} ${row.key + 1}`).text
  const note = redactText(thing.note ?? '').text
  switch (as) {
    case 'drawing': {
      const drawing = DrawingDraft.safeParse({
        name: name.slice(0, 80),
        note: note.slice(0, 300),
        shape: drawnShape(thing.shape),
      })
      return drawing.success
        ? { kind: 'command', draft: { type: 'search.add-drawing', searchId, drawing: drawing.data } }
        : faultOf(thing.shape)
    }
    case 'zone': {
      const zone = ZoneDraft.safeParse({ name: name.slice(0, 60), shape: zoneShape(thing), rules: [] })
      return zone.success ? { kind: 'command', draft: { type: 'zone.declare', zone: zone.data } } : faultOf(thing.shape)
    }
    case 'clue':
    case 'sighting': {
      const report = SightingReport.safeParse({
        kind: as,
        position: thing.shape.kind === 'point' ? thing.shape.at : null,
        atMs: Math.max(0, Math.round(thing.atMs ?? nowMs - trust.ageMin * 60_000)),
        errorM: trust.errorM,
        movedM: 0,
        certainty: trust.certainty / 100,
        note: [name, note]
          .filter((text) => text !== '')
          .join(' · ')
          .slice(0, 300),
      })
      return report.success
        ? { kind: 'command', draft: { type: 'search.add-sighting', searchId, report: report.data } }
        : { kind: 'fault', fault: 'not-possible' }
    }
    case 'track': {
      if (row.unitId === null) return { kind: 'fault', fault: 'no-unit' }
      const points = recordedPoints(thing.shape)
      if (points.length > MOST_TRACK) return { kind: 'fault', fault: 'too-many-points' }
      const body = RecordedTrack.safeParse({ id: newId(), unitId: row.unitId, points })
      return body.success ? { kind: 'track', body: body.data } : { kind: 'fault', fault: 'not-possible' }
    }
  }
}

const faultOf = (shape: Shape): Intent => ({
  kind: 'fault',
  fault: pointsIn(shape) > (shape.kind === 'polygon' ? MOST_RING : MOST_LINE) ? 'too-many-points' : 'not-possible',
})

export function pointsIn(shape: Shape): number {
  switch (shape.kind) {
    case 'point':
      return 1
    case 'line':
      return shape.line.length
    case 'polygon':
      return Math.max(...shape.rings.map((ring) => ring.length))
    case 'track':
      return shape.pieces.reduce((sum, piece) => sum + piece.length, 0)
  }
}

/** A shape as it is drawn; null where there is nothing to draw. */
export function drawnShape(shape: Shape): DrawingDraft['shape'] | null {
  switch (shape.kind) {
    case 'point':
      return { kind: 'point', at: shape.at }
    case 'line':
      return { kind: 'line', line: shape.line }
    case 'polygon':
      return { kind: 'area', rings: shape.rings }
    case 'track': {
      const line = shape.pieces.flat().map(({ at }) => at)
      return line.length < 2 ? null : { kind: 'line', line: thinned(line, MOST_LINE) }
    }
  }
}

function zoneShape({ shape, halfWidthM = HALF_WIDTH_M }: Thing): unknown {
  if (shape.kind === 'polygon') return { kind: 'polygon', rings: shape.rings }
  if (shape.kind === 'line') return { kind: 'corridor', line: shape.line, halfWidthM }
  return null
}

const recordedPoints = (shape: Shape): RecordedPoint[] =>
  shape.kind === 'track'
    ? shape.pieces
        .flat()
        .filter(({ atMs }) => atMs >= 0)
        .map(({ at, atMs, heightAmslM }): RecordedPoint => [...at, atMs, heightOf(heightAmslM)])
    : []
const heightOf = (heightM: number | null): number | null =>
  heightM === null || heightM < -500 || heightM > 10_000 ? null : heightM

/** Every n-th point and the last, where there are more than can be kept. */
export function thinned(line: readonly LngLat[], most: number): LngLat[] {
  if (line.length <= most) return [...line]
  const step = (line.length - 1) / (most - 1)
  return Array.from({ length: most }, (_, i) => line[Math.round(i * step)]!)
}

/** From when to when a track was recorded; null where the thing is none. */
export function timesOf({ shape }: Thing): { fromMs: number; toMs: number } | null {
  if (shape.kind !== 'track') return null
  const times = shape.pieces.flat().map(({ atMs }) => atMs)
  return { fromMs: times.reduce((a, b) => Math.min(a, b)), toMs: times.reduce((a, b) => Math.max(a, b)) }
}
