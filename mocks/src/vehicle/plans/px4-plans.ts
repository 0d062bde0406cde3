import { crc32 } from 'node:zlib'
import type { TypedMessages } from '@skerry/mavlink-bridge'
import { COMP, type Heard, MISSION_RESULT, type Saying, SEVERITY, statusText } from '../mavlink.ts'
import { fenceFault, holdsHome } from './fence.ts'
import { itemFields, type PlanItem } from './plan-item.ts'
import { storePx4Item } from './px4-item.ts'
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
  type Sending,
  type Transfer,
  type TransferContext,
  withPlan,
} from './transfer.ts'

export const PX4_MAX_ITEMS = 2000
const REQUEST_AGAIN_MS = 250
const GIVE_UP_MS = 5000

/**
 * Plans as PX4 keeps them: written aside and switched at the end, so that a broken upload leaves the old plan; item 0
 * is asked for with MISSION_REQUEST and the others with MISSION_REQUEST_INT, and the other form after an UNSUPPORTED; a
 * second copy of an item is ignored; the last item again after the end brings ACCEPTED again; one transfer at a time,
 * uploads and downloads alike; plans have opaque ids.
 */
export const PX4_PLANS: PlanManners = { hears, waits }

/** PX4's own id of a plan: a CRC over its items; never 0, which means "none given". */
export function opaqueId(items: readonly PlanItem[]): number {
  if (items.length === 0) return 0
  const numbers = items.flatMap((item) => [item.command, item.frame, ...item.params, item.x, item.y, item.z])
  return crc32(new Uint8Array(Float64Array.from(numbers).buffer)) || 1
}

const text = (words: string): Saying => statusText(SEVERITY.critical, words)

function hears(t: Transfer, h: Heard, ctx: TransferContext): Out {
  const m = h.message
  switch (m.name) {
    case 'MISSION_COUNT':
      return counted(t, h, m.fields, ctx)
    case 'MISSION_ITEM_INT':
      return gotItem(t, h, m.fields, ctx)
    case 'MISSION_ITEM':
      return gotItem(t, h, { ...m.fields, x: Math.round(m.fields.x * 1e7), y: Math.round(m.fields.y * 1e7) }, ctx)
    case 'MISSION_REQUEST_LIST':
      return listed(t, h, m.fields.mission_type, ctx)
    case 'MISSION_REQUEST':
    case 'MISSION_REQUEST_INT':
      return asked(t, h, m.fields, ctx)
    case 'MISSION_ACK':
      return gotAck(t, h, m.fields)
    case 'MISSION_CLEAR_ALL':
      return cleared(t, h, m.fields.mission_type)
    default:
      return [t]
  }
}

function counted(t: Transfer, h: Heard, f: TypedMessages['MISSION_COUNT'], ctx: TransferContext): Out {
  const type = planType(f.mission_type)
  if (type === undefined) return [t, missionAck(h, f.mission_type, MISSION_RESULT.unsupported)]
  const r = t.receiving
  if (r !== null) {
    // As long as nothing has come the request may be what was lost; later it is busy, also for the same station.
    if (!isPartner(r, h) || r.type !== type || r.next > 0)
      return [t, missionAck(h, type, MISSION_RESULT.error), text('Mission upload busy, already receiving waypoint')]
    const again = { ...r, lastItemMs: ctx.wallMs, lastRequestMs: ctx.wallMs }
    return [{ ...t, receiving: again }, requestItem(again)]
  }
  if (t.sending !== null)
    return [t, missionAck(h, type, MISSION_RESULT.error), text('Mission upload busy, already sending')]
  if (f.count > PX4_MAX_ITEMS) return [t, missionAck(h, type, MISSION_RESULT.noSpace)]
  if (f.count === 0) return [withPlan(t, type, []), missionAck(h, type, MISSION_RESULT.accepted)]
  const since = { lastItemMs: ctx.wallMs, lastRequestMs: ctx.wallMs }
  const how = { next: 0, incoming: [], asInt: false }
  const receiving: Receiving = { type, sys: h.sys, comp: h.comp, count: f.count, ...how, ...since }
  return [{ ...t, receiving }, requestItem(receiving)]
}

function gotItem(t: Transfer, h: Heard, f: TypedMessages['MISSION_ITEM_INT'], ctx: TransferContext): Out {
  const r = t.receiving
  if (r === null) {
    const last = t.completed
    const repeats = last !== null && f.mission_type === last.type && f.seq === last.count - 1
    // The last item again: the station has missed our word for it.
    return repeats
      ? [t, missionAck(h, last.type, MISSION_RESULT.accepted, t.ids[last.type])]
      : [t, text('IGN MISSION_ITEM: No transfer')]
  }
  if (!isPartner(r, h)) return [t]
  if (f.mission_type !== r.type) return [t, missionAck(h, f.mission_type, MISSION_RESULT.error)]
  const heard = { ...r, lastItemMs: ctx.wallMs }
  if (f.seq !== r.next) return [{ ...t, receiving: heard }]
  const stored = storePx4Item(f, r.type)
  if ('refused' in stored) return [{ ...t, receiving: null }, missionAck(h, r.type, stored.refused)]
  const incoming = [...r.incoming, stored]
  const next = r.next + 1
  if (next < r.count) {
    const receiving = { ...heard, incoming, next, asInt: next === 1 ? true : r.asInt, lastRequestMs: ctx.wallMs }
    return [{ ...t, receiving }, requestItem(receiving)]
  }
  const idle = { ...t, receiving: null }
  if (r.type === 1 && fenceFault(incoming) !== null)
    return [idle, missionAck(h, 1, MISSION_RESULT.error), text('Geofence: import error')]
  if (r.type === 1 && !holdsHome(incoming, [ctx.home.y / 1e7, ctx.home.x / 1e7]))
    return [idle, missionAck(h, 1, MISSION_RESULT.error), text("Geofence invalid, doesn't contain home position")]
  const id = opaqueId(incoming)
  const done = { ...withPlan(idle, r.type, incoming, id), completed: { type: r.type, count: r.count } }
  return [done, missionAck(h, r.type, MISSION_RESULT.accepted, id)]
}

function listed(t: Transfer, h: Heard, missionType: number, ctx: TransferContext): Out {
  const type = planType(missionType)
  if (type === undefined) return [t, missionAck(h, missionType, MISSION_RESULT.unsupported)]
  if (t.receiving !== null) return [t, text('Mission download request ignored, already active')]
  const { length } = t.plans[type]
  const sending: Sending = { type, sys: h.sys, comp: h.comp, next: 0, lastHeardMs: ctx.wallMs }
  return [{ ...t, sending: length === 0 ? null : sending }, missionCount(h, type, length, t.ids[type])]
}

/** Only the next item, or the last one again: anything else ends the download. */
function asked(t: Transfer, h: Heard, f: TypedMessages['MISSION_REQUEST_INT'], ctx: TransferContext): Out {
  const s = t.sending
  if (s === null || t.receiving !== null || !isPartner(s, h)) return [t]
  const item = t.plans[s.type][f.seq]
  const expected = f.seq === s.next || f.seq === s.next - 1
  if (f.mission_type !== s.type || item === undefined || !expected) {
    const words = text('WPM: REJ. CMD: Req. WP was unexpected')
    return [{ ...t, sending: null }, missionAck(h, f.mission_type, MISSION_RESULT.error), words]
  }
  const sending = { ...s, next: f.seq + 1, lastHeardMs: ctx.wallMs }
  return [
    { ...t, sending },
    { comp: COMP.autopilot, name: 'MISSION_ITEM_INT', fields: itemFields(item, f.seq, s.type, h) },
  ]
}

function gotAck(t: Transfer, h: Heard, f: TypedMessages['MISSION_ACK']): Out {
  const { receiving: r, sending: s } = t
  if (s !== null && isPartner(s, h)) return [{ ...t, sending: null }]
  if (r === null || !isPartner(r, h)) return [t]
  if (f.type === MISSION_RESULT.cancelled) return [{ ...t, receiving: null }]
  if (f.type !== MISSION_RESULT.unsupported) return [t]
  const other = { ...r, asInt: !r.asInt }
  return [{ ...t, receiving: other }, requestItem(other)]
}

function cleared(t: Transfer, h: Heard, missionType: number): Out {
  const type = planType(missionType)
  if (type === undefined && missionType !== 255) return [t, missionAck(h, missionType, MISSION_RESULT.unsupported)]
  if (t.receiving !== null || t.sending !== null)
    return [t, missionAck(h, missionType, MISSION_RESULT.error), text('WPM: CLEAR CMD: Busy')]
  return [type === undefined ? NO_PLANS : withPlan(t, type, []), missionAck(h, missionType, MISSION_RESULT.accepted)]
}

function waits(t: Transfer, wallMs: number): Out {
  const { receiving: r, sending: s } = t
  if (s !== null && wallMs - s.lastHeardMs >= GIVE_UP_MS) return [{ ...t, sending: null }]
  if (r === null) return [t]
  if (wallMs - r.lastItemMs >= GIVE_UP_MS) return [{ ...t, receiving: null }, text('Operation timeout')]
  if (wallMs - r.lastRequestMs < REQUEST_AGAIN_MS) return [t]
  const again = { ...r, lastRequestMs: wallMs }
  return [{ ...t, receiving: again }, requestItem(again)]
}
