import { messageId, type DomainEvent, type Incident, type Room } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { clearAlarmsOf, raiseAlarm } from '../alarms/rules.ts'
import { dictionaryOf } from '../dictionary/dictionary.ts'
import { checklistOf } from './checklist.ts'
import { joinedByRule } from './join.ts'
import { activeMembers, isActive, memberOf } from './members.ts'
import { missingIn, namesOf } from './roll-call.ts'
import { ruledMembers } from './rules.ts'
import { SUPPORT_ALARMS, supportDue } from './support.ts'

export interface KeepContext {
  nowMs: number
  newId: () => string
}

/** Alarms that end with the room. */
const ROOM_ALARMS = ['message-unacknowledged', 'roll-call-unanswered', ...SUPPORT_ALARMS] as const

export const opened = (picture: Picture, { id, category }: Pick<Incident, 'id' | 'category'>): DomainEvent => ({
  type: 'room.opened',
  incidentId: id,
  checklist: checklistOf(picture, category),
})

/** What the state of one incident makes of its room: it opens, follows the rules, closes. Nothing where all is as it should be. */
export function roomFollows(picture: Picture, incidentId: string): DomainEvent[] {
  const incident = picture.incident.get(incidentId)
  if (!incident) return []
  const room = picture.room.get(incidentId)
  if (incident.state === 'closed')
    return room?.state === 'open'
      ? [{ type: 'room.closed', incidentId }, ...clearAlarmsOf(picture, incidentId, ROOM_ALARMS)]
      : []
  if (!room) return [opened(picture, incident)]
  return membershipChanges(picture, room, incident)
}

function membershipChanges(picture: Picture, room: Room, incident: Incident): DomainEvent[] {
  const { incidentId } = room
  const dictionary = dictionaryOf(picture)
  const wanted = ruledMembers(picture, dictionary, incident)
  /** Whoever came by acting stays, although no rule names them now. */
  const handlers = new Set(dictionary.roomRules.filter(({ join }) => join === 'handlers').map(({ id }) => id))
  const joins = wanted
    .filter(({ key }) => !isActive(memberOf(picture, incidentId, key)))
    .map((one) => joinedByRule(incidentId, one))
  const leaves = activeMembers(picture, room)
    .filter(({ rule, key }) => rule !== null && !handlers.has(rule) && !wanted.some((one) => one.key === key))
    .map(({ key }): DomainEvent => ({ type: 'room.left', incidentId, key, reason: 'rule', text: null }))
  return [...joins, ...leaves]
}

/** The last workplace of an account was left: whoever handled incidents there hands them to the desk. */
export function signedOut(picture: Picture, account: string): DomainEvent[] {
  const handlers = new Set(
    dictionaryOf(picture)
      .roomRules.filter(({ join }) => join === 'handlers')
      .map(({ id }) => id),
  )
  return [...picture.room.values()].flatMap(({ incidentId, state }): DomainEvent[] => {
    const member = memberOf(picture, incidentId, `seat:${account}`)
    const stays = !isActive(member) || (member.rule !== null && !handlers.has(member.rule)) || member.kind !== 'seat'
    return state === 'closed' || stays
      ? []
      : [{ type: 'room.left', incidentId, key: member.key, reason: 'signed-out', text: null }]
  })
}

/** What time alone does to rooms: stays that are over, answers that did not come, rooms that are put away. */
export function roomsDue(picture: Picture, ctx: KeepContext): DomainEvent[] {
  const { acknowledgeWithinS, keepClosedH } = dictionaryOf(picture).roomTimes
  const due = [...picture.room.values()].flatMap((room): DomainEvent[] => {
    const { incidentId } = room
    if (room.state === 'closed')
      return ctx.nowMs - (room.closedAtMs ?? 0) > keepClosedH * 3_600_000 ? [{ type: 'room.archived', incidentId }] : []
    return [
      ...staysOver(picture, room, ctx.nowMs),
      ...rollDue(picture, room, ctx),
      ...room.unacknowledged.flatMap((number) => messageDue(picture, room, number, acknowledgeWithinS, ctx)),
      ...supportAlarms(picture, room, ctx),
    ]
  })
  return [...due, ...settledAlarms(picture, ctx.nowMs)]
}

const staysOver = (picture: Picture, room: Room, nowMs: number): DomainEvent[] =>
  activeMembers(picture, room)
    .filter(({ untilMs }) => untilMs !== null && nowMs >= untilMs)
    .map(({ key }) => ({
      type: 'room.left',
      incidentId: room.incidentId,
      key,
      reason: 'time-over',
      text: null,
    }))

function rollDue(picture: Picture, room: Room, ctx: KeepContext): DomainEvent[] {
  const roll = room.rollCall
  if (roll === null || roll.endedAtMs !== null || ctx.nowMs <= roll.dueAtMs) return []
  const missing = missingIn(picture, room, roll)
  return [
    { type: 'room.roll-ended', incidentId: room.incidentId, missing },
    ...(missing.length === 0
      ? []
      : alarmIn(picture, room, ctx, 'roll-call-unanswered', roll.number, namesOf(picture, room, missing))),
  ]
}

function messageDue(picture: Picture, room: Room, number: number, withinS: number, ctx: KeepContext): DomainEvent[] {
  const message = picture.message.get(messageId(room.incidentId, number))
  if (message === undefined || ctx.nowMs - message.atMs <= withinS * 1000) return []
  const missing = message.owed.filter(
    (key) => !(key in message.acknowledged) && isActive(memberOf(picture, room.incidentId, key)),
  )
  return alarmIn(picture, room, ctx, 'message-unacknowledged', number, namesOf(picture, room, missing))
}

/** Help that nobody has answered for in time, or that has not come. */
const supportAlarms = (picture: Picture, room: Room, ctx: KeepContext): DomainEvent[] =>
  (room.support ?? []).flatMap((request) => {
    const kind = supportDue(request, ctx.nowMs)
    const names = `${request.name.zh} / ${request.name.en}`
    return kind === null ? [] : alarmIn(picture, room, ctx, kind, request.number, names)
  })

function alarmIn(
  picture: Picture,
  room: Room,
  ctx: KeepContext,
  kind: (typeof ROOM_ALARMS)[number],
  number: number,
  names: string,
): DomainEvent[] {
  const incident = picture.incident.get(room.incidentId)
  if (incident === undefined) return []
  return raiseAlarm(picture, ctx, {
    priority: incident.priority,
    kind,
    subject: { kind: 'incident', id: incident.id },
    key: String(number),
    incidentId: incident.id,
    detail: `#${incident.number} ${names}`,
    position: incident.position,
  })
}

/** Alarms about messages that everyone has acknowledged since, roll-calls that nobody is missing in any more, help that came. */
function settledAlarms(picture: Picture, nowMs: number): DomainEvent[] {
  return [...picture.alarm.values()].flatMap((alarm): DomainEvent[] => {
    if (alarm.clearedAtMs !== null || !ROOM_ALARMS.some((kind) => kind === alarm.kind)) return []
    const room = picture.room.get(alarm.subject.id)
    const roll = room?.rollCall ?? null
    const number = Number(alarm.key)
    const request = room?.support?.find((one) => one.number === number)
    const stands =
      room !== undefined &&
      (alarm.kind === 'message-unacknowledged'
        ? room.unacknowledged.includes(number)
        : alarm.kind === 'roll-call-unanswered'
          ? roll?.number === number && missingIn(picture, room, roll).length > 0
          : request !== undefined && supportDue(request, nowMs) === alarm.kind)
    return stands ? [] : [{ type: 'alarm.cleared', alarmId: alarm.id }]
  })
}
