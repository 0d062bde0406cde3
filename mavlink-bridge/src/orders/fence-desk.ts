import {
  type Answer,
  type FenceAboard,
  type FenceNotice,
  type FenceOutcome,
  type FenceRequest,
  type ReasonCode,
  reasonOf,
} from '@skerry/contract'
import type { Clock } from '../clock.ts'
import { clearPlan } from '../exchanges/clear-plan.ts'
import type { ReadMission } from '../exchanges/download-machine.ts'
import type { MissionType, TransferPorts } from '../exchanges/mission-transfer.ts'
import { putPlan, type PutError, readPlan } from '../exchanges/put-plan.ts'
import { compareMissions } from '../plan/compare.ts'
import type { MissionItem } from '../plan/mission-item.ts'
import { fenceId, fenceItems, type FenceItems } from '../plan/to-fence.ts'
import { isUnwatched } from '../vehicles/link-state.ts'
import type { Session } from '../vehicles/session.ts'
import { type FenceRecord, fenceState, fenceSupport } from './fence-book.ts'

export interface FenceDeskPorts {
  readonly clock: Clock
  readonly notify: (notice: FenceNotice) => void
}
export interface FenceDesk {
  /** The request was checked for authority; `session` is the vehicle it is for. */
  take(request: FenceRequest, session: Session): Answer<null>
  /** What to show of fence and rally points in that vehicle. */
  state(droneId: string, session: Session): FenceAboard
  /** Takes back that transfer; false where it is not the one that goes on. */
  cancel(droneId: string, transferId: string): boolean
  /** Another station may have changed fence or rally points: they are unknown until they are read. */
  touched(droneId: string): void
  /** Ends a transfer that is going on; what is aboard is unknown until it is read. */
  stop(droneId: string, why: ReasonCode): void
  busy(droneId: string): boolean
}

const FENCE: MissionType = 1
const RALLY: MissionType = 2
const NOTICE_EVERY_MS = 250
const TOUCHED: FenceOutcome = { kind: 'failed', reason: reasonOf('fence-touched'), aboardUnknown: true }
const NOTHING: FenceItems = { fence: [], rally: [] }

type Say = (part: Pick<FenceNotice, 'phase' | 'done'> & Partial<Pick<FenceNotice, 'outcome'>>) => void
interface Job {
  readonly request: FenceRequest
  readonly session: Session
  readonly items: FenceItems
  readonly ports: Omit<TransferPorts, 'missionType'>
  /** The vehicle keeps rally points. */
  readonly rally: boolean
  readonly say: Say
}
interface Ended {
  readonly outcome: FenceOutcome
  /** Null: it is what it was before. */
  readonly record: FenceRecord | null
}

/** Puts fence and rally points into vehicles, reads them and takes them out; what it calls verified was read back. */
export function createFenceDesk({ clock, notify }: FenceDeskPorts): FenceDesk {
  const records = new Map<string, FenceRecord>()
  const stops = new Map<string, { readonly transferId: string; readonly stopper: AbortController }>()
  /** Transfers into whose vehicle another station wrote meanwhile. */
  const touched = new Set<string>()

  async function run(job: Job): Promise<Ended> {
    const { request, session } = job
    switch (request.ask) {
      case 'send':
        return send(job)
      case 'check':
        return check(job)
      case 'clear':
        return (
          (await clear(job, job.rally ? [FENCE, RALLY] : [FENCE])) ?? {
            outcome: { kind: 'none' },
            record: recordOf(session, 'none', null, 0, 0),
          }
        )
      case 'clear-fence':
      case 'clear-rally': {
        const broken = await clear(job, [request.ask === 'clear-fence' ? FENCE : RALLY])
        if (broken !== null) return broken
        const left = await check(job)
        // The part is out: what was known of both does not hold any more.
        return left.outcome.kind === 'failed' ? leftUnknown(left.outcome) : left
      }
    }
  }

  /** Null: they were read, and nothing of them is left. */
  async function clear({ session, ports, say }: Job, parts: readonly MissionType[]): Promise<Ended | null> {
    say({ phase: 'clearing', done: 0 })
    for (const missionType of parts) {
      const { autopilot: dialect } = session.vehicle()
      const cleared = await clearPlan({ dialect, rttMs: session.desk.rttMs() }, { ...ports, missionType })
      if (!cleared.ok) return failed(cleared.error, missionType !== parts[0])
    }
    return null
  }

  async function send({ request, session, items, ports, rally, say }: Job): Promise<Ended> {
    const policy = {
      dialect: session.vehicle().autopilot,
      rttMs: session.desk.rttMs(),
      expiresAtMs: request.expiresAtMs,
    }
    const put = (missionType: MissionType, of: readonly MissionItem[], before: number) =>
      putPlan(of, policy, { ...ports, missionType }, ({ phase, done }) => say({ phase, done: before + done }))
    const fence = await put(FENCE, items.fence, 0)
    if (!fence.ok) return failed(fence.error, false)
    if (!rally) return verified(session, { ...items, rally: [] }, fence.value.onboardId, 0)
    const points = await put(RALLY, items.rally, items.fence.length)
    // The fence is in it by now: what is aboard is neither what was there nor what was sent.
    if (!points.ok) return failed(points.error, true)
    return verified(session, items, fence.value.onboardId, points.value.onboardId)
  }

  async function check({ request, session, items, ports, rally, say }: Job): Promise<Ended> {
    const read: ReadMission[] = []
    for (const missionType of rally ? [FENCE, RALLY] : [FENCE]) {
      say({ phase: 'reading-back', done: 0 })
      const one = await readPlan(session.desk.rttMs(), { ...ports, missionType })
      if (!one.ok) return failed({ ...one.error, planUnknown: false }, false)
      read.push(one.value)
    }
    const [fence, points = { items: [], onboardId: 0 }] = read
    if (fence === undefined) throw new RangeError('nothing was read')
    const ids = [fence.onboardId, points.onboardId] as const
    if (fence.items.length === 0 && points.items.length === 0)
      return { outcome: { kind: 'none' }, record: recordOf(session, 'none', null, ...ids) }
    const expected = rally ? items : { ...items, rally: [] }
    const [difference] = [
      ...compareMissions(expected.fence, fence.items, 'other').map((one) => ({ ...one, of: 'fence' })),
      ...compareMissions(expected.rally, points.items, 'other').map((one) => ({ ...one, of: 'rally' })),
    ]
    if (request.plan !== null && difference === undefined) return verified(session, expected, ...ids)
    const detail = difference === undefined ? '' : `${difference.of} #${difference.seq} ${difference.what}`
    return { outcome: { kind: 'differs', detail }, record: recordOf(session, 'differs', null, ...ids) }
  }

  function recordOf(
    session: Session,
    state: 'none' | 'verified' | 'differs',
    id: string | null,
    fence: number,
    rally: number,
  ): FenceRecord {
    return { state, id, readAtMs: clock.nowMs(), onboard: { fence, rally }, reboots: session.vehicle().reboots }
  }
  function verified(session: Session, items: FenceItems, fence: number, rally: number): Ended {
    const id = fenceId(items)
    const outcome: FenceOutcome = { kind: 'verified', id, rally: items.rally.length > 0 }
    return { outcome, record: recordOf(session, 'verified', id, fence, rally) }
  }

  return {
    busy: (droneId) => stops.has(droneId),
    touched(droneId) {
      if (stops.has(droneId)) touched.add(droneId)
      records.set(droneId, { state: 'unknown' })
    },
    stop: (droneId, why) => stops.get(droneId)?.stopper.abort(why),
    cancel(droneId, transferId) {
      const running = stops.get(droneId)
      if (running?.transferId !== transferId || running.stopper.signal.aborted) return false
      running.stopper.abort('fence-cancelled' satisfies ReasonCode)
      return true
    },
    state: (droneId, session) => fenceState(records.get(droneId) ?? { state: 'unknown' }, session.vehicle()),
    take(request, session) {
      const { droneId, transferId } = request
      if (stops.has(droneId)) return no('transfer-running')
      const vehicle = session.vehicle()
      if (isUnwatched(vehicle, clock.nowMs())) return no('drone-link-lost')
      const can = fenceSupport(vehicle)
      if (can.fence === null) return no('fence-support-unknown')
      if (!can.fence) return no('fence-unsupported')
      if (request.ask === 'clear-rally' && can.rally !== true)
        return no(can.rally === null ? 'fence-support-unknown' : 'fence-unsupported')
      if (request.ask === 'send' && request.plan === null) return no('malformed-request')
      // An aircraft whose fence changes under way may turn round by itself.
      if (request.ask !== 'check' && (!vehicle.armedKnown || vehicle.armed)) return no('fence-while-armed')
      const items = request.plan === null ? NOTHING : fenceItems(request.plan)
      const rally = can.rally === true
      const total = items.fence.length + (rally ? items.rally.length : 0)
      const say = sayer(clock, (part) => notify({ transferId, droneId, total, outcome: null, ...part }))
      const stopper = new AbortController()
      stops.set(droneId, { transferId, stopper })
      touched.delete(droneId)
      const before = records.get(droneId) ?? { state: 'unknown' }
      records.set(droneId, request.ask === 'check' ? before : { state: 'unknown' })
      const ports = { port: session.port, clock, comp: vehicle.autopilotComp, signal: stopper.signal }
      void run({ request, session, items, ports, rally, say })
        .catch((error: unknown) => {
          // A broken invariant of ours: the transfer stopped somewhere, and that is all that can be said.
          const reason = reasonOf('bridge-fault', error instanceof Error ? error.message : String(error))
          return {
            outcome: { kind: 'failed', reason, aboardUnknown: true },
            record: { state: 'unknown' },
          } satisfies Ended
        })
        .then(({ outcome: how, record }) => {
          // Why it was ended says more than that it was.
          const why: unknown = stopper.signal.reason
          const ended = stopper.signal.aborted && how.kind === 'failed' && typeof why === 'string'
          const own = ended ? { ...how, reason: why } : how
          const outcome = touched.has(droneId) ? TOUCHED : own
          records.set(droneId, touched.has(droneId) ? { state: 'unknown' } : (record ?? before))
          stops.delete(droneId)
          say({ phase: 'reading-back', done: total, outcome })
        })
      return { ok: true, value: null }
    },
  }
}

/** @param changed something was changed before the part that failed */
function failed({ code, detail, planUnknown }: PutError, changed: boolean): Ended {
  const aboardUnknown = planUnknown || changed
  return {
    outcome: { kind: 'failed', reason: reasonOf(code, detail), aboardUnknown },
    record: aboardUnknown ? { state: 'unknown' } : null,
  }
}

const leftUnknown = (outcome: Extract<FenceOutcome, { kind: 'failed' }>): Ended => ({
  outcome: { ...outcome, aboardUnknown: true },
  record: { state: 'unknown' },
})

const no = (code: ReasonCode): Answer<null> => ({ ok: false, reason: reasonOf(code) })

/** Progress goes out a few times a second; a new phase and the end at once. */
function sayer(clock: Clock, send: Say): Say {
  let lastPhase = ''
  let lastAtMs = 0
  return (part) => {
    const nowMs = clock.nowMs()
    if (part.outcome === undefined && part.phase === lastPhase && nowMs - lastAtMs < NOTICE_EVERY_MS) return
    lastPhase = part.phase
    lastAtMs = nowMs
    send(part)
  }
}
