const MINUTE_MS = 60_000
const FUTURE_MS = 5000

/**
 * When a position was true. AIS sends only the second of its minute; the rest comes from when it was heard: the newest
 * such time that is not ahead of us by more than clocks may differ.
 * @param heardAtMs receipt, or the receiving station's own time
 */
export function sourceTimeMs(second: number | null, heardAtMs: number): number {
  if (second === null) return heardAtMs
  const minuteMs = Math.floor(heardAtMs / MINUTE_MS) * MINUTE_MS
  const sameMs = minuteMs + second * 1000
  const aheadMs = sameMs + MINUTE_MS
  if (aheadMs <= heardAtMs + FUTURE_MS) return aheadMs
  return sameMs > heardAtMs + FUTURE_MS ? sameMs - MINUTE_MS : sameMs
}
