import { z } from 'zod'
import type { GroundCoverName } from './calibrations.ts'
import { LngLat } from './geo.ts'

/** How the subject is thought to be: it changes where people are found. */
export const SubjectCondition = z.enum(['unknown', 'uninjured', 'injured'])
export type SubjectCondition = z.infer<typeof SubjectCondition>

/** Lines of the ground that draw people. */
export const GROUND_LINES = ['road', 'trail', 'lake', 'stream', 'capillary-stream', 'ridge', 'drainage'] as const
export type GroundLine = (typeof GROUND_LINES)[number]
/** What grows or stands on the ground, as the find shares of the search science tell it apart. */
export const GROUND_COVERS = ['field', 'structure', 'water', 'woodland', 'rock', 'scrub', 'brush'] as const
export type GroundCoverClass = (typeof GROUND_COVERS)[number]

/** What makes a place likelier or less likely than ordinary ground. */
export const GroundReason = z.enum([...GROUND_LINES, ...GROUND_COVERS, 'crossing', 'low-point', 'high-point'])
export type GroundReason = z.infer<typeof GroundReason>

/** Layers of the ground that this installation has; without any, distances alone make the map. */
export interface GroundLayers {
  /** Paths, water and cover; null where no file is configured. */
  layers: {
    /** Of the data. */
    title: string
    attribution: string
    /** How many of each kind. */
    lines: Partial<Record<GroundLine, number>>
    covers: Partial<Record<GroundCoverClass, number>>
    /** Features that say nothing of where people are found. */
    ignored: number
  } | null
  /** Heights of the ground; null: no elevation data. */
  elevation: { attribution: string } | null
}

/** Share of some ground under one cover; `cover` null: no layer tells it, and the kind of terrain decides. */
export interface CoverShare {
  cover: GroundCoverName | null
  share: number
}

/** Layers as they made the map of one search. */
export interface GroundUsed {
  condition: SubjectCondition
  layers: { title: string; attribution: string } | null
  /** Null: no elevation data, so low and high ground, ridges and drainages are not counted. */
  elevation: { attribution: string; knownShare: number } | null
  /** What moves probability on this map, most ground first: share of its cells, and their mean factor. */
  reasons: { reason: GroundReason; areaShare: number; factor: number }[]
  /**
   * What grows on the map, most ground first: sweep width and POD go by it, cell by cell. Missing where no layer tells of
   * cover, and in older journals: then one cover counts for the whole map.
   */
  covers?: CoverShare[]
}

/** The factors of every cell, journaled with the search: its map never changes when the layers do. */
export interface DrawnGround extends GroundUsed {
  /** SHA-256 of the packed cells. */
  id: string
  /** Factor and reason of each cell as bytes, deflated, base64; code of its cover (`COVER_CODES`) where layers tell it. */
  packed: { factors: string; reasons: string; covers?: string }
}

/** Why the map is bright or dark at a place, under one scenario. Factors multiply, but for what the coast moved. */
export const WhyUnderScenario = z.object({
  id: z.string(),
  share: z.number(),
  /** Distance from where the story begins, metres, and the share of such people found within it; null for a drift. */
  distance: z.object({ metres: z.number(), foundWithin: z.number() }).nullable(),
  /** Null where layers do not count. `reason` null: ordinary ground. */
  ground: z.object({ factor: z.number(), reason: GroundReason.nullable() }).nullable(),
  /** Where the cell lies; null where no coast is known. */
  on: z.enum(['land', 'shore', 'water']).nullable(),
  /** What sightings and clues make of it, as a factor; null without any. */
  sightings: z.number().nullable(),
  /** Probability of the cell if the story is true: before any flight, and now. */
  before: z.number(),
  now: z.number(),
})
export type WhyUnderScenario = z.infer<typeof WhyUnderScenario>

/** Why the map is bright or dark at a place. */
export const WhyHere = z.object({
  /** Middle of the cell. */
  at: LngLat,
  /** Probability of the cell now, and per hectare. */
  poa: z.number(),
  perHa: z.number(),
  /** Probability that lies in cells at least as bright: small is bright. */
  brighterShare: z.number(),
  /** Probability of detection achieved in the cell. */
  pod: z.number(),
  scenarios: z.array(WhyUnderScenario),
  /** Candidates that hold a part of the cell's probability. */
  candidates: z.array(z.object({ number: z.number(), share: z.number() })),
})
export type WhyHere = z.infer<typeof WhyHere>
