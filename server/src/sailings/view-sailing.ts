import type { LngLat, Sailing } from '@skerry/contract'
import { lineM } from '../eta/line.ts'
import type { FerryLine } from './ferry-lines.ts'
import { sailingId, type SailingFacts } from './sailing-facts.ts'

const MINUTE_MS = 60_000
/** A boat that nobody has said anything of counts as one that nobody knows, so long after its time. */
const SILENT_MS = 10 * MINUTE_MS
/** A ship needs so long between coming alongside and leaving again. */
const TURN_ROUND_MS = 10 * MINUTE_MS
/** A position that is older says nothing about where the ship is now. */
const FRESH_MS = 4 * MINUTE_MS
const SLOWEST_MPS = 2
/** The last part of a way is slower than the ship's speed says. */
const ALONGSIDE_MS = 2 * MINUTE_MS

/** Where a ship was last. */
export interface ShipPlace {
  lngLat: LngLat
  atMs: number
  speedMps: number | null
}

/** One sailing as it is known now. Pure. */
export function viewSailing(
  line: FerryLine,
  facts: SailingFacts,
  ctx: {
    nowMs: number
    place: (mmsi: string) => ShipPlace | null
    /** When the ship of this sailing comes in from the one before it; null where it is not under way. */
    comesInAtMs: (mmsi: string, terminal: string) => number | null
  },
): Sailing {
  const { nowMs } = ctx
  const { scheduledAtMs } = facts
  const mmsi = facts.seen?.mmsi ?? facts.mmsi
  const departedAtMs = facts.departedAtMs ?? facts.seen?.departedAtMs ?? null
  const arrivedAtMs = facts.arrivedAtMs ?? facts.seen?.arrivedAtMs ?? null
  const state = stateOf(facts, departedAtMs, arrivedAtMs, nowMs)
  const place = state === 'under-way' && mmsi !== null ? ctx.place(mmsi) : null
  const leavesAtMs = departedAtMs ?? expectedDeparture(facts, state, mmsi, ctx)
  const late = leavesAtMs === null ? null : Math.round(Math.max(0, leavesAtMs - scheduledAtMs) / MINUTE_MS)
  const by: Sailing['delayBy'] =
    facts.departedAtMs !== null || facts.expectedAtMs !== null ? 'report' : facts.seen !== null ? 'ais' : null
  return {
    id: sailingId(line.id, line.from, scheduledAtMs),
    line: line.id,
    from: line.from,
    to: line.to,
    vessel: line.vessel,
    scheduledAtMs,
    leavesAtMs,
    departedAtMs,
    arrivesAtMs: arrivedAtMs ?? expectedArrival(line, leavesAtMs, place, nowMs),
    arrivedAtMs,
    state,
    delayMin: state === 'scheduled' && by === null && late === 0 ? null : late,
    delayBy: by ?? (late !== null && late > 0 ? 'ais' : null),
    persons: facts.persons,
    vehicles: facts.vehicles,
    capacity: { ...line.capacity, ...known(facts.capacity) },
    mmsi,
    position: place?.lngLat ?? null,
    positionAtMs: place?.atMs ?? null,
    reason: facts.reason,
    extra: facts.extra,
    undated: line.undated,
  }
}

function stateOf(
  facts: SailingFacts,
  departedAtMs: number | null,
  arrivedAtMs: number | null,
  nowMs: number,
): Sailing['state'] {
  if (arrivedAtMs !== null || facts.state === 'arrived') return 'arrived'
  if (departedAtMs !== null || facts.state === 'departed') return 'under-way'
  if (facts.state === 'cancelled') return 'cancelled'
  const dueMs = Math.max(facts.scheduledAtMs, facts.expectedAtMs ?? 0)
  const heardMs = Math.max(dueMs, facts.saidAtMs ?? 0)
  if (nowMs > heardMs + SILENT_MS) return 'unknown'
  return facts.state === 'boarding' ? 'boarding' : 'scheduled'
}

function expectedDeparture(
  facts: SailingFacts,
  state: Sailing['state'],
  mmsi: string | null,
  { nowMs, comesInAtMs }: Pick<Parameters<typeof viewSailing>[2], 'nowMs' | 'comesInAtMs'>,
): number | null {
  if (state === 'cancelled' || state === 'unknown' || state === 'under-way' || state === 'arrived') return null
  const said = facts.expectedAtMs ?? facts.scheduledAtMs
  const ship = mmsi === null ? null : comesInAtMs(mmsi, facts.from)
  const ready = ship === null ? said : Math.max(said, ship + TURN_ROUND_MS)
  // It has not left: whatever was said, it leaves from this minute on.
  return Math.max(ready, Math.floor(nowMs / MINUTE_MS) * MINUTE_MS)
}

function expectedArrival(
  line: FerryLine,
  leavesAtMs: number | null,
  place: ShipPlace | null,
  nowMs: number,
): number | null {
  if (leavesAtMs === null) return null
  const byTime = leavesAtMs + line.crossingS * 1000
  if (place === null || nowMs - place.atMs > FRESH_MS || (place.speedMps ?? 0) < SLOWEST_MPS)
    return Math.max(byTime, Math.ceil(nowMs / MINUTE_MS) * MINUTE_MS)
  // The rest of the way is as much longer than the straight line as the whole is.
  const wholeM = Math.max(1, lineM(line.fromAt, line.toAt))
  const restM = lineM(place.lngLat, line.toAt)
  const restMs = Math.min(1.5, restM / wholeM) * line.crossingS * 1000
  const bySpeed = (restM / place.speedMps!) * 1000 + ALONGSIDE_MS
  return Math.round((place.atMs + Math.max(restMs * 0.5, bySpeed)) / MINUTE_MS) * MINUTE_MS
}

const known = (capacity: SailingFacts['capacity']): Partial<Sailing['capacity']> =>
  capacity === null ? {} : Object.fromEntries(Object.entries(capacity).filter(([, value]) => value !== null))
