import { offsetM } from '../base/flat.ts'
import { arm, armRefusal, disarm } from './arming.ts'
import { point } from './gimbal.ts'
import { CMD, COMP, RESULT, type Saying, SEVERITY, statusText } from './mavlink.ts'
import { proceed } from './mission-run.ts'
import { modeOf } from './modes.ts'
import type { Order } from './order.ts'
import { here, holdHere } from './nav.ts'
import { flyPlan, setMode, takeUp } from './set-mode.ts'
import { withStream } from './streams.ts'
import { canSend, missionCurrent, telemetry } from './telemetry.ts'
import { missionContext, powerUp, type Step, type Vehicle } from './vehicle.ts'

interface Answer {
  readonly result: number
  readonly step: Step
}
const FORCE = 21196

const answer = (result: number, ...step: Step): Answer => ({ result, step })
const done = (ok: boolean, step: Step): Answer => ({ result: ok ? RESULT.accepted : RESULT.failed, step })

/** Carries out a command for the autopilot and answers it. */
export function obey(v: Vehicle, o: Order, from: { sys: number; comp: number }, wallMs: number): Step {
  const { result, step } = carryOut(v, o, from, wallMs)
  const [next, ...says] = step
  const fields = { command: o.command, result, progress: 0, result_param2: 0 }
  const to = { target_system: from.sys, target_component: from.comp }
  return [next, { comp: COMP.autopilot, name: 'COMMAND_ACK', fields: { ...fields, ...to } }, ...says]
}

function carryOut(v: Vehicle, o: Order, from: { sys: number; comp: number }, wallMs: number): Answer {
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
    case CMD.DO_SET_MISSION_CURRENT:
      return setCurrent(v, o.p[0])
    case CMD.DO_PAUSE_CONTINUE:
      return pauseOrContinue(v, o.p[0])
    case CMD.DO_CHANGE_SPEED:
      return changeSpeed(v, o.p[1])
    case CMD.DO_REPOSITION:
      return reposition(v, o, wallMs)
    case CMD.DO_MOUNT_CONTROL:
      return answer(RESULT.accepted, { ...v, gimbal: point(v.gimbal, o.p[0], o.p[2]) })
    case CMD.DO_GIMBAL_MANAGER_PITCHYAW:
      return answer(RESULT.accepted, { ...v, gimbal: point(v.gimbal, o.p[0], o.p[1]) })
    case CMD.DO_GIMBAL_MANAGER_CONFIGURE:
      return answer(RESULT.accepted, { ...v, gimbal: { ...v.gimbal, ...controller(o, from) } })
    case CMD.RUN_PREARM_CHECKS:
      return v.armed ? answer(RESULT.temporarilyRejected, v) : answer(RESULT.accepted, v, ...preArm(v, wallMs))
    case CMD.PREFLIGHT_REBOOT_SHUTDOWN:
      return v.armed ? answer(RESULT.failed, v) : answer(RESULT.accepted, reboot(v, wallMs))
    default:
      return messages(v, o, wallMs)
  }
}

/** Requests for messages. */
function messages(v: Vehicle, o: Order, wallMs: number): Answer {
  const id = o.command === CMD.REQUEST_AUTOPILOT_CAPABILITIES ? 148 : o.p[0]
  switch (o.command) {
    case CMD.SET_MESSAGE_INTERVAL: {
      if (!canSend(id)) return answer(RESULT.denied, v)
      return answer(RESULT.accepted, {
        ...v,
        streams: withStream(v.streams, COMP.autopilot, id, o.p[1] / 1000, wallMs),
      })
    }
    case CMD.GET_MESSAGE_INTERVAL: {
      const stream = v.streams.find((s) => s.comp === COMP.autopilot && s.messageId === id)
      const intervalUs = stream === undefined ? (canSend(id) ? -1 : 0) : Math.round(stream.intervalMs * 1000)
      const fields = { message_id: id, interval_us: intervalUs }
      return answer(RESULT.accepted, v, { comp: COMP.autopilot, name: 'MESSAGE_INTERVAL', fields })
    }
    case CMD.REQUEST_MESSAGE:
    case CMD.REQUEST_AUTOPILOT_CAPABILITIES: {
      const said = telemetry(v, id, wallMs)
      return said === undefined ? answer(RESULT.failed, v) : answer(RESULT.accepted, v, said)
    }
    default:
      return answer(RESULT.unsupported, v)
  }
}

const byMode = (v: Vehicle, mode: 'RTL' | 'LAND' | 'LOITER', wallMs: number): Answer => {
  const { ok, step } = setMode(v, mode, wallMs)
  return done(ok, step)
}

function setModeByNumber(v: Vehicle, o: Order, wallMs: number): Answer {
  if ((o.p[0] & 1) === 0) return answer(RESULT.denied, v)
  const mode = modeOf(o.p[1])
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

/** Also the answer to MISSION_SET_CURRENT. Item 0 stands for "from the beginning". */
export function setCurrent(v: Vehicle, seq: number): Answer {
  if (!Number.isInteger(seq) || seq < 0 || seq >= v.transfer.plans[0].length) return answer(RESULT.failed, v)
  const run: Vehicle['run'] = {
    ...v.run,
    current: seq,
    jumps: {},
    state: v.run.state === 'running' ? 'running' : 'stopped',
  }
  const moved: Vehicle = { ...v, run }
  if (v.mode !== 'AUTO' || v.onGround) return answer(RESULT.accepted, moved, missionCurrent(moved))
  const [next, ...says] = takeUp(moved, proceed(run, Math.max(1, seq), v.flight, missionContext(v)))
  return answer(RESULT.accepted, next, missionCurrent(next), ...says)
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

/** -1 leaves it, -2 is the sender, -3 gives it up if the sender has it. */
function controller(
  o: Order,
  from: { sys: number; comp: number },
): { controlSys: number; controlComp: number } | object {
  if (o.p[0] === -1) return {}
  if (o.p[0] === -2) return { controlSys: from.sys, controlComp: from.comp }
  if (o.p[0] === -3) return { controlSys: 0, controlComp: 0 }
  return { controlSys: o.p[0], controlComp: o.p[1] }
}

const preArm = (v: Vehicle, wallMs: number): Saying[] => {
  const why = armRefusal(v, wallMs)
  return why === undefined ? [] : [statusText(SEVERITY.critical, `PreArm: ${why}`)]
}

/** Comes up again at the same place: plans and parameters are kept, streams and modes are not. */
const reboot = (v: Vehicle, wallMs: number): Vehicle => ({
  ...powerUp(v.setup, wallMs),
  flight: v.flight,
  transfer: { ...v.transfer, receiving: null },
  params: v.params,
  battery: v.battery,
  estimateOff: v.estimateOff,
})
