/** Charge of one flight battery, share 0..1, and what is drawn now. */
export interface Battery {
  readonly share: number
  readonly powerShare: number
  /** Charge drawn since it was put in, share of the capacity. */
  readonly usedShare: number
}

export const FULL: Battery = { share: 1, powerShare: 0, usedShare: 0 }

/** Cells in series, and the seconds that a full battery holds a hover. */
export const CELLS = 6
export const HOVER_S = 25 * 60
/** Power of avionics, camera and radio on the ground, as a share of the hover power. */
const IDLE_SHARE = 0.03
/** Extra power per m/s of climb, share of the hover power. */
const CLIMB_SHARE_PER_MPS = 0.1

/**
 * Power in level flight as a share of the hover power: the shape of the rotary-wing model with the figures of
 * Zeng et al. 2019 (hover 168.5 W, least 126 W at 10.2 m/s).
 */
export function levelPowerShare(airspeedMps: number): number {
  const v2 = airspeedMps * airspeedMps
  const induced = Math.sqrt(Math.sqrt(1 + (v2 * v2) / (4 * 4.03 ** 4)) - v2 / (2 * 4.03 ** 2))
  const blade = 1 + (3 * v2) / 120 ** 2
  const parasite = 0.5 * 0.6 * 1.225 * 0.05 * 0.503 * v2 * airspeedMps
  return (79.86 * blade + 88.63 * induced + parasite) / (79.86 + 88.63)
}

export function batteryStep(b: Battery, flying: boolean, airspeedMps: number, climbMps: number, dtS: number): Battery {
  const powerShare = flying ? levelPowerShare(airspeedMps) + CLIMB_SHARE_PER_MPS * Math.max(0, climbMps) : IDLE_SHARE
  const used = (powerShare * dtS) / HOVER_S
  return { share: Math.max(0, b.share - used), powerShare, usedShare: b.usedShare + used }
}

/** Voltage of the pack, volts: a lithium cell's curve, less what the load pulls it down. */
export function packVoltageV(b: Battery): number {
  const s = b.share
  const cell = 3.3 + 0.62 * s + 0.2 * s ** 6 + 0.08 * Math.min(1, s * 20)
  return CELLS * (cell - 0.09 * b.powerShare)
}
