import type { Params } from './param-types.ts'

const INT32 = 6
const REAL32 = 9

/**
 * Parameters of a vehicle as its owner set it up, names and units as on PX4 1.16 (metres, seconds); PX4 has two types
 * only. NAV_DLL_ACT is 2 (return) where the factory default is 0: nobody flies a search without it.
 */
export const px4Params = (systemId: number): Params => ({
  MAV_SYS_ID: { type: INT32, value: systemId },
  MAV_COMP_ID: { type: INT32, value: 1 },
  SYS_AUTOSTART: { type: INT32, value: 4001 },
  COM_DL_LOSS_T: { type: INT32, value: 10 },
  NAV_DLL_ACT: { type: INT32, value: 2 },
  COM_DLL_EXCEPT: { type: INT32, value: 0 },
  COM_LOW_BAT_ACT: { type: INT32, value: 3 },
  COM_DISARM_PRFLT: { type: REAL32, value: 10 },
  BAT_LOW_THR: { type: REAL32, value: 0.22 },
  BAT_CRIT_THR: { type: REAL32, value: 0.1 },
  BAT1_CAPACITY: { type: REAL32, value: 12_000 },
  BAT1_N_CELLS: { type: INT32, value: 6 },
  MPC_XY_CRUISE: { type: REAL32, value: 12 },
  MPC_Z_VEL_MAX_UP: { type: REAL32, value: 3 },
  MPC_Z_VEL_MAX_DN: { type: REAL32, value: 2 },
  MPC_ACC_HOR: { type: REAL32, value: 2.5 },
  MPC_LAND_SPEED: { type: REAL32, value: 0.7 },
  MPC_LAND_ALT2: { type: REAL32, value: 10 },
  NAV_ACC_RAD: { type: REAL32, value: 2 },
  MIS_TAKEOFF_ALT: { type: REAL32, value: 2.5 },
  RTL_RETURN_ALT: { type: REAL32, value: 30 },
  RTL_LAND_DELAY: { type: REAL32, value: 0 },
  GF_ACTION: { type: INT32, value: 2 },
  GF_MAX_HOR_DIST: { type: REAL32, value: 0 },
})
