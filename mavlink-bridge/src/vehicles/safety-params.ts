import type { Vehicle } from './vehicle.ts'

/** What a parameter guards against, in the order in which a pilot asks. */
export type Guard = 'link' | 'battery' | 'radio' | 'fence' | 'estimator'

/** A parameter that decides what the aircraft does by itself when something fails. */
export interface SafetyParam {
  readonly guards: Guard
  readonly name: string
  /** Values with which nothing happens but a message. */
  readonly off: readonly number[]
}
export interface SafetyParams {
  readonly guards: readonly SafetyParam[]
  /** Seconds without our heartbeat after which it acts. */
  readonly linkLossAfter: string
}

const ARDUPILOT_BATTERY: SafetyParam = { guards: 'battery', name: 'BATT_FS_LOW_ACT', off: [0] }
const ARDUPILOT_FENCE: SafetyParam = { guards: 'fence', name: 'FENCE_ENABLE', off: [0] }

/** ArduPlane has names of its own, one letter short, and waits FS_LONG_TIMEOUT for the long failsafe. */
const ARDUPILOT: Readonly<Record<Vehicle['kind'], SafetyParams | null>> = {
  copter: {
    linkLossAfter: 'FS_GCS_TIMEOUT',
    guards: [
      { guards: 'link', name: 'FS_GCS_ENABLE', off: [0] },
      ARDUPILOT_BATTERY,
      { guards: 'radio', name: 'FS_THR_ENABLE', off: [0] },
      ARDUPILOT_FENCE,
    ],
  },
  plane: {
    linkLossAfter: 'FS_LONG_TIMEOUT',
    guards: [
      { guards: 'link', name: 'FS_GCS_ENABL', off: [0] },
      ARDUPILOT_BATTERY,
      { guards: 'radio', name: 'THR_FAILSAFE', off: [0] },
      ARDUPILOT_FENCE,
    ],
  },
  rover: {
    linkLossAfter: 'FS_GCS_TIMEOUT',
    guards: [{ guards: 'link', name: 'FS_GCS_ENABLE', off: [0] }, ARDUPILOT_BATTERY, ARDUPILOT_FENCE],
  },
  sub: {
    linkLossAfter: 'FS_GCS_TIMEOUT',
    guards: [{ guards: 'link', name: 'FS_GCS_ENABLE', off: [0, 1] }, ARDUPILOT_BATTERY],
  },
  other: null,
}
const PX4: SafetyParams = {
  linkLossAfter: 'COM_DL_LOSS_T',
  guards: [
    { guards: 'link', name: 'NAV_DLL_ACT', off: [0] },
    { guards: 'battery', name: 'COM_LOW_BAT_ACT', off: [0] },
    { guards: 'radio', name: 'NAV_RCL_ACT', off: [0] },
    { guards: 'fence', name: 'GF_ACTION', off: [0, 1] },
  ],
}

/** Parameters to read from this vehicle; null where its names are not known. */
export const safetyParamsOf = ({ autopilot, kind }: Pick<Vehicle, 'autopilot' | 'kind'>): SafetyParams | null =>
  autopilot === 'px4' ? PX4 : autopilot === 'ardupilot' ? ARDUPILOT[kind] : null

/** How each guard stands; `unread` while the vehicle has not told, `absent` where it says that it has no such thing. */
export function guardsOf(vehicle: Vehicle): {
  guards: Guard
  name: string
  value: number | null
  state: 'on' | 'off' | 'unread' | 'absent'
}[] {
  return (safetyParamsOf(vehicle)?.guards ?? []).map(({ guards, name, off }) => {
    const value = vehicle.safetyParams.get(name)
    if (value === undefined) return { guards, name, value: null, state: 'unread' }
    if (value === null) return { guards, name, value, state: 'absent' }
    return { guards, name, value, state: off.includes(value) ? 'off' : 'on' }
  })
}
