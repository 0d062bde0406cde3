import { z } from 'zod'
import { DroneId } from '../fleet.ts'
import { Id, Reason } from './words.ts'

/** The way of a task from its approval to its flight. */
export const taskCommands = [
  /** Approval reference of the air traffic authority for one task. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('task.approve'),
    taskId: Id,
    approvalRef: z.string().trim().min(3).max(60),
  }),
  /** `batteryAnswered`: the seat answers for a full battery of which the drone tells nothing; without it that is refused. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('task.offer'),
    taskId: Id,
    batteryAnswered: z.literal(true).optional(),
  }),
  z.strictObject({ id: z.uuid(), type: z.literal('task.see'), taskId: Id }),
  z.strictObject({ id: z.uuid(), type: z.literal('task.accept'), taskId: Id }),
  z.strictObject({ id: z.uuid(), type: z.literal('task.refuse'), taskId: Id, reason: Reason }),
  z.strictObject({ id: z.uuid(), type: z.literal('task.withdraw'), taskId: Id, reason: Reason }),
  /** What a task has not covered, as a new task for a drone: after a battery swap, or for another. */
  z.strictObject({ id: z.uuid(), type: z.literal('task.hand-over'), taskId: Id, droneId: DroneId }),
  /** Upload again after a failed or unknown upload. */
  z.strictObject({ id: z.uuid(), type: z.literal('task.upload'), taskId: Id }),
  /** Takes back an upload that is going on. */
  z.strictObject({ id: z.uuid(), type: z.literal('task.cancel-upload'), taskId: Id }),
  /** Arm and start, after the checklist. On a drone already in the air: start the new path. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('task.start'),
    taskId: Id,
    checklist: z.strictObject({
      areaClear: z.literal(true),
      aircraftChecked: z.literal(true),
      heightUnderstood: z.literal(true),
    }),
    /** Why it takes off although another flight of ours should be clear first; it is journaled. */
    despiteWait: Reason.optional(),
  }),
  /** Go on with a flight that was broken off, from a point of its path that was reached (0: all of it again). */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('task.resume'),
    taskId: Id,
    fromPoint: z.number().int().min(0).max(700),
  }),
] as const
