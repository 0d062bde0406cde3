import { z } from 'zod'
import { EpochMs } from './geo.ts'

/**
 * Whether a drone may take off for a task now, as far as our other flights go. `clear`: it may. `apart`: not before
 * `untilMs`. `goes-first`: another one that has been agreed to take off before it is about to. `until-down`: another one no
 * longer keeps to its times; when it lands nobody knows.
 */
export const TakeOffWait = z.strictObject({
  kind: z.enum(['clear', 'apart', 'goes-first', 'until-down']),
  untilMs: EpochMs.nullable(),
  /** The flight that is waited for; null where there is none. */
  behind: z.strictObject({ taskId: z.string(), number: z.number().int(), droneId: z.string() }).nullable(),
})
export type TakeOffWait = z.infer<typeof TakeOffWait>
