import type { DomainEvent, Incident, IncidentClass, LngLat } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { clearAlarm, raiseAlarm } from '../alarms/rules.ts'
import type { IntakeContext } from '../context.ts'
import { distanceM } from '../geo.ts'
import { decideIncidentReport } from './report.ts'

/** Longest description of an incident that we write ourselves, characters. */
export const MOST_INCIDENT_TEXT = 600

/** A machine says that somebody is in distress: a radio beacon, a ship, the emergency key of a terminal. */
export interface DistressCall {
  /** Who calls, the same whichever feed hears it: `ais-970123456`, `unit-P-101`, `consignment-ID`. */
  caller: string
  subject: { kind: 'vessel' | 'unit' | 'consignment'; id: string }
  category: IncidentClass
  /** Null while it is not known: there is an alarm, and an incident as soon as there is a place. */
  position: LngLat | null
  place: string
  text: string
  atMs: number
  /** Incident that is known to be about the caller; while it is open the call belongs to it, and opens no other. */
  incidentId?: string | null
}

/** A beacon moves its incident when it is farther than this from it, metres: less is scatter and the way of the waves. */
const MOVED_M = 100
/** And not more often, ms: each move is a line in the journal. */
const MOVED_AGAIN_MS = 60_000
/** A beacon goes on calling after the rescue; for so long after its incident was closed it is the same call. */
export const SAME_CALL_MS = 3_600_000
/** Whether a machine called: its source ends in the caller and the time of the first call. */
export const isDistressCall = ({ source }: Pick<Incident, 'source'>): boolean => /\/[^/]+@\d+$/.test(source)
/** An alarm of a call without a place, apart from the one that its incident brings. */
const NO_PLACE = 'no-place'

/** One incident and one alarm for a call, however often and by how many feeds it is heard; the incident follows a beacon that drifts. */
export function decideDistress(picture: Picture, call: DistressCall, ctx: IntakeContext): DomainEvent[] {
  const standing = known(picture, call, ctx.nowMs)
  if (standing !== undefined) return drifted(standing, call, ctx.nowMs)
  const { caller, subject, position, category, place, text } = call
  const alarm = {
    priority: 'critical' as const,
    kind: 'distress-signal' as const,
    subject,
    detail: text,
    position,
    feed: ctx.feed,
  }
  const about = picture.incident.get(call.incidentId ?? '')
  if (about !== undefined && about.state !== 'closed')
    return raiseAlarm(picture, ctx, { ...alarm, incidentId: about.id })
  if (position === null) return raiseAlarm(picture, ctx, { ...alarm, key: NO_PLACE, incidentId: null })
  const report = {
    externalId: `${caller}@${ctx.nowMs}`,
    category,
    priority: 'critical' as const,
    position,
    place,
    occurredAtMs: Math.min(call.atMs, ctx.nowMs),
    text,
  }
  const decided = decideIncidentReport(picture, report, ctx)
  const made = decided.ok ? decided.value.find((event) => event.type === 'incident.reported') : undefined
  if (!decided.ok || made === undefined) return []
  return [
    ...decided.value,
    ...clearAlarm(picture, 'distress-signal', subject.id, NO_PLACE),
    ...raiseAlarm(picture, ctx, { ...alarm, incidentId: made.incident.id }),
  ]
}

/** The incident of a call, open or just over. */
function known(picture: Picture, { caller }: DistressCall, nowMs: number): Incident | undefined {
  const mark = `/${caller}@`
  let over: Incident | undefined
  for (const incident of picture.incident.values()) {
    if (!incident.source.includes(mark)) continue
    if (incident.closedAtMs === null) return incident
    if (nowMs - incident.closedAtMs < SAME_CALL_MS) over = incident
  }
  return over
}

/** Somebody in the water is where the beacon is now, not where it was first heard; a person who knows better has the last word. */
function drifted(incident: Incident, { subject, position, atMs }: DistressCall, nowMs: number): DomainEvent[] {
  if (incident.state === 'closed' || subject.kind !== 'vessel' || position === null) return []
  if (incident.corrected?.position !== undefined) return []
  if (atMs - (incident.sourceAtMs ?? incident.occurredAtMs) < MOVED_AGAIN_MS) return []
  if (distanceM(position, incident.position) <= MOVED_M) return []
  const sourceAtMs = Math.min(atMs, nowMs)
  return [{ type: 'incident.updated', incidentId: incident.id, changes: { position }, sourceAtMs }]
}
