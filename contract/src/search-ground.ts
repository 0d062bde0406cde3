import { z } from 'zod'

/**
 * What a terrain model says of the ground of a search: a proposal, for which nobody answers yet. Ground is meant without
 * trees, houses and masts.
 */
export const SearchGround = z.object({
  /** A terrain model is there at all. */
  configured: z.boolean(),
  /** Highest ground in the square of the search, whole metres above mean sea level, rounded up; null: no data there. */
  highestAmslM: z.number().nullable(),
  /** Share of the square that there is data for, 0..1. */
  coveredShare: z.number(),
  /** Standard error of a height, metres; null without a model. */
  sigmaM: z.number().nullable(),
  attribution: z.string(),
})
export type SearchGround = z.infer<typeof SearchGround>

/** True height of a task's flight over the terrain model, from the first to the last point of its path. */
export const TaskGround = z.object({
  configured: z.boolean(),
  /** Least and greatest height over the ground, metres; null: height of the flight unknown, or no data on the way. */
  lowestM: z.number().nullable(),
  highestM: z.number().nullable(),
  /** Share of the path that there is data for, 0..1. */
  coveredShare: z.number(),
  /** Standard error of a height of the ground, metres; null without a model. */
  sigmaM: z.number().nullable(),
  attribution: z.string(),
})
export type TaskGround = z.infer<typeof TaskGround>
