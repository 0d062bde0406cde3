import { ftpAnswers, packFile } from './ftp.ts'
import { obey, setCurrent } from './commands.ts'
import { ARDUPILOT_PLANS } from './plans/ardupilot-plans.ts'
import { PX4_PLANS } from './plans/px4-plans.ts'
import type { PlanManners } from './plans/transfer.ts'
import { COMP, type Heard, RESULT, type Saying } from './mavlink.ts'
import { modeOf } from './modes.ts'
import { obeys, refusedMessage } from './operator-control.ts'
import { orderOf } from './order.ts'
import type { Params } from './param-types.ts'
import { findParam, floatBytes, HASH_CHECK, packed, packingOf, paramHash, paramValue, withParam } from './params.ts'
import { setMode } from './set-mode.ts'
import { eventAgain } from './voice.ts'
import { messagesOfGroup, withStream } from './streams.ts'
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
    return isOwnStation(v, h) && obeys(v, h.sys) ? [{ ...v, gcsSeenMs: wallMs }] : [v]
  }
  if (!isForUs(v, h.message.fields)) return [v]
  const order = orderOf(h)
  if (order !== undefined) return obey(v, order, h, wallMs)
  const refused = refusedMessage(v, h)
  if (refused !== undefined) return refused
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
      return [{ ...v, paramsToSend: Object.keys(v.params).length }, ...hashFirst(v)]
    case 'PARAM_REQUEST_READ':
      return [v, ...readParam(v, m.fields.param_id, m.fields.param_index)]
    case 'PARAM_SET': {
      const bytes = h.paramBytes ?? floatBytes(m.fields.param_value)
      const params = withParam(v.params, m.fields.param_id, bytes, packingOf(v.setup.autopilot))
      return [{ ...v, params }, ...readParam({ ...v, params }, m.fields.param_id, -1)]
    }
    case 'FILE_TRANSFER_PROTOCOL':
      return v.setup.autopilot === 'px4' ? [v] : [v, ...ftpAnswers(packFile(v.params), m.fields.payload, h)]
    case 'REQUEST_EVENT':
      return [v, ...askedEvents(v, m.fields.first_sequence, m.fields.last_sequence, h)]
    default: {
      const ctx = { wallMs, inAuto: v.mode === 'AUTO' && v.armed, home: homeItem(v) }
      const [transfer, ...says] = plansOf(v).hears(v.transfer, h, ctx)
      return [transfer === v.transfer ? v : { ...v, transfer }, ...says]
    }
  }
}

function oldSetMode(v: Vehicle, custom: number, h: Heard, wallMs: number): Step {
  const mode = modeOf(v.setup.autopilot, custom)
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

/** ArduPilot counts the station that its parameters name, PX4 any station. */
const isOwnStation = (v: Vehicle, h: Heard): boolean =>
  v.setup.autopilot === 'px4'
    ? h.message.name === 'HEARTBEAT' && h.message.fields.type === MAV_TYPE_GCS
    : h.sys === paramValue(v.params, 'MAV_GCS_SYSID')
const MAV_TYPE_GCS = 6

export const plansOf = (v: Vehicle): PlanManners => (v.setup.autopilot === 'px4' ? PX4_PLANS : ARDUPILOT_PLANS)

function askedEvents(v: Vehicle, first: number, last: number, to: { sys: number; comp: number }): Saying[] {
  if (v.setup.autopilot !== 'px4') return []
  // Bounded: a station that asks for everything gets what is kept.
  const from = Math.max(first, last - EVENTS_AT_ONCE)
  return Array.from({ length: Math.max(0, last - from + 1) }, (_, i) => eventAgain(v, from + i, to))
}
const EVENTS_AT_ONCE = 30

/** A parameter's answer. Unknown ones are met with silence. */
function readParam(v: Vehicle, name: string, index: number): Saying[] {
  if (index < 0 && name === HASH_CHECK) return hashFirst(v)
  const byIndex = index >= 0 ? Object.keys(v.params)[index] : name
  const found = byIndex === undefined ? undefined : findParam(v.params, byIndex)
  return found === undefined ? [] : [paramValueOf(v, found.name)]
}

/** PX4 begins its list with a checksum over all of it. */
function hashFirst(v: Vehicle): Saying[] {
  if (v.setup.autopilot !== 'px4') return []
  const { bytes, type } = paramHash(v.params)
  return [paramMessage(HASH_CHECK, bytes, type, v.params, NO_INDEX)]
}
const NO_INDEX = 65_535

export function paramValueOf(v: Vehicle, name: string): Saying {
  const param = v.params[name]!
  const packing = packingOf(v.setup.autopilot)
  const bytes = packing === 'c_cast' ? Math.fround(param.value) : packed(param, packing)
  return paramMessage(name, bytes, param.type, v.params, Object.keys(v.params).indexOf(name))
}
const paramMessage = (
  name: string,
  bytes: Uint8Array | number,
  type: number,
  params: Params,
  index: number,
): Saying => ({
  comp: COMP.autopilot,
  name: 'PARAM_VALUE',
  fields: {
    param_id: name,
    param_value: bytes,
    param_type: type,
    param_count: Object.keys(params).length,
    param_index: index,
  },
})
