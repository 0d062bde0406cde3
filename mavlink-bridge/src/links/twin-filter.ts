import type { Frame } from '../wire/frame.ts'

/**
 * Takes out the second copy of what one vehicle says over several ways. Sequence numbers are those of each way and
 * tell nothing; the content does. A vehicle may well say the same twice (its heartbeats are all alike), so a frame is a
 * copy only of one that came by another way shortly before and that its own way has not brought yet.
 */
export interface TwinFilter {
  /**
   * Whether this frame is the first copy.
   * @param laterMs how much later than the quickest way this one brings everything
   */
  isNew(way: string, frame: Frame, atMs: number, laterMs?: number): boolean
}

/** Further apart than copies come by two ways, and nearer together than two heartbeats. */
export const WINDOW_MS = 700
/** The slowest way whose copies are still known for copies. */
const KEPT_MS = 4000
/** More than all vehicles of one bridge say in the window; beyond it the oldest are forgotten. */
const MAX_CONTENTS = 16_384

interface Delivered {
  readonly atMs: number
  readonly ways: Set<string>
}

export function createTwinFilter(): TwinFilter {
  /** In order of last delivery: the oldest first. */
  const contents = new Map<string, Delivered[]>()

  function forget(nowMs: number): void {
    for (const [key, copies] of contents) {
      const last = copies.at(-1)
      if (last !== undefined && nowMs - last.atMs <= KEPT_MS && contents.size <= MAX_CONTENTS) return
      contents.delete(key)
    }
  }
  return {
    isNew(way, frame, atMs, laterMs = 0) {
      forget(atMs)
      const key = `${frame.sys}.${frame.comp}.${frame.id}.${Buffer.from(trimmed(frame.payload)).toString('latin1')}`
      const copies = (contents.get(key) ?? []).filter((copy) => atMs - copy.atMs <= KEPT_MS)
      const twin = copies.find((copy) => atMs - copy.atMs <= WINDOW_MS + laterMs && !copy.ways.has(way))
      if (twin !== undefined) {
        twin.ways.add(way)
        return false
      }
      contents.delete(key)
      contents.set(key, [...copies, { atMs, ways: new Set([way]) }])
      return true
    },
  }
}

/** One way may be MAVLink 1 or leave zeros untrimmed. */
function trimmed(payload: Uint8Array): Uint8Array {
  let end = payload.length
  while (end > 0 && payload[end - 1] === 0) end--
  return payload.subarray(0, end)
}
