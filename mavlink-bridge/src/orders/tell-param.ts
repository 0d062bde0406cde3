import type { CommandError } from '../exchanges/command.ts'
import type { RunningCommand } from '../exchanges/command-desk.ts'
import { setExtParam } from '../exchanges/ext-params.ts'
import { setParam } from '../exchanges/params.ts'
import { encodingOf } from '../vehicles/session.ts'
import type { OrderPorts } from './order-ports.ts'
import type { Tell } from './order-step.ts'

/** MAV_RESULT */
const DENIED = 2
const FAILED = 4
/** PARAM_ACK: it has no such value. */
const VALUE_UNSUPPORTED = 1

/** Sets a parameter as one way of telling a step; its answers count as those of a command. */
export function tellParam(way: Extract<Tell, { by: 'param' | 'ext-param' }>, ports: OrderPorts): RunningCommand {
  const { port, clock, desk } = ports
  const stopper = new AbortController()
  const common = { port, clock, rttMs: desk.rttMs(), signal: stopper.signal }
  const told =
    way.by === 'ext-param'
      ? setExtParam(way, { ...common, comp: way.comp }).then((outcome) =>
          outcome.ok ? outcome : { ok: false as const, error: ofExt(outcome.error) },
        )
      : setParam(way.name, way.value, {
          ...common,
          comp: ports.vehicle().autopilotComp,
          encoding: encodingOf(ports.vehicle()),
        }).then((outcome) =>
          outcome.ok
            ? { ok: true as const, value: undefined }
            : { ok: false as const, error: errorOf(outcome.error.kind) },
        )
  return { ended: told, cancel: () => stopper.abort() }
}

const ofExt = (error: { kind: 'silent' | 'cancelled' } | { kind: 'refused'; result: number }): CommandError =>
  error.kind === 'refused'
    ? { kind: 'refused', result: error.result === VALUE_UNSUPPORTED ? DENIED : FAILED }
    : errorOf(error.kind)
const errorOf = (kind: 'silent' | 'cancelled' | 'absent' | 'refused' | 'differs'): CommandError => {
  if (kind === 'cancelled') return { kind }
  return kind === 'silent' ? { kind, tries: 1 } : { kind: 'refused', result: FAILED }
}
