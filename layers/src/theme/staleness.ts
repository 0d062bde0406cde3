/** Seconds after which a position is shown as old, and after which nothing but its place is trusted. */
export const STALE_AFTER_S = 60
export const LOST_AFTER_S = 300

/**
 * How much of its colour a thing keeps: 1 while fresh, falling to 0 when stale.
 * @param ageS age of the fix in seconds; Infinity when unknown, which is as old as can be
 */
export function freshness(ageS: number, staleAfterS = STALE_AFTER_S): number {
  if (!(ageS >= 0)) return 0
  if (ageS <= staleAfterS / 3) return 1
  return Math.max(0, 1 - (ageS - staleAfterS / 3) / (staleAfterS * (2 / 3)))
}
