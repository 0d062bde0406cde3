import { z } from 'zod'
import { LngLat } from './geo.ts'

/** Corners of all polygons together, a circle counting as one: what PX4 keeps (64 fence points, the first is its own). */
export const MOST_FENCE_CORNERS = 63

const Corners = z.array(LngLat).min(3).max(MOST_FENCE_CORNERS)

/** A place to stay out of. */
export const FenceZone = z.union([
  z.strictObject({ ring: Corners }),
  z.strictObject({ centre: LngLat, radiusM: z.number().min(1).max(100_000) }),
])
export type FenceZone = z.infer<typeof FenceZone>

/** What an aircraft keeps by itself, free of any autopilot's manners. WGS-84; heights above take-off. */
export const FencePlan = z.strictObject({
  /** It stays inside: convex, without the first corner again. */
  inside: Corners,
  /** It stays out of each. */
  outside: z.array(FenceZone).max(MOST_FENCE_CORNERS),
  /** Where it may go to instead of home. */
  rally: z
    .array(z.strictObject({ at: LngLat, heightM: z.number().min(2).max(1000) }))
    .min(1)
    .max(5),
})
export type FencePlan = z.infer<typeof FencePlan>

/**
 * `check` reads what is in the aircraft and compares; it changes nothing. `clear` takes out both; `clear-fence` and
 * `clear-rally` take out one, and then read and compare what is left.
 */
export const FenceAsk = z.enum(['send', 'check', 'clear', 'clear-fence', 'clear-rally'])
export type FenceAsk = z.infer<typeof FenceAsk>

/** How a transfer ended. Only what was read back and compared is `verified`; `none`: it was read, and there is nothing. */
export const FenceOutcome = z.discriminatedUnion('kind', [
  /** `id` names what was read; `rally`: rally points too, or the vehicle keeps none. */
  z.strictObject({ kind: z.literal('verified'), id: z.string(), rally: z.boolean() }),
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('differs'), detail: z.string() }),
  /** `reason` as `reasonOf` writes it. */
  z.strictObject({ kind: z.literal('failed'), reason: z.string(), aboardUnknown: z.boolean() }),
])
export type FenceOutcome = z.infer<typeof FenceOutcome>

export const FencePhase = z.enum(['waiting', 'sending', 'reading-back', 'clearing'])
export type FencePhase = z.infer<typeof FencePhase>

/** What the bridge knows of fence and rally points in a vehicle now; from reading them, never from an ack alone. */
export const FenceAboard = z.object({
  /** What the vehicle says that it can keep; null: it has not said. */
  can: z.object({ fence: z.boolean().nullable(), rally: z.boolean().nullable() }),
  /** `unknown` until it is read, and again after a restart of the vehicle or of the bridge. */
  state: z.enum(['unknown', 'none', 'verified', 'differs']),
  id: z.string().nullable(),
  /** When it was read, epoch ms. */
  readAtMs: z.number().nullable(),
})
export type FenceAboard = z.infer<typeof FenceAboard>

export interface FenceTransfer {
  id: string
  ask: FenceAsk
  phase: FencePhase
  done: number
  total: number
  atMs: number
  /** Who asked. */
  by: string
  /** What is sent, or what should be there. */
  plan: FencePlan | null
  taskId: string | null
  /** Its pilot has taken it back; the bridge has not told its end. */
  cancelling?: true
}

/** Fence of one drone: what was last put into it, the transfer that runs, and how the last one ended. */
export interface DroneFence {
  /** What is in it, or may be after a transfer that broke; null: nothing of ours. */
  plan: FencePlan | null
  /** Task that it was made for. */
  taskId: string | null
  /** Name of what was read back; null where that is not known to be aboard. */
  id: string | null
  transfer: FenceTransfer | null
  last: { ask: FenceAsk; outcome: FenceOutcome; atMs: number } | null
  /** Since when it would be another one if it were made anew, because a closed zone came, went or changed, epoch ms. */
  outdatedAtMs?: number
}
