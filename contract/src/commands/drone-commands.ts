import { z } from 'zod'
import { CameraWish, CONTROL_ORDERS, DroneId } from '../fleet.ts'
import { ParamName } from '../upkeep.ts'
import { Id, Reason } from './words.ts'

/** Orders to aircraft, their cameras and fences, and who holds them. */
export const droneCommands = [
  z.strictObject({
    id: z.uuid(),
    type: z.literal('drone.order'),
    droneId: DroneId,
    order: z.enum(['hold', 'return', 'land', 'resume', ...CONTROL_ORDERS]),
  }),
  /** Puts the fence of a task, with rally points, into its drone. */
  z.strictObject({ id: z.uuid(), type: z.literal('drone.send-fence'), droneId: DroneId, taskId: Id }),
  /** Reads fence and rally points and compares them with what was last put in. */
  z.strictObject({ id: z.uuid(), type: z.literal('drone.check-fence'), droneId: DroneId }),
  /** Both, or the one part alone. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('drone.clear-fence'),
    droneId: DroneId,
    only: z.enum(['fence', 'rally']).optional(),
  }),
  /** Takes back whichever of these three is going on. */
  z.strictObject({ id: z.uuid(), type: z.literal('drone.cancel-fence'), droneId: DroneId }),
  z.strictObject({ id: z.uuid(), type: z.literal('drone.read-params'), droneId: DroneId }),
  z.strictObject({ id: z.uuid(), type: z.literal('drone.read-param'), droneId: DroneId, name: ParamName }),
  /** `was`: the value that is replaced, as its pilot saw it; where the drone holds another one nothing is set. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('drone.set-param'),
    droneId: DroneId,
    name: ParamName,
    value: z.number(),
    was: z.number().nullable(),
  }),
  z.strictObject({ id: z.uuid(), type: z.literal('drone.clear-mission'), droneId: DroneId }),
  /** Takes back whichever of these four is going on. */
  z.strictObject({ id: z.uuid(), type: z.literal('drone.cancel-upkeep'), droneId: DroneId }),
  z.strictObject({ id: z.uuid(), type: z.literal('drone.camera'), droneId: DroneId, wish: CameraWish }),
  z.strictObject({ id: z.uuid(), type: z.literal('drone.take-lease'), droneId: DroneId, reason: Reason }),
  z.strictObject({ id: z.uuid(), type: z.literal('drone.release-lease'), droneId: DroneId }),
  /** One order for every drone in the air; each answers for itself. */
  z.strictObject({ id: z.uuid(), type: z.literal('fleet.order'), order: z.enum(['hold', 'return', 'land']) }),
] as const
