import type { TypedMessages } from '@skerry/mavlink-bridge'
import { COMP, type Heard, MISSION_RESULT, type Saying, SEVERITY, statusText } from './mavlink.ts'
import { itemFields, type PlanItem, storeItem } from './plan-item.ts'

/** Mission, fence and rally points: MAV_MISSION_TYPE 0, 1, 2. */
export type PlanType = 0 | 1 | 2
export const MAX_ITEMS = 724
const REQUEST_AGAIN_MS = 1000
const GIVE_UP_MS = 8000

interface Receiving {
  readonly type: PlanType
  readonly sys: number
  readonly comp: number
  readonly count: number
  readonly next: number
  readonly lastItemMs: number
  readonly lastRequestMs: number
}
/** The plans in the autopilot and the upload that runs, if one does. Plans are replaced item by item, in place. */
export interface Transfer {
  readonly plans: Readonly<Record<PlanType, readonly PlanItem[]>>
  readonly receiving: Receiving | null
}
export interface TransferContext {
  readonly wallMs: number
  /** The mission is being flown: it may not be cleared. */
  readonly inAuto: boolean
  /** What item 0 of a mission reads as, whatever was uploaded. */
  readonly home: PlanItem
}
type Out = readonly [Transfer, ...Saying[]]

export const NO_PLANS: Transfer = { plans: { 0: [], 1: [], 2: [] }, receiving: null }

const planType = (value: number): PlanType | undefined =>
  value === 0 || value === 1 || value === 2 ? value : undefined

const ack = (to: { sys: number; comp: number }, missionType: number, type: number): Saying => ({
  comp: COMP.autopilot,
  name: 'MISSION_ACK',
  fields: { target_system: to.sys, target_component: to.comp, type, mission_type: missionType, opaque_id: 0 },
})
/** ArduPilot asks with the old, float-named request, also a station that sends MISSION_ITEM_INT. */
const request = (r: Receiving): Saying => ({
  comp: COMP.autopilot,
  name: 'MISSION_REQUEST',
  fields: { target_system: r.sys, target_component: r.comp, seq: r.next, mission_type: r.type },
})
const withPlan = (t: Transfer, type: PlanType, items: readonly PlanItem[]): Transfer => ({
  ...t,
  plans: { ...t.plans, [type]: items },
})
const isPartner = (r: Receiving, h: Heard): boolean => r.sys === h.sys && r.comp === h.comp

/** One message of the mission protocol. The same object back and nothing to say means: not for this protocol. */
export function transferHears(t: Transfer, h: Heard, ctx: TransferContext): Out {
  const m = h.message
  switch (m.name) {
    case 'MISSION_COUNT':
      return counted(t, h, m.fields, ctx)
    case 'MISSION_ITEM_INT':
      return gotItem(t, h, m.fields, ctx)
    case 'MISSION_ITEM':
      return gotItem(t, h, { ...m.fields, x: Math.round(m.fields.x * 1e7), y: Math.round(m.fields.y * 1e7) }, ctx)
    case 'MISSION_REQUEST_LIST': {
      const type = planType(m.fields.mission_type)
      if (type === undefined) return [t, ack(h, m.fields.mission_type, MISSION_RESULT.unsupported)]
      if (t.receiving !== null) return [t, ack(h, type, MISSION_RESULT.denied)]
      const to = { target_system: h.sys, target_component: h.comp }
      const fields = { ...to, count: t.plans[type].length, mission_type: type, opaque_id: 0 }
      return [t, { comp: COMP.autopilot, name: 'MISSION_COUNT', fields }]
    }
    case 'MISSION_REQUEST':
      return asked(t, h, m.fields, ctx, true)
    case 'MISSION_REQUEST_INT':
      return asked(t, h, m.fields, ctx, false)
    case 'MISSION_CLEAR_ALL':
      return cleared(t, h, m.fields.mission_type, ctx)
    default:
      return [t]
  }
}

function counted(t: Transfer, h: Heard, f: TypedMessages['MISSION_COUNT'], ctx: TransferContext): Out {
  const type = planType(f.mission_type)
  if (type === undefined) return [t, ack(h, f.mission_type, MISSION_RESULT.unsupported)]
  if (t.receiving !== null && !(isPartner(t.receiving, h) && t.receiving.type === type))
    return [t, ack(h, type, MISSION_RESULT.denied)]
  if (f.count > MAX_ITEMS) return [{ ...t, receiving: null }, ack(h, type, MISSION_RESULT.noSpace)]
  const cut = withPlan(t, type, t.plans[type].slice(0, f.count))
  if (f.count === 0) return [{ ...cut, receiving: null }, ack(h, type, MISSION_RESULT.accepted)]
  const since = { lastItemMs: ctx.wallMs, lastRequestMs: ctx.wallMs }
  const receiving = { type, sys: h.sys, comp: h.comp, count: f.count, next: 0, ...since }
  return [{ ...cut, receiving }, request(receiving)]
}

function gotItem(t: Transfer, h: Heard, f: TypedMessages['MISSION_ITEM_INT'], ctx: TransferContext): Out {
  const r = t.receiving
  // Also the answer to an item that is sent again because the final acknowledgement was lost.
  if (r === null) return [t, ack(h, f.mission_type, MISSION_RESULT.error)]
  if (!isPartner(r, h)) return [t, ack(h, f.mission_type, MISSION_RESULT.denied)]
  if (f.mission_type !== r.type) return [t, ack(h, f.mission_type, MISSION_RESULT.error)]
  if (f.seq !== r.next) return [t, ack(h, r.type, MISSION_RESULT.invalidSequence)]
  const stored = storeItem(f, r.type)
  if ('refused' in stored) return [{ ...t, receiving: null }, ack(h, r.type, stored.refused)]
  const items = [...t.plans[r.type].slice(0, f.seq), stored, ...t.plans[r.type].slice(f.seq + 1)]
  const next = r.next + 1
  if (next === r.count) {
    const done = { ...withPlan(t, r.type, items), receiving: null }
    const words = ['Flight plan received', 'Fence received', 'Rally points received'][r.type]!
    return [done, ack(h, r.type, MISSION_RESULT.accepted), statusText(SEVERITY.info, words)]
  }
  const receiving = { ...r, next, lastItemMs: ctx.wallMs, lastRequestMs: ctx.wallMs }
  return [{ ...withPlan(t, r.type, items), receiving }, request(receiving)]
}

function asked(
  t: Transfer,
  h: Heard,
  f: TypedMessages['MISSION_REQUEST_INT'],
  ctx: TransferContext,
  asFloat: boolean,
): Out {
  const type = planType(f.mission_type)
  if (type === undefined) return [t, ack(h, f.mission_type, MISSION_RESULT.unsupported)]
  if (t.receiving !== null) return [t, ack(h, type, MISSION_RESULT.denied)]
  const stored = t.plans[type][f.seq]
  if (stored === undefined) return [t, ack(h, type, MISSION_RESULT.invalidSequence)]
  const item = type === 0 && f.seq === 0 ? ctx.home : stored
  const fields = itemFields(item, f.seq, type, h)
  if (!asFloat) return [t, { comp: COMP.autopilot, name: 'MISSION_ITEM_INT', fields }]
  const floats = { ...fields, x: fields.x / 1e7, y: fields.y / 1e7 }
  return [t, { comp: COMP.autopilot, name: 'MISSION_ITEM', fields: floats }]
}

function cleared(t: Transfer, h: Heard, missionType: number, ctx: TransferContext): Out {
  const type = planType(missionType)
  if (type === undefined && missionType !== 255) return [t, ack(h, missionType, MISSION_RESULT.unsupported)]
  if (t.receiving !== null) return [t, ack(h, missionType, MISSION_RESULT.denied)]
  if (ctx.inAuto && type !== 1 && type !== 2) return [t, ack(h, missionType, MISSION_RESULT.error)]
  const next = type === undefined ? NO_PLANS : withPlan(t, type, [])
  return [next, ack(h, missionType, MISSION_RESULT.accepted)]
}

/** Time passes: ask again after a second of silence, give up after eight. Wall clock: a protocol timer. */
export function transferWaits(t: Transfer, wallMs: number): Out {
  const r = t.receiving
  if (r === null) return [t]
  if (wallMs - r.lastItemMs >= GIVE_UP_MS) {
    const words = statusText(SEVERITY.warning, 'Mission upload timeout')
    return [{ ...t, receiving: null }, ack(r, r.type, MISSION_RESULT.cancelled), words]
  }
  if (wallMs - r.lastRequestMs < REQUEST_AGAIN_MS) return [t]
  const again = { ...r, lastRequestMs: wallMs }
  return [{ ...t, receiving: again }, request(again)]
}
