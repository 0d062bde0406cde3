import { z } from 'zod'
import { EpochMs } from './geo.ts'

/** When two reports are suggested to be about the same matter. Suggested only: a dispatcher confirms. */
export const SameRule = z.strictObject({
  windowMin: z.number().positive(),
  radiusM: z.number().positive(),
  /** Least score, 0..1, of nearness in place (0.4), in time (0.3) and of the words (0.3). */
  leastScore: z.number().min(0).max(1),
})
export type SameRule = z.infer<typeof SameRule>

export const SimilarIncident = z.strictObject({
  incidentId: z.string(),
  distanceM: z.number(),
  minutesApart: z.number(),
  /** Share of the pairs of characters that both texts have, 0..1; null where one has no words. */
  wordsAlike: z.number().min(0).max(1).nullable(),
  score: z.number().min(0).max(1),
})
export type SimilarIncident = z.infer<typeof SimilarIncident>

/** Repeat rate with everything one needs to read it: without window, rule, "valid" and n the figure says nothing. */
export const RepeatRate = z.strictObject({
  fromMs: EpochMs,
  toMs: EpochMs,
  rule: SameRule,
  /** What counts as valid and as a repeat. */
  definition: z.strictObject({ valid: z.literal('not-closed-as-invalid'), repeat: z.literal('confirmed-at-a-seat') }),
  /** Valid incidents, a group of reports of one event counted once. */
  valid: z.number().int(),
  repeats: z.number().int(),
  /** Null with no valid incident: unknown, not zero. */
  rate: z.number().nullable(),
  /** Wilson score interval, 95 %. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
  /** Reports that were merged as further callers of one event: another figure. */
  merged: z.number().int(),
  /** Incidents for which the rule suggests one that nobody has marked. */
  suggestedUnmarked: z.number().int(),
})
export type RepeatRate = z.infer<typeof RepeatRate>
