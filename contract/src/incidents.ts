import { z } from 'zod'
import { EpochMs, LngLat } from './geo.ts'

export const IncidentCategory = z.enum([
  'missing-person',
  'person-in-water',
  'traffic',
  'fire',
  'medical',
  'public-order',
  'vessel-distress',
  'other',
])
export type IncidentCategory = z.infer<typeof IncidentCategory>
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

/** Lost-person categories of the search science package; the server refuses an id that it does not know. */
export const SubjectCategory = z.string().regex(/^[a-z0-9-]{2,40}$/)

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

/** An incident as a feed (a call centre, a sensor) reports it. `externalId` makes a repeat harmless. */
export const IncidentReport = z.strictObject({
  externalId: z.string().min(1).max(80),
  category: IncidentCategory,
  priority: Priority,
  position: LngLat,
  place: z.string().max(120),
  occurredAtMs: EpochMs,
  text: z.string().max(600),
  /** For one that is over already when it is reported, as when a call centre hands over its past days. */
  closed: z.strictObject({ atMs: EpochMs, outcome: z.string().min(2).max(300) }).optional(),
})
export type IncidentReport = z.infer<typeof IncidentReport>

/** One unit asked to go: 下达指令, and what came of it. */
export interface DispatchOffer {
  unitId: string
  /** Counts from 1 for the first that was asked for this incident. */
  round: number
  offeredAtMs: number
  answerByMs: number
  state: 'open' | 'accepted' | 'declined' | 'expired' | 'withdrawn'
  answeredAtMs: number | null
  /** In the unit's own words, where it gave some. */
  reason: string | null
  /** Time of arrival that the choice rested on, seconds from the offer; null where it was not known. */
  etaS: number | null
  /** Chosen by a dispatcher, or by rule after another said no or nothing. */
  chosenBy: 'seat' | 'rule'
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
  priority: Priority
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
  closedAs?: ClosedAs
  /** Confirmed by a dispatcher: several callers, one event (`same-event`), or the same matter again (`repeat`). */
  sameAs?: { incidentId: string; kind: SameKind; atMs: number; by: string } | null
}
