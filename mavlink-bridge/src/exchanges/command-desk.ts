import { at, type Clock } from '../clock.ts'
import type { Result } from '../result.ts'
import { isMessage } from '../wire/decode.ts'
import type { EncodeFields } from '../wire/encode.ts'
import { type CommandError, type CommandPolicy, type CommandSpec } from './command.ts'
import {
  type CommandEvent,
  type CommandRules,
  type CommandState,
  nextCommand,
  startCommand,
} from './command-machine.ts'
import { isForUs, type VehiclePort } from './vehicle-port.ts'

export interface CommandRequest {
  readonly spec: CommandSpec
  readonly policy: CommandPolicy
  /** Nothing of it reaches the link at or after this time, epoch ms. */
  readonly expiresAtMs: number
  /** Called at each send with the number of sends, 1... */
  readonly onSent?: (tries: number) => void
  readonly onProgress?: (percent: number | null) => void
  /** Asked before each repeat; where it says no, that repeat is left out. */
  readonly mayRepeat?: () => boolean
}
export interface RunningCommand {
  readonly ended: Promise<Result<void, CommandError>>
  cancel(): void
}
/** Sends commands to one vehicle, one at a time per component and command id. */
export interface CommandDesk {
  run(request: CommandRequest): RunningCommand
  /** Round trip of the last answered first try, ms: to the first answer of any kind, not to the end of a long task. */
  rttMs(): number
  /** Until then a command that went by another way than the best may still come to the vehicle, epoch ms. */
  straysUntilMs(): number
  /** The vehicle restarted: nobody will answer what it was asked before. */
  reset(): void
}

/** The ack carries no number: after silence an ack may still come, and must not be credited to the next command. */
const QUARANTINE_AT_LEAST_MS = 3000
const FIRST_RTT_MS = 300
/** A copy of an ack that settled a command may come so much later, at the most. */
const COPIES_WITHIN_MS = 3000
/** The slowest of several links that may be declared for one vehicle. */
const SLOWEST_WAY_MS = 3000

interface Lane {
  active: { request: CommandRequest; feed: (event: CommandEvent) => void } | null
  waiting: { request: CommandRequest; begin: () => void; drop: () => void }[]
  /** Until then a late ack of these params may come; `copies`: only a copy of one that has settled its command. */
  quarantine: { params: string; untilMs: number; copies: boolean } | null
  wake: (() => void) | null
}

export function createCommandDesk(port: VehiclePort, clock: Clock): CommandDesk {
  const lanes = new Map<string, Lane>()
  let rttMs = FIRST_RTT_MS
  let straysUntilMs = -Infinity
  const laneOf = (spec: CommandSpec): Lane => {
    const key = `${spec.comp}/${spec.command}`
    const lane = lanes.get(key) ?? { active: null, waiting: [], quarantine: null, wake: null }
    lanes.set(key, lane)
    return lane
  }

  /**
   * The best way may hear and not carry: what is said again for safety goes by the others in turn. All of it is harmless
   * twice; of the rest nothing is, over ways that may take their time.
   */
  function turnOf({ class: kind }: CommandPolicy, tries: number): number {
    const turn = kind === 'safety' ? (tries - 1) % (1 + (port.otherWays?.() ?? 0)) : 0
    if (turn > 0) straysUntilMs = clock.nowMs() + SLOWEST_WAY_MS
    return turn
  }

  const pendingOf = (command: number): number =>
    [...lanes.values()].filter(({ active }) => active?.request.spec.command === command).length

  /** Starts the next waiting command of a lane, when nothing runs and no late ack could be taken for its own. */
  function advance(lane: Lane): void {
    lane.wake?.()
    lane.wake = null
    const [next] = lane.waiting
    if (lane.active !== null || next === undefined) return
    const waitMs = quarantineMs(lane, next.request)
    if (waitMs > 0) {
      lane.wake = clock.after(waitMs, () => advance(lane))
      return
    }
    lane.waiting.shift()
    next.begin()
  }

  /** Until when an ack may be for something else than this request; 0: any ack is its own. */
  function foreignUntilMs({ quarantine }: Lane, { spec, policy }: CommandRequest): number {
    if (quarantine === null || quarantine.params === paramsOf(spec)) return 0
    // Of a question that is taken for answered nothing hangs, and they follow each other by the dozen.
    return quarantine.copies && policy.class === 'query' ? 0 : quarantine.untilMs
  }

  function quarantineMs(lane: Lane, request: CommandRequest): number {
    // Safety never waits: it goes out now, and believes no ack until the quarantine is over (see `trustAcksFromMs`).
    return request.policy.class === 'safety' ? 0 : foreignUntilMs(lane, request) - clock.nowMs()
  }

  function begin(lane: Lane, request: CommandRequest, end: (outcome: Result<void, CommandError>) => void): void {
    const { spec, policy, expiresAtMs } = request
    const rules: CommandRules = { policy, expiresAtMs }
    const trustAcksFromMs = foreignUntilMs(lane, request)
    let state: CommandState
    let disarm = (): void => undefined
    const firstSentAtMs = clock.nowMs()
    let heard = false
    const stop = port.listen(({ comp, message, atMs }) => {
      if (comp !== spec.comp || !isMessage(message, 'COMMAND_ACK')) return
      const { command, result, progress } = message.fields
      if (command !== spec.command || !isForUs(port, message.fields) || atMs < trustAcksFromMs) return
      // An ack to everyone is ours only where no other command of ours with that number waits.
      if (message.fields.target_system === 0 && pendingOf(command) > 1) return
      if (state.at === 'waiting' && state.tries === 1 && !heard) rttMs = Math.max(5, atMs - firstSentAtMs)
      heard = true
      feed({ type: 'acked', result, progress, atMs })
    })
    lane.active = { request, feed }
    const [first, ...sends] = startCommand(spec.frame === undefined ? 'long' : 'int', rules, clock.nowMs())
    state = first
    settle(sends)

    function feed(event: CommandEvent): void {
      const [to, ...out] = nextCommand(state, event, rules)
      if (to === state) return
      state = to
      settle(out)
    }
    function settle(out: { form: 'long' | 'int'; confirmation: number }[]): void {
      disarm()
      if (state.at === 'ended') {
        stop()
        finish(lane, request, state)
        end(state.outcome)
        advance(lane)
        return
      }
      disarm = at(clock, state.quietAtMs, () => feed({ type: 'quiet', atMs: clock.nowMs() }))
      if (state.running) request.onProgress?.(state.progress)
      const { tries } = state
      for (const { form, confirmation } of out) {
        if (tries > 1 && request.mayRepeat?.() === false) continue
        const fault = sendCommand(port, spec, form, confirmation, turnOf(policy, tries))
        if (fault !== null) return unsaid(fault, tries)
        request.onSent?.(tries)
      }
    }
    /** No answer will come to what cannot be said. */
    function unsaid({ message: detail }: Error, tries: number): void {
      disarm()
      stop()
      const outcome = { ok: false, error: { kind: 'fault', detail } } as const
      state = { at: 'ended', outcome, tries: tries - 1 }
      finish(lane, request, state)
      end(outcome)
      advance(lane)
    }
  }

  function finish(lane: Lane, { spec }: CommandRequest, state: Extract<CommandState, { at: 'ended' }>): void {
    lane.active = null
    const { outcome, tries } = state
    const answered = outcome.ok || outcome.error.kind === 'refused'
    // After several sends further answers to the repeats are under way even when the first one has come.
    if (tries === 0) return
    const nowMs = clock.nowMs()
    const copies = answered && tries === 1
    const untilMs = nowMs + (copies ? Math.min(rttMs, COPIES_WITHIN_MS) : Math.max(QUARANTINE_AT_LEAST_MS, 2 * rttMs))
    // What may still come of an unanswered command is not forgotten over an answered one.
    if (copies && lane.quarantine?.copies === false && lane.quarantine.untilMs > nowMs) return
    lane.quarantine = { params: paramsOf(spec), untilMs, copies }
  }

  return {
    rttMs: () => rttMs,
    straysUntilMs: () => straysUntilMs,
    reset() {
      for (const lane of lanes.values()) {
        // First those that wait: they were meant for the run of the vehicle that is over, and would begin in the next.
        for (const { drop } of lane.waiting.splice(0)) drop()
        lane.active?.feed({ type: 'cancelled' })
        lane.quarantine = null
        lane.wake?.()
        lane.wake = null
      }
    },
    run(request) {
      const lane = laneOf(request.spec)
      const ended = new Promise<Result<void, CommandError>>((resolve) => {
        const entry = {
          request,
          begin: () => begin(lane, request, resolve),
          drop: () => resolve({ ok: false, error: { kind: 'cancelled' } }),
        }
        if (request.policy.class === 'safety') {
          lane.waiting.unshift(entry)
          // A safety command does not queue behind another one with the same number.
          if (lane.active !== null) lane.active.feed({ type: 'cancelled' })
          else advance(lane)
        } else {
          lane.waiting.push(entry)
          advance(lane)
        }
      })
      return {
        ended,
        cancel() {
          if (lane.active?.request === request) lane.active.feed({ type: 'cancelled' })
          const at = lane.waiting.findIndex((entry) => entry.request === request)
          if (at >= 0) lane.waiting.splice(at, 1)[0]?.drop()
        },
      }
    },
  }
}

const paramsOf = ({ params, frame }: CommandSpec): string => `${frame ?? ''}/${params.join('/')}`

function sendCommand(
  port: VehiclePort,
  spec: CommandSpec,
  form: 'long' | 'int',
  confirmation: number,
  turn: number,
): Error | null {
  const [p1, p2, p3, p4, p5, p6, p7] = spec.params
  const target = { target_system: port.systemId, target_component: spec.comp, command: spec.command }
  const params = { param1: p1, param2: p2, param3: p3, param4: p4 }
  if (form === 'long') {
    const long = { ...target, ...params, param5: p5, param6: p6, param7: p7, confirmation }
    return port.send('COMMAND_LONG', long, turn)
  }
  const scaled = (degrees: number): number =>
    Number.isNaN(degrees) ? 0x7fff_ffff : Math.round(spec.frame === undefined ? degrees : degrees * 1e7)
  const fields: EncodeFields<'COMMAND_INT'> = {
    ...target,
    ...params,
    x: scaled(p5),
    y: scaled(p6),
    z: p7,
    frame: spec.frame ?? 0,
    current: 0,
    autocontinue: 0,
  }
  return port.send('COMMAND_INT', fields, turn)
}
