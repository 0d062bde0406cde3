import { NOT_STARTED } from './mission-run.ts'
import { SEVERITY, statusText } from './mavlink.ts'
import { isArmable } from './modes.ts'
import { isReady, type Step, type Vehicle } from './vehicle.ts'

/** Below this share of charge the autopilot refuses to arm. */
const LEAST_SHARE = 0.3

/** Why it will not arm, in the autopilot's words; undefined where it will. */
export function armRefusal(v: Vehicle, wallMs: number): string | undefined {
  const px4 = v.setup.autopilot === 'px4'
  if (!isReady(v, wallMs)) return px4 ? 'Resolve system health failures first' : 'Need Position Estimate'
  if (v.battery.share < LEAST_SHARE) return px4 ? 'Low battery' : 'Battery 1 below minimum arming capacity'
  if (!isArmable(v.setup.autopilot, v.mode))
    return px4 ? 'Switch to an allowed mode first' : `${v.mode} mode not armable`
  return undefined
}

/** @returns whether it armed; the reason of a refusal is in a text only, as on the real thing */
export function arm(v: Vehicle, wallMs: number): { ok: boolean; step: Step } {
  const px4 = v.setup.autopilot === 'px4'
  if (v.armed) return { ok: true, step: [v] }
  const why = armRefusal(v, wallMs)
  if (why !== undefined)
    return { ok: false, step: [v, statusText(SEVERITY.critical, `${px4 ? 'Arming denied' : 'Arm'}: ${why}`)] }
  const armed: Vehicle = { ...v, armed: true, armedIdleSinceMs: wallMs, parkedS: 0, nav: { do: 'idle' } }
  return { ok: true, step: [armed, statusText(SEVERITY.info, px4 ? 'Armed by external command' : 'Arming motors')] }
}

/** @param forced also in the air: the aircraft falls */
export function disarm(v: Vehicle, forced: boolean): { ok: boolean; step: Step } {
  if (!v.armed) return { ok: true, step: [v] }
  const px4 = v.setup.autopilot === 'px4'
  if (!v.onGround && !forced)
    return { ok: false, step: px4 ? [v, statusText(SEVERITY.critical, 'Disarming denied: not landed')] : [v] }
  const words = px4 ? 'Disarmed by external command' : 'Disarming motors'
  return { ok: true, step: [disarmed(v), statusText(SEVERITY.info, words)] }
}

/** Motors off. The plan starts from its beginning next time. */
export const disarmed = (v: Vehicle): Vehicle => ({
  ...v,
  armed: false,
  autoArmed: false,
  armedIdleSinceMs: null,
  nav: { do: 'idle' },
  run: NOT_STARTED,
})
