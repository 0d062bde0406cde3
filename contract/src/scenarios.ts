import { z } from 'zod'
import { EpochMs, LngLat } from './geo.ts'
import { DriftStory, Terrain } from './drift-story.ts'
import { SubjectCategory } from './incidents.ts'

/** Relative weight of a scenario; only the ratios between the weights of one search mean anything. */
export const ScenarioWeight = z.number().min(0.01).max(1000)

/** A story of somebody on land. */
export const LandStory = z.strictObject({
  name: z.string().trim().min(1).max(60),
  /** `radial`: walked on from the planning point. `shore`: is somewhere at the water's edge. */
  kind: z.enum(['radial', 'shore']),
  planningPoint: LngLat,
  category: SubjectCategory,
  terrain: Terrain,
})
export type LandStory = z.infer<typeof LandStory>

/** One story of what may have happened, as a person states it. */
export const ScenarioStory = z.discriminatedUnion('kind', [LandStory, DriftStory])
export type ScenarioStory = z.infer<typeof ScenarioStory>

/** A scenario of a search. The first one is the story that the search was opened with. */
export interface Scenario {
  id: string
  story: ScenarioStory
  /** Relative weight before any evidence. */
  weight: number
  /** Of a drift only: the moment that its map holds for. */
  mapAtMs?: number
}

/** A report of the subject, or something of theirs that was found, as evidence about where they are now. */
export const SightingReport = z.strictObject({
  kind: z.enum(['sighting', 'clue']),
  position: LngLat,
  /** When it was seen or left there, as far as anybody knows. */
  atMs: EpochMs,
  /** One standard deviation of the reported place, metres. */
  errorM: z.number().min(5).max(5000),
  /** How far the subject may have moved since, as one standard deviation, metres. */
  movedM: z.number().min(0).max(20_000),
  /** Which way the subject went, degrees clockwise from north; left out where nobody said. */
  headingDeg: z.number().min(0).lt(360).optional(),
  /** Probability that it is about this subject. Nothing that people report is quite certain or quite worthless. */
  certainty: z.number().min(0.05).max(0.99),
  note: z.string().trim().max(300),
})
export type SightingReport = z.infer<typeof SightingReport>

export interface Sighting {
  id: string
  number: number
  report: SightingReport
  /** Set when somebody took it back: it no longer moves the map, and stays in the list. */
  withdrawn: { reason: string; atMs: number } | null
}

/** What the map says under one scenario, after all evidence and all ground that was seen. */
export interface ScenarioFigures {
  id: string
  /** Share of this scenario in the mixture now, 0..1: evidence and unsuccessful search have changed it. */
  share: number
  pos: number
  restOfWorld: number
  /** Expected gain of the next hour if this scenario is true, given no find so far; null without tasks. */
  nextHourPos: number | null
  /** Mean of the time to the find over the next hour if this scenario is true, minutes of 60; null without tasks. */
  nextHourMeanMin?: number | null
  /** Expected gain of finding the subject alive in that hour if this scenario is true; null where nothing is known. */
  nextHourAlive?: number | null
  /** Share that has come ashore by the moment of the map, of a drift, 0..1. */
  strandedShare?: number
  /** Planning point lies in water: distances of walkers are only a placeholder there. */
  inWater: boolean
}

/**
 * What the newest change of an assumption, or of what is known of a candidate, did to the map; learning from flown ground
 * is kept through it.
 */
export interface AssumptionChange {
  /** Counts these changes of this search, from 1. */
  number: number
  kind:
    | 'scenario-added'
    | 'scenario-weighed'
    | 'scenario-moved'
    | 'scenario-removed'
    | 'sighting-added'
    | 'sighting-withdrawn'
    | 'candidate-raised'
    | 'candidate-looked'
    | 'candidate-rated'
    | 'candidate-removed'
    | 'candidate-restored'
    | 'ground-searched'
    | 'effort-withdrawn'
  /** Name of the scenario or the segment, or number of the sighting or the candidate. */
  about: string
  /** Of a candidate: its probability before (null: not on the map) and after. */
  probability?: { before: number | null; after: number | null }
  /** Share of all probability that lies elsewhere now than before, 0..1. */
  movedShare: number
  before: MapFigures
  after: MapFigures
}
export interface MapFigures {
  pos: number
  restOfWorld: number
  nextHourPos: number | null
}
