import { SUBJECT_CATEGORIES } from '@skerry/search'
import {
  FEED_PAST_MS,
  REPORT_PAST_MS,
  type CategoryEntry,
  type Command,
  type DomainEvent,
  type Incident,
  type IncidentLevel,
  type IncidentReport,
} from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import type { DecideContext, IntakeContext } from '../context.ts'
import { classified } from '../dictionary/dictionary.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { handlerRule, joinedSeat } from '../rooms/join.ts'
import { opened } from '../rooms/keep.ts'
import { highestNumber } from './counted.ts'

type Report = Extract<Command, { type: 'incident.report' }>

const DAY_MS = 24 * 3_600_000
/** Clocks of other machines may run this far ahead of ours, milliseconds. */
export const FUTURE_LIMIT_MS = 5000

export const knownCategory = (id: string): boolean => SUBJECT_CATEGORIES.some((category) => category.id === id)

/** A person at a seat reports an incident. A missing person needs a description of the subject; nothing else takes one. */
export function decideReport(picture: Picture, command: Report, ctx: DecideContext): Decision<DomainEvent[]> {
  const { subject } = command
  const named = classified(picture, command)
  if (!named.ok) return named
  const missing = named.value.category.class === 'missing-person'
  const atFault = outOfTime({ occurredAtMs: command.occurredAtMs }, ctx.nowMs, REPORT_PAST_MS)
  if (atFault) return atFault
  if (missing && !subject) return refuse(422, 'subject-required', 'a missing person needs a description of the subject')
  if (!missing && subject)
    return refuse(422, 'subject-not-allowed', `an incident of category ${command.category} takes no subject`)
  if (subject && !knownCategory(subject.category))
    return refuse(422, 'unknown-category', `no lost-person category ${subject.category}`)
  const lostAtFault =
    subject && outOfTime({ 'subject.lastKnownAtMs': subject.lastKnownAtMs }, ctx.nowMs, REPORT_PAST_MS)
  if (lostAtFault) return lostAtFault
  const { position, place, text, occurredAtMs } = command
  const incident = received(picture, ctx, { ...named.value, position, place, text, occurredAtMs })
  const reported = { ...incident, subject, source: ctx.seat.name }
  const rule = handlerRule(picture, reported)
  return ok([
    { type: 'incident.reported', incident: reported },
    opened(picture, reported),
    ...(rule === null ? [] : [joinedSeat(reported.id, ctx.seat, rule)]),
  ])
}

/**
 * A feed reports an incident. The same external id of the same feed is harmless: nothing happens the second time.
 * A feed never describes a missing person: someone who has talked with the caller does, at a seat.
 */
export function decideIncidentReport(
  picture: Picture,
  report: IncidentReport,
  ctx: IntakeContext,
): Decision<DomainEvent[]> {
  const { externalId, closed, category: _category, priority: _priority, level: _level, updatedAtMs, ...facts } = report
  const named = classified(picture, report)
  if (!named.ok) return named
  if (named.value.category.class === 'missing-person')
    return refuse(422, 'subject-required', 'a missing person is reported at a seat, with a description')
  const stated = { occurredAtMs: facts.occurredAtMs, ...(updatedAtMs === undefined ? {} : { updatedAtMs }) }
  const atFault = outOfTime(stated, ctx.nowMs, FEED_PAST_MS)
  if (atFault) return atFault
  if (closed !== undefined && (closed.atMs < facts.occurredAtMs || closed.atMs > ctx.nowMs + FUTURE_LIMIT_MS))
    return refuse(422, 'future-time', 'closed.atMs: an incident is closed after it happened and not in the future')
  const source = `${ctx.feed}/${externalId}`
  for (const incident of picture.incident.values()) if (incident.source === source) return ok([])
  const said = updatedAtMs === undefined ? {} : { sourceAtMs: updatedAtMs }
  const incident = { ...received(picture, ctx, { ...named.value, ...facts }), source, ...said }
  if (closed === undefined) return ok([{ type: 'incident.reported', incident }, opened(picture, incident)])
  const { atMs, outcome } = closed
  return ok([{ type: 'incident.reported', incident: { ...incident, state: 'closed', closedAtMs: atMs, outcome } }])
}

/** The first of some times, by the names of their fields, that lies ahead of our clock or too long behind it; null for none. */
function outOfTime(
  times: Readonly<Record<string, number>>,
  nowMs: number,
  pastMs: number,
): Extract<Decision<never>, { ok: false }> | null {
  for (const [field, atMs] of Object.entries(times)) {
    if (atMs > nowMs + FUTURE_LIMIT_MS) return refuse(422, 'future-time', `${field}: it cannot lie in the future`)
    if (atMs < nowMs - pastMs)
      return refuse(422, 'past-time', `${field}: it lies more than ${Math.round(pastMs / DAY_MS)} days ago`)
  }
  return null
}

function received(
  picture: Picture,
  ctx: { nowMs: number; newId: () => string },
  {
    category,
    level,
    ...facts
  }: { category: CategoryEntry; level: IncidentLevel } & Pick<Incident, 'position' | 'place' | 'text' | 'occurredAtMs'>,
): Omit<Incident, 'source'> {
  return {
    id: ctx.newId(),
    number: highestNumber(picture) + 1,
    category: category.id,
    class: category.class,
    priority: level.priority,
    level: level.id,
    ...facts,
    state: 'received',
    receivedAtMs: ctx.nowMs,
    closedAtMs: null,
    outcome: null,
    subject: null,
    unitIds: [],
    searchId: null,
  }
}
