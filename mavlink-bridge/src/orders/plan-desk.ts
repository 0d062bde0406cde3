import {
  type Answer,
  type Plan,
  type ReadBack,
  ReasonCode,
  reasonOf,
  type UploadNotice,
  type UploadRequest,
} from '@skerry/contract'
import type { Clock } from '../clock.ts'
import { commandPolicy } from '../exchanges/command.ts'
import type { ReadMission } from '../exchanges/download-machine.ts'
import { clearPlan } from '../exchanges/clear-plan.ts'
import { putPlan, type PutError, readPlan } from '../exchanges/put-plan.ts'
import { done, failed, type Result } from '../result.ts'
import { compareMissions, HOME_MOVED } from '../plan/compare.ts'
import type { MissionItem } from '../plan/mission-item.ts'
import { planId } from '../plan/plan-id.ts'
import { storageOf } from '../plan/storage.ts'
import { toMission } from '../plan/to-mission.ts'
import { mainGimbal } from '../vehicles/gimbals.ts'
import { followsPlan } from '../vehicles/follows-plan.ts'
import { isUnwatched } from '../vehicles/link-state.ts'
import { OWN } from '../vehicles/own.ts'
import type { Session } from '../vehicles/session.ts'
import { holdSteps } from './order-steps.ts'
import { runOrder, type RunningOrder } from './order-runner.ts'
import { namesPlan, type PlanRecord, planState, type ShownPlan } from './plan-book.ts'

export interface PlanDeskPorts {
  readonly clock: Clock
  readonly notify: (notice: UploadNotice) => void
}
export interface PlanDesk {
  /** The request was checked for authority; `session` is the vehicle it is for. */
  upload(request: UploadRequest, session: Session): Answer<null>
  readBack(droneId: string, expect: Plan | null, session: Session): Promise<Answer<ReadBack>>
  /** Takes the mission out and reads that there is none; none of its transfers may be going on. */
  clear(droneId: string, session: Session, signal: AbortSignal): Promise<Result<void, PutError>>
  /** The last verification holds without reading again: it is of just now, or the vehicle itself still names that plan. */
  isFresh(droneId: string, session: Session): boolean
  /** Reads the plan that was verified last once more. */
  recheck(droneId: string, session: Session): Promise<'same' | 'other' | 'unread'>
  /** What to show of the plan in that vehicle. */
  state(droneId: string, session: Session): ShownPlan
  /** Takes back that upload; false where it is not the one that goes on. */
  cancel(droneId: string, commandId: string): boolean
  /** Ends an upload that is going on; the vehicle is told, and its plan is unknown until it is read back. */
  stop(droneId: string, why: ReasonCode): void
  /** A newer order goes to that drone: an upload that is still bringing it to a halt ends, and its hold with it. */
  overtake(droneId: string): void
  /** Another station may have changed the plan: it is unknown until it is read back. */
  touched(droneId: string): void
  /** A transfer is changing or reading the plan now. */
  busy(droneId: string): boolean
}

const DO_GIMBAL_MANAGER_CONFIGURE = 1001
/** A vehicle that follows its plan is stopped first; it gets this long to hold. */
const HOLD_WITHIN_MS = 10_000
const NOTICE_EVERY_MS = 250
/** As long as it takes from an upload to the start that follows it. */
const FRESH_MS = 60_000

/** An upload that is going on. */
interface Ongoing {
  readonly commandId: string
  readonly stopper: AbortController
  /** Set while the aircraft is being brought to a halt: an order like any other, that a newer one must end. */
  hold: RunningOrder | null
}

export function createPlanDesk({ clock, notify }: PlanDeskPorts): PlanDesk {
  const records = new Map<string, PlanRecord>()
  const busy = new Set<string>()
  const ongoing = new Map<string, Ongoing>()
  /** What was verified last, item by item. */
  const verified = new Map<string, readonly MissionItem[]>()
  /** How often another station's hand was seen on each plan. */
  const touches = new Map<string, number>()
  const touchesOf = (droneId: string): number => touches.get(droneId) ?? 0
  const record = (droneId: string): PlanRecord => records.get(droneId) ?? { state: 'unknown' }

  async function run(
    request: UploadRequest,
    items: readonly MissionItem[],
    session: Session,
    upload: Ongoing,
  ): Promise<void> {
    const { droneId, commandId } = request
    const total = ownItems(items, session).length
    const say = notices(clock, (part) => notify({ commandId, droneId, total, planId: null, failure: null, ...part }))
    const vehicle = session.vehicle()
    const { signal } = upload.stopper
    const notBegun = (kind: ReasonCode, detail = ''): void =>
      say({ phase: 'failed', done: 0, failure: { kind, detail, planUnknown: false } })
    const held = await holdIfFollowingPlan(session, upload)
    if (signal.aborted) return notBegun(endedBy(signal))
    if (held !== null) return notBegun('did-not-hold', held)
    if (request.plan.steps.some((step) => step.do === 'gimbal')) await takeGimbal(session, signal)
    if (signal.aborted) return notBegun(endedBy(signal))
    const before = record(droneId)
    const touchesBefore = touchesOf(droneId)
    records.set(droneId, { state: 'unknown' })
    const policy = {
      dialect: vehicle.autopilot,
      storage: storageOf(vehicle),
      rttMs: session.desk.rttMs(),
      expiresAtMs: request.expiresAtMs,
    }
    const put = await putPlan(items, policy, { ...portsOf(session), signal }, ({ phase, done }) =>
      say({ phase, done: Math.min(done, total) }),
    )
    if (!put.ok) {
      const { detail, planUnknown }: PutError = put.error
      const code = signal.aborted ? endedBy(signal) : put.error.code
      if (!planUnknown && touchesOf(droneId) === touchesBefore) records.set(droneId, before)
      say({ phase: 'failed', done: 0, failure: { kind: code, detail, planUnknown } })
      return
    }
    if (touchesOf(droneId) !== touchesBefore) {
      say({ phase: 'failed', done: 0, failure: { kind: 'plan-touched', detail: '', planUnknown: true } })
      return
    }
    const id = planId(items, vehicle.autopilot)
    records.set(droneId, recordOf('verified', id, put.value, session))
    verified.set(droneId, items)
    say({ phase: 'verified', done: total, planId: id })
  }

  /** Null when it is safe to change the plan now, otherwise why not: ArduPilot would fly a half-changed list. */
  async function holdIfFollowingPlan(session: Session, upload: Ongoing): Promise<string | null> {
    const vehicle = session.vehicle()
    const nowMs = clock.nowMs()
    if (!followsPlan(vehicle, nowMs)) return null
    const steps = holdSteps(vehicle)
    if (!steps.ok) return reasonOf(steps.error.code)
    upload.hold = runOrder(
      { steps: steps.value, safety: true, expiresAtMs: nowMs + HOLD_WITHIN_MS },
      { clock, ...session },
      () => undefined,
    )
    const ended = await upload.hold.ended
    upload.hold = null
    return ended.state === 'effective' ? null : (ended.reason ?? '')
  }

  /**
   * Best effort: a gimbal that another station keeps shows in its status, and readings say so. Asked for also where its
   * manager says that it is ours: a release for the pilot before may be on its way.
   */
  async function takeGimbal(session: Session, signal: AbortSignal): Promise<void> {
    const manager = mainGimbal(session.vehicle())
    if (manager === null) return
    const leaveSecondary = -1
    const asked = session.desk.run({
      spec: {
        comp: manager.comp,
        command: DO_GIMBAL_MANAGER_CONFIGURE,
        params: [OWN.sys, OWN.comp, leaveSecondary, leaveSecondary, 0, 0, manager.deviceId],
      },
      policy: commandPolicy('query', session.desk.rttMs()),
      expiresAtMs: clock.nowMs() + HOLD_WITHIN_MS,
    })
    const cancel = (): void => asked.cancel()
    signal.addEventListener('abort', cancel, { once: true })
    await asked.ended
    signal.removeEventListener('abort', cancel)
  }
  function end(upload: Ongoing, why: ReasonCode): void {
    upload.stopper.abort(why)
    upload.hold?.supersede()
  }

  const portsOf = (session: Session) => ({ port: session.port, clock, comp: session.vehicle().autopilotComp })

  function recordOf(
    state: 'none' | 'verified' | 'differs',
    id: string | null,
    mission: ReadMission,
    session: Session,
  ): PlanRecord {
    const total = ownItems(mission.items, session).length
    const { reboots } = session.vehicle()
    return { state, planId: id, onboardId: mission.onboardId, total, readAtMs: clock.nowMs(), reboots }
  }

  return {
    busy: (droneId) => busy.has(droneId),
    cancel(droneId, commandId) {
      const upload = ongoing.get(droneId)
      if (upload?.commandId !== commandId || upload.stopper.signal.aborted) return false
      end(upload, 'upload-cancelled')
      return true
    },
    stop(droneId, why) {
      const upload = ongoing.get(droneId)
      if (upload !== undefined) end(upload, why)
    },
    overtake(droneId) {
      const upload = ongoing.get(droneId)
      if (upload?.hold != null) end(upload, 'superseded')
    },
    touched(droneId) {
      touches.set(droneId, touchesOf(droneId) + 1)
      records.set(droneId, { state: 'unknown' })
    },
    state: (droneId, session) => planState(record(droneId), session.vehicle()),
    upload(request, session) {
      const { droneId } = request
      if (busy.has(droneId)) return { ok: false, reason: reasonOf('transfer-running') }
      if (isUnwatched(session.vehicle(), clock.nowMs())) return { ok: false, reason: reasonOf('drone-link-lost') }
      const { autopilot, home } = session.vehicle()
      const mission = toMission(request.plan, autopilot, home)
      if (!mission.ok) return { ok: false, reason: reasonOf(mission.error.kind) }
      busy.add(droneId)
      // Known before the first word goes out: whoever ends it must find it at any time.
      const upload: Ongoing = { commandId: request.commandId, stopper: new AbortController(), hold: null }
      ongoing.set(droneId, upload)
      run(request, mission.value, session, upload)
        .catch((error: unknown) => {
          // A broken invariant of ours: the transfer stopped somewhere, and that is all that can be said.
          const detail = error instanceof Error ? error.message : String(error)
          const failure = { kind: 'bridge-fault', detail, planUnknown: true }
          notify({ commandId: request.commandId, droneId, phase: 'failed', done: 0, total: 0, planId: null, failure })
        })
        .finally(() => {
          busy.delete(droneId)
          ongoing.delete(droneId)
        })
      return { ok: true, value: null }
    },
    isFresh(droneId, session) {
      const known = record(droneId)
      if (known.state !== 'verified') return false
      return clock.nowMs() - known.readAtMs < FRESH_MS || namesPlan(known, session.vehicle(), clock.nowMs())
    },
    async recheck(droneId, session) {
      const [known, items] = [record(droneId), verified.get(droneId)]
      if (known.state !== 'verified' || items === undefined || busy.has(droneId)) return 'unread'
      busy.add(droneId)
      const read = await readPlan(session.desk.rttMs(), portsOf(session)).finally(() => busy.delete(droneId))
      // Touched meanwhile, by another station or by a restart.
      if (record(droneId) !== known || planState(known, session.vehicle()).state === 'unknown') return 'other'
      if (!read.ok) return 'unread'
      const vehicle = session.vehicle()
      const same = compareMissions(items, read.value.items, storageOf(vehicle)).length === 0
      const id = same ? known.planId : planId(read.value.items, vehicle.autopilot)
      records.set(droneId, recordOf(same ? 'verified' : 'differs', id, read.value, session))
      return same ? 'same' : 'other'
    },
    async clear(droneId, session, signal) {
      busy.add(droneId)
      const before = record(droneId)
      const touchesBefore = touchesOf(droneId)
      records.set(droneId, { state: 'unknown' })
      const policy = { dialect: session.vehicle().autopilot, rttMs: session.desk.rttMs() }
      const cleared = await clearPlan(policy, { ...portsOf(session), signal }).finally(() => busy.delete(droneId))
      if (touchesOf(droneId) !== touchesBefore)
        return failed({ kind: 'differs', code: 'plan-touched', detail: '', planUnknown: true })
      if (!cleared.ok) {
        if (!cleared.error.planUnknown) records.set(droneId, before)
        return cleared
      }
      records.set(droneId, recordOf('none', null, cleared.value, session))
      return done(undefined)
    },
    async readBack(droneId, expect, session) {
      if (busy.has(droneId)) return { ok: false, reason: reasonOf('transfer-running') }
      busy.add(droneId)
      const touchesBefore = touchesOf(droneId)
      const read = await readPlan(session.desk.rttMs(), portsOf(session)).finally(() => busy.delete(droneId))
      if (!read.ok) return { ok: false, reason: reasonOf(read.error.code, read.error.detail) }
      if (touchesOf(droneId) !== touchesBefore) return { ok: false, reason: reasonOf('plan-touched') }
      const vehicle = session.vehicle()
      const { autopilot, home } = vehicle
      const own = ownItems(read.value.items, session)
      if (own.length === 0) {
        records.set(droneId, recordOf('none', null, read.value, session))
        return { ok: true, value: { planId: null, total: 0 } }
      }
      const expected = expect === null ? null : toMission(expect, autopilot, home)
      // Expected as it would be written now: home, where PX4 takes off, was moved when it was armed.
      const same =
        expected?.ok === true &&
        compareMissions(expected.value, read.value.items, storageOf(vehicle), HOME_MOVED).length === 0
      const id = planId(expected?.ok === true && same ? expected.value : read.value.items, autopilot)
      records.set(droneId, recordOf(same ? 'verified' : 'differs', id, read.value, session))
      if (same) verified.set(droneId, read.value.items)
      return { ok: true, value: { planId: id, total: own.length } }
    },
  }
}

/** Why it was ended, as `stop` and `overtake` said. */
const endedBy = (signal: AbortSignal): ReasonCode => ReasonCode.catch('upload-cancelled').parse(signal.reason)

/** Without ArduPilot's home. */
const ownItems = (items: readonly MissionItem[], session: Session): readonly MissionItem[] =>
  session.vehicle().autopilot === 'ardupilot' ? items.slice(1) : items

type Part = Pick<UploadNotice, 'phase' | 'done'> & Partial<Pick<UploadNotice, 'planId' | 'failure'>>

/** Progress goes out a few times a second; a new phase and an end at once. */
function notices(clock: Clock, send: (part: Part) => void): (part: Part) => void {
  let lastPhase = ''
  let lastAtMs = 0
  return (part) => {
    const nowMs = clock.nowMs()
    if (part.phase === lastPhase && nowMs - lastAtMs < NOTICE_EVERY_MS) return
    lastPhase = part.phase
    lastAtMs = nowMs
    send(part)
  }
}
