import { z } from 'zod'
import { UnitId } from '../units.ts'
import { ZoneDraft } from '../zones.ts'
import { Id, Reason } from './words.ts'

/** The alarm list, and the zones and timers that raise alarms. */
export const alarmCommands = [
  z.strictObject({ id: z.uuid(), type: z.literal('alarm.acknowledge'), alarmId: Id }),
  /** A group in one act: each is acknowledged by itself in the journal; those that are gone meanwhile are passed over. */
  z.strictObject({ id: z.uuid(), type: z.literal('alarm.acknowledge-all'), alarmIds: z.array(Id).min(1).max(500) }),
  z.strictObject({
    id: z.uuid(),
    type: z.literal('alarm.shelve'),
    alarmId: Id,
    minutes: z.number().int().min(1).max(480),
    reason: Reason,
  }),
  z.strictObject({ id: z.uuid(), type: z.literal('alarm.unshelve'), alarmId: Id }),
  z.strictObject({ id: z.uuid(), type: z.literal('zone.declare'), zone: ZoneDraft }),
  /** Lone-worker timer of a unit. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('timer.start'),
    unitId: UnitId,
    everyMin: z.number().int().min(1).max(240),
  }),
  z.strictObject({ id: z.uuid(), type: z.literal('timer.check-in'), unitId: UnitId }),
  z.strictObject({ id: z.uuid(), type: z.literal('timer.stop'), unitId: UnitId }),
  /** `revision`: the one that was changed; another change in between is refused. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('zone.change'),
    zoneId: Id,
    revision: z.number().int().min(1),
    zone: ZoneDraft,
  }),
  z.strictObject({ id: z.uuid(), type: z.literal('zone.remove'), zoneId: Id, reason: Reason }),
] as const
