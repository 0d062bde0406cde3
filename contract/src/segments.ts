import { z } from 'zod'
import { EpochMs, Ring, type Line } from './geo.ts'
import { UnitId } from './units.ts'

/** A part of the search area that people search on foot or from a boat, as a coordinator drew it. */
export interface Segment {
  id: string
  /** Counts the segments of a search from 1. */
  number: number
  name: string
  area: Ring
  /** Set when somebody took it back; what was searched in it stays counted. */
  removed: { reason: string; atMs: number } | null
  /** Who has been sent there, newest last. */
  teams: SegmentTeam[]
}

/** A unit in a segment, from when it was sent there until it was sent elsewhere in this search. */
export interface SegmentTeam {
  unitId: string
  /** How long it is to search there; null where nobody said. */
  hours: number | null
  sinceMs: number
  untilMs: number | null
}

export const SEA_TARGETS = [
  'person-in-water',
  'life-raft-4',
  'life-raft-6',
  'boat-5-m',
  'boat-7-m',
  'boat-12-m',
] as const

/** How well people see what they search for, as those who sent them state it. */
export const GroundSensor = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('ground-team'),
    /** Average maximum detection range by day, as two people measured it on this ground, metres. */
    detectionRangeM: z.number().min(1).max(500),
    visibility: z.enum(['high', 'medium', 'low', 'unknown']),
    light: z.enum(['day', 'night', 'night-infrared']),
    /** People walking together. */
    searchers: z.number().int().min(1).max(30),
    dimLamp: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('boat'),
    target: z.enum(SEA_TARGETS),
    visibilityNm: z.number().min(0.1).max(30),
    windMps: z.number().min(0).max(40),
    waveHeightM: z.number().min(0).max(15),
    tiredCrew: z.boolean(),
    /** The table is one for daylight. */
    daylight: z.literal(true),
  }),
])
export type GroundSensor = z.infer<typeof GroundSensor>

/** Points of a track that is handed in, at most: it is to be thinned before. */
export const MOST_TRACK_FIXES = 5000

/**
 * Which track counts: what a unit's terminal reported meanwhile, one that was imported into the search before (a
 * `TeamTrack`, whose positions are the unit's own), or one from a file that is read for this segment alone.
 */
export const TrackSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('reported'), fromMs: EpochMs, toMs: EpochMs }),
  z.strictObject({ kind: z.literal('imported'), trackId: z.uuid() }),
  z.strictObject({
    kind: z.literal('file'),
    /** Name of the file, for the journal. */
    name: z.string().trim().min(1).max(120),
    /** `[epoch ms, lng, lat]` each. */
    fixes: z
      .array(z.tuple([EpochMs, z.number().min(-180).max(180), z.number().min(-90).max(90)]))
      .min(2)
      .max(MOST_TRACK_FIXES),
  }),
])
export type TrackSource = z.infer<typeof TrackSource>

/** Unit, segment and hours of one assignment. */
export const TeamAssignment = z.strictObject({
  segmentId: z.string().min(1).max(64),
  unitId: UnitId,
  hours: z.number().min(0.1).max(72).nullable(),
})
export type TeamAssignment = z.infer<typeof TeamAssignment>

/** What one sortie of a drone sweeps over the ground of a search, for weighing it against people. */
export const DroneSweep = z.strictObject({
  sweepWidthM: z.number(),
  speedMps: z.number(),
  /** Highest POD over this ground, however often it is flown from above, 0..1. */
  podCap: z.number(),
  /** Time on lanes that a sortie of one battery is expected to have, seconds. */
  lanesS: z.number(),
  /** Of a search with a map of cover: the same over each segment, by what grows there; else one for all. */
  segments: z.array(z.strictObject({ segmentId: z.string(), sweepWidthM: z.number(), podCap: z.number() })).optional(),
})
export type DroneSweep = z.infer<typeof DroneSweep>

export type EffortSource = 'team' | 'boat'

/** What a unit has searched of a segment, as a coordinator confirmed it. */
export interface GroundEffort {
  id: string
  segmentId: string
  unitId: string
  source: EffortSource
  from: TrackSource['kind']
  /** First and last moment of the track that counts. */
  fromMs: number
  toMs: number
  sensor: GroundSensor
  sweepWidthM: number
  /** Range that the sweep width may lie in, metres. */
  sweepRangeM: [low: number, high: number]
  /** Way searched inside the segment, metres. */
  lengthM: number
  /** Mean over the segment: coverage C, and the POD of this effort alone, 0..1. */
  coverage: number
  pod: number
  /** POS that it added when it was confirmed, of the map before any search, 0..1. */
  pos: number
  /** The way that counts, for the map. */
  track: Line
  confirmedAtMs: number
  withdrawn: { reason: string; atMs: number } | null
}

/** POS so far by who searched, 0..1 each; together the whole. Where several searched the same ground they share it. */
export interface PosBySource {
  drones: number
  teams: number
  boats: number
  /** Of drifts, what was searched before their map was last moved, by whomever. */
  beforeMoves: number
}
