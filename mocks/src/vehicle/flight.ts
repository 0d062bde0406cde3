import { clamp, wrapRad } from '../base/flat.ts'
import { gaussian, type Rand } from '../base/rand.ts'

/** Where a copter truly is and how it moves. Metres and metres per second; east, north, up from its home. */
export interface Flight {
  readonly eM: number
  readonly nM: number
  readonly upM: number
  readonly veMps: number
  readonly vnMps: number
  readonly vuMps: number
  readonly yawRad: number
  readonly rollRad: number
  readonly pitchRad: number
  /** Air that moves towards east and north, gusts included. */
  readonly windEMps: number
  readonly windNMps: number
}

/** What the controller wants: velocity over ground, and a heading where it cares. */
export interface Wanted {
  readonly veMps: number
  readonly vnMps: number
  readonly vuMps: number
  readonly yawRad: number | null
}

export interface Air {
  /** Direction the wind comes from, degrees, and its mean speed. */
  readonly windFromDeg: number
  readonly windMps: number
  /** Standard deviation of the gusts, metres per second. */
  readonly gustMps: number
}

export const atRest = (yawRad: number): Flight => ({
  eM: 0,
  nM: 0,
  upM: 0,
  veMps: 0,
  vnMps: 0,
  vuMps: 0,
  yawRad,
  rollRad: 0,
  pitchRad: 0,
  windEMps: 0,
  windNMps: 0,
})

const GRAVITY = 9.81
const ACCEL_MPS2 = 2.5
const CLIMB_ACCEL_MPS2 = 2
const YAW_RATE_RADPS = Math.PI / 3
const MAX_TILT_RAD = 0.6
/** Deceleration per m/s of airspeed that tilt must hold against (drag of a 6 kg copter). */
const DRAG_PER_S = 0.22
const GUST_TIME_S = 6

/** Gusts as a first-order random walk around the mean (time constant 6 s). */
function blow(f: Flight, air: Air, dtS: number, rand: Rand): readonly [number, number] {
  const towards = ((air.windFromDeg + 180) * Math.PI) / 180
  const keep = Math.exp(-dtS / GUST_TIME_S)
  const kick = air.gustMps * Math.sqrt(1 - keep * keep)
  const meanE = air.windMps * Math.sin(towards)
  const meanN = air.windMps * Math.cos(towards)
  return [
    meanE + (f.windEMps - meanE) * keep + kick * gaussian(rand),
    meanN + (f.windNMps - meanN) * keep + kick * gaussian(rand),
  ]
}

/**
 * One step of a point mass whose acceleration is limited, in moving air.
 * @param dtS world seconds, at most 0.2 for a stable flight
 */
export function flightStep(f: Flight, wanted: Wanted, air: Air, dtS: number, rand: Rand): Flight {
  const [windE, windN] = blow(f, air, dtS, rand)
  const dve = wanted.veMps - f.veMps
  const dvn = wanted.vnMps - f.vnMps
  const gap = Math.hypot(dve, dvn)
  const share = gap > ACCEL_MPS2 * dtS ? (ACCEL_MPS2 * dtS) / gap : 1
  const ae = (dve * share) / dtS
  const an = (dvn * share) / dtS
  const veMps = f.veMps + ae * dtS
  const vnMps = f.vnMps + an * dtS
  const vuMps = f.vuMps + clamp(wanted.vuMps - f.vuMps, -CLIMB_ACCEL_MPS2 * dtS, CLIMB_ACCEL_MPS2 * dtS)
  const turn = wanted.yawRad === null ? 0 : wrapRad(wanted.yawRad - f.yawRad)
  const yawRad = wrapRad(f.yawRad + clamp(turn, -YAW_RATE_RADPS * dtS, YAW_RATE_RADPS * dtS))
  // Tilt gives the acceleration and holds against the drag of the air that flows past.
  const pushE = ae + DRAG_PER_S * (veMps - windE)
  const pushN = an + DRAG_PER_S * (vnMps - windN)
  const forward = pushE * Math.sin(yawRad) + pushN * Math.cos(yawRad)
  const right = pushE * Math.cos(yawRad) - pushN * Math.sin(yawRad)
  const settle = 1 - Math.exp(-dtS / 0.25)
  return {
    eM: f.eM + veMps * dtS,
    nM: f.nM + vnMps * dtS,
    upM: f.upM + vuMps * dtS,
    veMps,
    vnMps,
    vuMps,
    yawRad,
    rollRad: f.rollRad + (clamp(Math.atan(right / GRAVITY), -MAX_TILT_RAD, MAX_TILT_RAD) - f.rollRad) * settle,
    pitchRad: f.pitchRad + (clamp(-Math.atan(forward / GRAVITY), -MAX_TILT_RAD, MAX_TILT_RAD) - f.pitchRad) * settle,
    windEMps: windE,
    windNMps: windN,
  }
}

/** On the ground: nothing moves, but the wind is still there. */
export function restStep(f: Flight, air: Air, upM: number, dtS: number, rand: Rand): Flight {
  const [windEMps, windNMps] = blow(f, air, dtS, rand)
  return { ...atRest(f.yawRad), eM: f.eM, nM: f.nM, upM, windEMps, windNMps }
}

/** Speed through the air, metres per second. */
export const airspeedMps = (f: Flight): number => Math.hypot(f.veMps - f.windEMps, f.vnMps - f.windNMps, f.vuMps)
