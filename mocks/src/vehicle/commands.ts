import { offsetM } from '../base/flat.ts'
import { armRefusal } from './arming.ts'
import { type Answer, answer, unsupported } from './answer.ts'
import { ardupilotObeys } from './ardupilot-commands.ts'
import { controller, point } from './gimbal.ts'
import { CMD, COMP, RESULT, type Saying, SEVERITY, statusText } from './mavlink.ts'
import { proceed } from './mission-run.ts'
import { controlAnswer, refusedCommand } from './operator-control.ts'
import type { Order } from './order.ts'
import { px4Obeys } from './px4-commands.ts'
import { takeUp } from './set-mode.ts'
import { defaultIntervalMs, withStream } from './streams.ts'
import { canSend, missionCurrent, telemetry } from './telemetry.ts'
import { firstSeqOf, missionContext, powerUp, type Step, type Vehicle } from './vehicle.ts'

/** Carries out a command for the autopilot and answers it. */
export function obey(v: Vehicle, o: Order, from: { sys: number; comp: number }, wallMs: number): Step {
  const own = () => (v.setup.autopilot === 'px4' ? px4Obeys(v, o, wallMs) : ardupilotObeys(v, o, wallMs))
  const { result, step } = refusedCommand(v, o, from) ?? own() ?? carryOut(v, o, from, wallMs)
  const [next, ...says] = step
  const fields = { command: o.command, result, progress: 0, result_param2: 0 }
  const to = { target_system: from.sys, target_component: from.comp }
  return [next, { comp: COMP.autopilot, name: 'COMMAND_ACK', fields: { ...fields, ...to } }, ...says]
}

/** What both autopilots do alike. */
function carryOut(v: Vehicle, o: Order, from: { sys: number; comp: number }, wallMs: number): Answer {
  switch (o.command) {
    case CMD.DO_SET_MISSION_CURRENT:
      return setCurrent(v, o.p[0])
    case CMD.DO_GIMBAL_MANAGER_PITCHYAW:
    case CMD.DO_SET_ROI_LOCATION:
    case CMD.DO_SET_ROI_NONE:
      return turnGimbal(v, o, from)
    case CMD.DO_GIMBAL_MANAGER_CONFIGURE:
      return answer(RESULT.accepted, { ...v, gimbal: { ...v.gimbal, ...controller(v.gimbal, o, from) } })
    case CMD.REQUEST_OPERATOR_CONTROL:
      return controlAnswer(v, o, from) ?? unsupported(v)
    case CMD.RUN_PREARM_CHECKS:
      return v.armed ? answer(RESULT.temporarilyRejected, v) : answer(RESULT.accepted, v, ...preArm(v, wallMs))
    case CMD.PREFLIGHT_REBOOT_SHUTDOWN:
      return v.armed ? answer(RESULT.failed, v) : answer(RESULT.accepted, reboot(v, wallMs))
    default:
      return messages(v, o, wallMs)
  }
}

/** PX4's manager obeys the station in control alone, ArduPilot any. */
function turnGimbal(v: Vehicle, o: Order, from: { sys: number; comp: number }): Answer {
  const { gimbal } = v
  const strange = gimbal.controlSys !== from.sys || gimbal.controlComp !== from.comp
  if (v.setup.autopilot === 'px4' && strange) return answer(RESULT.denied, v)
  if (o.command === CMD.DO_GIMBAL_MANAGER_PITCHYAW)
    return answer(RESULT.accepted, { ...v, gimbal: point(gimbal, o.p[0], o.p[1]) })
  if (o.command === CMD.DO_SET_ROI_NONE) return answer(RESULT.accepted, { ...v, gimbal: { ...gimbal, roi: null } })
  if (!(Math.abs(o.x) <= 90) || !(Math.abs(o.y) <= 180)) return answer(RESULT.denied, v)
  const [eM, nM] = offsetM(v.setup.home, [o.y, o.x])
  return answer(RESULT.accepted, { ...v, gimbal: { ...gimbal, roi: { eM, nM, upM: o.z - v.setup.homeAltAmslM } } })
}

/** Requests for messages. */
function messages(v: Vehicle, o: Order, wallMs: number): Answer {
  const id = o.command === CMD.REQUEST_AUTOPILOT_CAPABILITIES ? 148 : o.p[0]
  switch (o.command) {
    case CMD.SET_MESSAGE_INTERVAL: {
      if (!canSend(v, id)) return answer(RESULT.denied, v)
      const intervalMs = o.p[1] === 0 ? defaultIntervalMs(v.setup.autopilot, id) : o.p[1] / 1000
      return answer(RESULT.accepted, { ...v, streams: withStream(v.streams, COMP.autopilot, id, intervalMs, wallMs) })
    }
    case CMD.GET_MESSAGE_INTERVAL: {
      const stream = v.streams.find((s) => s.comp === COMP.autopilot && s.messageId === id)
      const intervalUs = stream === undefined ? (canSend(v, id) ? -1 : 0) : Math.round(stream.intervalMs * 1000)
      const fields = { message_id: id, interval_us: intervalUs }
      return answer(RESULT.accepted, v, { comp: COMP.autopilot, name: 'MESSAGE_INTERVAL', fields })
    }
    case CMD.REQUEST_MESSAGE:
    case CMD.REQUEST_AUTOPILOT_CAPABILITIES: {
      const said = telemetry(v, id, wallMs)
      return said === undefined ? answer(RESULT.failed, v) : answer(RESULT.accepted, v, said)
    }
    default:
      return unsupported(v)
  }
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
  const [next, ...says] = takeUp(moved, proceed(run, Math.max(firstSeqOf(v), seq), v.flight, missionContext(v)))
  return answer(RESULT.accepted, next, missionCurrent(next), ...says)
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
  control: v.control,
  estimateOff: v.estimateOff,
})
