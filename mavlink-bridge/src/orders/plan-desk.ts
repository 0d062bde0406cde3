import {
  type Answer,
  type DroneStatus,
  type Plan,
  type ReadBack,
  reasonOf,
  type UploadNotice,
  type UploadRequest,
} from '@skerry/contract'
import type { Clock } from '../clock.ts'
import { commandPolicy } from '../exchanges/command.ts'
import type { ReadMission } from '../exchanges/download-machine.ts'
import { putPlan, type PutError, readPlan } from '../exchanges/put-plan.ts'
import { compareMissions } from '../plan/compare.ts'
import type { MissionItem } from '../plan/mission-item.ts'
import { planId } from '../plan/plan-id.ts'
import { toMission } from '../plan/to-mission.ts'
import { landedState } from '../vehicles/landed.ts'
import { linkState } from '../vehicles/link-state.ts'
import { OWN, type Session } from '../vehicles/session.ts'
import { holdSteps } from './order-steps.ts'
import { runOrder } from './order-runner.ts'
import { type PlanRecord, planState } from './plan-book.ts'

export interface PlanDeskPorts {
  readonly clock: Clock
  readonly notify: (notice: UploadNotice) => void
}
export interface PlanDesk {
  /** The request was checked for authority; `session` is the vehicle it is for. */
  upload(request: UploadRequest, session: Session): Answer<null>
  readBack(droneId: string, expect: Plan | null, session: Session): Promise<Answer<ReadBack>>
  /** What to show of the plan in that vehicle. */
  state(droneId: string, session: Session): { state: DroneStatus['mission']['plan']; planId: string | null }
  /** Ends an upload that is going on; the vehicle is told, and its plan is unknown until it is read back. */
  stop(droneId: string): void
  /** A transfer is changing or reading the plan now. */
  busy(droneId: string): boolean
}

const DO_GIMBAL_MANAGER_CONFIGURE = 1001
/** An aircraft that flies its plan is stopped first; it gets this long to hold. */
const HOLD_WITHIN_MS = 10_000
const NOTICE_EVERY_MS = 250

export function createPlanDesk({ clock, notify }: PlanDeskPorts): PlanDesk {
  const records = new Map<string, PlanRecord>()
  const busy = new Set<string>()
  const stops = new Map<string, AbortController>()
  const record = (droneId: string): PlanRecord => records.get(droneId) ?? { state: 'unknown' }

  async function run(request: UploadRequest, items: readonly MissionItem[], session: Session): Promise<void> {
    const { droneId, commandId } = request
    const total = ownItems(items, session).length
    const say = notices(clock, (part) => notify({ commandId, droneId, total, planId: null, failure: null, ...part }))
    const vehicle = session.vehicle()
    const held = await holdIfFlyingPlan(session)
    if (held !== null) {
      say({ phase: 'failed', done: 0, failure: { kind: 'did-not-hold', detail: held, planUnknown: false } })
      return
    }
    if (request.plan.steps.some((step) => step.do === 'gimbal')) await takeGimbal(session)
    const before = record(droneId)
    records.set(droneId, { state: 'unknown' })
    const policy = { dialect: vehicle.autopilot, rttMs: session.desk.rttMs(), expiresAtMs: request.expiresAtMs }
    const stopper = new AbortController()
    stops.set(droneId, stopper)
    const put = await putPlan(items, policy, { ...portsOf(session), signal: stopper.signal }, ({ phase, done }) =>
      say({ phase, done: Math.min(done, total) }),
    )
    if (!put.ok) {
      const { code, detail, planUnknown }: PutError = put.error
      if (!planUnknown) records.set(droneId, before)
      say({ phase: 'failed', done: 0, failure: { kind: code, detail, planUnknown } })
      return
    }
    const id = planId(items, vehicle.autopilot)
    records.set(droneId, recordOf('verified', id, put.value, session))
    say({ phase: 'verified', done: total, planId: id })
  }

  /** Null when it is safe to change the plan now, otherwise why not: ArduPilot would fly a half-changed list. */
  async function holdIfFlyingPlan(session: Session): Promise<string | null> {
    const vehicle = session.vehicle()
    const nowMs = clock.nowMs()
    if (!vehicle.armed || landedState(vehicle, nowMs) === 'on-ground' || vehicle.mode?.kind !== 'auto') return null
    const ended = await runOrder(
      { steps: holdSteps(vehicle), safety: true, expiresAtMs: nowMs + HOLD_WITHIN_MS },
      { clock, ...session },
      () => undefined,
    ).ended
    return ended.state === 'effective' ? null : (ended.reason ?? '')
  }

  /** Best effort: a gimbal that another station keeps shows in its status, and readings say so. */
  async function takeGimbal(session: Session): Promise<void> {
    const { gimbalManager: manager, gimbalControl: control } = session.vehicle()
    if (manager === null || (control?.sys === OWN.sys && control.comp === OWN.comp)) return
    const leaveSecondary = -1
    await session.desk.run({
      spec: {
        comp: manager.comp,
        command: DO_GIMBAL_MANAGER_CONFIGURE,
        params: [OWN.sys, OWN.comp, leaveSecondary, leaveSecondary, 0, 0, manager.deviceId],
      },
      policy: commandPolicy('query', session.desk.rttMs()),
      expiresAtMs: clock.nowMs() + HOLD_WITHIN_MS,
    }).ended
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
    stop: (droneId) => stops.get(droneId)?.abort(),
    state: (droneId, session) => planState(record(droneId), session.vehicle()),
    upload(request, session) {
      const { droneId } = request
      if (busy.has(droneId)) return { ok: false, reason: reasonOf('transfer-running') }
      if (linkState(session.vehicle(), clock.nowMs()) === 'lost')
        return { ok: false, reason: reasonOf('drone-link-lost') }
      const { autopilot, home } = session.vehicle()
      const mission = toMission(request.plan, autopilot, home)
      if (!mission.ok) return { ok: false, reason: reasonOf(mission.error.kind) }
      busy.add(droneId)
      run(request, mission.value, session)
        .catch((error: unknown) => {
          // A broken invariant of ours: the transfer stopped somewhere, and that is all that can be said.
          const detail = error instanceof Error ? error.message : String(error)
          const failure = { kind: 'bridge-fault', detail, planUnknown: true }
          notify({ commandId: request.commandId, droneId, phase: 'failed', done: 0, total: 0, planId: null, failure })
        })
        .finally(() => {
          busy.delete(droneId)
          stops.delete(droneId)
        })
      return { ok: true, value: null }
    },
    async readBack(droneId, expect, session) {
      if (busy.has(droneId)) return { ok: false, reason: reasonOf('transfer-running') }
      busy.add(droneId)
      const read = await readPlan(session.desk.rttMs(), portsOf(session)).finally(() => busy.delete(droneId))
      if (!read.ok) return { ok: false, reason: reasonOf(read.error.code, read.error.detail) }
      const { autopilot, home } = session.vehicle()
      const own = ownItems(read.value.items, session)
      if (own.length === 0) {
        records.set(droneId, recordOf('none', null, read.value, session))
        return { ok: true, value: { planId: null, total: 0 } }
      }
      const expected = expect === null ? null : toMission(expect, autopilot, home)
      const same = expected?.ok === true && compareMissions(expected.value, read.value.items, autopilot).length === 0
      const id = planId(expected?.ok === true && same ? expected.value : read.value.items, autopilot)
      records.set(droneId, recordOf(same ? 'verified' : 'differs', id, read.value, session))
      return { ok: true, value: { planId: id, total: own.length } }
    },
  }
}

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
