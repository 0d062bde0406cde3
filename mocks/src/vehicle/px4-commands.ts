import { offsetM } from '../base/flat.ts'
import { type Answer, answer, FORCE, unsupported } from './answer.ts'
import { arm, disarm } from './arming.ts'
import { point } from './gimbal.ts'
import { CMD, RESULT, SEVERITY, statusText } from './mavlink.ts'
import { type Mode, modeOf, px4CustomMode } from './modes.ts'
import { here } from './nav.ts'
import type { Order } from './order.ts'
import { paramValue } from './params.ts'
import { flyPlan, setMode } from './set-mode.ts'
import type { Step, Vehicle } from './vehicle.ts'

/** A command in PX4's manner, or undefined where it has none of its own for it. */
export function px4Obeys(v: Vehicle, o: Order, wallMs: number): Answer | undefined {
  switch (o.command) {
    case CMD.COMPONENT_ARM_DISARM: {
      if (o.p[0] !== 0 && o.p[0] !== 1) return answer(RESULT.denied, v)
      const { ok, step } = o.p[0] === 1 ? arm(v, wallMs) : disarm(v, o.p[1] === FORCE)
      return done(ok, ok ? flyOnGround(step) : step)
    }
    case CMD.DO_SET_MODE:
      return setModeByNumber(v, o, wallMs)
    case CMD.NAV_TAKEOFF:
      return takeOff(v, o, wallMs)
    case CMD.NAV_RETURN_TO_LAUNCH:
      return byMode(v, 'RTL', wallMs)
    case CMD.NAV_LAND:
      return byMode(v, 'LAND', wallMs)
    case CMD.NAV_LOITER_UNLIM:
      return byMode(v, 'LOITER', wallMs)
    case CMD.MISSION_START:
      return startMission(v, o, wallMs)
    case CMD.DO_SET_MISSION_CURRENT:
      // Known as the message MISSION_SET_CURRENT only.
      return unsupported(v)
    case CMD.DO_PAUSE_CONTINUE:
      return unsupported(v)
    case CMD.DO_CHANGE_SPEED:
      return changeSpeed(v, o.p[1])
    case CMD.DO_REPOSITION:
      return reposition(v, o, wallMs)
    case CMD.DO_MOUNT_CONTROL:
      return answer(RESULT.accepted, { ...v, gimbal: point(v.gimbal, o.p[0], o.p[2]) })
    default:
      return undefined
  }
}

/** What cannot be now may be later: PX4 says TEMPORARILY_REJECTED where ArduPilot says FAILED. */
const done = (ok: boolean, step: Step): Answer => ({
  result: ok ? RESULT.accepted : RESULT.temporarilyRejected,
  step,
})

const byMode = (v: Vehicle, mode: Mode, wallMs: number): Answer => {
  const { ok, step } = setMode(v, mode, wallMs)
  return done(ok, ok ? flyOnGround(step) : step)
}

function setModeByNumber(v: Vehicle, o: Order, wallMs: number): Answer {
  if ((o.p[0] & 1) === 0) return answer(RESULT.denied, v)
  const sub = Number.isFinite(o.p[2]) ? o.p[2] : 0
  const mode = modeOf('px4', px4CustomMode(o.p[1], sub))
  return mode === undefined ? answer(RESULT.unsupported, v) : byMode(v, mode, wallMs)
}

/** Armed on the ground in a mode that flies: PX4 takes off, where ArduCopter waits for a word of the station. */
function flyOnGround(step: Step): Step {
  const [v, ...says] = step
  if (!v.armed || !v.onGround || (v.mode !== 'AUTO' && v.mode !== 'TAKEOFF')) return step
  const flying: Vehicle = { ...v, onGround: false, armedIdleSinceMs: null }
  if (v.mode === 'AUTO') {
    const [next, ...more] = flyPlan(flying)
    return [next, ...says, ...more]
  }
  const upM = v.takeoffUpM ?? paramValue(v.params, 'MIS_TAKEOFF_ALT')
  return [
    { ...flying, nav: { do: 'takeoff', at: { ...here(v.flight), upM } } },
    ...says,
    statusText(SEVERITY.info, 'Takeoff detected'),
  ]
}

/** The altitude is above mean sea level; NaN takes the parameter's height above home. */
function takeOff(v: Vehicle, o: Order, wallMs: number): Answer {
  if (!v.onGround) return answer(RESULT.temporarilyRejected, v)
  const upM = Number.isFinite(o.z) ? o.z - v.setup.homeAltAmslM : paramValue(v.params, 'MIS_TAKEOFF_ALT')
  if (!(upM > 0)) return answer(RESULT.denied, v, statusText(SEVERITY.critical, 'Already higher than takeoff altitude'))
  return byMode({ ...v, takeoffUpM: upM }, 'TAKEOFF', wallMs)
}

/** Switches to the mission and arms. Parameter 1 must be a number: NaN is denied. */
function startMission(v: Vehicle, o: Order, wallMs: number): Answer {
  if (!(o.p[0] >= -1)) return answer(RESULT.denied, v)
  const changed = setMode(v, 'AUTO', wallMs)
  if (!changed.ok) return done(false, changed.step)
  const [inAuto, ...says] = changed.step
  if (inAuto.armed) {
    const [next, ...more] = flyOnGround([inAuto])
    return answer(RESULT.accepted, next, ...says, ...more)
  }
  const { ok, step } = arm(inAuto, wallMs)
  const [next, ...more] = ok ? flyOnGround(step) : step
  return done(ok, [next, ...says, ...more])
}

function changeSpeed(v: Vehicle, mps: number): Answer {
  if (!(mps > 0 && mps <= 40)) return answer(RESULT.denied, v)
  if (v.mode === 'AUTO') return answer(RESULT.accepted, { ...v, run: { ...v.run, speedMps: mps } })
  return answer(RESULT.accepted, { ...v, guidedSpeedMps: mps })
}

/** Goes there and holds; the altitude is above mean sea level. */
function reposition(v: Vehicle, o: Order, wallMs: number): Answer {
  if (v.onGround || !(Math.abs(o.x) <= 90) || !(Math.abs(o.y) <= 180)) return answer(RESULT.denied, v)
  if (v.mode !== 'LOITER' && (o.p[1] & 1) === 0) return answer(RESULT.denied, v)
  const { ok, step } = setMode(v, 'LOITER', wallMs)
  const [next, ...says] = step
  if (!ok) return done(false, step)
  const [eM, nM] = offsetM(v.setup.home, [o.y, o.x])
  const upM = Number.isFinite(o.z) ? o.z - v.setup.homeAltAmslM : v.flight.upM
  const to = { eM, nM, upM }
  const nav = { do: 'goto', from: here(v.flight), to, next: null, waitS: Infinity } as const
  return answer(RESULT.accepted, { ...next, nav }, ...says)
}
