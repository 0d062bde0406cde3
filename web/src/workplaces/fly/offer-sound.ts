/** An offer that nobody answers sounds again after this long. */
const REPEAT_MS = 10_000

export interface OfferMemory {
  heard: ReadonlySet<string>
  lastAtMs: number | null
}
export const NOTHING_HEARD: OfferMemory = { heard: new Set(), lastAtMs: null }

/** Whether to sound now: at once for an offer that is new, again while one waits. */
export function planOfferSound(
  waiting: Iterable<string>,
  memory: OfferMemory,
  nowMs: number,
): { ring: boolean; memory: OfferMemory } {
  const ids = [...waiting]
  if (ids.length === 0) return { ring: false, memory: NOTHING_HEARD }
  const fresh = ids.some((id) => !memory.heard.has(id))
  const due = memory.lastAtMs === null || nowMs - memory.lastAtMs >= REPEAT_MS
  const ring = fresh || due
  return { ring, memory: { heard: new Set(ids), lastAtMs: ring ? nowMs : memory.lastAtMs } }
}
