import { z } from 'zod'
import { LinkHealth, StationCounts } from './bridge.ts'
import { COUNT_REFUSALS } from './checkpoints.ts'
import { SAILING_REFUSALS } from './sailings.ts'
import { FIX_REFUSALS } from './units.ts'

/** Whether a part works. `unknown` is a state of its own: never asked, or no answer yet. */
export const PartState = z.enum(['ok', 'degraded', 'lost', 'unknown'])
export type PartState = z.infer<typeof PartState>

/** Reasons that two kinds of messages share stand once. */
const once = <T extends string>(reasons: readonly T[]): [T, ...T[]] => [...new Set(reasons)] as [T, ...T[]]

/** Why what a feed brought was refused: a message as a whole, one position, one count, one sailing. */
export const FEED_REASONS = once([
  'checksum',
  'too-large',
  'too-many',
  'not-allowed',
  'unknown-source',
  'no-fix',
  /** Says no place, and the feed declares none for such. */
  'no-place',
  'no-time',
  /** Of a status, scope or kind that the feed is not told to take. */
  'not-for-us',
  'expired',
  /** About a message that nobody has heard. */
  'unknown-reference',
  /** A person is reported at a seat, with a description. */
  'subject-required',
  /** The incident is over here. */
  'incident-closed',
  'unknown-incident',
  /** What is polled does not answer. */
  'unreachable',
  /** Kept in the tracks, and too late to be judged against zones. */
  'too-late-for-zones',
  ...FIX_REFUSALS,
  ...COUNT_REFUSALS,
  ...SAILING_REFUSALS,
] as const)
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
      /** Telephone, identity and plate numbers that were taken out of free text. */
      redacted: z.number().int(),
      /** How many of the refused, by reason; requests that were refused as a whole have none. */
      reasons: z.partialRecord(FeedReason, z.number().int()),
      /** Why a feed that dials did not get through when it last tried, as its transport says it; null while it does. */
      fault: z.object({ text: z.string().max(200), atMs: z.number() }).nullable(),
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
    /** Drawn areas that took too long to plan. */
    outOfTime: z.number().int(),
    failed: z.number().int(),
  }),
  /** The live picture since this server started. */
  motion: z.object({
    /** Degraded while its ticks come late. */
    state: PartState,
    /** What has a position now. */
    units: z.number().int(),
    vessels: z.number().int(),
    drones: z.number().int(),
    ticks: z.number().int(),
    /** How late the ticks of the last minute came: 99 in 100 no later than this. */
    lateP99Ms: z.number(),
    /** Blocks that were encoded and the movers in them: one of each kind per topic and tick, however many consoles. */
    blocks: z.number().int(),
    blockBytes: z.number().int(),
    movers: z.number().int(),
    /** To all consoles together, without the framing of their sockets. */
    messages: z.number().int(),
    bytes: z.number().int(),
    /** How often a console that did not keep up was passed by, and how many do not keep up now. */
    passedBy: z.number().int(),
    behind: z.number().int(),
  }),
  /** Positions on their way to the store, and what it keeps; counts are since this server started. */
  retention: z.object({
    /** Degraded where what is due is not purged, or the store's files still hold what was. */
    state: PartState,
    purges: z.number().int(),
    failures: z.number().int(),
    /** When a round last ended well; null: none has yet. */
    lastRoundAtMs: z.number().nullable(),
  }),
  tracks: z.object({
    /** Degraded while positions wait too long, were dropped, or old ones could not be packed. */
    state: PartState,
    written: z.number().int(),
    waiting: z.number().int(),
    dropped: z.number().int(),
    packed: z.number().int(),
    thinned: z.number().int(),
    /** Of the thinned, how many were kept. */
    keptOfThinned: z.number().int(),
    removed: z.number().int(),
    failures: z.number().int(),
    wholeHours: z.number(),
    keptDays: z.number(),
    /** What a thinned track may be off, metres. */
    toleranceM: z.number(),
  }),
  consoles: z.number().int(),
})
export type Health = z.infer<typeof Health>
