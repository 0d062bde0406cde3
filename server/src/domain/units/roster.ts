import type { DomainEvent, RosterUnit, UnitStatus } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { advanceIncident } from '../incidents/lifecycle.ts'
import { answerEvents } from '../incidents/offer.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { sameJson } from '../same-json.ts'

/** Most units that the motion plane can name: handles are 16 bit, 0 is none. */
const MAX_HANDLE = 0xffff

/** A feed's roster. Every new unit gets a short number for the motion plane that it keeps for ever. */
export function decideRoster(picture: Picture, units: readonly RosterUnit[]): Decision<DomainEvent[]> {
  const news = units.filter((declared) => {
    const known = picture.unit.get(declared.id)
    if (!known) return true
    const { handle: _handle, status: _status, assignment: _assignment, duty: _duty, cover: _cover, ...before } = known
    return !sameJson(before, declared) // what only we say of a unit is no news
  })
  if (news.length === 0) return ok([])
  let last = 0
  for (const { handle } of picture.unit.values()) last = Math.max(last, handle)
  const handles: Record<string, number> = {}
  for (const { id } of news) if (!picture.unit.has(id) && !(id in handles)) handles[id] = ++last
  if (last > MAX_HANDLE) return refuse(422, 'too-many-units', `at most ${MAX_HANDLE} units have ever been possible`)
  return ok([{ type: 'roster.declared', units: news, handles }])
}

/**
 * A status that a unit's own terminal sends. While it is assigned only steps of the assignment count: `available`
 * from a terminal that has not heard of its assignment yet must not undo it. Whoever sets off has said yes: a step
 * answers the offer that stands, and the incident moves on with it.
 * @param repeated whether the terminal said the same with its fix before: of an assignment that came in between it says
 *   nothing, for it may still be about the last one
 */
export function decideUnitStatus(
  picture: Picture,
  unitId: string,
  status: UnitStatus,
  repeated = false,
): Decision<DomainEvent[]> {
  const unit = picture.unit.get(unitId)
  if (!unit) return refuse(404, 'unknown-unit', `no unit ${unitId} on the roster`)
  if (unit.status === status || !unit.onDuty) return ok([])
  if (unit.assignment && (status === 'available' || status === 'off-duty' || status === 'assigned')) return ok([])
  const changed: DomainEvent = { type: 'unit.status-changed', unitId, status }
  const incident = picture.incident.get(unit.assignment?.incidentId ?? '')
  if (incident === undefined || (status !== 'en-route' && status !== 'on-scene')) return ok([changed])
  if (repeated) return ok([])
  return ok([
    changed,
    ...answerEvents(incident, unitId, 'accepted', null).slice(0, 1),
    ...advanceIncident(incident, status),
  ])
}
