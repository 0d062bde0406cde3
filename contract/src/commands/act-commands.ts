import { z } from 'zod'
import { ACT_MOST_MIN, ActTarget } from '../acts.ts'
import { Id, ImpersonalReason } from './words.ts'

/** Sensitive acts: a camera is opened or a vehicle followed, from an incident, with a second person's approval. */
export const actCommands = [
  /** Asks to open a camera or to follow a vehicle, from an incident; it needs a second person's approval. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('act.ask'),
    incidentId: Id,
    target: ActTarget,
    reason: ImpersonalReason,
    minutes: z.number().int().min(1).max(ACT_MOST_MIN),
  }),
  z.strictObject({ id: z.uuid(), type: z.literal('act.approve'), incidentId: Id, number: z.number().int().min(1) }),
  z.strictObject({
    id: z.uuid(),
    type: z.literal('act.refuse'),
    incidentId: Id,
    number: z.number().int().min(1),
    reason: ImpersonalReason,
  }),
  /** Takes a request back, or stops an act before its time. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('act.end'),
    incidentId: Id,
    number: z.number().int().min(1),
    reason: ImpersonalReason,
  }),
] as const
