import type { Command, DomainEvent, Room, Seat, SupportRequest } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { clearAlarm } from '../alarms/rules.ts'
import { dictionaryOf } from '../dictionary/dictionary.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { voiceOf } from './members.ts'
import { roomFor } from './room-of.ts'

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>
type SupportEvent = Extract<DomainEvent, { type: 'room.support-asked' | 'room.support-answered' }>

/** More requests than this in one room nobody keeps apart. */
const MOST_REQUESTS = 60
const MIN_MS = 60_000

/** Alarms about one request: nobody answered it, and it has not come. */
export const SUPPORT_ALARMS = ['support-unanswered', 'support-late'] as const
export type SupportAlarm = (typeof SUPPORT_ALARMS)[number]

/** Asks for help of a kind that the dictionary has, with the times that it sets. */
export function decideAskSupport(
  picture: Picture,
  { incidentId, support, text }: CommandOf<'room.ask-support'>,
  ctx: { nowMs: number; seat: Seat },
): Decision<DomainEvent[]> {
  const room = roomFor(picture, incidentId, ctx.seat)
  if (!room.ok) return room
  const entry = dictionaryOf(picture).support.find(({ id }) => id === support)
  if (!entry) return refuse(422, 'unknown-support', `no kind of support ${support} in the dictionary`)
  const number = (room.value.support?.length ?? 0) + 1
  if (number > MOST_REQUESTS) return refuse(409, 'too-many-requests', `at most ${MOST_REQUESTS} requests a room`)
  const { nowMs } = ctx
  return ok([
    {
      type: 'room.support-asked',
      incidentId,
      number,
      support,
      name: entry.name,
      text,
      by: voiceOf(ctx.seat),
      acceptByMs: nowMs + entry.acceptWithinMin * MIN_MS,
      arriveByMs: nowMs + entry.arriveWithinMin * MIN_MS,
    },
  ])
}

/** Enters what the other side said, or that the help is there. Steps only go forward. */
export function decideAnswerSupport(
  picture: Picture,
  { incidentId, number, answer, etaMin, reason = '' }: CommandOf<'room.answer-support'>,
  ctx: { nowMs: number; seat: Seat },
): Decision<DomainEvent[]> {
  const room = roomFor(picture, incidentId, ctx.seat)
  if (!room.ok) return room
  const request = room.value.support?.find((one) => one.number === number)
  if (!request) return refuse(404, 'unknown-request', `no request ${number} in this room`)
  if (request.state === answer && etaMin === undefined) return ok([])
  if (request.endedAtMs !== null) return refuse(409, 'request-over', `request ${number} is ${request.state}`)
  if ((answer === 'declined' || answer === 'withdrawn') && reason.length < 2)
    return refuse(422, 'reason-needed', `a request is not ${answer} without a reason`)
  return ok([
    {
      type: 'room.support-answered',
      incidentId,
      number,
      answer,
      by: voiceOf(ctx.seat),
      // Whoever comes knows better than the dictionary when.
      arriveByMs: answer === 'accepted' && etaMin !== undefined ? ctx.nowMs + etaMin * MIN_MS : null,
      reason: reason === '' ? null : reason,
    },
    ...clearAlarm(picture, 'support-unanswered', incidentId, String(number)),
    ...(answer === 'accepted' && etaMin === undefined
      ? []
      : clearAlarm(picture, 'support-late', incidentId, String(number))),
  ])
}

/** Which alarm a request calls for now, or null. */
export function supportDue(request: SupportRequest, nowMs: number): SupportAlarm | null {
  if (request.endedAtMs !== null) return null
  if (nowMs > request.arriveByMs) return 'support-late'
  return request.state === 'asked' && nowMs > request.acceptByMs ? 'support-unanswered' : null
}

/** The requests of a room after one event. */
export function supportAfter({ support = [] }: Room, event: SupportEvent, atMs: number): SupportRequest[] {
  if (event.type === 'room.support-asked') {
    const { type: _type, incidentId: _incident, ...facts } = event
    const open = { state: 'asked', askedAtMs: atMs, acceptedAtMs: null, arrivedAtMs: null } as const
    return [...support, { ...facts, ...open, endedAtMs: null, reason: null }]
  }
  const { number, answer, arriveByMs, reason } = event
  return support.map((one) =>
    one.number !== number
      ? one
      : {
          ...one,
          state: answer,
          reason,
          arriveByMs: arriveByMs ?? one.arriveByMs,
          acceptedAtMs: answer === 'accepted' || answer === 'arrived' ? (one.acceptedAtMs ?? atMs) : one.acceptedAtMs,
          arrivedAtMs: answer === 'arrived' ? atMs : one.arrivedAtMs,
          endedAtMs: answer === 'accepted' ? null : atMs,
        },
  )
}

/** With the incident every clock stands still. */
export const supportEnded = ({ support = [] }: Room, atMs: number): SupportRequest[] =>
  support.map((one) => ({ ...one, endedAtMs: one.endedAtMs ?? atMs }))
