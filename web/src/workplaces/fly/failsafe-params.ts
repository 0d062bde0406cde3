import type { WordKey } from '../../i18n/words.ts'

/**
 * How a failsafe parameter stands, for aircraft flown from here. `good`: it acts as the guide asks. `bad`: it does nothing
 * where it should act. `falls`: it ends the flight where it is, over whoever is below. `other`: it acts in another way.
 * `figure`: a time or a height that its pilot judges.
 */
export type Verdict = 'good' | 'bad' | 'falls' | 'other' | 'figure'

type KeysBelow<P extends string> = WordKey extends infer K ? (K extends `${P}.${infer R}` ? R : never) : never
/** What it means, in `fly.upkeep.failsafe`. */
export type Meaning = KeysBelow<'fly.upkeep.failsafe'>

export interface FailsafeParam {
  readonly means: Meaning
  readonly judge: (value: number) => Verdict
  /** How the figure reads, in seconds or metres; the vehicle's own unit may be another. */
  readonly figure?: { readonly unit: 's' | 'm'; readonly per: number }
}

/** This system as the vehicles know it (MAVLink system id). */
const OWN_SYSTEM = 255
const isOff = (value: number): Verdict => (value === 0 ? 'bad' : 'good')
/** The guide asks for one value; nothing happens at 0. */
const wanted =
  (best: number) =>
  (value: number): Verdict =>
    value === best ? 'good' : value === 0 ? 'bad' : 'other'
const without =
  (bits: number) =>
  (value: number): Verdict =>
    (value & bits) === 0 ? 'good' : 'bad'
/** @param ends values with which the motors stop: termination, disarming, a parachute */
const falls =
  (ends: readonly number[], judge: FailsafeParam['judge']) =>
  (value: number): Verdict =>
    ends.includes(value) ? 'falls' : judge(value)
const figure = (): Verdict => 'figure'
const seconds = { unit: 's', per: 1 } as const
const lossTime: FailsafeParam = { means: 'lossTime', judge: figure, figure: seconds }
const returnHeight = (per: number): FailsafeParam => ({
  means: 'returnHeight',
  judge: figure,
  figure: { unit: 'm', per },
})
const station: FailsafeParam = { means: 'station', judge: (value) => (value === OWN_SYSTEM ? 'good' : 'bad') }

/**
 * The failsafe parameters of docs/guides/connect-a-drone.md, in the order in which a pilot asks: lost link, empty battery,
 * lost radio, fence, way home. Names and values of ArduPilot 4.x (Copter, Plane, Rover) and PX4.
 */
export const FAILSAFE_PARAMS: ReadonlyMap<string, FailsafeParam> = new Map([
  ['FS_GCS_ENABLE', { means: 'linkLost', judge: wanted(1) }],
  ['FS_GCS_ENABL', { means: 'linkLost', judge: wanted(1) }],
  ['NAV_DLL_ACT', { means: 'linkLostPx4', judge: falls([5, 6], wanted(2)) }],
  ['FS_LONG_ACTN', { means: 'longAction', judge: falls([3], wanted(1)) }],
  ['FS_ACTION', { means: 'roverAction', judge: wanted(1) }],
  // Bit 1: "continue if in auto mode on ground control station failsafe".
  ['FS_OPTIONS', { means: 'goesOn', judge: without(2) }],
  // Bits 0 and 1: in a mission, and in hold.
  ['COM_DLL_EXCEPT', { means: 'goesOnPx4', judge: without(3) }],
  ['FS_GCS_TIMEOUT', lossTime],
  ['FS_LONG_TIMEOUT', lossTime],
  ['COM_DL_LOSS_T', lossTime],
  ['MAV_GCS_SYSID', station],
  ['SYSID_MYGCS', station],
  // 3 is a return of Copter and Rover, and the end of the flight of Plane.
  ['BATT_FS_LOW_ACT', { means: 'battery', judge: falls([5], (value) => (value === 3 ? 'other' : isOff(value))) }],
  ['COM_LOW_BAT_ACT', { means: 'battery', judge: isOff }],
  ['FS_THR_ENABLE', { means: 'radio', judge: isOff }],
  // 2 of Plane: the loss is noticed, and nothing done about it.
  ['THR_FAILSAFE', { means: 'radio', judge: (value) => (value === 1 ? 'good' : 'bad') }],
  ['NAV_RCL_ACT', { means: 'radio', judge: falls([5, 6], isOff) }],
  ['FENCE_ENABLE', { means: 'fence', judge: isOff }],
  ['FENCE_ACTION', { means: 'fenceAction', judge: isOff }],
  // Bit 2: polygons.
  ['FENCE_TYPE', { means: 'fenceType', judge: (value) => ((value & 4) === 0 ? 'bad' : 'good') }],
  ['GF_ACTION', { means: 'fencePx4', judge: falls([4], (value) => (value <= 1 ? 'bad' : 'good')) }],
  ['RTL_ALT_M', returnHeight(1)],
  ['RTL_ALT', returnHeight(100)],
  ['RTL_RETURN_ALT', returnHeight(1)],
] satisfies [string, FailsafeParam][])

/** Names that older firmware has for the same thing. */
export const FORMERLY: Readonly<Record<string, string>> = { MAV_GCS_SYSID: 'SYSID_MYGCS' }
