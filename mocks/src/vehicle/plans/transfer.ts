import { COMP, type Heard, type Saying } from '../mavlink.ts'
import type { PlanItem } from './plan-item.ts'

/** Mission, fence and rally points: MAV_MISSION_TYPE 0, 1, 2. */
export type PlanType = 0 | 1 | 2

/** An upload that runs. */
export interface Receiving {
  readonly type: PlanType
  /** The station that uploads. */
  readonly sys: number
  readonly comp: number
  readonly count: number
  readonly next: number
  /** What came so far, for an autopilot that switches plans at the end. */
  readonly incoming: readonly PlanItem[]
  /** Asks with MISSION_REQUEST_INT instead of MISSION_REQUEST. */
  readonly asInt: boolean
  readonly lastItemMs: number
  readonly lastRequestMs: number
}
/** A download that runs, for an autopilot that keeps account of it. */
export interface Sending {
  readonly type: PlanType
  readonly sys: number
  readonly comp: number
  /** Item that should be asked for next. */
  readonly next: number
  readonly lastHeardMs: number
}
/** The plans in the autopilot, their ids, and the transfer that runs, if one does. */
export interface Transfer {
  readonly plans: Readonly<Record<PlanType, readonly PlanItem[]>>
  /** Opaque ids; 0 where the autopilot gives none or there is no plan. */
  readonly ids: Readonly<Record<PlanType, number>>
  readonly receiving: Receiving | null
  readonly sending: Sending | null
  /** Last upload that was completed: its type and number of items. */
  readonly completed: { readonly type: PlanType; readonly count: number } | null
}
export const NO_PLANS: Transfer = {
  plans: { 0: [], 1: [], 2: [] },
  ids: { 0: 0, 1: 0, 2: 0 },
  receiving: null,
  sending: null,
  completed: null,
}

export interface TransferContext {
  /** Wall time: transfers are protocol, their timers are never scaled. */
  readonly wallMs: number
  /** The mission is being flown: it may not be cleared. */
  readonly inAuto: boolean
  /** What item 0 of a mission reads as, whatever was uploaded, where item 0 is home. */
  readonly home: PlanItem
}
export type Out = readonly [Transfer, ...Saying[]]

/** How an autopilot takes and gives plans. Getting the same object back and nothing to say means: not for this protocol. */
export interface PlanManners {
  hears(t: Transfer, h: Heard, ctx: TransferContext): Out
  /** Time passes: asks again, gives up. */
  waits(t: Transfer, wallMs: number): Out
}

export const planType = (value: number): PlanType | undefined =>
  value === 0 || value === 1 || value === 2 ? value : undefined

export const missionAck = (
  to: { sys: number; comp: number },
  missionType: number,
  type: number,
  opaqueId = 0,
): Saying => ({
  comp: COMP.autopilot,
  name: 'MISSION_ACK',
  fields: { target_system: to.sys, target_component: to.comp, type, mission_type: missionType, opaque_id: opaqueId },
})

export const requestItem = (r: Receiving): Saying => ({
  comp: COMP.autopilot,
  name: r.asInt ? 'MISSION_REQUEST_INT' : 'MISSION_REQUEST',
  fields: { target_system: r.sys, target_component: r.comp, seq: r.next, mission_type: r.type },
})

export const missionCount = (
  to: { sys: number; comp: number },
  type: PlanType,
  count: number,
  opaqueId: number,
): Saying => ({
  comp: COMP.autopilot,
  name: 'MISSION_COUNT',
  fields: { target_system: to.sys, target_component: to.comp, count, mission_type: type, opaque_id: opaqueId },
})

export const withPlan = (t: Transfer, type: PlanType, items: readonly PlanItem[], id = 0): Transfer => ({
  ...t,
  plans: { ...t.plans, [type]: items },
  ids: { ...t.ids, [type]: id },
})

export const isPartner = (r: { sys: number; comp: number }, h: Heard): boolean => r.sys === h.sys && r.comp === h.comp
