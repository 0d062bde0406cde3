import { z } from 'zod'
import { EpochMs, LngLat } from './geo.ts'
import { UnitKind, UnitStatus } from './units.ts'

const Name = z.strictObject({ zh: z.string().min(1).max(60), en: z.string().min(1).max(60) })

/** How one leg of a way is travelled. `lift` is a patrol boat that fetches a crew; `fly` is a drone, which carries nobody. */
export const LegMode = z.enum(['drive', 'walk', 'bridge', 'ferry', 'lift', 'boat', 'fly'])
export type LegMode = z.infer<typeof LegMode>

/** One leg, with its waiting before it. Times are the server's clock; `path` is a line to draw, not a road. */
export const Leg = z.strictObject({
  mode: LegMode,
  /** Bridge, pier or ferry terminal where it ends; null at the place of the incident. */
  to: Name.nullable(),
  startAtMs: EpochMs,
  /** When the travelling begins: a ferry sails, a boat that fetches is there. */
  leaveAtMs: EpochMs,
  endAtMs: EpochMs,
  distanceM: z.number().min(0),
  path: z.array(LngLat).max(200),
  /** `router`: by the road router; `estimate`: straight line times a detour factor. Null on water and in the air. */
  roads: z.enum(['router', 'estimate']).nullable(),
  /** Ferry timetable without a date: to be asked before one relies on it. */
  undated: z.boolean(),
  /** Boat that fetches, by unit id. */
  boatId: z.string().nullable(),
})
export type Leg = z.infer<typeof Leg>

/** Why a unit stands where it stands in the list. */
export const PICK_REASONS = ['fastest', 'meets-need', 'only-one', 'eyes-first'] as const
/** What a dispatcher should know before sending it. */
export const CAUTIONS = [
  'busy',
  'on-rest',
  'shift-ends',
  'position-old',
  'timetable-undated',
  'landing-unchecked',
  'on-foot-after',
  'needs-lift',
  'boat-promised',
  'boat-promised-elsewhere',
  'last-sailing',
  'carries-nobody',
  'declined',
] as const
/** Why a unit cannot be ranked at all. */
export const EXCLUSIONS = [
  'off-duty',
  'outside-shift',
  'out-of-service',
  'position-unknown',
  'at-sea',
  'no-way',
  'battery',
  'drone-unplaced',
  'drone-not-heard',
] as const
export type Exclusion = (typeof EXCLUSIONS)[number]

export const RankedUnit = z.strictObject({
  /** Id of the unit, or of the drone where `kind` is `drone`. */
  unitId: z.string(),
  callSign: z.string(),
  kind: z.enum([...UnitKind.options, 'drone']),
  status: UnitStatus.nullable(),
  skills: z.array(z.string()),
  etaS: z.number().int().min(0),
  arriveAtMs: EpochMs,
  /** Straight line, for comparison with the way. */
  lineM: z.number().min(0),
  fixAgeS: z.number().min(0),
  /** Proposed: together the proposed ones meet the needs as far as they can be met. */
  picked: z.boolean(),
  reasons: z.array(z.enum(PICK_REASONS)),
  /** Ids of the needs that it would meet. */
  meets: z.array(z.string()),
  cautions: z.array(z.enum(CAUTIONS)),
  legs: z.array(Leg),
})
export type RankedUnit = z.infer<typeof RankedUnit>

/** What an incident of a category asks for, and within which time. */
export const Need = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: Name,
  /** A unit fits when its kind is one of these or it has one of these skills; both empty: any unit. */
  kinds: z.array(UnitKind),
  skills: z.array(z.string()),
  withinMin: z.number().min(1).max(600),
})
export type Need = z.infer<typeof Need>

export const SHORTFALLS = ['none-on-duty', 'none-can-come', 'all-busy', 'too-late'] as const
export const NeedOutcome = z.strictObject({
  need: Need,
  /** Unit that is proposed for it, or is assigned already. */
  unitId: z.string().nullable(),
  etaS: z.number().int().nullable(),
  /** Null where it is met in time. With `too-late` a unit is proposed all the same. */
  shortfall: z.enum(SHORTFALLS).nullable(),
  /** Best that there is, though it is busy elsewhere or late. */
  nearest: z.strictObject({ unitId: z.string(), callSign: z.string(), etaS: z.number().int() }).nullable(),
})
export type NeedOutcome = z.infer<typeof NeedOutcome>

/** Who could come to an incident, by time of arrival over land, bridge, ferry, boat and air. */
export const Recommendation = z.strictObject({
  incidentId: z.string(),
  atMs: EpochMs,
  rows: z.array(RankedUnit),
  /** How many were ranked, also those beyond the rows. */
  ranked: z.number().int(),
  excluded: z.array(z.strictObject({ reason: z.enum(EXCLUSIONS), unitIds: z.array(z.string()) })),
  needs: z.array(NeedOutcome),
  /** Where the place is: on an island, by its shore, at sea, or outside the area of the network. */
  place: z.enum(['land', 'shore', 'sea', 'outside']),
  roads: z.strictObject({
    source: z.enum(['router', 'estimate']),
    /** Why a router that was asked did not serve. */
    fault: z.enum(['timeout', 'unreachable', 'refused', 'malformed']).nullable(),
    detourFactor: z.number(),
  }),
  /** Ferry timetables in use carry no date. */
  timetableUndated: z.boolean(),
  tookMs: z.number(),
})
export type Recommendation = z.infer<typeof Recommendation>
