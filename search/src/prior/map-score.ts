/**
 * MapScore of a map: R = (0.5 - r) / 0.5 with r = (n + m / 2) / N; n cells hold more than the cell of the find, m as much
 * (that cell among them), N in all. 1 is the best, 0 what a flat map or chance gives, -1 the worst.
 * Source: Sava et al. 2016; search-science notes 8.2; vectors `mapscore_R`.
 */
export const mapScore = (cells: number, higher: number, equal: number): number =>
  (0.5 - (higher + equal / 2) / cells) / 0.5

/** R of a find outside the map, unless the map states its rest of world. Source: notes 8.2. */
export const MAPSCORE_OUTSIDE = -0.9

/**
 * Scores a map against the cell of the find. Works for any map of equal cells: distance only, or with terrain factors.
 * Values are alike when they differ by less than 1e-9 of themselves, which is the rounding of the map.
 * RangeError for an index outside the map.
 */
export function mapScoreOf(values: ArrayLike<number>, findIndex: number): number {
  if (!(findIndex >= 0 && findIndex < values.length)) throw new RangeError('findIndex: must be a cell of the map')
  const own = values[findIndex]!
  const same = 1e-9 * own
  let higher = 0
  let equal = 0
  for (let i = 0; i < values.length; i++) {
    const more = values[i]! - own
    if (more > same) higher++
    else if (more >= -same) equal++
  }
  return mapScore(values.length, higher, equal)
}
