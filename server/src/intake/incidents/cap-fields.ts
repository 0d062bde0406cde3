import { CAP_SCOPE, IncidentCategory, LngLat } from '@skerry/contract'
import { z } from 'zod'

/** Whose warnings are taken, which of them, and what they are called here. */
export const CapRules = z.strictObject({
  /** `sender` of the messages that are believed. Whoever brings them, a signature has not been checked. */
  senders: z.array(z.string().min(1).max(200)).min(1, 'must name at least one sender').max(200),
  /** Exercises are shown as such; tests, drafts and system messages are never taken. */
  exercises: z.boolean().default(false),
  scopes: z
    .array(z.enum(CAP_SCOPE))
    .min(1)
    .default([...CAP_SCOPE]),
  /** Messages with a signature: shown with the remark that it is unchecked, or refused. */
  signed: z.enum(['show', 'refuse']).default('show'),
  /** Category here by `event`, by the value of an `eventCode`, or by `category` of the message, the first that is found. */
  categories: z.record(z.string(), IncidentCategory).default({}),
  /** Places of areas that messages only give a code for. */
  geocodes: z
    .array(
      z.strictObject({
        scheme: z.string().min(1).max(80),
        code: z.string().min(1).max(80),
        position: LngLat,
        radiusM: z.number().min(1).max(500_000).optional(),
      }),
    )
    .max(5000)
    .default([]),
})
export type CapRules = z.infer<typeof CapRules>
