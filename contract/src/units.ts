import { z } from 'zod'
import { DATUMS, EpochMs, LngLat } from './geo.ts'

export const UnitKind = z.enum(['car', 'foot', 'motorbike', 'boat', 'ground-team'])
export type UnitKind = z.infer<typeof UnitKind>
export const UnitStatus = z.enum(['off-duty', 'available', 'assigned', 'en-route', 'on-scene', 'out-of-service'])
export type UnitStatus = z.infer<typeof UnitStatus>

export const UnitId = z.string().regex(/^[A-Za-z0-9._-]{1,40}$/)

/** One unit as the roster declares it. Units off duty stay on the roster; their positions are refused at intake. */
export const RosterUnit = z.strictObject({
  id: UnitId,
  callSign: z.string().min(1).max(40),
  agency: z.string().min(1).max(60),
  kind: UnitKind,
  skills: z.array(z.string().max(40)).max(20),
  onDuty: z.boolean(),
  /** When its shift begins and ends, where the roster says. */
  shift: z.strictObject({ fromMs: EpochMs, toMs: EpochMs }).optional(),
  /** On rest until then: asked after the others. */
  restUntilMs: EpochMs.optional(),
})
export type RosterUnit = z.infer<typeof RosterUnit>
export const Roster = z.strictObject({ units: z.array(RosterUnit).max(5000) })

/** One reported position as a feed sends it. Unknown values are left out, never sent as zero. */
export const FixReport = z.strictObject({
  unitId: UnitId,
  atMs: EpochMs,
  position: LngLat,
  accuracyM: z.number().min(0).max(100_000).optional(),
  headingDeg: z.number().min(0).max(360).optional(),
  speedMps: z.number().min(0).max(200).optional(),
  status: UnitStatus.optional(),
})
export type FixReport = z.infer<typeof FixReport>
/** Fixes as they came: one that is no `FixReport` is refused by itself and takes no other with it. */
export const FixBatch = z.strictObject({
  /** What the terminals really send, of all positions of the batch; WGS-84 where it is left out. */
  datum: z.enum(DATUMS).optional(),
  fixes: z
    .array(z.union([FixReport, z.unknown()]))
    .min(1)
    .max(5000),
})
export type FixBatch = z.infer<typeof FixBatch>

/** A position older than this says that a clock is wrong (a receiver after its week rolled over, a reset one), not where a unit was. */
export const FIX_AGE_LIMIT_MS = 7 * 24 * 3_600_000

export const FIX_REFUSALS = [
  'malformed',
  'unknown-unit',
  'off-duty',
  'future-clock',
  'past-clock',
  'impossible-jump',
  'late',
  'duplicate',
] as const
/** What intake did with a batch. `late` fixes are stored but do not move the latest position. */
export const FixBatchResult = z.strictObject({
  accepted: z.number().int(),
  late: z.number().int(),
  refused: z.array(
    z.strictObject({
      index: z.number().int(),
      reason: z.enum(FIX_REFUSALS),
      /** Of a malformed fix: the field at fault and what it must be. */
      detail: z.string().optional(),
    }),
  ),
  /** Assignments of the units in the batch: a terminal learns here where it is sent. */
  assignments: z.array(
    z.strictObject({
      unitId: UnitId,
      incidentId: z.string(),
      destination: LngLat,
      candidateId: z.string().nullable(),
      note: z.string(),
      /** Asked, not ordered: the terminal answers with `acknowledged` or `declined` by then. */
      answerByMs: EpochMs.optional(),
      /** Ordered: the terminal signs with `acknowledged` by then. */
      signByMs: EpochMs.optional(),
    }),
  ),
  /** Cover moves of the units in the batch: go there and stay free. Absent where there are none. */
  covers: z.array(z.strictObject({ unitId: UnitId, zoneId: z.string(), destination: LngLat })).optional(),
})
export type FixBatchResult = z.infer<typeof FixBatchResult>

/** What a unit reports back about its assignment, through its own terminal. */
export const UnitReport = z.strictObject({
  unitId: UnitId,
  incidentId: z.string(),
  atMs: EpochMs,
  /** `feedback`, what was done on scene, says so in its text; `person-located` is for incidents about somebody lost. */
  kind: z.enum([
    'acknowledged',
    'declined',
    'en-route',
    'on-scene',
    'feedback',
    'person-located',
    'nothing-here',
    'text',
  ]),
  position: LngLat.optional(),
  text: z.string().max(500).optional(),
})
export type UnitReport = z.infer<typeof UnitReport>

/** Steps of an assignment that a desk enters for a unit that says them by radio. */
export const RadioStep = UnitReport.shape.kind.extract(['acknowledged', 'en-route', 'on-scene', 'feedback'])
export type RadioStep = z.infer<typeof RadioStep>

/** A desk may take the last step that it entered for a unit back for so long, milliseconds. */
export const WITHDRAW_STEP_MS = 300_000

/** Where a unit was told to go and stay free, so that a zone is not left empty. Gone when it is there. */
export interface CoverOrder {
  zoneId: string
  destination: LngLat
  orderedAtMs: number
  /** Staff who ordered it. */
  by: string
}

/** A unit in the picture. `handle` is its short number on the motion plane. */
export interface Unit {
  id: string
  handle: number
  callSign: string
  agency: string
  kind: UnitKind
  skills: string[]
  onDuty: boolean
  shift?: { fromMs: number; toMs: number } | undefined
  restUntilMs?: number | undefined
  status: UnitStatus
  /**
   * Spells of duty for as long back as positions are taken, oldest first; the running one has no end. A position that
   * comes late, and what a receiver recorded, is taken for these times alone.
   */
  duty?: { fromMs: number; toMs: number | null }[]
  assignment: {
    incidentId: string
    destination: LngLat
    candidateId: string | null
    note: string
    /** It was asked and has not answered; gone when it has. */
    answerByMs?: number | undefined
    /** When it was asked or ordered: the time of the event that says so, which therefore does not carry it. */
    orderedAtMs?: number
    /** It was asked, not ordered. As `orderedAtMs`, it comes of the event. */
    asked?: true
    /** It was ordered and has said nothing of it yet; it is to sign by then. */
    signByMs?: number | undefined
  } | null
  /** Told to cover a zone and on its way there; it stays free. */
  cover?: CoverOrder
}
