import { type CommandNotice, reasonOf } from '@skerry/contract'
import type { Clock } from '../clock.ts'
import { every } from '../clock.ts'
import { commandPolicy, type CommandError } from '../exchanges/command.ts'
import type { CommandDesk, RunningCommand } from '../exchanges/command-desk.ts'
import type { VehiclePort } from '../exchanges/vehicle-port.ts'
import type { Result } from '../result.ts'
import { linkState } from '../vehicles/link-state.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'
import {
  nextOrder,
  type OrderDo,
  type OrderEvent,
  type OrderOutcome,
  type OrderRules,
  startOrder,
} from './order-machine.ts'
import type { Tell } from './order-step.ts'

/** What an order needs of its vehicle. */
export interface OrderPorts {
  readonly clock: Clock
  readonly desk: CommandDesk
  readonly port: VehiclePort
  readonly vehicle: () => Vehicle
  /** Calls back after each change of the vehicle, until the answer is called. */
  readonly watch: (seen: (vehicle: Vehicle) => void) => () => void
  /** Texts of the autopilot, joined, until the answer is called. */
  readonly texts: (said: (text: string) => void) => () => void
}
export interface RunningOrder {
  readonly ended: Promise<OrderOutcome>
  supersede(): void
  /** Flight authority has changed hands: nothing more of this order reaches the link. */
  fence(): void
}
type Notice = Pick<CommandNotice, 'state' | 'tries' | 'reason'>

const TICK_MS = 100
/** After this time without an answer the pilot is told that it is still being tried. */
const STILL_TRYING_AFTER_MS = 5000
/** Later steps of a start: each is told at once when the one before it is done, or not at all. */
const STEP_EXPIRES_MS = 5000

/** Runs one order to its end; `notify` hears every change of its state, the end included. */
export function runOrder(rules: OrderRules, ports: OrderPorts, notify: (notice: Notice) => void): RunningOrder {
  const { clock, desk, port } = ports
  const startedAtMs = clock.nowMs()
  let tries = 0
  let answered = false
  let saidTrying = false
  let running: RunningCommand | null = null
  let resolve: (outcome: OrderOutcome) => void
  const ended = new Promise<OrderOutcome>((take) => (resolve = take))
  const stops = [
    ports.watch((vehicle) => feed({ type: 'seen', vehicle, atMs: clock.nowMs() })),
    ports.texts((text) => feed({ type: 'said', text, atMs: clock.nowMs() })),
    every(clock, TICK_MS, tick),
  ]
  let [state, ...first] = startOrder(startedAtMs, rules)
  perform(first)

  function tick(): void {
    const nowMs = clock.nowMs()
    if (linkState(ports.vehicle(), nowMs) === 'lost') feed({ type: 'link-lost' })
    feed({ type: 'tick', atMs: nowMs })
    if (state.at === 'ended' || answered || saidTrying || nowMs - startedAtMs < STILL_TRYING_AFTER_MS) return
    saidTrying = true
    if (rules.safety) notify({ state: 'sent', tries, reason: reasonOf('still-trying') })
  }
  function feed(event: OrderEvent): void {
    if (state.at === 'ended') return
    const [to, ...todo] = nextOrder(state, event, rules)
    if (to === state) return
    state = to
    perform(todo)
  }
  function perform(todo: readonly OrderDo[]): void {
    const over = state.at === 'ended' ? state.outcome : null
    if (over !== null) for (const stop of stops.splice(0)) stop()
    for (const act of todo) {
      if (act.do === 'stop-telling') stopTelling()
      else if (act.do === 'notice') notify({ state: act.state, tries, reason: act.reason })
      else tell(rules.steps[act.step]?.ways[act.way], act.step)
    }
    if (over === null) return
    stopTelling()
    notify({ state: over.state, tries, reason: over.reason })
    resolve(over)
  }
  function stopTelling(): void {
    const stopped = running
    running = null
    stopped?.cancel()
  }
  function sent(): void {
    tries++
    if (tries === 1) notify({ state: 'sent', tries, reason: null })
  }
  function tell(way: Tell | undefined, step: number): void {
    if (way === undefined) return
    stopTelling()
    if (way.by === 'set-current') {
      // Not acknowledged by the protocol: its effect in MISSION_CURRENT is all there is.
      port.send('MISSION_SET_CURRENT', {
        seq: way.seq,
        target_system: port.systemId,
        target_component: ports.vehicle().autopilotComp,
      })
      sent()
      feed({ type: 'told', outcome: { ok: true, value: undefined }, atMs: clock.nowMs() })
      return
    }
    const { command, params, comp = ports.vehicle().autopilotComp, frame } = way
    const begun = desk.run({
      spec: { comp, command, params, ...(frame === undefined ? {} : { frame }) },
      policy: commandPolicy(rules.safety ? 'safety' : (rules.class ?? 'initiating'), desk.rttMs()),
      expiresAtMs: step === 0 ? rules.expiresAtMs : clock.nowMs() + STEP_EXPIRES_MS,
      onSent: sent,
      onProgress: () => (answered = true),
    })
    running = begun
    void begun.ended.then((outcome) => {
      if (running !== begun) return // an older way of telling it
      running = null
      answered ||= isAnswer(outcome)
      feed({ type: 'told', outcome, atMs: clock.nowMs() })
    })
  }
  return { ended, supersede: () => feed({ type: 'superseded' }), fence: () => feed({ type: 'fenced' }) }
}

const isAnswer = (outcome: Result<void, CommandError>): boolean => outcome.ok || outcome.error.kind === 'refused'
