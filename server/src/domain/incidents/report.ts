import { SUBJECT_CATEGORIES } from '@skerry/search'
import type { Command, DomainEvent, Incident, IncidentReport } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import type { DecideContext, IntakeContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'

type Report = Extract<Command, { type: 'incident.report' }>

/** Clocks of other machines may run this far ahead of ours, milliseconds. */
const FUTURE_LIMIT_MS = 5000

export const knownCategory = (id: string): boolean => SUBJECT_CATEGORIES.some((category) => category.id === id)

/** A person at a seat reports an incident. A missing person needs a description of the subject; nothing else takes one. */
export function decideReport(picture: Picture, command: Report, ctx: DecideContext): Decision<DomainEvent[]> {
  const { category, subject } = command
  const latestMs = ctx.nowMs + FUTURE_LIMIT_MS
  if (command.occurredAtMs > latestMs) return refuse(422, 'future-time', 'an incident cannot happen in the future')
  if (category === 'missing-person' && !subject)
    return refuse(422, 'subject-required', 'a missing person needs a description of the subject')
  if (category !== 'missing-person' && subject)
    return refuse(422, 'subject-not-allowed', `an incident of category ${category} takes no subject`)
  if (subject && !knownCategory(subject.category))
    return refuse(422, 'unknown-category', `no lost-person category ${subject.category}`)
  if (subject && subject.lastKnownAtMs > latestMs)
    return refuse(422, 'future-time', 'the last known time cannot be in the future')
  const { priority, position, place, text, occurredAtMs } = command
  const incident = received(picture, ctx, { category, priority, position, place, text, occurredAtMs })
  return ok([{ type: 'incident.reported', incident: { ...incident, subject, source: ctx.seat.name } }])
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
  const { externalId, closed, ...facts } = report
  if (facts.category === 'missing-person')
    return refuse(422, 'subject-required', 'a missing person is reported at a seat, with a description')
  if (facts.occurredAtMs > ctx.nowMs + FUTURE_LIMIT_MS)
    return refuse(422, 'future-time', 'an incident cannot happen in the future')
  if (closed !== undefined && (closed.atMs < facts.occurredAtMs || closed.atMs > ctx.nowMs + FUTURE_LIMIT_MS))
    return refuse(422, 'future-time', 'an incident is closed after it happened and not in the future')
  const source = `${ctx.feed}/${externalId}`
  for (const incident of picture.incident.values()) if (incident.source === source) return ok([])
  const incident = { ...received(picture, ctx, facts), source }
  if (closed === undefined) return ok([{ type: 'incident.reported', incident }])
  const { atMs, outcome } = closed
  return ok([{ type: 'incident.reported', incident: { ...incident, state: 'closed', closedAtMs: atMs, outcome } }])
}

/** Number of the next incident that people say aloud. */
function nextNumber(picture: Picture): number {
  let last = 0
  for (const { number } of picture.incident.values()) last = Math.max(last, number)
  return last + 1
}

function received(
  picture: Picture,
  ctx: { nowMs: number; newId: () => string },
  facts: Pick<Incident, 'category' | 'priority' | 'position' | 'place' | 'text' | 'occurredAtMs'>,
): Omit<Incident, 'source'> {
  return {
    id: ctx.newId(),
    number: nextNumber(picture),
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
