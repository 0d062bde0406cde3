import type { ZoneCover } from '@skerry/contract'

/**
 * Zones that say something: short of units, those that miss the most first and of those the ones with nobody at all; then
 * those of which nothing is known; then those that somebody is on the way to. `met`: how many are as they should be.
 */
export function orderCover(zones: readonly ZoneCover[]): { notable: ZoneCover[]; met: number } {
  const rank = ({ missing, free }: ZoneCover): number => (missing === null ? 2 : missing > 0 ? (free === 0 ? 0 : 1) : 3)
  const notable = zones
    .filter(({ missing, coming }) => missing === null || missing > 0 || coming.length > 0)
    .sort((a, b) => rank(a) - rank(b) || (b.missing ?? 0) - (a.missing ?? 0) || (a.zoneId < b.zoneId ? -1 : 1))
  return { notable, met: zones.filter(({ missing }) => missing === 0).length }
}
