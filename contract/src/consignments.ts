import { z } from 'zod'
import { HazardClass, UnNumber } from './dangerous-goods.ts'
import { EpochMs, LngLat } from './geo.ts'
import { looksPersonal } from './personal.ts'
import type { MemberKey } from './room-voice.ts'
import { UnitId } from './units.ts'

/** Words of a declaration: short, and never a number or plate of a person. */
const Text = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => !looksPersonal(text), 'must hold no mobile number, identity number or plate')

/** One line of a load sheet. */
export const LoadLine = z.strictObject({
  unNumber: UnNumber,
  /** Proper shipping name, as the transport document has it. */
  substance: Text(120),
  hazardClass: HazardClass,
  /** Null for classes that have none (1, 2, 7). */
  packingGroup: z.enum(['I', 'II', 'III']).nullable(),
  quantity: z.number().positive().max(10_000_000),
  unit: z.enum(['kg', 'L']),
  /** How it is packed: tank, drums, IBC. */
  packing: Text(60),
})
export type LoadLine = z.infer<typeof LoadLine>

/** When it may be under way. */
const Window = z
  .strictObject({ fromMs: EpochMs, toMs: EpochMs })
  .refine(
    ({ fromMs, toMs }) => toMs > fromMs && toMs - fromMs <= 7 * 86_400_000,
    'must end after it begins, within a week',
  )

/**
 * A load of dangerous goods on one vehicle, as its carrier or a desk declares it. There is no person in it: the vehicle has
 * a call sign, and whoever is asked in an emergency is a duty desk.
 */
export const ConsignmentDraft = z.strictObject({
  vehicle: z.strictObject({
    callSign: Text(40),
    /** Id under which a feed sends its positions, never that of a unit of the roster; null: nobody sends any. */
    terminalId: UnitId.nullable(),
  }),
  loads: z.array(LoadLine).min(1).max(20),
  /** Line that it keeps to, with everything within the half width. */
  corridor: z.strictObject({ line: z.array(LngLat).min(2).max(2000), halfWidthM: z.number().min(5).max(20_000) }),
  /** Faster than this is an alarm, m/s; null: not watched. */
  speedLimitMps: z.number().min(0.5).max(60).nullable(),
  /** Standing at one place for longer is an alarm, seconds; null: not watched. */
  longestStopS: z.number().min(60).max(86_400).nullable(),
  window: Window,
  dutyDesk: z.strictObject({
    /** The desk, a function of the carrier or terminal. */
    desk: Text(80),
    /** How the desk is reached: its line or channel. Held back until an accident, and every look at it is recorded. */
    contact: Text(80),
  }),
})
export type ConsignmentDraft = z.infer<typeof ConsignmentDraft>

export const ConsignmentState = z.enum(['declared', 'checked', 'under-way', 'accident', 'arrived', 'ended'])
export type ConsignmentState = z.infer<typeof ConsignmentState>
/** States in which it is on the road: its positions are taken, and its corridor watched. */
export const isOnRoad = (state: ConsignmentState): boolean => state === 'under-way' || state === 'accident'
export const isOver = (state: ConsignmentState): boolean => state === 'arrived' || state === 'ended'

/** A consignment in the picture. How its duty desk is reached is not part of it. */
export interface Consignment extends Omit<ConsignmentDraft, 'dutyDesk'> {
  id: string
  /** Short running number that people say aloud. */
  number: number
  state: ConsignmentState
  dutyDesk: { desk: string }
  /** When each state was reached; one that was passed over is absent. */
  times: Partial<Record<ConsignmentState, number>>
  /** Zone that watches its corridor while it is under way. */
  zoneId: string | null
  /** Incident of its accident; it moves on where that is closed as another report of an open one. */
  incidentId: string | null
  /** Who of the staff declared it, and who checked the load sheet. */
  declaredBy: string
  /** Account that declared it: another one has to check it. Absent in older journals, where the name stands for it. */
  declaredByKey?: MemberKey
  checkedBy: string | null
  /** Why it ended without having arrived. */
  reason: string | null
}

/** Where the vehicle of a consignment is, newest first known; unknown figures are null. */
export const ConsignmentFix = z.object({
  consignmentId: z.string(),
  position: LngLat,
  headingDeg: z.number().nullable(),
  speedMps: z.number().nullable(),
  atMs: z.number(),
  receivedAtMs: z.number(),
})
export type ConsignmentFix = z.infer<typeof ConsignmentFix>

/** How the duty desk of a consignment is reached: the answer to a look that was recorded. */
export const DutyContact = z.object({ desk: z.string(), contact: z.string() })
export type DutyContact = z.infer<typeof DutyContact>

/** Most consignments that are not over at one time. */
export const MOST_CONSIGNMENTS = 500
/** It may set out so long before its window begins, ms. */
export const EARLY_START_MS = 30 * 60_000
