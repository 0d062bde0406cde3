import { clamp } from '../base/flat.ts'
import type { Flight, Wanted } from './flight.ts'

/** A place to fly to, metres east, north and up of home. */
export interface Target {
  readonly eM: number
  readonly nM: number
  readonly upM: number
}

export interface Limits {
  readonly speedMps: number
  readonly upMps: number
  readonly downMps: number
  readonly accelMps2: number
}

/** Vertical speed towards a height, slowing down in time. */
export function climbTo(f: Flight, upM: number, limits: Limits): number {
  const gap = upM - f.upM
  const brake = Math.sqrt(2 * 1.5 * Math.abs(gap))
  return gap > 0 ? Math.min(limits.upMps, brake, gap * 2) : -Math.min(limits.downMps, brake, -gap * 2)
}

export const hover = (f: Flight, upM: number, limits: Limits): Wanted => ({
  veMps: 0,
  vnMps: 0,
  vuMps: climbTo(f, upM, limits),
  yawRad: null,
})

/** Back to a place that the wind may have pushed it from, and stay. */
export function holdAt(f: Flight, at: Target, limits: Limits): Wanted {
  const de = at.eM - f.eM
  const dn = at.nM - f.nM
  const gap = Math.hypot(de, dn)
  const speed = Math.min(limits.speedMps, gap * 0.8, Math.sqrt(2 * limits.accelMps2 * 0.8 * gap))
  const share = gap > 0.05 ? speed / gap : 0
  return { veMps: de * share, vnMps: dn * share, vuMps: climbTo(f, at.upM, limits), yawRad: null }
}

/**
 * Along the straight line from `from` to `to`, turning back to the line where it drifted off it.
 * @param exitMps speed to have on arrival: 0 to stop, more to fly on around a corner
 */
export function alongLeg(f: Flight, from: Target, to: Target, exitMps: number, limits: Limits): Wanted {
  const legE = to.eM - from.eM
  const legN = to.nM - from.nM
  const length = Math.hypot(legE, legN)
  if (length < 1) return holdAt(f, to, limits)
  const ue = legE / length
  const un = legN / length
  const along = (f.eM - from.eM) * ue + (f.nM - from.nM) * un
  const left = length - along
  if (left < 0.5) return { ...holdAt(f, to, limits), yawRad: Math.atan2(ue, un) }
  const cross = -(f.eM - from.eM) * un + (f.nM - from.nM) * ue
  const speed = Math.min(limits.speedMps, Math.sqrt(exitMps * exitMps + 2 * limits.accelMps2 * 0.7 * left))
  const back = clamp(-cross * 0.7, -speed * 0.6, speed * 0.6)
  // A climb that the leg is too short for holds the forward speed back, as the autopilot flies a line in space.
  const rise = Math.abs(to.upM - f.upM)
  const rate = to.upM > f.upM ? limits.upMps : limits.downMps
  const paced = rise > 1 ? Math.min(speed, Math.max(1.5, (left * rate) / rise)) : speed
  return {
    veMps: ue * paced - un * back,
    vnMps: un * paced + ue * back,
    vuMps: climbTo(f, to.upM, limits),
    yawRad: Math.atan2(ue, un),
  }
}

/** Speed to carry around a corner: all of it straight on, hardly any when turning back. */
export function cornerSpeedMps(from: Target, at: Target, next: Target | null, cruiseMps: number): number {
  if (next === null) return 0
  const ae = at.eM - from.eM
  const an = at.nM - from.nM
  const be = next.eM - at.eM
  const bn = next.nM - at.nM
  const size = Math.hypot(ae, an) * Math.hypot(be, bn)
  if (size < 1) return 0
  const straightness = (ae * be + an * bn) / size
  return straightness <= 0 ? 1.5 : Math.max(1.5, cruiseMps * straightness ** 4)
}

export const distanceTo = (f: Flight, t: Target): number => Math.hypot(t.eM - f.eM, t.nM - f.nM)
