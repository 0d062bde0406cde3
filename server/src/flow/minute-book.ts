import type { FlowDirection, Flowing, Lane } from '@skerry/contract'
import type { StoredLaneCount, StoredQueueCount } from '../store/checkpoint-counts.ts'

const MINUTE_MS = 60_000
/** Minutes of the past that are held: what is counted later than that goes to the store alone. */
export const BOOK_MIN = 190

type LaneMinute = Pick<StoredLaneCount, 'valid' | 'invalid' | 'manual' | 'arrived' | 'receivedAtMs'>

/** What a batch said of one minute that was, or was not, known. */
export type News = 'new' | 'late' | 'corrected' | 'repeated'

/** The last hours of one checkpoint, minute by minute. What was not counted has no entry; unknown is null. */
export interface MinuteBook {
  putLane(count: StoredLaneCount): News
  putQueue(queue: StoredQueueCount): News
  newestLaneMinute(lane: string): number | null
  newestMinute(): { minuteMs: number; receivedAtMs: number } | null
  lane(lane: string, minuteMs: number): LaneMinute | null
  /** Undefined: nobody has said anything; null: said to be unknown. */
  waiting(key: QueueKey, minuteMs: number): number | null | undefined
  /** Whether this queue was told of at all. */
  knowsQueue(key: QueueKey): boolean
}
export interface QueueKey {
  direction: FlowDirection
  counts: Flowing
  line: string | null
}

export function createMinuteBook(): MinuteBook {
  const lanes = new Map<string, Map<number, LaneMinute>>()
  const queues = new Map<string, Map<number, number | null>>()
  let newest: { minuteMs: number; receivedAtMs: number } | null = null

  return {
    putLane({ lane, startMs, receivedAtMs, valid, invalid, manual, arrived }) {
      const minutes = ofMap(lanes, lane)
      const known = minutes.get(startMs)
      const before = newestOf(minutes)
      minutes.set(startMs, { valid, invalid, manual, arrived, receivedAtMs })
      prune(minutes)
      if (newest === null || startMs >= newest.minuteMs) newest = { minuteMs: startMs, receivedAtMs }
      if (known !== undefined) {
        const same =
          known.valid === valid && known.invalid === invalid && known.manual === manual && known.arrived === arrived
        return same ? 'repeated' : 'corrected'
      }
      return before !== null && startMs < before ? 'late' : 'new'
    },
    putQueue({ direction, counts, line, startMs, waiting }) {
      const minutes = ofMap(queues, keyText({ direction, counts, line }))
      const known = minutes.get(startMs)
      const before = newestOf(minutes)
      minutes.set(startMs, waiting)
      prune(minutes)
      if (known !== undefined) return known === waiting ? 'repeated' : 'corrected'
      return before !== null && startMs < before ? 'late' : 'new'
    },
    newestLaneMinute: (lane) => newestOf(lanes.get(lane) ?? new Map()),
    newestMinute: () => newest,
    lane: (lane, minuteMs) => lanes.get(lane)?.get(minuteMs) ?? null,
    waiting: (key, minuteMs) => queues.get(keyText(key))?.get(minuteMs),
    knowsQueue: (key) => queues.has(keyText(key)),
  }
}

const keyText = ({ direction, counts, line }: QueueKey): string => `${direction} ${counts} ${line ?? ''}`

function ofMap<V>(map: Map<string, Map<number, V>>, key: string): Map<number, V> {
  const known = map.get(key) ?? new Map<number, V>()
  map.set(key, known)
  return known
}
function newestOf(minutes: ReadonlyMap<number, unknown>): number | null {
  let newest: number | null = null
  for (const minuteMs of minutes.keys()) if (newest === null || minuteMs > newest) newest = minuteMs
  return newest
}
function prune(minutes: Map<number, unknown>): void {
  if (minutes.size <= BOOK_MIN) return
  const newest = newestOf(minutes) ?? 0
  for (const minuteMs of minutes.keys()) if (minuteMs <= newest - BOOK_MIN * MINUTE_MS) minutes.delete(minuteMs)
}

/** Who passed a lane in a minute; null where that is not known. */
export function passedIn(minute: LaneMinute | null): number | null {
  return minute === null || minute.valid === null || minute.manual === null ? null : minute.valid + minute.manual
}

/** Passed through several lanes in a minute, all of which must have counted. */
export function passedThrough(book: MinuteBook, lanes: readonly Pick<Lane, 'id'>[], minuteMs: number): number | null {
  let sum = 0
  for (const { id } of lanes) {
    const passed = passedIn(book.lane(id, minuteMs))
    if (passed === null) return null
    sum += passed
  }
  return lanes.length === 0 ? null : sum
}
