import type { AutopilotName } from './modes.ts'
import type { Params } from './param-types.ts'
import { paramValue } from './params.ts'

export type FailsafeMode = 'RTL' | 'LAND' | null

/** What the parameters of either autopilot mean for the flight, in metres, seconds and shares of the charge. */
export interface Figures {
  readonly speedMps: number
  readonly upMps: number
  readonly downMps: number
  readonly accelMps2: number
  readonly radiusM: number
  readonly landMps: number
  readonly landLowM: number
  readonly returnUpM: number
  readonly returnLoiterS: number
  /** Silence of the ground station after which it acts; null: it flies on. */
  readonly lostGcsS: number | null
  /** Armed on the ground for so long, it disarms; 0: never. */
  readonly idleDisarmS: number
  readonly lowShare: number
  readonly criticalShare: number
  readonly lowAction: FailsafeMode
  readonly criticalAction: FailsafeMode
  readonly capacityMah: number
}

export const figuresOf = (autopilot: AutopilotName, params: Params): Figures =>
  autopilot === 'px4' ? px4Figures(params) : ardupilotFigures(params)

function ardupilotFigures(params: Params): Figures {
  const of = (name: string): number => paramValue(params, name)
  const action = (name: string): FailsafeMode => (of(name) === 1 ? 'LAND' : of(name) === 0 ? null : 'RTL')
  return {
    speedMps: of('WPNAV_SPEED') / 100,
    upMps: of('WPNAV_SPEED_UP') / 100,
    downMps: of('WPNAV_SPEED_DN') / 100,
    accelMps2: of('WPNAV_ACCEL') / 100,
    radiusM: of('WPNAV_RADIUS') / 100,
    landMps: of('LAND_SPEED') / 100,
    landLowM: of('LAND_ALT_LOW') / 100,
    returnUpM: of('RTL_ALT') / 100,
    returnLoiterS: of('RTL_LOIT_TIME') / 1000,
    lostGcsS: of('FS_GCS_ENABLE') === 0 ? null : of('FS_GCS_TIMEOUT'),
    idleDisarmS: of('DISARM_DELAY'),
    lowShare: of('BATT_LOW_MAH') / of('BATT_CAPACITY'),
    criticalShare: of('BATT_CRT_MAH') / of('BATT_CAPACITY'),
    lowAction: action('BATT_FS_LOW_ACT'),
    criticalAction: action('BATT_FS_CRT_ACT'),
    capacityMah: of('BATT_CAPACITY'),
  }
}

/** COM_LOW_BAT_ACT: 0 warns, 2 lands, 3 returns when critical; a merely low battery is a warning. */
function px4Figures(params: Params): Figures {
  const of = (name: string): number => paramValue(params, name)
  const action = of('COM_LOW_BAT_ACT')
  return {
    speedMps: of('MPC_XY_CRUISE'),
    upMps: of('MPC_Z_VEL_MAX_UP'),
    downMps: of('MPC_Z_VEL_MAX_DN'),
    accelMps2: of('MPC_ACC_HOR'),
    radiusM: of('NAV_ACC_RAD'),
    landMps: of('MPC_LAND_SPEED'),
    landLowM: of('MPC_LAND_ALT2'),
    returnUpM: of('RTL_RETURN_ALT'),
    returnLoiterS: of('RTL_LAND_DELAY'),
    lostGcsS: of('NAV_DLL_ACT') === 0 ? null : of('COM_DL_LOSS_T'),
    idleDisarmS: of('COM_DISARM_PRFLT'),
    lowShare: of('BAT_LOW_THR'),
    criticalShare: of('BAT_CRIT_THR'),
    lowAction: null,
    criticalAction: action === 0 ? null : action === 2 ? 'LAND' : 'RTL',
    capacityMah: of('BAT1_CAPACITY'),
  }
}
