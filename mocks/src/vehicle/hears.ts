import { obey, setCurrent } from './commands.ts'
import { COMP, type Heard, RESULT, type Saying } from './mavlink.ts'
import { modeOf } from './modes.ts'
import { orderOf } from './order.ts'
import { findParam, type Params, paramValue, withParam } from './params.ts'
import { setMode } from './set-mode.ts'
import { messagesOfGroup, withStream } from './streams.ts'
import { transferHears } from './transfer.ts'
import { bootMs, homeItem, type Step, type Vehicle } from './vehicle.ts'

/** Whether a message is for this autopilot: to it, to all systems, or to nobody in particular. */
function isForUs(v: Vehicle, fields: object): boolean {
  const { target_system: sys, target_component: comp } = fields as { target_system?: number; target_component?: number }
  if (sys !== undefined && sys !== 0 && sys !== v.setup.systemId) return false
  return comp === undefined || comp === 0 || comp === COMP.autopilot
}

/** One message from outside. A vehicle that is not meant says nothing at all. */
export function autopilotHears(v: Vehicle, h: Heard, wallMs: number): Step {
  if (h.message.name === 'HEARTBEAT') {
    const own = h.sys === paramValue(v.params, 'MAV_GCS_SYSID')
    return own ? [{ ...v, gcsSeenMs: wallMs }] : [v]
  }
  if (!isForUs(v, h.message.fields)) return [v]
  const order = orderOf(h)
  if (order !== undefined) return obey(v, order, h, wallMs)
  const m = h.message
  switch (m.name) {
    case 'SET_MODE':
      return oldSetMode(v, m.fields.custom_mode, h, wallMs)
    case 'MISSION_SET_CURRENT':
      return setCurrent(v, m.fields.seq).step
    case 'REQUEST_DATA_STREAM':
      return [dataStream(v, m.fields.req_stream_id, m.fields.start_stop === 1 ? m.fields.req_message_rate : 0, wallMs)]
    case 'TIMESYNC': {
      if (m.fields.tc1 !== 0n) return [v]
      const fields = {
        tc1: BigInt(bootMs(v, wallMs)) * 1_000_000n,
        ts1: m.fields.ts1,
        target_system: h.sys,
        target_component: h.comp,
      }
      return [v, { comp: COMP.autopilot, name: 'TIMESYNC', fields }]
    }
    case 'PARAM_REQUEST_LIST':
      return [{ ...v, paramsToSend: Object.keys(v.params).length }]
    case 'PARAM_REQUEST_READ':
      return [v, ...readParam(v.params, m.fields.param_id, m.fields.param_index)]
    case 'PARAM_SET': {
      const params = withParam(v.params, m.fields.param_id, m.fields.param_value)
      return [{ ...v, params }, ...readParam(params, m.fields.param_id, -1)]
    }
    default: {
      const ctx = { wallMs, inAuto: v.mode === 'AUTO' && v.armed, home: homeItem(v) }
      const [transfer, ...says] = transferHears(v.transfer, h, ctx)
      return [transfer === v.transfer ? v : { ...v, transfer }, ...says]
    }
  }
}

function oldSetMode(v: Vehicle, custom: number, h: Heard, wallMs: number): Step {
  const mode = modeOf(custom)
  const { ok, step } = mode === undefined ? { ok: false, step: [v] as Step } : setMode(v, mode, wallMs)
  const [next, ...says] = step
  const to = { target_system: h.sys, target_component: h.comp }
  const fields = { command: 11, result: ok ? RESULT.accepted : RESULT.failed, progress: 0, result_param2: 0, ...to }
  return [next, { comp: COMP.autopilot, name: 'COMMAND_ACK', fields }, ...says]
}

function dataStream(v: Vehicle, group: number, rateHz: number, wallMs: number): Vehicle {
  const intervalMs = rateHz > 0 ? 1000 / rateHz : 0
  let streams = v.streams
  for (const id of messagesOfGroup(group)) streams = withStream(streams, COMP.autopilot, id, intervalMs, wallMs)
  return { ...v, streams }
}

/** A parameter's answer: integers as their value in the float, as ArduPilot does. Unknown ones are met with silence. */
function readParam(params: Params, name: string, index: number): Saying[] {
  const byIndex = index >= 0 ? Object.keys(params)[index] : name
  const found = byIndex === undefined ? undefined : findParam(params, byIndex)
  return found === undefined ? [] : [paramValueOf(params, found.name)]
}

export function paramValueOf(params: Params, name: string): Saying {
  const names = Object.keys(params)
  const param = params[name]!
  return {
    comp: COMP.autopilot,
    name: 'PARAM_VALUE',
    fields: {
      param_id: name,
      param_value: param.value,
      param_type: param.type,
      param_count: names.length,
      param_index: names.indexOf(name),
    },
  }
}
