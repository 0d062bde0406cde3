import { z } from 'zod'
import { Capacity, LineId, Mmsi, PlaceId, VesselKind } from './crossings.ts'
import { EpochMs, LngLat } from './geo.ts'

export const CANCEL_REASONS = ['fog', 'wind', 'waves', 'tide', 'technical', 'no-demand', 'other'] as const
export const CancelReason = z.enum(CANCEL_REASONS)
export type CancelReason = z.infer<typeof CancelReason>

/** What the owner of the boats says of one sailing. What is left out stays as it was said before. */
export const SailingReport = z.strictObject({
  line: LineId,
  /** Terminal that it leaves, and when it should. Together with the line they name the sailing. */
  from: PlaceId,
  scheduledAtMs: EpochMs,
  /** When this was so, by the source's clock: an older report never undoes a newer one. */
  atMs: EpochMs,
  /** It is not in the timetable: an additional boat. */
  extra: z.literal(true).optional(),
  state: z.enum(['scheduled', 'boarding', 'departed', 'arrived', 'cancelled']).optional(),
  reason: CancelReason.optional(),
  /** When it is now expected to leave. */
  expectedAtMs: EpochMs.optional(),
  departedAtMs: EpochMs.optional(),
  arrivedAtMs: EpochMs.optional(),
  /** On board so far. */
  persons: z.number().int().min(0).max(10_000).optional(),
  vehicles: z.number().int().min(0).max(1000).optional(),
  capacity: Capacity.optional(),
  /** The ship that sails it: its positions then tell departure, delay and arrival. */
  mmsi: Mmsi.optional(),
})
export type SailingReport = z.infer<typeof SailingReport>
export const SailingReports = z.strictObject({
  sailings: z
    .array(z.union([SailingReport, z.unknown()]))
    .min(1)
    .max(2000),
})
export type SailingReports = z.infer<typeof SailingReports>

export const SAILING_REFUSALS = [
  'malformed',
  'unknown-line',
  'wrong-terminal',
  'not-in-timetable',
  'future-clock',
  'past-clock',
  'older-than-known',
] as const
export const SailingReportsResult = z.strictObject({
  accepted: z.number().int(),
  refused: z.array(
    z.strictObject({
      index: z.number().int(),
      reason: z.enum(SAILING_REFUSALS),
      detail: z.string().optional(),
    }),
  ),
})
export type SailingReportsResult = z.infer<typeof SailingReportsResult>

export const SAILING_STATES = ['scheduled', 'boarding', 'under-way', 'arrived', 'cancelled', 'unknown'] as const
/** `unknown`: it should have left, and nobody has said that it did. */
export type SailingState = (typeof SAILING_STATES)[number]

/** One sailing with everything that is known of it. Unknown is null. */
export interface Sailing {
  /** `LINE/FROM/SCHEDULED`. */
  id: string
  line: string
  from: string
  to: string
  vessel: VesselKind
  scheduledAtMs: number
  /** When it left, or is expected to; null where it is cancelled or nobody knows. */
  leavesAtMs: number | null
  departedAtMs: number | null
  /** When it came alongside, or is expected to. */
  arrivesAtMs: number | null
  arrivedAtMs: number | null
  state: SailingState
  /** Departure against the timetable, minutes; so far, while it has not left. Null where nobody knows. */
  delayMin: number | null
  delayBy: 'report' | 'ais' | null
  persons: number | null
  vehicles: number | null
  capacity: { persons: number | null; vehicles: number | null }
  mmsi: string | null
  /** Newest place of its ship, while it is under way. */
  position: LngLat | null
  positionAtMs: number | null
  reason: CancelReason | null
  extra: boolean
  /** The timetable has no date: it may not be this one. */
  undated: boolean
}

const Name = z.object({ zh: z.string(), en: z.string() })
/** Terminals, lines and islands, for names and places of sailings. */
export const SailingNetwork = z.object({
  islands: z.array(z.object({ id: z.string(), name: Name, at: LngLat })),
  terminals: z.array(z.object({ id: z.string(), name: Name, island: z.string(), at: LngLat })),
  bridges: z.array(z.object({ id: z.string(), name: Name })),
  lines: z.array(
    z.object({
      id: z.string(),
      from: z.string(),
      to: z.string(),
      vessel: VesselKind,
      /** Over water from `from` to `to`; null until it has been worked out, or where no way leads. */
      path: z.array(LngLat).nullable(),
      asOf: z.string().nullable(),
    }),
  ),
})
export type SailingNetwork = z.infer<typeof SailingNetwork>
