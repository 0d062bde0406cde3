import type { Urgency } from './urgency.ts'

/** One frame that waits for its turn. */
export interface Letter<T> {
  readonly urgency: Urgency
  /** Whose share it uses: a system id, or the name of a station. */
  readonly share: string | number
  readonly bytes: number
  readonly item: T
}

export interface SendQueue<T> {
  put(letter: Letter<T>, nowMs: number): void
  /** What may go out now, most urgent first. */
  take(nowMs: number): T[]
  /** Milliseconds until more may go out; null when nothing waits. */
  waitMs(nowMs: number): number | null
  clear(): void
  readonly waiting: number
  /** Frames that were let go: the queue was full, or they had become too old to be sent. */
  readonly dropped: number
}

/** Burst that a link takes at once: a quarter of a second, and always a few frames. */
const BURST_S = 0.25
const MIN_BURST_BYTES = 600
const MAX_PER_SHARE = 128
const MAX_WAITING = 2048
/** A frame older than this is not sent any more: exchanges repeat themselves, and nothing old may be delivered. */
export const LONGEST_WAIT_MS: Readonly<Record<Urgency, number>> = { safety: 1000, command: 1000, bulk: 5000 }
const ORDER: readonly Urgency[] = ['safety', 'command', 'bulk']

interface Waiting<T> {
  readonly letter: Letter<T>
  readonly sinceMs: number
}
interface Share<T> {
  /** Bytes it has had, never less than those of the others when it began to wait. */
  served: number
  readonly waiting: Waiting<T>[]
}

/**
 * A byte budget (token bucket) shared fairly: within one urgency the vehicle that has had the fewest bytes is next,
 * so that a long upload to one delays no other by more than a frame. Safety does not wait for the bucket; what it takes
 * beyond is taken from the others later.
 * @param bytesPerS null: no limit
 */
export function createSendQueue<T>(bytesPerS: number | null, startMs: number): SendQueue<T> {
  const burst = bytesPerS === null ? Infinity : Math.max(MIN_BURST_BYTES, bytesPerS * BURST_S)
  const lanes: Record<Urgency, Map<string | number, Share<T>>> = {
    safety: new Map(),
    command: new Map(),
    bulk: new Map(),
  }
  let tokens = burst
  let filledAtMs = startMs
  let waiting = 0
  let dropped = 0

  function fill(nowMs: number): void {
    if (bytesPerS === null) return
    tokens = Math.min(burst, tokens + (Math.max(0, nowMs - filledAtMs) / 1000) * bytesPerS)
    filledAtMs = nowMs
  }
  function drop(share: Share<T>): void {
    share.waiting.shift()
    waiting--
    dropped++
  }
  function letGoOld(nowMs: number): void {
    for (const urgency of ORDER) {
      for (const [name, share] of lanes[urgency]) {
        while (share.waiting[0] !== undefined && nowMs - share.waiting[0].sinceMs > LONGEST_WAIT_MS[urgency])
          drop(share)
        if (share.waiting.length === 0) lanes[urgency].delete(name)
      }
    }
  }
  /** The share whose turn it is in one lane. */
  function next(urgency: Urgency): [string | number, Share<T>] | undefined {
    let first: [string | number, Share<T>] | undefined
    for (const entry of lanes[urgency]) if (first === undefined || entry[1].served < first[1].served) first = entry
    return first
  }
  /** Makes room by the oldest frame of the longest share of the least urgent lane. */
  function makeRoom(): void {
    for (const urgency of ORDER.toReversed()) {
      const longest = [...lanes[urgency].values()].sort((a, b) => b.waiting.length - a.waiting.length)[0]
      if (longest === undefined) continue
      return drop(longest)
    }
  }

  return {
    put(letter, nowMs) {
      if (waiting >= MAX_WAITING) makeRoom()
      const lane = lanes[letter.urgency]
      let share = lane.get(letter.share)
      if (share === undefined) {
        const least = next(letter.urgency)?.[1].served ?? 0
        share = { served: least, waiting: [] }
        lane.set(letter.share, share)
      }
      if (share.waiting.length >= MAX_PER_SHARE) drop(share)
      share.waiting.push({ letter, sinceMs: nowMs })
      waiting++
    },
    take(nowMs) {
      if (waiting === 0) return []
      fill(nowMs)
      letGoOld(nowMs)
      const out: T[] = []
      for (const urgency of ORDER) {
        for (let turn = next(urgency); turn !== undefined; turn = next(urgency)) {
          const [name, share] = turn
          const head = share.waiting[0]
          if (head === undefined) {
            lanes[urgency].delete(name)
            continue
          }
          if (urgency !== 'safety' && tokens < head.letter.bytes) return out
          share.waiting.shift()
          share.served += head.letter.bytes
          waiting--
          tokens -= head.letter.bytes
          out.push(head.letter.item)
          if (share.waiting.length === 0) lanes[urgency].delete(name)
        }
      }
      return out
    },
    waitMs(nowMs) {
      if (waiting === 0 || bytesPerS === null) return waiting === 0 ? null : 0
      fill(nowMs)
      const urgency = ORDER.find((lane) => lanes[lane].size > 0)
      const head = urgency === undefined ? undefined : next(urgency)?.[1].waiting[0]
      if (head === undefined) return null
      return Math.max(0, Math.ceil(((head.letter.bytes - tokens) / bytesPerS) * 1000))
    },
    clear() {
      dropped += waiting
      waiting = 0
      for (const lane of Object.values(lanes)) lane.clear()
    },
    get waiting() {
      return waiting
    },
    get dropped() {
      return dropped
    },
  }
}
