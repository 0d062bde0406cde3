import {
  type Answer,
  type CommandNotice,
  isCameraOrder,
  type OrderRequest,
  type Plan,
  type ReadBack,
  type ReasonCode,
  reasonOf,
  type UploadRequest,
} from '@skerry/contract'
import type { Clock } from '../clock.ts'
import type { Fleet, Member } from '../vehicles/fleet.ts'
import { linkState } from '../vehicles/link-state.ts'
import type { Session } from '../vehicles/session.ts'
import { cameraSteps } from './camera-steps.ts'
import type { OrderRules } from './order-machine.ts'
import { runOrder, type RunningOrder } from './order-runner.ts'
import { orderSteps } from './order-steps.ts'
import type { PlanDesk } from './plan-desk.ts'

export interface FlightDeskPorts {
  readonly fleet: Fleet
  readonly plans: PlanDesk
  readonly clock: Clock
  /** Does this token hold flight authority over that drone now? */
  readonly allows: (droneId: string, token: string) => boolean
  /** Who holds that drone now. */
  readonly holder?: (droneId: string) => string | null
  /** Why no order may go to that system id over its links now; null: it may. */
  readonly locked?: (systemId: number) => ReasonCode | null
  readonly notify: (notice: CommandNotice) => void
}
export interface FlightDesk {
  order(request: OrderRequest): Answer<null>
  upload(request: UploadRequest): Answer<null>
  /**
   * Flight authority may have changed hands: starts, plans and wishes for the camera of a former holder end here. What
   * brings an aircraft to a halt or home goes on until its effect is seen or a newer order takes its place.
   */
  leasesChanged(): void
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
/** What sets an aircraft on a plan: only on one that was read back and is the one on the screen. */
const STARTS: ReadonlySet<OrderRequest['order']> = new Set(['arm-and-start', 'start-in-air'])
/** Ids of requests already taken: the same request again is answered, and not flown, again. */
const REMEMBERED = 1000

const no = (code: ReasonCode): { ok: false; reason: string } => ({ ok: false, reason: reasonOf(code) })
const yes: Answer<null> = { ok: true, value: null }

/** Takes orders for aircraft: one at a time for each, a safety order takes the place of any other at once. */
export function createFlightDesk({
  fleet,
  plans,
  clock,
  allows,
  holder = () => null,
  locked,
  notify,
}: FlightDeskPorts): FlightDesk {
  const running = new Map<string, Running>()
  const taken = new Set<string>()
  /** For whom the newest upload to each drone was begun. */
  const uploads = new Map<string, string | null>()

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
      const answer = plans.upload(request, member.session)
      if (!answer.ok) return answer
      remember(taken, request.commandId)
      uploads.set(request.droneId, holder(request.droneId))
      return answer
    },
    leasesChanged() {
      for (const entry of running.values())
        if (!entry.safety && holder(entry.droneId) !== entry.holder) entry.order.fence()
      for (const [droneId, begunFor] of uploads)
        if (holder(droneId) !== begunFor) {
          uploads.delete(droneId)
          plans.stop(droneId)
        }
    },
    readBack: ({ droneId, expect }) => {
      const member = fleet.member(droneId)
      if (member === undefined) return Promise.resolve(no('drone-unknown-to-bridge'))
      return plans.readBack(droneId, expect, member.session)
    },
    order(request) {
      const member = checked(request)
      if (typeof member === 'string') return no(member)
      if (taken.has(request.commandId)) return yes
      if (isCameraOrder(request.order)) return cameraOrder(request, member)
      const { session } = member
      const nowMs = clock.nowMs()
      const safety = SAFETY.has(request.order)
      const before = running.get(request.droneId)
      if (before !== undefined && !safety) return no('order-running')
      if (!safety && plans.busy(request.droneId)) return no('transfer-running')
      if (!safety && linkState(session.vehicle(), nowMs) === 'lost') return no('drone-link-lost')
      if (STARTS.has(request.order) && plans.state(request.droneId, session).state !== 'verified')
        return no('plan-not-verified')
      const steps = orderSteps(request.order, session.vehicle(), request.takeoffHeightM, nowMs)
      if (!steps.ok) return no(steps.error.code)
      before?.order.supersede()
      run(request, { steps: steps.value, safety }, session, request.droneId)
      return yes
    },
  }

  /** Gimbal, zoom and pictures go on beside the flight orders; a new wish takes the place of an older one of its kind. */
  function cameraOrder(request: OrderRequest, { session }: Member): Answer<null> {
    const { order, camera, droneId } = request
    if (camera === undefined || camera.do !== order) return no('malformed-request')
    const nowMs = clock.nowMs()
    if (linkState(session.vehicle(), nowMs) === 'lost') return no('drone-link-lost')
    const steps = cameraSteps(camera, session.vehicle(), nowMs)
    if (!steps.ok) return no(steps.error.code)
    const lane = `${droneId}/${camera.do.startsWith('look') ? 'gimbal' : camera.do}`
    // A picture that is being taken is not taken back.
    if (camera.do === 'photo' && running.has(lane)) return no('order-running')
    running.get(lane)?.order.supersede()
    run(request, { steps: steps.value, safety: false, class: 'query' }, session, lane)
    return yes
  }

  function run(
    { commandId, droneId, expiresAtMs }: OrderRequest,
    rules: Omit<OrderRules, 'expiresAtMs'>,
    session: Session,
    lane: string,
  ): void {
    remember(taken, commandId)
    const order = runOrder({ ...rules, expiresAtMs }, { clock, ...session }, (notice) =>
      notify({ commandId, droneId, atMs: clock.nowMs(), ...notice }),
    )
    const entry = { order, safety: rules.safety, droneId, holder: holder(droneId) }
    running.set(lane, entry)
    void order.ended.then(() => {
      if (running.get(lane) === entry) running.delete(lane)
    })
  }
}

function remember(ids: Set<string>, id: string): void {
  ids.add(id)
  const [oldest] = ids
  if (ids.size > REMEMBERED && oldest !== undefined) ids.delete(oldest)
}
