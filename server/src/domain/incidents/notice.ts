import {
  classOf,
  type DomainEvent,
  type EventOf,
  type Incident,
  type IncidentChange,
  type IncidentReport,
  type NoticeOutcome,
} from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import type { IntakeContext } from '../context.ts'
import { classified } from '../dictionary/dictionary.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { sameJson } from '../same-json.ts'
import { closing } from './close.ts'
import { decideIncidentReport, FUTURE_LIMIT_MS } from './report.ts'

/** What a feed's statement makes happen, and what that is called. */
export interface Noticed {
  outcome: NoticeOutcome
  events: DomainEvent[]
}

export const sourceOf = (feed: string, externalId: string): string => `${feed}/${externalId}`

/** The newest incident that a feed reported under an id. */
export function bySource(picture: Picture, source: string): Incident | undefined {
  let found: Incident | undefined
  for (const incident of picture.incident.values()) if (incident.source === source) found = incident
  return found
}

/**
 * A feed states an incident, or what changed of one. Its id makes a repeat harmless; of two statements the one with the
 * later time of the source holds, in whatever order they come. A feed never describes a missing person, and does not
 * take back what a seat decided.
 */
export function decideNotice(
  picture: Picture,
  notice: IncidentReport | IncidentChange,
  ctx: IntakeContext,
): Decision<Noticed> {
  const source = sourceOf(ctx.feed, notice.externalId)
  const known = bySource(picture, source) ?? ctx.pastOf?.(source)
  if (known === undefined) {
    if (!isReport(notice)) return refuse(404, 'unknown-incident', `no incident ${notice.externalId} of this feed`)
    const decided = decideIncidentReport(picture, notice, ctx)
    return decided.ok ? ok({ outcome: 'new', events: decided.value }) : decided
  }
  // What its source still states of it was purged here, and does not come back.
  if (known.purged !== undefined) return ok({ outcome: 'same', events: [] })
  const { updatedAtMs = null, closed } = notice
  if (updatedAtMs !== null && updatedAtMs > ctx.nowMs + FUTURE_LIMIT_MS)
    return refuse(422, 'future-time', 'updatedAtMs: a source cannot have said it in the future')
  if (updatedAtMs !== null && known.sourceAtMs !== undefined && updatedAtMs < known.sourceAtMs)
    return ok({ outcome: 'late', events: [] })
  if (known.state === 'closed') {
    if (closed !== undefined || !changes(picture, known, notice)) return ok({ outcome: 'same', events: [] })
    return refuse(409, 'incident-closed', `incident ${known.number} is closed`)
  }
  const updated = update(picture, known, notice)
  if (!updated.ok) return updated
  if (closed === undefined)
    return ok({ outcome: updated.value.length === 0 ? 'same' : 'updated', events: updated.value })
  return ok(closeBySource(picture, known, closed, ctx.nowMs, updated.value))
}

/** What is closed at its source is closed here too, unless somebody is out for it: then a dispatcher does. */
export function closeBySource(
  picture: Picture,
  incident: Incident,
  closed: { atMs: number; outcome: string },
  nowMs: number,
  before: DomainEvent[] = [],
): Noticed {
  if (incident.unitIds.length > 0 || incident.searchId !== null) {
    if (incident.sourceClosed !== undefined) return { outcome: before.length > 0 ? 'updated' : 'same', events: before }
    const told: DomainEvent = { type: 'incident.source-closed', incidentId: incident.id, ...closed }
    return { outcome: 'updated', events: [...before, told] }
  }
  return { outcome: 'closed', events: [...before, ...closing(picture, incident, closed.outcome, nowMs)] }
}

const isReport = (notice: IncidentReport | IncidentChange): notice is IncidentReport => 'occurredAtMs' in notice

function changes(picture: Picture, incident: Incident, notice: IncidentReport | IncidentChange): boolean {
  const updated = update(picture, incident, { ...notice, updatedAtMs: undefined })
  return !updated.ok || updated.value.length > 0
}

type Updated = EventOf<'incident.updated'>

/**
 * The fields that a statement changes, as one event; none where it says what is known. What a seat corrected stays, and
 * is compared with what the source stated of it before.
 */
function update(picture: Picture, incident: Incident, notice: IncidentReport | IncidentChange): Decision<Updated[]> {
  const named = renamed(picture, incident, notice)
  if (!named.ok) return named
  const { position, place, text, updatedAtMs } = notice
  const stated = { ...named.value, position, place, text }
  const { corrected = {} } = incident
  const known: Partial<Incident> = { ...incident, ...corrected }
  const news = Object.entries(stated).filter(
    ([field, value]) => value !== undefined && !sameJson(value, known[field as keyof Incident]),
  )
  const changes = Object.fromEntries(news.filter(([field]) => !(field in corrected))) as Updated['changes']
  const kept = Object.fromEntries(news.filter(([field]) => field in corrected)) as NonNullable<Updated['kept']>
  const newer = updatedAtMs !== undefined && updatedAtMs !== incident.sourceAtMs
  if (news.length === 0 && !newer) return ok([])
  return ok([
    {
      type: 'incident.updated',
      incidentId: incident.id,
      changes,
      ...(Object.keys(kept).length === 0 ? {} : { kept }),
      sourceAtMs: updatedAtMs ?? null,
    },
  ])
}

/** Category and level as the source names them now. */
function renamed(
  picture: Picture,
  incident: Incident,
  { category, priority, level }: IncidentReport | IncidentChange,
): Decision<Partial<Pick<Incident, 'category' | 'class' | 'priority' | 'level'>>> {
  if (incident.reclassified === true) return ok({})
  if (category === undefined && priority === undefined && level === undefined) return ok({})
  const named = classified(picture, {
    category: category ?? incident.category,
    priority: priority ?? incident.priority,
    level: level ?? (priority === undefined || priority === incident.priority ? incident.level : undefined),
  })
  if (!named.ok) return named
  const { category: entry, level: rank } = named.value
  const person = 'missing-person'
  if (entry.class === person && classOf(incident) !== person)
    return refuse(422, 'subject-required', 'a missing person is reported at a seat, with a description')
  return ok({ category: entry.id, class: entry.class, priority: rank.priority, level: rank.id })
}
