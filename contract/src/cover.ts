import { z } from 'zod'
import { LngLat } from './geo.ts'
import { CAUTIONS } from './recommendation.ts'
import { UnitId, UnitKind } from './units.ts'

/** A unit that could move to cover a zone, soonest first. */
export const CoverMove = z.strictObject({
  unitId: UnitId,
  callSign: z.string(),
  kind: UnitKind,
  etaS: z.number().int().min(0),
  /** Zones that it covers now, and of those the ones that would be short without it. */
  from: z.array(z.string()),
  leavesShort: z.array(z.string()),
  cautions: z.array(z.enum(CAUTIONS)),
})
export type CoverMove = z.infer<typeof CoverMove>

/** One zone with a rule of coverage. */
export const ZoneCover = z.strictObject({
  zoneId: z.string(),
  minUnits: z.number().int().min(1),
  /** Free units heard inside within five minutes; null where no unit is heard anywhere: that is a lost feed, not a void. */
  free: z.number().int().min(0).nullable(),
  /** Of those, the ones that the question assumes sent away. */
  leaving: z.array(UnitId),
  /** Ordered here and on the way. */
  coming: z.array(UnitId),
  /** How many are missing, those who come counted; null as `free` is. */
  missing: z.number().int().min(0).nullable(),
  /** Where a unit would be sent; null where the zone has no place that could be reached. */
  destination: LngLat.nullable(),
  /** Who could fill it; empty where nothing is missing or nobody can. */
  moves: z.array(CoverMove),
})
export type ZoneCover = z.infer<typeof ZoneCover>

/** Which zones are short of free units, or would be, and who could move there. */
export const CoverPlan = z.strictObject({ atMs: z.number(), zones: z.array(ZoneCover) })
export type CoverPlan = z.infer<typeof CoverPlan>

/** Why a cover move ended. */
export const COVER_ENDS = ['arrived', 'withdrawn', 'sent-elsewhere', 'off-duty', 'zone-gone'] as const
export type CoverEnd = (typeof COVER_ENDS)[number]
