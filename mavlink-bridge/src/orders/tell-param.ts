import type { CommandError } from '../exchanges/command.ts'
import type { RunningCommand } from '../exchanges/command-desk.ts'
import { setExtParam } from '../exchanges/ext-params.ts'
import { setParam } from '../exchanges/params.ts'
import { failed, type Result } from '../result.ts'
import { encodingOf } from '../vehicles/session.ts'
import type { OrderPorts } from './order-ports.ts'
import type { Tell } from './order-step.ts'

/** MAV_RESULT */
const DENIED = 2
const FAILED = 4
/** PARAM_ACK: it has no such value. */
const VALUE_UNSUPPORTED = 1

/** Sets a parameter as one way of telling a step; its answers count as those of a command. `ended` rejects, and nothing is thrown, where the value is none that the parameter can have. */
export function tellParam(way: Extract<Tell, { by: 'param' | 'ext-param' }>, ports: OrderPorts): RunningCommand {
  const { port, clock, desk } = ports
  const stopper = new AbortController()
  const common = { port, clock, rttMs: desk.rttMs(), signal: stopper.signal }
  async function told(): Promise<Result<void, CommandError>> {
    if (way.by === 'ext-param') {
      const set = await setExtParam(way, { ...common, comp: way.comp })
      return set.ok ? set : failed(ofExt(set.error))
    }
    const { autopilotComp: comp } = ports.vehicle()
    const set = await setParam(way.name, way.value, { ...common, comp, encoding: encodingOf(ports.vehicle()) })
    return set.ok ? { ok: true, value: undefined } : failed(errorOf(set.error.kind))
  }
  return { ended: told(), cancel: () => stopper.abort() }
}

const ofExt = (error: { kind: 'silent' | 'cancelled' } | { kind: 'refused'; result: number }): CommandError =>
  error.kind === 'refused'
    ? { kind: 'refused', result: error.result === VALUE_UNSUPPORTED ? DENIED : FAILED }
    : errorOf(error.kind)
const errorOf = (kind: 'silent' | 'cancelled' | 'absent' | 'refused' | 'differs'): CommandError => {
  if (kind === 'cancelled') return { kind }
  return kind === 'silent' ? { kind, tries: 1 } : { kind: 'refused', result: FAILED }
}
