import { COMP, type Saying } from './mavlink.ts'
import { bootMs, isReady, type Vehicle } from './vehicle.ts'

const comp = COMP.autopilot
/** ESTIMATOR_STATUS_FLAGS: attitude, velocity, absolute position and heights are good. */
const ALL_GOOD = 0x01 | 0x02 | 0x04 | 0x10 | 0x20 | 0x100 | 0x200
const ATTITUDE_ONLY = 0x01

export const estimatorStatus = (v: Vehicle, wallMs: number): Saying => ({
  comp,
  name: 'ESTIMATOR_STATUS',
  fields: {
    time_usec: BigInt(bootMs(v, wallMs)) * 1000n,
    flags: isReady(v, wallMs) ? ALL_GOOD : ATTITUDE_ONLY,
    vel_ratio: 0.06,
    pos_horiz_ratio: 0.05,
    pos_vert_ratio: 0.03,
    mag_ratio: 0.05,
    hagl_ratio: 0,
    tas_ratio: 0,
    pos_horiz_accuracy: 0.5,
    pos_vert_accuracy: 0.6,
  },
})

/** Where the air moves to, north, east and down; PX4 gives no heights it did not measure at. */
export const windCov = (v: Vehicle, wallMs: number): Saying => ({
  comp,
  name: 'WIND_COV',
  fields: {
    time_usec: BigInt(bootMs(v, wallMs)) * 1000n,
    wind_x: v.flight.windNMps,
    wind_y: v.flight.windEMps,
    wind_z: 0,
    var_horiz: 0.2,
    var_vert: 0.2,
    wind_alt: v.setup.homeAltAmslM + v.flight.upM,
    horiz_accuracy: 0.5,
    vert_accuracy: 0.5,
  },
})
