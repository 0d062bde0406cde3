import type { Clock } from '../clock.ts'
import { failed, type Result } from '../result.ts'
import { isMessage } from '../wire/decode.ts'
import { decodeParam, encodeParam, paramBytes, type ParamEncoding } from '../wire/param-value.ts'
import { drive } from './drive.ts'
import {
  nextParamList,
  type ParamListError,
  type ParamListEvent,
  type ParamListSend,
  type ParamListState,
  paramListPolicy,
  type ReadParam,
  startParamList,
} from './param-list-machine.ts'
import {
  nextParamOne,
  type ParamError,
  type ParamOneEvent,
  paramOneRules,
  type ParamOneSend,
  type ParamOneState,
  startParamOne,
} from './param-one-machine.ts'
import type { Heard, VehiclePort } from './vehicle-port.ts'

/** A parameter in the operator's terms. */
export interface Param {
  readonly name: string
  readonly value: number
  /** MAV_PARAM_TYPE. */
  readonly type: number
}
export interface ParamPorts {
  readonly port: VehiclePort
  readonly clock: Clock
  /** Component whose parameters are meant. */
  readonly comp: number
  /** As the vehicle's capability flags say; wrong, every integer is another number. */
  readonly encoding: ParamEncoding
  readonly rttMs: number
  /** Aborted: nothing more of it is said. */
  readonly signal?: AbortSignal
}
/** PX4's name for the check sum over all parameters; it is not one itself. */
export const HASH_CHECK = '_HASH_CHECK'

/** All parameters, in the vehicle's order; lost ones are asked for again. */
export async function listParams(
  ports: ParamPorts,
  onProgress: (got: number, total: number) => void = () => undefined,
): Promise<Result<readonly Param[], ParamListError>> {
  const { port, clock, comp } = ports
  const target = { target_system: port.systemId, target_component: comp }
  const policy = paramListPolicy(ports.rttMs)
  const read = await drive<ParamListState, ParamListEvent, ParamListSend, Result<readonly ReadParam[], ParamListError>>(
    {
      clock,
      outcome: (state) => (state.at === 'ended' ? state.outcome : null),
      start: () => startParamList(clock.nowMs(), policy),
      next: (state, event) => {
        const step = nextParamList(state, event, policy)
        if (step[0].at === 'listening' || step[0].at === 'refilling') onProgress(step[0].got.size, step[0].total)
        return step
      },
      quiet: (atMs) => ({ type: 'quiet', atMs }),
      cancel: { signal: ports.signal, event: { type: 'cancelled' } },
      send: (out) =>
        out.send === 'list'
          ? port.send('PARAM_REQUEST_LIST', target)
          : port.send('PARAM_REQUEST_READ', { ...target, param_id: '', param_index: out.index }),
      listen: (feed) =>
        port.listen((heard) => {
          const value = valueOf(heard, comp)
          if (value !== null && value.param.name !== HASH_CHECK) feed({ type: 'value', ...value, atMs: heard.atMs })
        }),
    },
  )
  if (!read.ok) return read
  return { ok: true, value: read.value.flatMap((param) => decoded(param, ports.encoding)) }
}

/** One parameter by name. */
export async function readParam(name: string, ports: ParamPorts): Promise<Result<Param, ParamError>> {
  return decodedOne(await one(name, null, null, ports), ports.encoding)
}

/**
 * Sets one parameter and proves it: success is the value that the vehicle tells afterwards. Reads it first for its
 * type. RangeError where the value is none of that type.
 */
export async function setParam(name: string, value: number, ports: ParamPorts): Promise<Result<Param, ParamError>> {
  const before = await one(name, null, null, ports)
  return before.ok ? writeParam({ name, value, type: before.value.type }, ports) : before
}

/** The same where its type is known. */
export async function writeParam({ name, value, type }: Param, ports: ParamPorts): Promise<Result<Param, ParamError>> {
  return decodedOne(await one(name, encodeParam(value, type, ports.encoding), type, ports), ports.encoding)
}

/** PX4's check sum over all parameters: equal sums mean that nothing changed; null where it has none. */
export async function paramHash(ports: ParamPorts): Promise<number | null> {
  const read = await one(HASH_CHECK, null, null, ports)
  return read.ok ? new DataView(read.value.bytes.buffer, read.value.bytes.byteOffset, 4).getUint32(0, true) : null
}

function one(
  name: string,
  set: Uint8Array | null,
  type: number | null,
  { port, clock, comp, rttMs, signal }: ParamPorts,
): Promise<Result<ReadParam, ParamError>> {
  const target = { target_system: port.systemId, target_component: comp, param_id: name }
  const rules = paramOneRules(set, rttMs)
  return drive<ParamOneState, ParamOneEvent, ParamOneSend, Result<ReadParam, ParamError>>({
    clock,
    outcome: (state) => (state.at === 'ended' ? state.outcome : null),
    start: () => startParamOne(clock.nowMs(), rules),
    next: (state, event) => nextParamOne(state, event, rules),
    quiet: (atMs) => ({ type: 'quiet', atMs }),
    cancel: { signal, event: { type: 'cancelled' } },
    send(out) {
      if (out.send === 'read' || set === null || type === null)
        return port.send('PARAM_REQUEST_READ', { ...target, param_index: -1 })
      return port.send('PARAM_SET', { ...target, param_value: set, param_type: type })
    },
    listen: (feed) =>
      port.listen((heard) => {
        const value = valueOf(heard, comp)
        if (value?.param.name === name) feed({ type: 'value', param: value.param, atMs: heard.atMs })
        const { message } = heard
        if (heard.comp !== comp || !isMessage(message, 'PARAM_ERROR') || message.fields.param_id !== name) return
        if (message.fields.target_system === port.own.sys) feed({ type: 'error', error: message.fields.error })
      }),
  })
}

function valueOf({ comp: from, message, frame }: Heard, comp: number) {
  if (from !== comp || !isMessage(message, 'PARAM_VALUE')) return null
  const { param_id, param_type, param_index, param_count } = message.fields
  const param: ReadParam = { name: param_id, type: param_type, bytes: paramBytes(frame) }
  return { index: param_index, count: param_count, param }
}

/** Nothing where four bytes cannot carry the type: such a parameter can only be read by FTP. */
function decoded({ name, type, bytes }: ReadParam, encoding: ParamEncoding): Param[] {
  const value = decodeParam(bytes, type, encoding)
  return value === undefined ? [] : [{ name, type, value }]
}
function decodedOne(read: Result<ReadParam, ParamError>, encoding: ParamEncoding): Result<Param, ParamError> {
  if (!read.ok) return read
  const [param] = decoded(read.value, encoding)
  return param === undefined ? failed({ kind: 'absent' }) : { ok: true, value: param }
}
