/** A minute of ten turns a second. */
const KEPT = 600

/** Remembers how late the last minute of turns came. */
export function createLateness(): {
  add(lateMs: number): void
  /** 99 in 100 of them came no later than this, ms; 0 before the first. */
  p99Ms(): number
} {
  const kept = new Float64Array(KEPT)
  let count = 0
  return {
    add(lateMs) {
      kept[count++ % KEPT] = lateMs
    },
    p99Ms() {
      const sorted = kept.slice(0, Math.min(count, KEPT)).sort()
      return sorted[Math.floor(sorted.length * 0.99)] ?? 0
    },
  }
}
