import type { Answer, CommandNotice, OrderRequest } from '@skerry/contract'
import type { Clock } from '../clock.ts'
import type { Fleet, Member } from '../vehicles/fleet.ts'
import { linkState } from '../vehicles/link-state.ts'
import { runOrder, type RunningOrder } from './order-runner.ts'
import { orderSteps } from './order-steps.ts'

export interface FlightDeskPorts {
  readonly fleet: Fleet
  readonly clock: Clock
  /** Does this token hold flight authority over that drone now? */
  readonly allows: (droneId: string, token: string) => boolean
  readonly notify: (notice: CommandNotice) => void
}
export interface FlightDesk {
  order(request: OrderRequest): Answer<null>
}

const SAFETY: ReadonlySet<OrderRequest['order']> = new Set(['hold', 'return', 'land'])
/** Ids of requests already taken: the same request again is answered, and not flown, again. */
const REMEMBERED = 1000

const no = (reason: string): Answer<null> => ({ ok: false, reason })
const yes: Answer<null> = { ok: true, value: null }

/** Takes orders for aircraft: one at a time for each, a safety order takes the place of any other at once. */
export function createFlightDesk({ fleet, clock, allows, notify }: FlightDeskPorts): FlightDesk {
  const running = new Map<string, { readonly order: RunningOrder; readonly safety: boolean }>()
  const taken = new Set<string>()

  /** Everything that must hold before anything of a request may reach a link. */
  function checked(request: { droneId: string; leaseToken: string; expiresAtMs: number }): Member | string {
    const member = fleet.member(request.droneId)
    if (member === undefined) return 'this bridge does not know that drone'
    if (!allows(request.droneId, request.leaseToken)) return 'no flight authority: the lease token is not valid here'
    if (member.duplicateId) return 'locked: two vehicles use this system id'
    return clock.nowMs() >= request.expiresAtMs ? 'expired before it reached the bridge' : member
  }

  return {
    order(request) {
      const member = checked(request)
      if (typeof member === 'string') return no(member)
      if (taken.has(request.commandId)) return yes
      const { session } = member
      const nowMs = clock.nowMs()
      const safety = SAFETY.has(request.order)
      const before = running.get(request.droneId)
      if (before !== undefined && !safety) return no('another order is still running')
      if (!safety && linkState(session.vehicle(), nowMs) === 'lost') return no('the link to the vehicle is lost')
      const steps = orderSteps(request.order, session.vehicle(), request.takeoffHeightM, nowMs)
      if (!steps.ok) return no(steps.error.words)
      before?.order.supersede()
      remember(taken, request.commandId)
      const { commandId, droneId, expiresAtMs } = request
      const order = runOrder(
        { steps: steps.value, safety, expiresAtMs },
        {
          clock,
          desk: session.desk,
          port: session.port,
          vehicle: session.vehicle,
          watch: session.watch,
          texts: session.texts,
        },
        (notice) => notify({ commandId, droneId, atMs: clock.nowMs(), ...notice }),
      )
      const entry = { order, safety }
      running.set(droneId, entry)
      void order.ended.then(() => {
        if (running.get(droneId) === entry) running.delete(droneId)
      })
      return yes
    },
  }
}

function remember(ids: Set<string>, id: string): void {
  ids.add(id)
  const [oldest] = ids
  if (ids.size > REMEMBERED && oldest !== undefined) ids.delete(oldest)
}
