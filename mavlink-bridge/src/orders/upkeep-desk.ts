import {
  type Answer,
  type DroneParam,
  MOST_PARAMS_A_NOTICE,
  ParamName,
  type ReasonCode,
  reasonOf,
  type UpkeepAsk,
  type UpkeepNotice,
  type UpkeepOutcome,
  type UpkeepRequest,
  type UpkeepState,
} from '@skerry/contract'
import type { Clock } from '../clock.ts'
import { allParams } from '../exchanges/all-params.ts'
import type { ParamListError } from '../exchanges/param-list-machine.ts'
import type { ParamError } from '../exchanges/param-one-machine.ts'
import { type Param, readParam, writeParam } from '../exchanges/params.ts'
import type { Result } from '../result.ts'
import { isUnwatched } from '../vehicles/link-state.ts'
import { encodingOf, isEncodingKnown, offersPack, type Session } from '../vehicles/session.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'
import { decodeParam } from '../wire/param-value.ts'
import type { PlanDesk } from './plan-desk.ts'

export interface UpkeepDeskPorts {
  readonly clock: Clock
  readonly plans: Pick<PlanDesk, 'clear'>
  /** Policy: parameters may be set in a vehicle that is armed, or may be. */
  readonly setsWhileArmed: boolean
  readonly notify: (notice: UpkeepNotice) => void
}
export interface UpkeepDesk {
  /** The request was checked for authority; `session` is the vehicle it is for. */
  take(request: UpkeepRequest, session: Session): Answer<null>
  /** What to show of it. */
  state(droneId: string, session: Session): UpkeepState
  /** Takes back that job; false where it is not the one that goes on. */
  cancel(droneId: string, jobId: string): boolean
  /** Ends what is going on. */
  stop(droneId: string, why: ReasonCode): void
  /** A transfer that matters more begins: what only reads makes room for it. */
  makeRoom(droneId: string): void
  busy(droneId: string): boolean
  /** Something in that vehicle is being changed now. */
  writing(droneId: string): boolean
}

interface Job {
  readonly ask: UpkeepAsk
  readonly id: string
  readonly stopper: AbortController
}
interface Ended {
  readonly outcome: UpkeepOutcome
  /** What the vehicle told of its parameters. */
  readonly params: readonly DroneParam[]
}
/** Who has told its parameters, and when in its life. */
interface Listed {
  readonly jobId: string
  readonly session: Session
  readonly reboots: number
}

const NOTICE_EVERY_MS = 250

/** Reads and sets parameters and takes the mission out, one at a time for each vehicle; what counts is what it tells afterwards. */
export function createUpkeepDesk({ clock, plans, setsWhileArmed, notify }: UpkeepDeskPorts): UpkeepDesk {
  const jobs = new Map<string, Job>()
  const listed = new Map<string, Listed>()
  /** Why that must not be done in the vehicle as it is now. */
  function hindrance({ do: what }: UpkeepAsk, vehicle: Vehicle): ReasonCode | null {
    if (what === 'clear-mission') return isDisarmed(vehicle) ? null : 'mission-in-use'
    return what === 'set-param' && !setsWhileArmed && !isDisarmed(vehicle) ? 'param-while-armed' : null
  }

  function portsOf(session: Session, signal: AbortSignal) {
    const vehicle = session.vehicle()
    return {
      port: session.port,
      clock,
      comp: vehicle.autopilotComp,
      encoding: encodingOf(vehicle),
      rttMs: session.desk.rttMs(),
      offersPack: offersPack(vehicle),
      signal,
    }
  }

  async function run({ droneId, ask, jobId }: UpkeepRequest, session: Session, signal: AbortSignal): Promise<Ended> {
    switch (ask.do) {
      case 'read-params': {
        const { reboots } = session.vehicle()
        const read = await allParams(portsOf(session, signal), progress(clock, droneId, jobId, notify))
        if (!read.ok) return failed(...listReason(read.error), false)
        const params = read.value.flatMap((param) => shown(param, clock.nowMs()))
        listed.set(droneId, { jobId, session, reboots })
        return { outcome: { kind: 'listed', count: params.length }, params }
      }
      case 'read-param': {
        const read = await readParam(ask.name, portsOf(session, signal))
        return read.ok ? holds(read.value) : paramFailed(read.error, false)
      }
      case 'set-param':
        return set(ask, session, signal)
      case 'clear-mission': {
        const cleared = await plans.clear(droneId, session, signal)
        if (cleared.ok) return { outcome: { kind: 'empty' }, params: [] }
        const { code, detail, planUnknown } = cleared.error
        return failed(code, detail, planUnknown)
      }
    }
  }

  async function set(
    ask: Extract<UpkeepAsk, { do: 'set-param' }>,
    session: Session,
    signal: AbortSignal,
  ): Promise<Ended> {
    const ports = portsOf(session, signal)
    const before = await readParam(ask.name, ports)
    if (!before.ok) return paramFailed(before.error, false)
    const { type } = before.value
    const [old] = shown(before.value, clock.nowMs())
    if (old?.value !== ask.was)
      return { ...failed('param-changed-meanwhile', String(old?.value ?? ''), false), params: old ? [old] : [] }
    let written: Result<Param, ParamError>
    try {
      written = await writeParam({ name: ask.name, value: ask.value, type }, ports)
    } catch (error) {
      if (error instanceof RangeError) return failed('param-value-unfit', '', false)
      throw error
    }
    if (written.ok) return holds(written.value)
    if (written.error.kind !== 'differs') return paramFailed(written.error, true)
    const { name, bytes } = written.error.holds
    const value = decodeParam(bytes, type, ports.encoding) ?? NaN
    return holds({ name, type, value }, 'holds-other')
  }

  const holds = (param: Param, kind: 'holds' | 'holds-other' = 'holds'): Ended => {
    const params = shown(param, clock.nowMs())
    return { outcome: { kind, value: params[0]?.value ?? null }, params }
  }

  function end({ droneId, jobId }: UpkeepRequest, { outcome, params }: Ended): void {
    const common = { droneId, jobId, total: params.length }
    for (let from = 0; from < params.length; from += MOST_PARAMS_A_NOTICE) {
      const part = params.slice(from, from + MOST_PARAMS_A_NOTICE)
      notify({ ...common, done: from + part.length, params: part, outcome: null })
    }
    notify({ ...common, done: params.length, params: [], outcome })
  }

  return {
    busy: (droneId) => jobs.has(droneId),
    writing: (droneId) => isWriting(jobs.get(droneId)?.ask),
    stop: (droneId, why) => jobs.get(droneId)?.stopper.abort(why),
    makeRoom(droneId) {
      const job = jobs.get(droneId)
      if (!isWriting(job?.ask)) job?.stopper.abort('made-room' satisfies ReasonCode)
    },
    cancel(droneId, jobId) {
      const job = jobs.get(droneId)
      if (job?.id !== jobId || job.stopper.signal.aborted) return false
      job.stopper.abort('upkeep-cancelled' satisfies ReasonCode)
      return true
    },
    state(droneId, session) {
      const known = listed.get(droneId)
      // Another vehicle, or another start of it: what was read does not count any more.
      const same = known?.session === session && known.reboots === session.vehicle().reboots
      return { setsWhileArmed, paramsOf: same ? known.jobId : null }
    },
    take(request, session) {
      const { droneId, jobId, ask } = request
      if (jobs.has(droneId)) return no('upkeep-running')
      const vehicle = session.vehicle()
      if (isUnwatched(vehicle, clock.nowMs())) return no('drone-link-lost')
      if (ask.do !== 'clear-mission' && !isEncodingKnown(vehicle)) return no('param-encoding-unknown')
      const why = hindrance(ask, vehicle)
      if (why !== null) return no(why)
      const stopper = new AbortController()
      jobs.set(droneId, { id: jobId, ask, stopper })
      // Its pilot may arm it by hand at any time: nothing more is changed in it then.
      const stopWatching = session.watch((now) => {
        const why = hindrance(ask, now)
        if (why !== null) stopper.abort(why)
      })
      void run(request, session, stopper.signal)
        // A broken invariant of ours: it stopped somewhere, and that is all that can be said.
        .catch((error: unknown) =>
          failed('bridge-fault', error instanceof Error ? error.message : String(error), isWriting(ask)),
        )
        .then((ended) => {
          stopWatching()
          jobs.delete(droneId)
          const { outcome } = ended
          if (ask.do === 'set-param' && outcome.kind === 'failed' && outcome.unknown) session.doubtParam(ask.name)
          // Why it was ended says more than that it was.
          const why: unknown = stopper.signal.reason
          const broken = stopper.signal.aborted && outcome.kind === 'failed' && typeof why === 'string'
          end(request, broken ? { ...ended, outcome: { ...outcome, reason: why } } : ended)
        })
      return { ok: true, value: null }
    },
  }
}

export const isWriting = (ask: UpkeepAsk | undefined): boolean => ask?.do === 'set-param' || ask?.do === 'clear-mission'

const isDisarmed = ({ armedKnown, armed }: Vehicle): boolean => armedKnown && !armed
const no = (code: ReasonCode): Answer<null> => ({ ok: false, reason: reasonOf(code) })

const failed = (code: ReasonCode, detail: string, unknown: boolean): Ended => ({
  outcome: { kind: 'failed', reason: reasonOf(code, detail), unknown },
  params: [],
})

function listReason(error: ParamListError): [code: ReasonCode, detail: string] {
  switch (error.kind) {
    case 'silent':
      return ['param-no-answer', '']
    case 'cancelled':
      return ['upkeep-cancelled', '']
    case 'incomplete':
      return ['params-incomplete', `${error.total - error.missing.length}/${error.total}`]
  }
}

/** @param said it was told to set something: without its word nobody knows what it holds */
function paramFailed(error: ParamError, said: boolean): Ended {
  switch (error.kind) {
    case 'silent':
      return failed('param-no-answer', '', said)
    case 'cancelled':
      return failed('upkeep-cancelled', '', said)
    case 'absent':
      return failed('param-absent', '', false)
    case 'refused':
      return failed('param-refused', String(error.error), false)
    case 'differs':
      throw new RangeError('a difference is told by its value')
  }
}

/** Nothing where its name is none that can be asked for. */
const shown = ({ name, value, type }: Param, atMs: number): DroneParam[] =>
  ParamName.safeParse(name).success ? [{ name, value: Number.isFinite(value) ? value : null, type, atMs }] : []

/** Progress goes out a few times a second. */
function progress(clock: Clock, droneId: string, jobId: string, notify: UpkeepDeskPorts['notify']) {
  let lastAtMs = -Infinity
  return (done: number, total: number): void => {
    if (clock.nowMs() - lastAtMs < NOTICE_EVERY_MS) return
    lastAtMs = clock.nowMs()
    notify({ droneId, jobId, done, total, params: [], outcome: null })
  }
}
