import { OWN } from './own.ts'
import type { Vehicle } from './vehicle.ts'

/** What a parameter guards against, in the order in which a pilot asks. */
export type Guard = 'link' | 'battery' | 'radio' | 'fence' | 'estimator'

/** A parameter that decides what the aircraft does by itself when something fails. */
export interface SafetyParam {
  readonly guards: Guard
  readonly name: string
  /** What older firmware calls it. */
  readonly formerly?: string
  /** The first firmware that has it, `[major, minor]`: what is older does not answer the question. */
  readonly since?: readonly [number, number]
  /** Whether nothing happens but a message with this value. */
  readonly off: (value: number) => boolean
}
export interface SafetyParams {
  readonly guards: readonly SafetyParam[]
  /** Seconds without our heartbeat after which it acts. */
  readonly linkLossAfter: string
}

const isZero = (value: number): boolean => value === 0
const isAtMostOne = (value: number): boolean => value <= 1

const ARDUPILOT_BATTERY: SafetyParam = { guards: 'battery', name: 'BATT_FS_LOW_ACT', off: isZero }
const ARDUPILOT_FENCE: SafetyParam = { guards: 'fence', name: 'FENCE_ENABLE', off: isZero }
/** It misses the heartbeat of this one station alone: with another number ours may end, and it flies on. */
const ARDUPILOT_STATION: SafetyParam = {
  guards: 'link',
  name: 'MAV_GCS_SYSID',
  formerly: 'SYSID_MYGCS',
  off: (value) => value !== OWN.sys,
}
/** FS_OPTIONS, bit 1: "continue if in auto mode on ground control station failsafe". */
const GOES_ON_IN_AUTO = 2

/** ArduPlane has names of its own, one letter short, and waits FS_LONG_TIMEOUT for the long failsafe. */
const ARDUPILOT: Readonly<Record<Vehicle['kind'], SafetyParams | null>> = {
  copter: {
    linkLossAfter: 'FS_GCS_TIMEOUT',
    guards: [
      { guards: 'link', name: 'FS_GCS_ENABLE', off: isZero },
      { guards: 'link', name: 'FS_OPTIONS', off: (value) => (value & GOES_ON_IN_AUTO) !== 0 },
      ARDUPILOT_STATION,
      ARDUPILOT_BATTERY,
      { guards: 'radio', name: 'FS_THR_ENABLE', off: isZero },
      ARDUPILOT_FENCE,
    ],
  },
  plane: {
    linkLossAfter: 'FS_LONG_TIMEOUT',
    guards: [
      { guards: 'link', name: 'FS_GCS_ENABL', off: isZero },
      // 0 is "continue": it flies its plan on.
      { guards: 'link', name: 'FS_LONG_ACTN', off: isZero },
      ARDUPILOT_STATION,
      ARDUPILOT_BATTERY,
      // 2: the loss is noticed, and nothing done about it.
      { guards: 'radio', name: 'THR_FAILSAFE', off: (value) => value !== 1 },
      ARDUPILOT_FENCE,
    ],
  },
  rover: {
    linkLossAfter: 'FS_GCS_TIMEOUT',
    guards: [
      { guards: 'link', name: 'FS_GCS_ENABLE', off: isZero },
      { guards: 'link', name: 'FS_ACTION', off: isZero },
      ARDUPILOT_STATION,
      ARDUPILOT_BATTERY,
      ARDUPILOT_FENCE,
    ],
  },
  sub: {
    linkLossAfter: 'FS_GCS_TIMEOUT',
    guards: [{ guards: 'link', name: 'FS_GCS_ENABLE', off: isAtMostOne }, ARDUPILOT_STATION, ARDUPILOT_BATTERY],
  },
  other: null,
}
/** COM_DLL_EXCEPT, bits 0 and 1: in a mission, and in hold and the other automatic modes. The bits above are for modes that nobody here flies. */
const GOES_ON_IN_MISSION_OR_HOLD = 3
const PX4: SafetyParams = {
  linkLossAfter: 'COM_DL_LOSS_T',
  guards: [
    { guards: 'link', name: 'NAV_DLL_ACT', off: isZero },
    {
      guards: 'link',
      name: 'COM_DLL_EXCEPT',
      since: [1, 16],
      off: (value) => (value & GOES_ON_IN_MISSION_OR_HOLD) !== 0,
    },
    { guards: 'battery', name: 'COM_LOW_BAT_ACT', off: isZero },
    { guards: 'radio', name: 'NAV_RCL_ACT', off: isZero },
    { guards: 'fence', name: 'GF_ACTION', off: isAtMostOne },
  ],
}

/** Parameters to read from this vehicle; null where its names are not known. */
export const safetyParamsOf = ({ autopilot, kind }: Pick<Vehicle, 'autopilot' | 'kind'>): SafetyParams | null =>
  autopilot === 'px4' ? PX4 : autopilot === 'ardupilot' ? ARDUPILOT[kind] : null

/** Whether the vehicle's firmware is older than the parameter; false while it has not told. */
const isBefore = ({ firmware }: Pick<Vehicle, 'firmware'>, since: SafetyParam['since']): boolean => {
  if (since === undefined || firmware === null) return false
  const [major = 0, minor = 0] = firmware.split('.').map(Number)
  return major < since[0] || (major === since[0] && minor < since[1])
}

/** Names of the guards that this vehicle has not told yet, and may have. */
export const guardsToAsk = (vehicle: Vehicle): string[] =>
  (safetyParamsOf(vehicle)?.guards ?? [])
    .filter(({ name, since }) => !vehicle.safetyParams.has(name) && !isBefore(vehicle, since))
    .flatMap(({ name, formerly }) => (formerly === undefined ? [name] : [name, formerly]))

/** How each guard stands; `unread` while the vehicle has not told, `absent` where it says that it has no such thing. */
export function guardsOf(vehicle: Vehicle): {
  guards: Guard
  name: string
  value: number | null
  state: 'on' | 'off' | 'unread' | 'absent'
}[] {
  return (safetyParamsOf(vehicle)?.guards ?? []).map(({ guards, name, off, since }) => {
    const value = isBefore(vehicle, since) ? null : vehicle.safetyParams.get(name)
    if (value === undefined) return { guards, name, value: null, state: 'unread' }
    if (value === null) return { guards, name, value, state: 'absent' }
    return { guards, name, value, state: off(value) ? 'off' : 'on' }
  })
}

/**
 * Whether the aircraft acts by itself when it hears this station no more: every parameter that guards the link has to
 * agree. Null while one of them has not been told and none is off.
 */
export function actsOnLinkLoss(vehicle: Vehicle): boolean | null {
  const states = guardsOf(vehicle).flatMap(({ guards, state }) => (guards === 'link' ? [state] : []))
  if (states.includes('off')) return false
  return states.includes('on') && !states.includes('unread') ? true : null
}
