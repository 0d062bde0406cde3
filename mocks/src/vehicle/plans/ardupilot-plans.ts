import type { TypedMessages } from '@skerry/mavlink-bridge'
import { COMP, type Heard, MISSION_RESULT, type Saying, SEVERITY, statusText } from '../mavlink.ts'
import { fenceFault } from './fence.ts'
import { itemFields } from './plan-item.ts'
import { type ArdupilotBuild, storeArdupilotItem } from './ardupilot-item.ts'
import {
  isPartner,
  missionAck,
  missionCount,
  NO_PLANS,
  type Out,
  type PlanManners,
  planType,
  type Receiving,
  requestItem,
  type Transfer,
  type TransferContext,
  withPlan,
} from './transfer.ts'

export const ARDUPILOT_MAX_ITEMS = 724
const REQUEST_AGAIN_MS = 1000
const GIVE_UP_MS = 8000

/**
 * Plans as ArduPilot keeps them: replaced item by item, in place; asked for with the old MISSION_REQUEST also where
 * MISSION_ITEM_INT is sent; a second copy of an item is answered with INVALID_SEQUENCE, any item after the end with
 * ERROR; item 0 of a mission is home; no opaque ids; a cancel of the station is not understood.
 */
export const ARDUPILOT_PLANS: PlanManners = mannersOf('copter')
export const ARDUPLANE_PLANS: PlanManners = mannersOf('plane')

function mannersOf(build: ArdupilotBuild): PlanManners {
  return { hears: (t, h, ctx) => hears(t, h, ctx, build), waits }
}

function hears(t: Transfer, h: Heard, ctx: TransferContext, build: ArdupilotBuild): Out {
  const m = h.message
  switch (m.name) {
    case 'MISSION_COUNT':
      return counted(t, h, m.fields, ctx)
    case 'MISSION_ITEM_INT':
      return gotItem(t, h, m.fields, ctx, build)
    case 'MISSION_ITEM':
      return gotItem(
        t,
        h,
        { ...m.fields, x: Math.round(m.fields.x * 1e7), y: Math.round(m.fields.y * 1e7) },
        ctx,
        build,
      )
    case 'MISSION_REQUEST_LIST': {
      const type = planType(m.fields.mission_type)
      if (type === undefined) return [t, missionAck(h, m.fields.mission_type, MISSION_RESULT.unsupported)]
      if (t.receiving !== null) return [t, missionAck(h, type, MISSION_RESULT.denied)]
      return [t, missionCount(h, type, t.plans[type].length, 0)]
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
  if (type === undefined) return [t, missionAck(h, f.mission_type, MISSION_RESULT.unsupported)]
  // Whoever uploads may begin again, another station is turned away.
  if (t.receiving !== null && !(isPartner(t.receiving, h) && t.receiving.type === type))
    return [t, missionAck(h, type, MISSION_RESULT.denied)]
  if (f.count > ARDUPILOT_MAX_ITEMS) return [{ ...t, receiving: null }, missionAck(h, type, MISSION_RESULT.noSpace)]
  const cut = withPlan(t, type, t.plans[type].slice(0, f.count))
  if (f.count === 0) return [{ ...cut, receiving: null }, missionAck(h, type, MISSION_RESULT.accepted)]
  const since = { lastItemMs: ctx.wallMs, lastRequestMs: ctx.wallMs }
  const how = { next: 0, incoming: [], asInt: false }
  const receiving: Receiving = { type, sys: h.sys, comp: h.comp, count: f.count, ...how, ...since }
  return [{ ...cut, receiving }, requestItem(receiving)]
}

function gotItem(
  t: Transfer,
  h: Heard,
  f: TypedMessages['MISSION_ITEM_INT'],
  ctx: TransferContext,
  build: ArdupilotBuild,
): Out {
  const r = t.receiving
  // Also the answer to an item that is sent again because the final acknowledgement was lost.
  if (r === null) return [t, missionAck(h, f.mission_type, MISSION_RESULT.error)]
  if (!isPartner(r, h)) return [t, missionAck(h, f.mission_type, MISSION_RESULT.denied)]
  if (f.mission_type !== r.type) return [t, missionAck(h, f.mission_type, MISSION_RESULT.error)]
  if (f.seq !== r.next) return [t, missionAck(h, r.type, MISSION_RESULT.invalidSequence)]
  const stored = storeArdupilotItem(f, r.type, build)
  if ('refused' in stored) return [{ ...t, receiving: null }, missionAck(h, r.type, stored.refused)]
  const items = [...t.plans[r.type].slice(0, f.seq), stored, ...t.plans[r.type].slice(f.seq + 1)]
  const next = r.next + 1
  if (next < r.count) {
    const receiving = { ...r, next, lastItemMs: ctx.wallMs, lastRequestMs: ctx.wallMs }
    return [{ ...withPlan(t, r.type, items), receiving }, requestItem(receiving)]
  }
  const done = { ...withPlan(t, r.type, items), receiving: null, completed: { type: r.type, count: r.count } }
  // The vertices are in storage by now, and stay there; they are only not used.
  if (r.type === 1 && fenceFault(items) !== null)
    return [done, missionAck(h, 1, MISSION_RESULT.error), statusText(SEVERITY.warning, 'Fence: load failed')]
  const words = ['Flight plan received', 'Fence received', 'Rally points received'][r.type]!
  return [done, missionAck(h, r.type, MISSION_RESULT.accepted), statusText(SEVERITY.info, words)]
}

function asked(
  t: Transfer,
  h: Heard,
  f: TypedMessages['MISSION_REQUEST_INT'],
  ctx: TransferContext,
  asFloat: boolean,
): Out {
  const type = planType(f.mission_type)
  if (type === undefined) return [t, missionAck(h, f.mission_type, MISSION_RESULT.unsupported)]
  if (t.receiving !== null) return [t, missionAck(h, type, MISSION_RESULT.denied)]
  const stored = t.plans[type][f.seq]
  if (stored === undefined) return [t, missionAck(h, type, MISSION_RESULT.invalidSequence)]
  const item = type === 0 && f.seq === 0 ? ctx.home : stored
  const fields = itemFields(item, f.seq, type, h)
  if (!asFloat) return [t, { comp: COMP.autopilot, name: 'MISSION_ITEM_INT', fields }]
  const floats = { ...fields, x: fields.x / 1e7, y: fields.y / 1e7 }
  const said: Saying = { comp: COMP.autopilot, name: 'MISSION_ITEM', fields: floats }
  return [t, said]
}

function cleared(t: Transfer, h: Heard, missionType: number, ctx: TransferContext): Out {
  const type = planType(missionType)
  if (type === undefined && missionType !== 255) return [t, missionAck(h, missionType, MISSION_RESULT.unsupported)]
  if (t.receiving !== null) return [t, missionAck(h, missionType, MISSION_RESULT.denied)]
  if (ctx.inAuto && type !== 1 && type !== 2) return [t, missionAck(h, missionType, MISSION_RESULT.error)]
  const next = type === undefined ? NO_PLANS : withPlan(t, type, [])
  return [next, missionAck(h, missionType, MISSION_RESULT.accepted)]
}

function waits(t: Transfer, wallMs: number): Out {
  const r = t.receiving
  if (r === null) return [t]
  if (wallMs - r.lastItemMs >= GIVE_UP_MS) {
    const words = statusText(SEVERITY.warning, 'Mission upload timeout')
    return [{ ...t, receiving: null }, missionAck(r, r.type, MISSION_RESULT.cancelled), words]
  }
  if (wallMs - r.lastRequestMs < REQUEST_AGAIN_MS) return [t]
  const again = { ...r, lastRequestMs: wallMs }
  return [{ ...t, receiving: again }, requestItem(again)]
}
