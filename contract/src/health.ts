import { z } from 'zod'
import { LinkHealth, StationCounts } from './bridge.ts'
import { FIX_REFUSALS } from './units.ts'

/** Whether a part works. `unknown` is a state of its own: never asked, or no answer yet. */
export const PartState = z.enum(['ok', 'degraded', 'lost', 'unknown'])
export type PartState = z.infer<typeof PartState>

/** Why what a feed brought was refused: a message as a whole, or one position. */
export const FEED_REASONS = [
  'checksum',
  'too-large',
  'too-many',
  'not-allowed',
  'unknown-source',
  'no-fix',
  ...FIX_REFUSALS,
] as const
export const FeedReason = z.enum(FEED_REASONS)
export type FeedReason = z.infer<typeof FeedReason>

export const Health = z.object({
  atMs: z.number(),
  version: z.string(),
  run: z.string(),
  startedAtMs: z.number(),
  demo: z.boolean(),
  state: PartState,
  store: z.object({
    kind: z.enum(['sqlite', 'postgres']),
    state: PartState,
    /** What an acknowledged event survives, in words. */
    durability: z.string(),
    lastSeq: z.number().int(),
    lastWriteAtMs: z.number().nullable(),
    lastWriteMs: z.number().nullable(),
  }),
  feeds: z.array(
    z.object({
      id: z.string(),
      scope: z.string(),
      state: PartState,
      /** When something last came, by the server's clock. */
      lastAtMs: z.number().nullable(),
      /** Newest time by the clocks of the feed's own sources. */
      lastSourceAtMs: z.number().nullable(),
      accepted: z.number().int(),
      /** Of the accepted: true, but older than what was known. */
      late: z.number().int(),
      /** Well formed and of no use here. */
      ignored: z.number().int(),
      refused: z.number().int(),
      /** How many of the refused, by reason; requests that were refused as a whole have none. */
      reasons: z.partialRecord(FeedReason, z.number().int()),
    }),
  ),
  bridges: z.array(
    z.object({
      id: z.string(),
      state: PartState,
      lastAtMs: z.number().nullable(),
      links: z.array(LinkHealth),
      drones: z.number().int(),
      /** What other ground stations told vehicles; left out where the bridge does not say. */
      stations: StationCounts.optional(),
    }),
  ),
  /** Planning of sorties beside the events plane. Unknown until it has been asked for the first time. */
  planner: z.object({
    state: PartState,
    planned: z.number().int(),
    superseded: z.number().int(),
    failed: z.number().int(),
  }),
  consoles: z.number().int(),
})
export type Health = z.infer<typeof Health>
