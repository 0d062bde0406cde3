import {
  type Answer,
  type CancelFenceRequest,
  type CancelUpkeepRequest,
  type CancelUploadRequest,
  type CameraWish,
  type CommandNotice,
  type ControlOrder,
  type FenceRequest,
  isCameraOrder,
  isControlOrder,
  type OrderRequest,
  type Plan,
  type ReadBack,
  type ReasonCode,
  reasonOf,
  type UpkeepRequest,
  type UploadRequest,
} from '@skerry/contract'
import type { Terrain } from '@skerry/terrain'
import type { Clock } from '../clock.ts'
import type { Fleet, Member } from '../vehicles/fleet.ts'
import { cameraKey, cameraNamed } from '../vehicles/cameras.ts'
import { gimbalKey, gimbalNamed } from '../vehicles/gimbals.ts'
import { isUnwatched } from '../vehicles/link-state.ts'
import type { Session } from '../vehicles/session.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'
import { cameraSteps } from './camera-steps.ts'
import { closeDoor, controlSteps } from './control-steps.ts'
import type { FenceDesk } from './fence-desk.ts'
import { createLeaseKeeper } from './lease-keeper.ts'
import type { OrderRules } from './order-machine.ts'
import { runOrder, type RunningOrder } from './order-runner.ts'
import type { OrderStep } from './order-step.ts'
import { orderSteps } from './order-steps.ts'
import type { PlanDesk } from './plan-desk.ts'
import { tellAside } from './tell-aside.ts'
import { isWriting, type UpkeepDesk } from './upkeep-desk.ts'

export interface FlightDeskPorts {
  readonly fleet: Fleet
  readonly plans: PlanDesk
  readonly fences: FenceDesk
  readonly upkeep: UpkeepDesk
  readonly clock: Clock
  /** Does this token hold flight authority over that drone now? */
  readonly allows: (droneId: string, token: string) => boolean
  /** Who holds that drone now. */
  readonly holder?: (droneId: string) => string | null
  /** Why no order may go to that system id over its links now; null: it may. */
  readonly locked?: (systemId: number) => ReasonCode | null
  /** What lies below; null: level ground. */
  readonly terrain?: Terrain | null
  readonly notify: (notice: CommandNotice) => void
}
export interface FlightDesk {
  order(request: OrderRequest): Answer<null>
  upload(request: UploadRequest): Answer<null>
  /** Taken back by whoever holds the drone. */
  cancelUpload(request: CancelUploadRequest): Answer<null>
  /** Fence and rally points: never beside a transfer of the plan, and never for an order that sets it on its plan. */
  fence(request: FenceRequest): Answer<null>
  /** Ends a transfer of fence and rally points. It needs the lease, and no time: it gives up. */
  cancelFence(request: CancelFenceRequest): Answer<null>
  /** Parameters and the mission: what changes something never beside an order or a transfer; what only reads makes room for those. */
  upkeep(request: UpkeepRequest): Answer<null>
  cancelUpkeep(request: CancelUpkeepRequest): Answer<null>
  /**
   * Flight authority may have changed hands: starts, plans and wishes for the camera of a former holder end here. What
   * brings an aircraft to a halt or home goes on until its effect is seen or a newer order takes its place.
   */
  leasesChanged(): void
  /** That drone is not the aircraft any more that its orders and transfers were for: all of them end with that reason. */
  endAll(droneId: string, why: ReasonCode): void
  /** Reading needs no authority. */
  readBack(request: { readonly droneId: string; readonly expect: Plan | null }): Promise<Answer<ReadBack>>
}

interface Running {
  readonly order: RunningOrder
  readonly safety: boolean
  readonly droneId: string
  /** Who held the drone when it was given. */
  readonly holder: string | null
}

const SAFETY: ReadonlySet<OrderRequest['order']> = new Set(['hold', 'return', 'land'])
const STARTS: ReadonlySet<OrderRequest['order']> = new Set(['arm-and-start', 'start-in-air'])
/** What sets an aircraft on a plan: only on one that was read back and is the one on the screen. */
const FLIES_PLAN: ReadonlySet<OrderRequest['order']> = new Set([...STARTS, 'resume'])
/** A long plan over a slow radio. */
const PLAN_CHECK_WITHIN_MS = 60_000
/** Ids of requests already taken: the same request again is answered, and not flown, again. */
const REMEMBERED = 1000

const no = (code: ReasonCode): { ok: false; reason: string } => ({ ok: false, reason: reasonOf(code) })
const yes: Answer<null> = { ok: true, value: null }

/** Takes orders for aircraft: one at a time for each, a safety order takes the place of any other at once. */
export function createFlightDesk({
  fleet,
  plans,
  fences,
  upkeep,
  clock,
  allows,
  holder = () => null,
  locked,
  terrain = null,
  notify,
}: FlightDeskPorts): FlightDesk {
  const running = new Map<string, Running>()
  const keeper = createLeaseKeeper({ fleet, clock, holder })
  const taken = new Set<string>()
  /** For whom the newest transfer to each drone was begun. */
  const uploads = new Map<string, string | null>()
  /** A vehicle has one transfer at a time, whatever it is of. */
  const transferring = (droneId: string): boolean =>
    plans.busy(droneId) || fences.busy(droneId) || upkeep.writing(droneId)

  /** Everything that must hold before anything of a request may reach a link. */
  function checked(request: { droneId: string; leaseToken: string; expiresAtMs: number }): Member | ReasonCode {
    const member = fleet.member(request.droneId)
    if (member === undefined) return 'drone-unknown-to-bridge'
    if (!allows(request.droneId, request.leaseToken)) return 'lease-token-invalid'
    if (member.duplicateId) return 'duplicate-system-id'
    const lock = locked?.(member.session.systemId) ?? null
    if (lock !== null) return lock
    return clock.nowMs() >= request.expiresAtMs ? 'expired-before-bridge' : member
  }

  return {
    upload(request) {
      const member = checked(request)
      if (typeof member === 'string') return no(member)
      if (taken.has(request.commandId)) return yes
      if (running.has(request.droneId)) return no('order-running')
      if (transferring(request.droneId)) return no('transfer-running')
      const answer = plans.upload(request, member.session)
      if (!answer.ok) return answer
      remember(taken, request.commandId)
      uploads.set(request.droneId, holder(request.droneId))
      upkeep.makeRoom(request.droneId)
      keeper.gimbalUsed(request.droneId)
      return answer
    },
    cancelUpload({ commandId, droneId, leaseToken }) {
      if (!allows(droneId, leaseToken)) return no('lease-token-invalid')
      return plans.cancel(droneId, commandId) ? yes : no('no-upload-running')
    },
    cancelFence({ transferId, droneId, leaseToken }) {
      if (!allows(droneId, leaseToken)) return no('lease-token-invalid')
      return fences.cancel(droneId, transferId) ? yes : no('no-fence-transfer')
    },
    fence(request) {
      const member = checked(request)
      if (typeof member === 'string') return no(member)
      if (taken.has(request.transferId)) return yes
      if (running.has(request.droneId)) return no('order-running')
      if (transferring(request.droneId)) return no('transfer-running')
      const answer = fences.take(request, member.session)
      if (!answer.ok) return answer
      remember(taken, request.transferId)
      uploads.set(request.droneId, holder(request.droneId))
      upkeep.makeRoom(request.droneId)
      return answer
    },
    upkeep(request) {
      const member = checked(request)
      if (typeof member === 'string') return no(member)
      if (taken.has(request.jobId)) return yes
      if (isWriting(request.ask) && running.has(request.droneId)) return no('order-running')
      if (transferring(request.droneId)) return no('transfer-running')
      const answer = upkeep.take(request, member.session)
      if (!answer.ok) return answer
      remember(taken, request.jobId)
      uploads.set(request.droneId, holder(request.droneId))
      return answer
    },
    cancelUpkeep({ jobId, droneId, leaseToken }) {
      if (!allows(droneId, leaseToken)) return no('lease-token-invalid')
      return upkeep.cancel(droneId, jobId) ? yes : no('no-upkeep-running')
    },
    leasesChanged() {
      keeper.changed()
      for (const entry of running.values())
        if (!entry.safety && holder(entry.droneId) !== entry.holder) entry.order.fence('lease-changed')
      for (const [droneId, begunFor] of uploads)
        if (holder(droneId) !== begunFor) {
          uploads.delete(droneId)
          plans.stop(droneId, 'lease-changed')
          fences.stop(droneId, 'lease-changed')
          upkeep.stop(droneId, 'lease-changed')
        }
    },
    endAll(droneId, why) {
      for (const entry of running.values()) if (entry.droneId === droneId) entry.order.fence(why)
      uploads.delete(droneId)
      plans.stop(droneId, why)
      fences.stop(droneId, why)
      upkeep.stop(droneId, why)
    },
    readBack: ({ droneId, expect }) => {
      const member = fleet.member(droneId)
      if (member === undefined) return Promise.resolve(no('drone-unknown-to-bridge'))
      if (fences.busy(droneId)) return Promise.resolve(no('transfer-running'))
      return plans.readBack(droneId, expect, member.session)
    },
    order(request) {
      const member = checked(request)
      if (typeof member === 'string') return no(member)
      if (taken.has(request.commandId)) return yes
      if (isCameraOrder(request.order)) return cameraOrder(request, member)
      if (isControlOrder(request.order)) return controlOrder(request, request.order, member)
      const { session } = member
      const nowMs = clock.nowMs()
      const safety = SAFETY.has(request.order)
      const before = running.get(request.droneId)
      if (before !== undefined && !safety) return no('order-running')
      if (!safety && transferring(request.droneId)) return no('transfer-running')
      if (!safety && isUnwatched(session.vehicle(), nowMs)) return no('drone-link-lost')
      if (FLIES_PLAN.has(request.order) && plans.state(request.droneId, session).state !== 'verified')
        return no('plan-not-verified')
      const steps = orderSteps(request.order, session.vehicle(), request.takeoffHeightM, nowMs)
      if (!steps.ok) return no(steps.error.code)
      const check = STARTS.has(request.order) && !plans.isFresh(request.droneId, session)
      const first = check ? [planCheck(request.droneId, session)] : []
      before?.order.supersede()
      plans.overtake(request.droneId)
      void run(request, { steps: [...first, ...steps.value], safety }, session, request.droneId)
      return yes
    },
  }

  /**
   * A plan that was verified a while ago is read once more before a start. What only goes on with it does not wait for
   * that: it hangs in the air meanwhile.
   */
  function planCheck(droneId: string, session: Session): OrderStep {
    let found: Awaited<ReturnType<PlanDesk['recheck']>> | null = null
    const begin = (): void =>
      void plans
        .recheck(droneId, session)
        .catch(() => 'unread' as const)
        .then((what) => (found = what))
    return {
      name: 'check-plan',
      ways: [{ by: 'waiting', begin }],
      reached: () => found === 'same',
      lost: () =>
        found === 'other'
          ? { code: 'other-plan-aboard', detail: '' }
          : found === 'unread'
            ? { code: 'not-read-back', detail: '' }
            : null,
      late: 'not-read-back',
      withinMs: PLAN_CHECK_WITHIN_MS,
    }
  }

  /** Gimbal, zoom and pictures go on beside the flight orders; a new wish takes the place of an older one of its kind. */
  function cameraOrder(request: OrderRequest, { session }: Member): Answer<null> {
    const { order, camera, droneId } = request
    if (camera === undefined || camera.do !== order) return no('malformed-request')
    const nowMs = clock.nowMs()
    if (isUnwatched(session.vehicle(), nowMs)) return no('drone-link-lost')
    const lane = `${droneId}/${laneOf(camera, session.vehicle())}`
    // A picture that is being taken is not taken back.
    if (camera.do === 'photo' && running.has(lane)) return no('order-running')
    const letGo = keeper.gimbalUsed(droneId)
    const steps = cameraSteps(camera, session.vehicle(), nowMs, { terrain, letGo })
    if (!steps.ok) return no(steps.error.code)
    running.get(lane)?.order.supersede()
    void run(request, { steps: steps.value, safety: false, class: 'query' }, session, lane)
    return yes
  }

  /** Which station the aircraft obeys: one such order at a time, beside the flight orders. */
  function controlOrder(request: OrderRequest, order: ControlOrder, { session }: Member): Answer<null> {
    const nowMs = clock.nowMs()
    const lane = `${request.droneId}/control`
    if (isUnwatched(session.vehicle(), nowMs)) return no('drone-link-lost')
    const steps = controlSteps(order, session.vehicle(), nowMs)
    if (!steps.ok) return no(steps.error.code)
    running.get(lane)?.order.supersede()
    const ended = run(request, { steps: steps.value, safety: false, class: 'query' }, session, lane)
    // However it ended: a door that stands open and through which nobody came is shut.
    if (order === 'hand-over-control')
      void ended.then(() => tellAside(session, () => closeDoor(session.vehicle(), clock.nowMs()), clock))
    return yes
  }

  function run(
    { commandId, droneId, expiresAtMs }: OrderRequest,
    rules: Omit<OrderRules, 'expiresAtMs'>,
    session: Session,
    lane: string,
  ): Promise<unknown> {
    remember(taken, commandId)
    const order = runOrder({ ...rules, expiresAtMs }, { clock, ...session }, (notice) =>
      notify({ commandId, droneId, atMs: clock.nowMs(), ...notice }),
    )
    const entry = { order, safety: rules.safety, droneId, holder: holder(droneId) }
    running.set(lane, entry)
    return order.ended.then(() => {
      if (running.get(lane) === entry) running.delete(lane)
    })
  }
}

function remember(ids: Set<string>, id: string): void {
  ids.add(id)
  const [oldest] = ids
  if (ids.size > REMEMBERED && oldest !== undefined) ids.delete(oldest)
}

/** One gimbal, and one doing of one camera, at a time: a new wish takes the place of an older one in its lane. */
function laneOf(wish: CameraWish, vehicle: Vehicle): string {
  if ('gimbal' in wish || wish.do.startsWith('look')) {
    const manager = gimbalNamed(vehicle, 'gimbal' in wish ? wish.gimbal : undefined)
    return `gimbal ${manager === null ? '' : gimbalKey(manager)}`
  }
  const camera = cameraNamed(vehicle, 'camera' in wish ? wish.camera : undefined)
  return `${wish.do} ${camera === null ? '' : cameraKey(camera)}`
}
