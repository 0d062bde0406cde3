import { type Answer, answer } from './answer.ts'
import { clamp } from '../base/flat.ts'
import { CMD, COMP, MISSION_RESULT, RESULT, type Heard, type Saying } from './mavlink.ts'
import type { Order } from './order.ts'
import { UNCONTROLLED } from './in-control.ts'
import { missionAck } from './plans/transfer.ts'
import type { Step, Vehicle } from './vehicle.ts'

const SYSTEM_MANAGER = 1
const TAKEOVER_ALLOWED = 2
const RELEASE = 0
const REQUEST = 1
/** Anybody may look. */
const LOOKING: ReadonlySet<number> = new Set([
  CMD.GET_MESSAGE_INTERVAL,
  CMD.SET_MESSAGE_INTERVAL,
  CMD.REQUEST_MESSAGE,
  CMD.REQUEST_AUTOPILOT_CAPABILITIES,
])

/** The station may give orders: it is in control, or nobody is. */
export const obeys = ({ control }: Vehicle, sys: number): boolean =>
  control === null || control.main === 0 || control.main === sys || control.others.includes(sys)

/** The answer to a command of a station that is not in control; undefined where the command is to be carried out. */
export function refusedCommand(v: Vehicle, o: Order, from: { sys: number }): Answer | undefined {
  if (obeys(v, from.sys) || LOOKING.has(o.command) || o.command === CMD.REQUEST_OPERATOR_CONTROL) return undefined
  return answer(RESULT.notInControl, v)
}

/** What of other messages such a station may not say: dropped, or refused where their protocol can say so. */
export function refusedMessage(v: Vehicle, h: Heard): Step | undefined {
  if (obeys(v, h.sys)) return undefined
  switch (h.message.name) {
    case 'SET_MODE':
    case 'PARAM_SET':
    case 'MISSION_SET_CURRENT':
      return [v]
    case 'MISSION_COUNT':
    case 'MISSION_CLEAR_ALL':
      return [v, missionAck(h, h.message.fields.mission_type, MISSION_RESULT.denied)]
    default:
      return undefined
  }
}

/** REQUEST_OPERATOR_CONTROL; undefined where the vehicle offers no such thing. */
export function controlAnswer(v: Vehicle, o: Order, from: { sys: number; comp: number }): Answer | undefined {
  const { control } = v
  if (control === null) return undefined
  const [action, letIn, waitsS] = o.p
  const holds = control.main === from.sys
  if (action === RELEASE) {
    if (!holds) return answer(RESULT.failed, v)
    return granted({ ...v, control: { ...control, main: 0, takeoverAllowed: false } })
  }
  if (action !== REQUEST) return answer(RESULT.denied, v)
  if (holds || control.main === 0 || control.takeoverAllowed)
    return granted({ ...v, control: { ...control, main: from.sys, takeoverAllowed: letIn === 1 } })
  // Not given, but its holder is asked; only a new request asks again.
  return answer(RESULT.failed, v, {
    comp: COMP.autopilot,
    name: 'COMMAND_LONG',
    fields: {
      target_system: control.main,
      target_component: 0,
      command: CMD.REQUEST_OPERATOR_CONTROL,
      confirmation: 0,
      param1: REQUEST,
      param2: letIn,
      param3: clamp(Number.isFinite(waitsS) ? waitsS : 0, 3, 60),
      param4: from.sys,
      param5: 0,
      param6: 0,
      param7: 0,
    },
  })
}

const granted = (v: Vehicle): Answer => answer(RESULT.accepted, v, controlStatus(v))

export function controlStatus(v: Vehicle): Saying {
  const { main, others, takeoverAllowed } = v.control ?? UNCONTROLLED
  const secondary = Uint8Array.from({ length: 10 }, (_, i) => others[i] ?? 0)
  const flags = SYSTEM_MANAGER | (takeoverAllowed ? TAKEOVER_ALLOWED : 0)
  return { comp: COMP.autopilot, name: 'CONTROL_STATUS', fields: { flags, gcs_main: main, gcs_secondary: secondary } }
}
