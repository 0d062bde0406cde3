import { z } from 'zod'
import { LineId, PlaceId } from './crossings.ts'
import { EpochMs, LngLat } from './geo.ts'

export const CheckpointId = z.string().regex(/^[A-Za-z0-9._-]{1,40}$/)
export const LaneId = z.string().regex(/^[A-Za-z0-9._-]{1,40}$/)

/** `in` leads onto the island, `out` off it. At a ferry terminal `out` boards and `in` comes ashore. */
export const FlowDirection = z.enum(['in', 'out'])
export type FlowDirection = z.infer<typeof FlowDirection>
/** What passes. */
export const Flowing = z.enum(['persons', 'vehicles'])
export type Flowing = z.infer<typeof Flowing>

/** One way through a checkpoint, for one direction and one kind of what passes. */
export const Lane = z.strictObject({
  id: LaneId,
  direction: FlowDirection,
  counts: Flowing,
  /** Line of the timetable that boards here; left out: all of them. */
  line: LineId.optional(),
  /** Most that it lets through in a minute while people wait. */
  mostPerMin: z.number().positive().max(1000).optional(),
})
export type Lane = z.infer<typeof Lane>

export const MOST_LANES = 60
/** A ferry terminal gate or bridge checkpoint, as its owner declares it. */
export const CheckpointDeclaration = z
  .strictObject({
    id: CheckpointId,
    name: z.strictObject({ zh: z.string().min(1).max(60), en: z.string().min(1).max(60) }),
    kind: z.enum(['ferry', 'bridge']),
    position: LngLat,
    /** Terminal of the crossings file that its boats sail from; left out: the terminal of the same id, if there is one. */
    terminal: PlaceId.optional(),
    /** Islands that `in` and `out` lead onto; left out at a ferry: the terminal's own, and the water. */
    onto: PlaceId.optional(),
    off: PlaceId.optional(),
    lanes: z.array(Lane).min(1).max(MOST_LANES),
  })
  .superRefine(({ lanes }, context) => {
    const again = lanes.findIndex(({ id }, i) => lanes.findIndex((other) => other.id === id) < i)
    if (again >= 0) context.addIssue({ code: 'custom', path: ['lanes', again, 'id'], message: 'is declared twice' })
  })
export type CheckpointDeclaration = z.infer<typeof CheckpointDeclaration>
export const CheckpointDeclarations = z.strictObject({ checkpoints: z.array(CheckpointDeclaration).max(500) })

const Count = z.number().int().min(0).max(100_000).nullable().default(null)

/**
 * Counts of one lane in one minute. Counts only: there is no record of a person or a plate anywhere. Who passed is
 * `valid + manual`; who was turned back at the first try is in `invalid`. Null or left out: unknown.
 */
export const LaneCount = z.strictObject({
  checkpointId: CheckpointId,
  lane: LaneId,
  /** Start of the minute counted. */
  minuteMs: EpochMs,
  valid: Count,
  invalid: Count,
  manual: Count,
  /** Joined the queue before this lane in this minute, where a sensor counts that. */
  arrived: Count,
})
export type LaneCount = z.infer<typeof LaneCount>

/** Who waits at the end of a minute. */
export const QueueCount = z.strictObject({
  checkpointId: CheckpointId,
  direction: FlowDirection,
  counts: Flowing,
  /** Line that they wait for, where the owner tells them apart; left out: all of them. */
  line: LineId.optional(),
  minuteMs: EpochMs,
  waiting: z.number().int().min(0).max(1_000_000).nullable().default(null),
})
export type QueueCount = z.infer<typeof QueueCount>

export const MOST_COUNTS = 5000
/** Counts as they came: one that is none is refused by itself and takes no other with it. */
export const CountBatch = z
  .strictObject({
    counts: z
      .array(z.union([LaneCount, z.unknown()]))
      .max(MOST_COUNTS)
      .default([]),
    queues: z
      .array(z.union([QueueCount, z.unknown()]))
      .max(MOST_COUNTS)
      .default([]),
  })
  .refine(({ counts, queues }) => counts.length + queues.length > 0, 'must hold counts or queues')
export type CountBatch = z.infer<typeof CountBatch>

export const COUNT_REFUSALS = [
  'malformed',
  'unknown-checkpoint',
  'unknown-lane',
  'not-owner',
  'not-a-minute',
  'future-clock',
  'past-clock',
] as const
/** What intake did with a batch. Everything that is not among `refused` is stored. */
export const CountBatchResult = z.strictObject({
  accepted: z.number().int(),
  /** Of the accepted: older than the newest known minute of the lane. */
  late: z.number().int(),
  /** Of the accepted: another figure for a minute that was known; the last word counts. */
  corrected: z.number().int(),
  /** Of the accepted: the same as was known. */
  repeated: z.number().int(),
  refused: z.array(
    z.strictObject({
      list: z.enum(['counts', 'queues']),
      index: z.number().int(),
      reason: z.enum(COUNT_REFUSALS),
      /** Of a malformed one: the field at fault and what it must be. */
      detail: z.string().optional(),
    }),
  ),
})
export type CountBatchResult = z.infer<typeof CountBatchResult>

const Figures = z.array(z.number().int().min(0).max(10_000_000).nullable()).max(10_000)
/** Counts of earlier months in coarser steps, for an installation that begins with an archive. Null: unknown. */
export const CountArchive = z
  .strictObject({
    lanes: z
      .array(
        z
          .strictObject({
            checkpointId: CheckpointId,
            lane: LaneId,
            fromMs: EpochMs,
            stepMin: z.union([z.literal(15), z.literal(60)]),
            valid: Figures,
            invalid: Figures.optional(),
            manual: Figures.optional(),
          })
          .refine(
            ({ valid, invalid = valid, manual = valid }) =>
              invalid.length === valid.length && manual.length === valid.length,
            'valid, invalid and manual must be of one length',
          ),
      )
      .max(500)
      .default([]),
    queues: z
      .array(
        z.strictObject({
          checkpointId: CheckpointId,
          direction: FlowDirection,
          counts: Flowing,
          line: LineId.optional(),
          fromMs: EpochMs,
          stepMin: z.union([z.literal(15), z.literal(60)]),
          /** At the end of each step. */
          waiting: Figures,
        }),
      )
      .max(500)
      .default([]),
  })
  .refine(({ lanes, queues }) => lanes.length + queues.length > 0, 'must hold a series of a lane or of a queue')
export type CountArchive = z.infer<typeof CountArchive>

/** Quantiles of something uncertain. */
export interface Spread {
  p05: number
  p50: number
  p95: number
}

/** What is expected at one moment ahead. */
export interface FlowAhead {
  atMs: number
  /** Arrivals an hour around then. */
  perHour: Spread
  /** In the queue then; null where it cannot be told. */
  waiting: Spread | null
  /** Minutes that someone who joins then will wait, 1440 for a day or more; null where it cannot be told. */
  waitMin: Spread | null
}

/** The same hour of comparable days: what is usual. */
export interface UsualFlow {
  /** Median an hour, and the range of nine tenths. */
  perHour: Spread
  /** Comparable hours that it rests on. */
  n: number
  basis: 'same-weekday' | 'workdays' | 'rest-days' | 'former-holidays'
}

/** How far the last hour stands out from the same hour of other weeks; null where there are too few weeks. */
export interface Surge {
  /** Persons or vehicles of the last sixty minutes, and what is usual for them. */
  observed: number
  expected: number
  /** Robust z on the scale on which Poisson counts have variance 1. */
  z: number
  n: number
  stands: boolean
}

/**
 * What moves through a checkpoint in one direction, of one kind: all of it (`line` null), and what boards each line where
 * the owner tells several apart.
 */
export interface FlowStream {
  direction: FlowDirection
  counts: Flowing
  line: string | null
  /** Service rate: passed per minute, mean of the counted minutes among the last fifteen; null when none was counted. */
  passedPerMin: number | null
  /** Arrival rate, likewise; by a sensor, or from who passed and how the queue changed. */
  arrivingPerMin: number | null
  arrivingBy: 'sensor' | 'queue' | null
  /** Counted minutes that the rates rest on, of fifteen. */
  minutes: number
  /** Sums of the counted minutes of the last sixty; null when there was none. */
  lastHour: { passed: number; invalid: number; manual: number; minutes: number } | null
  waiting: number | null
  /** End of the minute that `waiting` is of. */
  waitingAtMs: number | null
  /** Minutes that someone who joins now will wait; 1440 is a day or more. */
  waitMin: number | null
  waitBy: 'boats' | 'rate' | null
  usual: UsualFlow | null
  surge: Surge | null
  ahead: FlowAhead[] | null
}

/** A checkpoint in the picture with its newest counts, and what follows from them. */
export interface Checkpoint {
  id: string
  name: { zh: string; en: string }
  kind: 'ferry' | 'bridge'
  position: LngLat
  terminal: string | null
  onto: string | null
  off: string | null
  lanes: Lane[]
  /** Feed that owns it; null where it was declared before owners were kept. */
  feed: string | null
  /** Start of the newest counted minute of any lane, and when it came. */
  newestMinuteMs: number | null
  receivedAtMs: number | null
  /** Whether counts come as they should. What is `lost` or `unknown` has no figures of now. */
  state: 'live' | 'behind' | 'lost' | 'unknown'
  /** Persons per minute, all lanes of a direction, over the counted minutes among the last five. */
  flow: { inPersonsPerMin: number | null; outPersonsPerMin: number | null; minutes: number } | null
  /** Persons and vehicles that wait now, all queues together; null as long as one of them is not known. */
  waiting: { persons: number | null; vehicles: number | null }
  streams: FlowStream[]
  /** Persons per minute for the last 60 minutes by direction, oldest first; null where no count came. */
  history: { in: (number | null)[]; out: (number | null)[] }
  /** What each lane let through per minute over the last fifteen, and its newest minute. */
  laneRates: { lane: string; passedPerMin: number | null; newestMinuteMs: number | null }[]
}

const SpreadSchema = z.object({ p05: z.number(), p50: z.number(), p95: z.number() })
/** Hours of one local day of a stream, with what is usual for each. Null: not counted, or nobody knows. */
export const StreamDay = z.object({
  direction: FlowDirection,
  counts: Flowing,
  line: z.string().nullable(),
  hours: z.array(z.object({ hourMs: z.number(), passed: z.number().nullable(), usual: SpreadSchema.nullable() })),
})
export type StreamDay = z.infer<typeof StreamDay>
