import { z } from 'zod'
import { CalibrationPlan } from '../calibrations.ts'
import { TableFile, TableName } from '../distance-tables.ts'
import { Id, Reason } from './words.ts'

/** Distance tables of an agency, and exercises that measure a sweep width. */
export const calibrationCommands = [
  /** An agency's own distances, as a file has them; `replaces`: the table that it takes the place of. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('distance-table.declare'),
    tableName: TableName,
    file: TableFile,
    replaces: Id.optional(),
  }),
  z.strictObject({ id: z.uuid(), type: z.literal('distance-table.withdraw'), tableId: Id, reason: Reason }),
  /** Lays out the targets of a calibration exercise for a drone's camera. */
  z.strictObject({ id: z.uuid(), type: z.literal('calibration.lay-out'), plan: CalibrationPlan }),
  z.strictObject({
    id: z.uuid(),
    type: z.literal('calibration.record-pass'),
    calibrationId: Id,
    target: z.number().int().min(1).max(60),
    seen: z.boolean(),
  }),
  /** The detector marked something where no target lay. */
  z.strictObject({ id: z.uuid(), type: z.literal('calibration.record-false-alarm'), calibrationId: Id }),
  /** Takes back a pass, or a false alarm. */
  z.strictObject({ id: z.uuid(), type: z.literal('calibration.undo-pass'), calibrationId: Id, passId: Id }),
  /** Measures; later searches with this camera count with the result. */
  z.strictObject({
    id: z.uuid(),
    type: z.literal('calibration.finish'),
    calibrationId: Id,
    /** Somebody counted marks where no target lay: then none noted means none seen, and not that nobody looked. */
    falseAlarmsCounted: z.boolean().optional(),
  }),
  z.strictObject({ id: z.uuid(), type: z.literal('calibration.withdraw'), calibrationId: Id, reason: Reason }),
] as const
