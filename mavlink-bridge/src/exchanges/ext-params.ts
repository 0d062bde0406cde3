import type { Clock } from '../clock.ts'
import type { Result } from '../result.ts'
import { isMessage } from '../wire/decode.ts'
import { decodeExtParam, encodeExtParam, extParamBytes } from '../wire/ext-param-value.ts'
import { drive } from './drive.ts'
import {
  type ExtParamError,
  type ExtParamEvent,
  extParamRules,
  type ExtParamSend,
  type ExtParamState,
  nextExtParam,
  startExtParam,
} from './ext-param-machine.ts'
import type { Heard, VehiclePort } from './vehicle-port.ts'

export interface ExtParamPorts {
  readonly port: VehiclePort
  readonly clock: Clock
  /** Component of the camera. */
  readonly comp: number
  readonly rttMs: number
  readonly signal?: AbortSignal
}

/** What a message tells of an extended parameter; null where it is about something else. */
export function extParamOf({ message, frame }: Heard): { name: string; type: number; value: number | null } | null {
  if (isMessage(message, 'PARAM_EXT_VALUE')) {
    const { param_id, param_type } = message.fields
    return {
      name: param_id,
      type: param_type,
      value: decodeExtParam(extParamBytes(frame, 'PARAM_EXT_VALUE'), param_type),
    }
  }
  if (!isMessage(message, 'PARAM_EXT_ACK')) return null
  const { param_id, param_type } = message.fields
  return { name: param_id, type: param_type, value: decodeExtParam(extParamBytes(frame, 'PARAM_EXT_ACK'), param_type) }
}

/** Asks for one by name; the answer is a PARAM_EXT_VALUE, sooner or never. */
export const askExtParam = (port: VehiclePort, comp: number, name: string): Error | null =>
  port.send('PARAM_EXT_REQUEST_READ', {
    target_system: port.systemId,
    target_component: comp,
    param_id: name,
    param_index: -1,
  })

/** Sets one. RangeError where the value is none of that type. */
export function setExtParam(
  param: { readonly name: string; readonly type: number; readonly value: number },
  { port, clock, comp, rttMs, signal }: ExtParamPorts,
): Promise<Result<void, ExtParamError>> {
  const { name, type, value } = param
  const bytes = encodeExtParam(value, type)
  // What the camera holds of a float is the float.
  const rules = extParamRules(decodeExtParam(padded(bytes), type) ?? value, rttMs)
  return drive<ExtParamState, ExtParamEvent, ExtParamSend, Result<void, ExtParamError>>({
    clock,
    outcome: (state) => (state.at === 'ended' ? state.outcome : null),
    start: () => startExtParam(clock.nowMs(), rules),
    next: (state, event) => nextExtParam(state, event, rules),
    quiet: (atMs) => ({ type: 'quiet', atMs }),
    cancel: { signal, event: { type: 'cancelled' } },
    send(out) {
      if (out.send === 'read') return askExtParam(port, comp, name)
      const target = { target_system: port.systemId, target_component: comp }
      return port.send('PARAM_EXT_SET', { ...target, param_id: name, param_type: type, param_value: bytes })
    },
    listen: (feed) =>
      port.listen((heard) => {
        const told = heard.comp === comp ? extParamOf(heard) : null
        if (told?.name !== name) return
        if (isMessage(heard.message, 'PARAM_EXT_ACK'))
          feed({ type: 'acked', result: heard.message.fields.param_result, value: told.value, atMs: heard.atMs })
        else feed({ type: 'told', value: told.value })
      }),
  })
}

function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(128)
  whole.set(bytes)
  return whole
}
