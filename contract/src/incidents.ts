import { z } from 'zod'
import { EpochMs, LngLat } from './geo.ts'
import type { PurgedAt } from './retention.ts'
import type { PublicAlert, SentWarning } from './public-alerts.ts'

/** What the system itself tells incidents apart by. Agencies have their own categories, each of one of these classes. */
export const IncidentClass = z.enum([
  'missing-person',
  'person-in-water',
  'traffic',
  'fire',
  'medical',
  'public-order',
  'vessel-distress',
  'other',
])
export type IncidentClass = z.infer<typeof IncidentClass>
/** Id of a category of the dictionary; the server refuses one that it does not know. A class stands for its first category. */
export const IncidentCategory = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
export type IncidentCategory = z.infer<typeof IncidentCategory>
/** Id of a level of the dictionary. */
export const LevelId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
export const Priority = z.enum(['critical', 'warning', 'notice'])
export type Priority = z.infer<typeof Priority>
export const IncidentState = z.enum([
  'received',
  'dispatched',
  'acknowledged',
  'en-route',
  'on-scene',
  'feedback-given',
  'closed',
])
export type IncidentState = z.infer<typeof IncidentState>

/** What a desk reports happened at most so long ago, milliseconds: an older time is a mistyped date. */
export const REPORT_PAST_MS = 90 * 24 * 3_600_000
/** Call centres hand over past years; an older time says that the source's clock is none (1970). */
export const FEED_PAST_MS = 20 * 366 * 24 * 3_600_000

/** A lost-person category of a distance table; the server refuses an id that it does not know. */
export const SubjectCategory = z.string().trim().min(1).max(300)

/**
 * The missing person, as one pseudonymous case. There is deliberately no name, number, face or phone:
 * what helps a search is what they are like, what they wear, and where they were last.
 */
export const SubjectDescription = z.strictObject({
  category: SubjectCategory,
  /** When and where the person was last known to be. */
  lastKnownAtMs: EpochMs,
  lastKnownPosition: LngLat,
  /** Build, clothing, equipment, condition. No identity. */
  description: z.string().max(600),
})
export type SubjectDescription = z.infer<typeof SubjectDescription>

const ExternalId = z.string().min(1).max(80)
/** Over at its source. */
const ClosedAtSource = z.strictObject({ atMs: EpochMs, outcome: z.string().min(2).max(300) })
/** When the source said so, by its own clock: of two statements the later one holds, in whatever order they come. */
const updatedAtMs = EpochMs.optional()

/** An incident as a feed (a call centre, a sensor) states it. The same `externalId` again updates it, or changes nothing. */
export const IncidentReport = z.strictObject({
  externalId: ExternalId,
  category: IncidentCategory,
  priority: Priority,
  /** A level of the dictionary, of this priority; without it, the first of the priority. */
  level: LevelId.optional(),
  position: LngLat,
  place: z.string().max(120),
  occurredAtMs: EpochMs,
  text: z.string().max(600),
  updatedAtMs,
  /** For one that is over: at once, as when a call centre hands over its past days, or later. */
  closed: ClosedAtSource.optional(),
})
export type IncidentReport = z.infer<typeof IncidentReport>

/** What changed of an incident that the same feed has reported. Something must be in it. */
export const IncidentChange = IncidentReport.omit({ occurredAtMs: true })
  .partial()
  .required({ externalId: true })
  .refine(
    ({ externalId: _id, updatedAtMs: _at, ...changed }) => Object.values(changed).some((value) => value !== undefined),
    'must say what changed',
  )
export type IncidentChange = z.infer<typeof IncidentChange>

/** What became of a statement of a feed about an incident. `late`: older than what is known, and changes nothing. */
export const NOTICE_OUTCOMES = ['new', 'updated', 'closed', 'same', 'late'] as const
export type NoticeOutcome = (typeof NOTICE_OUTCOMES)[number]

/** One unit asked to go: 下达指令, and what came of it. */
export interface DispatchOffer {
  unitId: string
  /** Counts from 1 for the first that was asked for this incident. */
  round: number
  offeredAtMs: number
  answerByMs: number
  /** `lost`: it went off duty before its work was done. */
  state: 'open' | 'accepted' | 'declined' | 'expired' | 'withdrawn' | 'lost'
  answeredAtMs: number | null
  /** When it was lost. */
  lostAtMs?: number
  /** In the unit's own words, where it gave some. */
  reason: string | null
  /** Time of arrival that the choice rested on, seconds from the offer; null where it was not known. */
  etaS: number | null
  /** Boats that were to fetch it on the way that the choice rested on. Absent in older journals, and where nobody fetches it. */
  boatIds?: string[]
  /** Chosen by a dispatcher, or by rule after another said no or nothing. */
  chosenBy: 'seat' | 'rule'
}

/** Steps of the lifecycle that a unit takes, in order. */
export const UnitStepState = IncidentState.extract(['acknowledged', 'en-route', 'on-scene', 'feedback-given'])
export type UnitStepState = z.infer<typeof UnitStepState>

/** One step of one unit: the first time that it was said since the unit was last asked or ordered, for each way of saying it. */
export interface UnitStep {
  unitId: string
  state: UnitStepState
  /** When it was entered or came in, by our clock. */
  atMs: number
  /** A desk heard it and entered it; else the unit's own terminal or seat said it. */
  byRadio?: true
  /** It was entered by mistake: it counts for nothing, and stays on record. */
  withdrawn?: { atMs: number; by: string; reason: string }
}

/** How an incident ended, for the figures: `invalid` was none, `transferred` is someone else's. */
export const ClosedAs = z.enum(['handled', 'invalid', 'transferred'])
export type ClosedAs = z.infer<typeof ClosedAs>

/** Another report about what an incident is about already. */
export const SameKind = z.enum(['same-event', 'repeat'])
export type SameKind = z.infer<typeof SameKind>

export interface Incident {
  id: string
  /** Short running number that people say aloud. */
  number: number
  category: IncidentCategory
  /** Class of the category when the incident was reported. Absent in journals from before there were dictionaries. */
  class?: IncidentClass
  priority: Priority
  /** Id of the level. Absent as `class` is. */
  level?: string
  state: IncidentState
  position: LngLat
  place: string
  text: string
  occurredAtMs: number
  receivedAtMs: number
  closedAtMs: number | null
  outcome: string | null
  subject: SubjectDescription | null
  unitIds: string[]
  searchId: string | null
  source: string
  /** Everyone who was asked to go, oldest first. Absent in journals from before there were offers. */
  offers?: DispatchOffer[]
  /** When each state was reached; a state that was passed over is absent, not guessed. */
  times?: Partial<Record<IncidentState, number>>
  /** What its units said of themselves, oldest first. */
  steps?: UnitStep[]
  closedAs?: ClosedAs
  /** Confirmed by a dispatcher: several callers, one event (`same-event`), or the same matter again (`repeat`). */
  sameAs?: { incidentId: string; kind: SameKind; atMs: number; by: string } | null
  /** Newest time that its source stated anything, by the source's clock. */
  sourceAtMs?: number
  /** The source says that it is over while units or a search are out: a dispatcher confirms and closes. */
  sourceClosed?: { atMs: number; outcome: string }
  /** Fields that a seat corrected, each with what its source last stated of it: a feed does not take a correction back. */
  corrected?: Partial<Pick<Incident, 'position' | 'place' | 'text'>>
  /** A seat decided category and level: a feed does not take that back. */
  reclassified?: true
  /** The consignment of dangerous goods that had the accident. */
  consignmentId?: string
  /** The public warning that it came of. */
  alert?: PublicAlert
  /** CAP messages that we sent about it, oldest first. */
  warnings?: SentWarning[]
  /** Retention has taken from it what these rules name: its words are gone, and its place is rough where `person` was. */
  purged?: PurgedAt
}
