import { offsetM } from '../base/flat.ts'
import { arm, disarm } from './arming.ts'
import { type Answer, answer, FORCE } from './answer.ts'
import { point } from './gimbal.ts'
import { CMD, RESULT, SEVERITY, statusText } from './mavlink.ts'
import { proceed } from './mission-run.ts'
import { modeOf } from './modes.ts'
import { here, holdHere } from './nav.ts'
import type { Order } from './order.ts'
import { flyPlan, setMode, takeUp } from './set-mode.ts'
import { missionContext, type Step, type Vehicle } from './vehicle.ts'

/** A command in ArduCopter's manner, or undefined where it has none of its own for it. */
export function ardupilotObeys(v: Vehicle, o: Order, wallMs: number): Answer | undefined {
  switch (o.command) {
    case CMD.COMPONENT_ARM_DISARM: {
      const { ok, step } = o.p[0] === 1 ? arm(v, wallMs) : disarm(v, o.p[1] === FORCE)
      return done(ok, step)
    }
    case CMD.DO_SET_MODE:
      return setModeByNumber(v, o, wallMs)
    case CMD.NAV_TAKEOFF:
      return takeOff(v, o)
    case CMD.NAV_RETURN_TO_LAUNCH:
      return byMode(v, 'RTL', wallMs)
    case CMD.NAV_LAND:
      return byMode(v, 'LAND', wallMs)
    case CMD.NAV_LOITER_UNLIM:
      return byMode(v, 'LOITER', wallMs)
    case CMD.MISSION_START:
      return startMission(v, o, wallMs)
    case CMD.DO_PAUSE_CONTINUE:
      return pauseOrContinue(v, o.p[0])
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

const done = (ok: boolean, step: Step): Answer => ({ result: ok ? RESULT.accepted : RESULT.failed, step })

const byMode = (v: Vehicle, mode: 'RTL' | 'LAND' | 'LOITER', wallMs: number): Answer => {
  const { ok, step } = setMode(v, mode, wallMs)
  return done(ok, step)
}

function setModeByNumber(v: Vehicle, o: Order, wallMs: number): Answer {
  if ((o.p[0] & 1) === 0) return answer(RESULT.denied, v)
  const mode = modeOf(v.setup.autopilot, o.p[1])
  if (mode === undefined) return answer(RESULT.failed, v, statusText(SEVERITY.warning, `No such mode ${o.p[1]}`))
  const { ok, step } = setMode(v, mode, wallMs)
  return done(ok, step)
}

function takeOff(v: Vehicle, o: Order): Answer {
  const ready = v.mode === 'GUIDED' && v.armed && v.onGround && o.z > 0 && Number.isFinite(o.z)
  if (!ready) return answer(RESULT.failed, v)
  const at = { ...here(v.flight), upM: o.z }
  return answer(RESULT.accepted, { ...v, nav: { do: 'takeoff', at }, onGround: false, armedIdleSinceMs: null })
}

/** On a copter this sets AUTO and starts or resumes; it does not arm. */
function startMission(v: Vehicle, o: Order, wallMs: number): Answer {
  if (o.p[0] !== 0 || o.p[1] !== 0) return answer(RESULT.denied, v)
  const { ok, step } = setMode(v, 'AUTO', wallMs)
  const [next, ...says] = step
  if (!ok) return answer(RESULT.failed, next, ...says)
  if (!next.armed || next.run.state === 'running') return answer(RESULT.accepted, { ...next, autoArmed: true }, ...says)
  const flying: Vehicle = { ...next, autoArmed: true, onGround: false, armedIdleSinceMs: null }
  const [started, ...texts] = flyPlan(flying)
  return answer(RESULT.accepted, started, ...says, ...texts)
}

function pauseOrContinue(v: Vehicle, what: number): Answer {
  if (v.onGround || (v.mode !== 'AUTO' && v.mode !== 'GUIDED') || (what !== 0 && what !== 1))
    return answer(RESULT.denied, v)
  if (what === 0) return answer(RESULT.accepted, { ...v, nav: holdHere(v.flight) })
  if (v.mode === 'GUIDED') return answer(RESULT.accepted, v)
  const [next, ...says] = takeUp(v, proceed(v.run, v.run.current, v.flight, missionContext(v)))
  return answer(RESULT.accepted, next, ...says)
}

function changeSpeed(v: Vehicle, mps: number): Answer {
  if (!(mps > 0 && mps <= 40)) return answer(RESULT.failed, v)
  if (v.mode === 'AUTO') return answer(RESULT.accepted, { ...v, run: { ...v.run, speedMps: mps } })
  return answer(RESULT.accepted, { ...v, guidedSpeedMps: mps })
}

function reposition(v: Vehicle, o: Order, wallMs: number): Answer {
  if (!o.asInt) return answer(RESULT.intOnly, v)
  if (v.onGround || Math.abs(o.x) > 90 || Math.abs(o.y) > 180) return answer(RESULT.denied, v)
  const mayChange = (o.p[1] & 1) !== 0
  if (v.mode !== 'GUIDED' && !mayChange) return answer(RESULT.denied, v)
  const { ok, step } = setMode(v, 'GUIDED', wallMs)
  const [next, ...says] = step
  if (!ok) return answer(RESULT.denied, next, ...says)
  const [eM, nM] = offsetM(v.setup.home, [o.y, o.x])
  const to = { eM, nM, upM: o.z - v.setup.homeAltAmslM }
  return answer(
    RESULT.accepted,
    { ...next, nav: { do: 'goto', from: here(v.flight), to, next: null, waitS: Infinity } },
    ...says,
  )
}
