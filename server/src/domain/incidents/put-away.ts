import {
  memberId,
  messageId,
  type Candidate,
  type Change,
  type DomainEvent,
  type Incident,
  type Search,
  type Task,
} from '@skerry/contract'
import { changed, type Picture } from '../../picture/picture.ts'
import { dictionaryOf } from '../dictionary/dictionary.ts'
import { isOut, isOver } from '../tasks/states.ts'
import { COUNTED } from './counted.ts'
import { isDistressCall, SAME_CALL_MS } from './distress.ts'

/** Another's warning that names no end may be repeated for so long after it was closed here [assumption]. */
const ENDLESS_MS = 30 * 24 * 3_600_000

/** What leaves the live picture with one closed incident, as it was then. */
export interface PutAway {
  incident: Incident
  searches: Search[]
  tasks: Task[]
  candidates: Candidate[]
}

/**
 * Closed incidents that have been on the screens for as long as the dictionary says (`roomTimes.keepClosedH`, by the
 * later of their closing and their receipt), oldest first. One that something still hangs on stays: another report that
 * is open, a unit, a drone, a public warning that holds. Numbers go on
 * from the highest that has left.
 */
export function putAwayDue(picture: Picture, nowMs: number, most: number): PutAway[] {
  const keptMs = dictionaryOf(picture).roomTimes.keepClosedH * 3_600_000
  const keepMs = (incident: Incident): number => (isDistressCall(incident) ? Math.max(SAME_CALL_MS, keptMs) : keptMs)
  const due: Incident[] = []
  const wanted = neededIncidents(picture)
  for (const incident of picture.incident.values())
    if (
      incident.closedAtMs !== null &&
      nowMs - Math.max(incident.closedAtMs, incident.receivedAtMs) > keepMs(incident) &&
      !wanted.has(incident.id) &&
      !holds(incident, nowMs)
    )
      due.push(incident)
  const chosen = due.sort((a, b) => a.number - b.number).slice(0, most)
  if (chosen.length === 0) return []
  const searches = byIncident(picture.search.values())
  const tasks = byIncident(picture.task.values())
  const candidates = byIncident(picture.candidate.values())
  return chosen.map((incident) => ({
    incident,
    searches: searches.get(incident.id) ?? [],
    tasks: tasks.get(incident.id) ?? [],
    candidates: candidates.get(incident.id) ?? [],
  }))
}

/** Whether nothing of it has changed since: what was kept of it is still what there is. Entities are never edited in place. */
export const isStill = (picture: Picture, { incident, searches, tasks, candidates }: PutAway): boolean =>
  picture.incident.get(incident.id) === incident &&
  searches.every((one) => picture.search.get(one.id) === one) &&
  tasks.every((one) => picture.task.get(one.id) === one) &&
  candidates.every((one) => picture.candidate.get(one.id) === one) &&
  !neededIncidents(picture).has(incident.id)

export const archived = ({ incident, searches }: PutAway): DomainEvent => ({
  type: 'incident.archived',
  incidentId: incident.id,
  searchIds: searches.map(({ id }) => id),
})

/** Everything of an incident leaves the picture; alarms stay until somebody has acknowledged them. */
export function leaves(picture: Picture, incident: Incident, searchIds: readonly string[]): Change[] {
  const room = picture.room.get(incident.id)
  const of = ({ searchId }: { searchId: string }): boolean => searchIds.includes(searchId)
  return [
    ...[...picture.candidate.values()].filter(of).map(({ id }) => changed('candidate', id, null)),
    ...[...picture.task.values()].filter(of).map(({ id }) => changed('task', id, null)),
    ...searchIds.map((id) => changed('search', id, null)),
    ...(room === undefined
      ? []
      : [
          ...Array.from({ length: room.lastNumber }, (_, i) => changed('message', messageId(incident.id, i + 1), null)),
          ...room.memberKeys.map((key) => changed('member', memberId(incident.id, key), null)),
          changed('room', incident.id, null),
        ]),
    ...[...picture.act.keys()].filter((id) => id.startsWith(`${incident.id}/`)).map((id) => changed('act', id, null)),
    changed('incident', incident.id, null),
    changed('counter', COUNTED, { last: Math.max(picture.counter.get(COUNTED)?.last ?? 0, incident.number) }),
  ]
}

/** Incidents that something in the picture still goes by. */
function neededIncidents(picture: Picture): Set<string> {
  const needed = new Set<string>()
  for (const incident of picture.incident.values())
    if (incident.state !== 'closed' && incident.sameAs) needed.add(incident.sameAs.incidentId)
  for (const { assignment } of picture.unit.values()) if (assignment !== null) needed.add(assignment.incidentId)
  for (const search of picture.search.values()) if (search.state === 'open') needed.add(search.incidentId)
  for (const task of picture.task.values()) if (isOut(task)) needed.add(task.incidentId)
  for (const { taskId } of picture.drone.values()) {
    const task = taskId === null ? undefined : picture.task.get(taskId)
    if (task !== undefined && !isOver(task)) needed.add(task.incidentId)
  }
  return needed
}

/** A public warning holds: ours is still given out, and a repeat of another's must find its incident. */
function holds({ alert, warnings = [], closedAtMs }: Incident, nowMs: number): boolean {
  if (warnings.some(({ expiresMs }) => expiresMs > nowMs)) return true
  return alert !== undefined && (alert.expiresMs ?? (closedAtMs ?? nowMs) + ENDLESS_MS) > nowMs
}

function byIncident<T extends { incidentId: string }>(all: Iterable<T>): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const group = groups.get(one.incidentId)
    if (group === undefined) groups.set(one.incidentId, [one])
    else group.push(one)
  }
  return groups
}
