import { z } from 'zod'
import { MemberKey } from '../room-voice.ts'
import { SUPPORT_ANSWERS } from '../support.ts'
import { Id, Reason } from './words.ts'

/** What is said, done and asked for in the room of an incident. */
export const roomCommands = [
  /** Says something in the room of an incident. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('room.say'),
    incidentId: Id,
    text: z.string().trim().min(1).max(1000),
    /** Everyone in the room must acknowledge it. */
    urgent: z.boolean(),
  }),
  /** This workplace holds messages up to one number and has shown them up to another. Numbers only grow. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('room.receive'),
    incidentId: Id,
    deliveredTo: z.number().int().min(0),
    readTo: z.number().int().min(0),
  }),
  /** Acknowledges an urgent message; with `forKey` for a member who did so by radio. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('room.acknowledge'),
    incidentId: Id,
    number: z.number().int().min(1),
    forKey: MemberKey.optional(),
  }),
  /** A point of the checklist; one that is skipped needs a reason. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('room.check'),
    incidentId: Id,
    itemId: Id,
    as: z.enum(['open', 'done', 'skipped']),
    reason: z.string().trim().max(300).optional(),
  }),
  z.strictObject({
    id: z.uuid(),
    type: z.literal('room.call-roll'),
    incidentId: Id,
    withinS: z.number().int().min(15).max(3600),
  }),
  /** Answers the roll-call; with `forKey` for a member who did so by radio. */
  z.strictObject({ id: z.uuid(), type: z.literal('room.answer-roll'), incidentId: Id, forKey: MemberKey.optional() }),
  /** Brings somebody of the staff into the room as an adviser, for a time; again: for another time from now. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('room.invite'),
    incidentId: Id,
    account: z.string().min(1).max(64),
    /** One of the dictionary's advisers. */
    adviser: Id,
    minutes: z.number().int().min(5).max(1440),
  }),
  /** Help from outside the own units, as it is asked for by phone or radio: of a kind of the dictionary. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('room.ask-support'),
    incidentId: Id,
    support: Id,
    text: z.string().trim().max(300),
  }),
  /** What the other side said of a request, or that the help is there. Declined and withdrawn need a reason. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('room.answer-support'),
    incidentId: Id,
    number: z.number().int().min(1),
    answer: z.enum(SUPPORT_ANSWERS),
    /** When they say that they will be there, minutes from now; with `accepted`. */
    etaMin: z.number().int().min(1).max(1440).optional(),
    reason: z.string().trim().max(300).optional(),
  }),
  /** Takes a member out of the room: an adviser, a guest, or a seat that has nothing more to do there. */
  z.strictObject({ id: z.uuid(), type: z.literal('room.remove'), incidentId: Id, key: MemberKey, reason: Reason }),
] as const
