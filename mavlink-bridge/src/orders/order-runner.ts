import { type CommandNotice, type ReasonCode, reasonOf } from '@skerry/contract'
import { every } from '../clock.ts'
import { classOf, commandPolicy, type CommandError, type CommandPolicy, settingRetryMs } from '../exchanges/command.ts'
import type { RunningCommand } from '../exchanges/command-desk.ts'
import type { Result } from '../result.ts'
import { DEGRADED_AFTER_MS, isUnwatched } from '../vehicles/link-state.ts'
import {
  nextOrder,
  type OrderDo,
  type OrderEvent,
  type OrderOutcome,
  type OrderRules,
  startOrder,
} from './order-machine.ts'
import type { OrderPorts } from './order-ports.ts'
import type { Tell } from './order-step.ts'
import { tellParam } from './tell-param.ts'

export interface RunningOrder {
  readonly ended: Promise<OrderOutcome>
  supersede(): void
  /** Flight authority has changed hands, or the aircraft has: nothing more of this order reaches the link. */
  fence(why: ReasonCode): void
}
type Notice = Pick<CommandNotice, 'state' | 'tries' | 'reason'>

const TICK_MS = 100
/** One slow answer must not hide an effect for longer than the slowest link that can be flown over would. */
const ONE_WAY_AT_MOST_MS = 3000
/** After this time without an answer the pilot is told that it is still being tried. */
const STILL_TRYING_AFTER_MS = 5000
/** Later steps of a start: each is told when the one before it is done, or not at all. */
const STEP_EXPIRES_MS = 5000
/** An aircraft that was heard so lately is seen. */
const SEEN_WITHIN_MS = DEGRADED_AFTER_MS

/** Runs one order to its end; `notify` hears every change of its state, the end included. */
export function runOrder(rules: OrderRules, ports: OrderPorts, notify: (notice: Notice) => void): RunningOrder {
  const { clock, desk, port } = ports
  const startedAtMs = clock.nowMs()
  // Of the orders before this one; its own copies do what it wants. Gimbals and cameras are told nothing by other ways.
  const straysUntilMs = rules.class === 'query' ? -Infinity : desk.straysUntilMs()
  let tries = 0
  let answered = false
  let saidTrying = false
  let running: RunningCommand | null = null
  let resolve: (outcome: OrderOutcome) => void
  const ended = new Promise<OrderOutcome>((take) => (resolve = take))
  const stops = [
    ports.watch((vehicle) => feed({ type: 'seen', vehicle, atMs: clock.nowMs(), oneWayMs: oneWayMs(), straysUntilMs })),
    ports.texts((text) => feed({ type: 'said', text, atMs: clock.nowMs() })),
    every(clock, TICK_MS, tick),
  ]
  let [state, ...first] = startOrder(startedAtMs, rules)
  perform(first)

  /**
   * Half the round trip, the best that is known of one way. Not for cameras and control: what they tell of an effect may
   * be said once only, and must not be missed where the round trip was taken for longer than it is.
   */
  function oneWayMs(): number {
    return rules.class === 'query' ? 0 : Math.min(desk.rttMs() / 2, ONE_WAY_AT_MOST_MS)
  }
  function tick(): void {
    const nowMs = clock.nowMs()
    if (isUnwatched(ports.vehicle(), nowMs)) feed({ type: 'link-lost' })
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
    switch (way.by) {
      case 'waiting':
        way.begin?.()
        return taken()
      case 'set-current':
        return follow(setCurrent(way.seq, expiryOf(step)))
      case 'param':
      case 'ext-param':
        sent()
        return follow(tellParam(way, ports))
      case 'command':
        return follow(runCommand(way, step))
    }
  }
  function taken(): void {
    feed({ type: 'told', outcome: { ok: true, value: undefined }, atMs: clock.nowMs() })
  }
  /** Not acknowledged by the protocol: its effect in MISSION_CURRENT is all there is, so it is said until that shows. */
  function setCurrent(seq: number, untilMs: number): RunningCommand {
    let end: (outcome: Result<void, CommandError>) => void = () => undefined
    const ended = new Promise<Result<void, CommandError>>((take) => (end = take))
    let said = 0
    function say(): void {
      if (clock.nowMs() >= untilMs) return finish({ kind: 'expired' })
      if (said++ > 0 && !maySayAgain()) return
      const target = { target_system: port.systemId, target_component: ports.vehicle().autopilotComp }
      const fault = port.send('MISSION_SET_CURRENT', { ...target, seq })
      if (fault !== null) return finish({ kind: 'fault', detail: fault.message })
      sent()
    }
    function finish(error: Extract<CommandError, { kind: 'expired' | 'cancelled' | 'fault' }>): void {
      stop()
      end({ ok: false, error })
    }
    const stop = every(clock, settingRetryMs(desk.rttMs()), say)
    say()
    return { ended, cancel: () => finish({ kind: 'cancelled' }) }
  }
  /**
   * Whoever holds the sticks may have taken the aircraft over since it was last heard: what sets it flying is said again
   * only while it is seen to be as it was before. Safety, gimbals and cameras do not ask.
   */
  function maySayAgain(): boolean {
    return (
      rules.safety || rules.class === 'query' || clock.nowMs() - ports.vehicle().lastHeartbeatAtMs <= SEEN_WITHIN_MS
    )
  }
  /** Until when a step may be told. A later one that only sets something gets as long as the whole order had. */
  function expiryOf(step: number): number {
    if (step === 0) return rules.expiresAtMs
    const forMs = rules.steps[step]?.sets === true ? rules.expiresAtMs - startedAtMs : STEP_EXPIRES_MS
    return clock.nowMs() + forMs
  }
  function classOfWay(way: Extract<Tell, { by: 'command' }>, step: number): CommandPolicy['class'] {
    if (rules.safety) return 'safety'
    return rules.class ?? (rules.steps[step]?.sets === true ? classOf(way) : 'initiating')
  }
  function runCommand(way: Extract<Tell, { by: 'command' }>, step: number): RunningCommand {
    const { command, params, comp = ports.vehicle().autopilotComp, frame } = way
    return desk.run({
      spec: { comp, command, params, ...(frame === undefined ? {} : { frame }) },
      policy: commandPolicy(classOfWay(way, step), desk.rttMs()),
      expiresAtMs: expiryOf(step),
      onSent: sent,
      mayRepeat: maySayAgain,
      onProgress: () => (answered = true),
    })
  }
  function follow(begun: RunningCommand): void {
    running = begun
    void begun.ended.catch(faultOf).then((outcome) => {
      if (running !== begun) return // an older way of telling it
      running = null
      answered ||= isAnswer(outcome)
      feed({ type: 'told', outcome, atMs: clock.nowMs() })
    })
  }
  return { ended, supersede: () => feed({ type: 'superseded' }), fence: (why) => feed({ type: 'fenced', why }) }
}

/** What was thrown while it was told: the order ends with that, and not the bridge. */
const faultOf = (error: unknown): Result<void, CommandError> => ({
  ok: false,
  error: { kind: 'fault', detail: error instanceof Error ? error.message : String(error) },
})
const isAnswer = (outcome: Result<void, CommandError>): boolean => outcome.ok || outcome.error.kind === 'refused'
