import { z } from 'zod'

/** Name of a parameter as PARAM_VALUE carries it: 1 to 16 printable ASCII characters, no blank. */
export const ParamName = z.string().regex(/^[\x21-\x7e]{1,16}$/)

/** A parameter of an autopilot as the vehicle told it, in the operator's terms. */
export const DroneParam = z.strictObject({
  name: ParamName,
  /** Null: what the vehicle tells is no finite number. */
  value: z.number().nullable(),
  /** MAV_PARAM_TYPE: 1 to 6 are integers of 8, 16 and 32 bits without and with sign, 9 is a float of 32 bits. */
  type: z.number().int().min(1).max(10),
  /** When the vehicle told it, epoch ms. */
  atMs: z.number(),
  /** It was to be set since, and the vehicle has not told what it holds now: `value` is that of before. */
  unsure: z.literal(true).optional(),
})
export type DroneParam = z.infer<typeof DroneParam>

/** What a pilot looks up, sets or takes out in a drone beside its flight. */
export const UpkeepAsk = z.discriminatedUnion('do', [
  /** All parameters of the autopilot. */
  z.strictObject({ do: z.literal('read-params') }),
  z.strictObject({ do: z.literal('read-param'), name: ParamName }),
  /** `was`: what its pilot saw; where the vehicle holds anything else by now nothing is set. */
  z.strictObject({ do: z.literal('set-param'), name: ParamName, value: z.number(), was: z.number().nullable() }),
  z.strictObject({ do: z.literal('clear-mission') }),
])
export type UpkeepAsk = z.infer<typeof UpkeepAsk>

/** How it ended: always by what the vehicle itself told afterwards, never by an acknowledgement alone. */
export const UpkeepOutcome = z.discriminatedUnion('kind', [
  /** All parameters have come; `count` of them can be shown. */
  z.strictObject({ kind: z.literal('listed'), count: z.number().int() }),
  /** The vehicle tells this value: what was read, or what was set. */
  z.strictObject({ kind: z.literal('holds'), value: z.number().nullable() }),
  /** After a set the vehicle tells another value than the one that was wanted. */
  z.strictObject({ kind: z.literal('holds-other'), value: z.number().nullable() }),
  /** The mission was read back: there is none. */
  z.strictObject({ kind: z.literal('empty') }),
  /** `reason` as `reasonOf` writes it; `unknown`: something may have been changed, and what it holds now is not known. */
  z.strictObject({ kind: z.literal('failed'), reason: z.string(), unknown: z.boolean() }),
])
export type UpkeepOutcome = z.infer<typeof UpkeepOutcome>

/** What the bridge says of it beside the telemetry. */
export const UpkeepState = z.object({
  /** Its policy lets parameters be set while the vehicle is armed. */
  setsWhileArmed: z.boolean(),
  /** Job that read the parameters; null: not read since this vehicle, its autopilot or the bridge started. */
  paramsOf: z.string().nullable(),
})
export type UpkeepState = z.infer<typeof UpkeepState>

export interface UpkeepJob {
  id: string
  ask: UpkeepAsk
  done: number
  /** 0 while it is not known how many there are. */
  total: number
  /** Who asked. */
  by: string
  atMs: number
  /** When something was last heard of it, epoch ms. */
  heardAtMs: number
  /** Its pilot has taken it back; the bridge has not told its end. */
  cancelling?: true
}
export interface UpkeepEnd {
  ask: UpkeepAsk
  outcome: UpkeepOutcome
  by: string
  atMs: number
}

/** Upkeep of one drone: what is going on, one at a time, and how the last of each kind ended. */
export interface DroneUpkeep {
  job: UpkeepJob | null
  params: UpkeepEnd | null
  mission: UpkeepEnd | null
}

/** Parameters of one drone as they were read; `readAtMs` null and none: not read, or not since the vehicle started. */
export const DroneParams = z.object({ readAtMs: z.number().nullable(), params: z.array(DroneParam) })
export type DroneParams = z.infer<typeof DroneParams>
