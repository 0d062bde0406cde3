/** Ground by what grows or stands on it. */
export type CoverClass = 'field' | 'structure' | 'water' | 'woodland' | 'rock' | 'scrub' | 'brush'

/**
 * Shares of hikers' find locations on each class, of those not on a linear feature. Source: SAREnv (MIT), search-science notes
 * 2.2: field 0.14, structure 0.13, water 0.08, woodland 0.07, rock 0.04, scrub 0.03, brush 0.02 of all finds; the rest was
 * found on linear features, roads and drainages, which are counted as features.
 */
export const HIKER_FIND_SHARES: Readonly<Record<CoverClass, number>> = {
  field: 0.14,
  structure: 0.13,
  water: 0.08,
  woodland: 0.07,
  rock: 0.04,
  scrub: 0.03,
  brush: 0.02,
}

/** A class of which there is next to nothing says little: its factor is held to the strongest of the features. */
const MOST = 12

/**
 * Relative find density per class: share of finds over share of ground, among the classes that occur; 1 is the mean. So it
 * depends on the ground at hand: ten houses on an island draw more than ten houses in a town.
 * @param counts cells of each class on this map
 * @param finds shares of finds, any scale, >= 0; RangeError otherwise
 */
export function coverFactors(
  counts: ReadonlyMap<CoverClass, number>,
  finds: Readonly<Record<CoverClass, number>> = HIKER_FIND_SHARES,
): ReadonlyMap<CoverClass, number> {
  const present = [...counts].filter(([, count]) => count > 0)
  for (const [cover] of present) if (!(finds[cover] >= 0)) throw new RangeError(`finds.${cover}: must be 0 or above`)
  const allFinds = present.reduce((sum, [cover]) => sum + finds[cover], 0)
  const allCells = present.reduce((sum, [, count]) => sum + count, 0)
  return new Map(
    present.map(([cover, count]) => {
      const factor = allFinds > 0 ? finds[cover] / allFinds / (count / allCells) : 1
      return [cover, Math.min(MOST, factor)]
    }),
  )
}
