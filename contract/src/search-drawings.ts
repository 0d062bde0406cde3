import { z } from 'zod'
import { EpochMs, LngLat, Ring } from './geo.ts'
import { UnitId } from './units.ts'

/** A shape that somebody drew elsewhere, for the map of a search. It moves no probability. */
export const DrawnShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('point'), at: LngLat }),
  z.strictObject({ kind: z.literal('line'), line: z.array(LngLat).min(2).max(5000) }),
  /** First ring outside, the others holes; the first corner is not repeated at the end. */
  z.strictObject({ kind: z.literal('area'), rings: z.array(Ring).min(1).max(20) }),
])
export type DrawnShape = z.infer<typeof DrawnShape>

export const DrawingDraft = z.strictObject({
  name: z.string().trim().min(1).max(80),
  note: z.string().trim().max(300),
  shape: DrawnShape,
})
export type DrawingDraft = z.infer<typeof DrawingDraft>

export interface Drawing extends DrawingDraft {
  id: string
  /** Counts the drawings of a search from 1. */
  number: number
  atMs: number
  by: string
}

/** Most drawings of one search. */
export const MOST_DRAWINGS = 500

/** Points of one recorded track, `[lng, lat, ms since 1970, height above mean sea level in metres or null]`. */
export const RecordedPoint = z.tuple([
  z.number().min(-180).max(180),
  z.number().min(-90).max(90),
  EpochMs,
  z.number().min(-500).max(10_000).nullable(),
])
export type RecordedPoint = z.infer<typeof RecordedPoint>

/** A track that a unit's own receiver recorded. The positions go to the unit's tracks; the search keeps which they are. */
export const RecordedTrack = z.strictObject({
  /** Made by the client: sending it again changes nothing. */
  id: z.uuid(),
  unitId: UnitId,
  points: z.array(RecordedPoint).min(2).max(100_000),
})
export type RecordedTrack = z.infer<typeof RecordedTrack>

/** Why a point of a recorded track was left out; the same rules as for positions that come live. */
export const TRACK_REFUSALS = ['off-duty', 'future-clock', 'past-clock', 'impossible-jump', 'duplicate'] as const
export type TrackRefusal = (typeof TRACK_REFUSALS)[number]

/** A unit's track on a search: its stored positions from one moment to another. */
export interface TeamTrack {
  id: string
  number: number
  unitId: string
  fromMs: number
  toMs: number
  /** Positions that were taken, and those that were not, by reason. */
  points: number
  refused: Partial<Record<TrackRefusal, number>>
  lengthM: number
  atMs: number
  by: string
}

export const MOST_TEAM_TRACKS = 200
