import {
  EARLY_START_MS,
  MOST_CONSIGNMENTS,
  isOver,
  type Command,
  type Consignment,
  type ConsignmentState,
  type DomainEvent,
} from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { dictionaryOf } from '../dictionary/dictionary.ts'
import type { DecideContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { shapeFault } from '../zones/shape-fault.ts'
import { clearAlarm, raiseAlarm } from '../alarms/rules.ts'
import { MOST_INCIDENT_TEXT } from '../incidents/distress.ts'
import { decideReport } from '../incidents/report.ts'
import { seatKey } from '../rooms/members.ts'
import { SILENT_S, corridorZone, watchOver } from './corridor-zone.ts'
import { loadText } from './load-text.ts'

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>
type Context = Pick<DecideContext, 'nowMs' | 'newId' | 'seat'>

/** Category of an accident, where the agency's dictionary has it; else its first of class `other`. */
const ACCIDENT_CATEGORY = 'dangerous-goods'

export function decideDeclareConsignment(
  picture: Picture,
  { consignment: draft }: CommandOf<'consignment.declare'>,
  ctx: Context,
): Decision<DomainEvent[]> {
  const open = [...picture.consignment.values()].filter(({ state }) => !isOver(state))
  if (open.length >= MOST_CONSIGNMENTS)
    return refuse(422, 'too-many-consignments', `at most ${MOST_CONSIGNMENTS} consignments that are not over`)
  const { terminalId } = draft.vehicle
  const other = terminalId === null ? undefined : open.find(({ vehicle }) => vehicle.terminalId === terminalId)
  if (other) return refuse(409, 'terminal-taken', `terminal ${terminalId} is on consignment ${other.number}`)
  // Own units off duty are followed by nobody: a consignment is no way round that.
  if (terminalId !== null && picture.unit.has(terminalId))
    return refuse(409, 'terminal-of-unit', `${terminalId} is or was a unit of the roster`)
  if (draft.window.toMs <= ctx.nowMs) return refuse(422, 'outside-window', 'window.toMs: must be in the future')
  const fault = shapeFault({ kind: 'corridor', ...draft.corridor })
  if (fault !== null) return refuse(422, 'zone-not-possible', `corridor: ${fault}`)
  const { dutyDesk, ...facts } = draft
  const consignment: Consignment = {
    ...facts,
    dutyDesk: { desk: dutyDesk.desk },
    id: ctx.newId(),
    number: nextNumber(picture),
    state: 'declared',
    times: { declared: ctx.nowMs },
    zoneId: null,
    incidentId: null,
    declaredBy: ctx.seat.name,
    declaredByKey: seatKey(ctx.seat),
    checkedBy: null,
    reason: null,
  }
  return ok([{ type: 'consignment.declared', consignment, contact: dutyDesk.contact }])
}

/** Four eyes: whoever declares a load sheet does not check it, from whatever seat. */
export function decideCheckConsignment(
  picture: Picture,
  { consignmentId }: CommandOf<'consignment.check'>,
  ctx: Context,
): Decision<DomainEvent[]> {
  const known = inState(picture, consignmentId, ['declared'])
  if (!known.ok) return known
  const { declaredBy, declaredByKey } = known.value
  const same = declaredByKey === undefined ? declaredBy === ctx.seat.name : declaredByKey === seatKey(ctx.seat)
  if (same) return refuse(403, 'same-person-checks', 'whoever declares a consignment does not check it')
  return ok([{ type: 'consignment.checked', consignmentId, by: ctx.seat.name }])
}

/** It sets out within its window, half an hour before it at the earliest. From now on its corridor is watched. */
export function decideStartConsignment(
  picture: Picture,
  { consignmentId }: CommandOf<'consignment.start'>,
  ctx: Context,
): Decision<DomainEvent[]> {
  const known = inState(picture, consignmentId, ['checked'])
  if (!known.ok) return known
  const { fromMs, toMs } = known.value.window
  if (ctx.nowMs < fromMs - EARLY_START_MS || ctx.nowMs > toMs)
    return refuse(409, 'outside-window', 'it sets out within its window, or half an hour before it at the earliest')
  const zone = corridorZone(known.value, ctx)
  return ok([
    ...(zone === null ? [] : [{ type: 'zone.declared' as const, zone }]),
    { type: 'consignment.started', consignmentId, zoneId: zone?.id ?? null },
  ])
}

export function decideArriveConsignment(
  picture: Picture,
  { consignmentId }: CommandOf<'consignment.arrive'>,
): Decision<DomainEvent[]> {
  const known = inState(picture, consignmentId, ['under-way'])
  if (!known.ok) return known
  return ok([...off(picture, known.value, 'arrived'), { type: 'consignment.arrived', consignmentId }])
}

export function decideEndConsignment(
  picture: Picture,
  { consignmentId, reason }: CommandOf<'consignment.end'>,
): Decision<DomainEvent[]> {
  const known = inState(picture, consignmentId, ['declared', 'checked', 'under-way', 'accident'])
  return known.ok ? ok(ending(picture, known.value, reason)) : known
}

/**
 * An incident opens with the load sheet, and whoever reported it has a hand in it; or the load sheet goes to an open incident
 * that is about it already, such as that of its own emergency key.
 */
export function decideAccident(
  picture: Picture,
  { consignmentId, incidentId: joined, position, place, text }: CommandOf<'consignment.accident'>,
  ctx: DecideContext,
): Decision<DomainEvent[]> {
  const known = inState(picture, consignmentId, ['declared', 'checked', 'under-way'])
  if (!known.ok) return known
  const consignment = known.value
  const { categories } = dictionaryOf(picture)
  const category = categories.some(({ id }) => id === ACCIDENT_CATEGORY) ? ACCIDENT_CATEGORY : 'other'
  const said = [text, `${consignment.vehicle.callSign}`, ...consignment.loads.map(loadText)].filter(
    (part) => part !== '',
  )
  const sheet = said.join('\n').slice(0, MOST_INCIDENT_TEXT)
  if (joined !== undefined) {
    const incident = picture.incident.get(joined)
    if (!incident) return refuse(404, 'unknown-incident', `no incident ${joined}`)
    if (incident.state === 'closed') return refuse(409, 'incident-closed', `incident ${incident.number} is closed`)
    return ok([
      ...offRoad(picture, consignment, 'accident'),
      { type: 'incident.noted', incidentId: joined, text: sheet },
      { type: 'consignment.accident', consignmentId, incidentId: joined, position, text },
    ])
  }
  const reported = decideReport(
    picture,
    {
      type: 'incident.report',
      id: consignmentId,
      category,
      priority: 'critical',
      position,
      place,
      text: sheet,
      occurredAtMs: ctx.nowMs,
      subject: null,
    },
    ctx,
  )
  if (!reported.ok) return reported
  const events = reported.value.map((event): DomainEvent =>
    event.type === 'incident.reported' ? { ...event, incident: { ...event.incident, consignmentId } } : event,
  )
  const incidentId = events.find((event) => event.type === 'incident.reported')!.incident.id
  return ok([
    ...offRoad(picture, consignment, 'accident'),
    ...events,
    { type: 'consignment.accident', consignmentId, incidentId, position, text },
  ])
}

/** Whether somebody may look up how the duty desk is reached: it had an accident whose incident is open. */
export function decideReadContact(picture: Picture, consignmentId: string): Decision<DomainEvent[]> {
  const known = picture.consignment.get(consignmentId)
  if (!known) return refuse(404, 'unknown-consignment', `no consignment ${consignmentId}`)
  const incident = known.incidentId === null ? undefined : picture.incident.get(known.incidentId)
  if (incident === undefined || incident.state === 'closed')
    return refuse(409, 'no-accident', `consignment ${known.number} has no open accident: its duty desk stays private`)
  return ok([{ type: 'consignment.contact-read', consignmentId, incidentId: incident.id }])
}

/** It comes to an end, and with it whatever stood for it. */
export const ending = (picture: Picture, consignment: Consignment, reason: string): DomainEvent[] => [
  ...off(picture, consignment, reason),
  { type: 'consignment.ended', consignmentId: consignment.id, reason },
]

/** The zone of its corridor and every alarm that only made sense under way. */
const offRoad = (picture: Picture, consignment: Consignment, reason: string): DomainEvent[] => [
  ...watchOver(picture, consignment, reason),
  ...clearAlarm(picture, 'consignment-late', consignment.id),
]

/** Off the road for good: what its terminal said is over too, for nobody listens to it any more. */
const off = (picture: Picture, consignment: Consignment, reason: string): DomainEvent[] => [
  ...offRoad(picture, consignment, reason),
  ...[...picture.alarm.values()]
    .filter(({ kind, subject, clearedAtMs }) => {
      const said = kind === 'terminal-alarm' || kind === 'distress-signal'
      return said && subject.kind === 'consignment' && subject.id === consignment.id && clearedAtMs === null
    })
    .map(({ id }): DomainEvent => ({ type: 'alarm.cleared', alarmId: id })),
]

/** Consignments that are over are kept so long in the live picture; the journal keeps them. */
const KEPT_MS = 24 * 3_600_000

/** What is known of positions: whether one of a consignment has come, and since when, epoch ms, anybody listens. */
export interface Heard {
  heard: (consignmentId: string) => boolean
  listeningSinceMs: number
}

/**
 * What time alone does: one that is late is told, and one whose terminal has not been heard since it set out; one that is
 * over is put away. The newest stays, so that numbers go on.
 */
export function consignmentsDue(picture: Picture, ctx: { nowMs: number; newId: () => string } & Heard): DomainEvent[] {
  const newest = nextNumber(picture) - 1
  return [...picture.consignment.values()].flatMap((one): DomainEvent[] => {
    const overAtMs = one.times.arrived ?? one.times.ended
    const needed = (picture.incident.get(one.incidentId ?? '')?.state ?? 'closed') !== 'closed'
    if (overAtMs !== undefined && !needed && one.number !== newest && ctx.nowMs - overAtMs > KEPT_MS)
      return [{ type: 'consignment.archived', consignmentId: one.id }]
    if (one.state !== 'under-way') return []
    const late =
      ctx.nowMs <= one.window.toMs
        ? []
        : raiseAlarm(picture, ctx, {
            priority: 'warning',
            kind: 'consignment-late',
            subject: { kind: 'consignment', id: one.id },
            incidentId: null,
            detail: `${one.number} · ${one.vehicle.callSign}`,
          })
    return [...late, ...neverHeard(picture, one, ctx)]
  })
}

/**
 * A terminal that is dead from the start: the rule of the zone begins with a first position inside, and would say nothing for
 * ever. It is the same alarm as of one that falls silent, and ends in the same way.
 */
function neverHeard(
  picture: Picture,
  { id, vehicle, zoneId, times }: Consignment,
  ctx: { nowMs: number; newId: () => string } & Heard,
): DomainEvent[] {
  const zone = picture.zone.get(zoneId ?? '')
  if (zone === undefined || ctx.heard(id)) return []
  const sinceMs = Math.max(times['under-way'] ?? ctx.nowMs, ctx.listeningSinceMs)
  if (ctx.nowMs - sinceMs <= SILENT_S * 1000) return []
  return raiseAlarm(picture, ctx, {
    priority: 'warning',
    kind: 'zone-gap',
    subject: { kind: 'consignment', id },
    key: zone.id,
    zoneId: zone.id,
    incidentId: null,
    detail: `${vehicle.callSign} · ${zone.name} · ≥ ${SILENT_S / 60} min`,
    position: null,
  })
}

function inState(picture: Picture, id: string, states: readonly ConsignmentState[]): Decision<Consignment> {
  const known = picture.consignment.get(id)
  if (!known) return refuse(404, 'unknown-consignment', `no consignment ${id}`)
  if (!states.includes(known.state))
    return refuse(409, 'consignment-state', `consignment ${known.number} is ${known.state}`)
  return ok(known)
}

function nextNumber(picture: Picture): number {
  let last = 0
  for (const { number } of picture.consignment.values()) last = Math.max(last, number)
  return last + 1
}
