/** Features that people are found by. Lines and points of a map, or read from heights (`heightFeatures`). */
export type TerrainFeature =
  | 'road'
  | 'trail'
  | 'lake'
  | 'stream'
  | 'capillary-stream'
  | 'crossing'
  | 'low-point'
  | 'high-point'
  | 'ridge'
  | 'drainage'

/** How the subject is thought to be: it changes where people are found. `unknown` takes the mean of both. */
export type SubjectCondition = 'uninjured' | 'injured' | 'unknown'

/**
 * Find density by a feature over the density of ordinary ground, [uninjured, injured]; null: nothing measured, counts as
 * 1. A `crossing` is where a stream and a trail meet; low and high points are the lowest and highest tenth of the ground
 * within about 2 km; lines reach 40 to 80 m to either side.
 * Limits: backcountry hikers, hunters and gatherers in the USA. Data to be edited: pass your own to `terrainFactors`.
 * Source: Jacobs 2015, search-science notes 2.2.
 */
export const JACOBS_MULTIPLIERS: Readonly<Record<TerrainFeature, readonly [number | null, number | null]>> = {
  road: [3, 1.5],
  trail: [5, 7],
  lake: [2, 2],
  stream: [2, 3.5],
  'capillary-stream': [null, 1.5],
  crossing: [7, 12],
  'low-point': [2, 5],
  'high-point': [1.5, 2],
  ridge: [2, null],
  drainage: [1.5, 3],
}

/** Multiplier of a feature for a condition. */
export function multiplierOf(
  feature: TerrainFeature,
  condition: SubjectCondition,
  table: typeof JACOBS_MULTIPLIERS = JACOBS_MULTIPLIERS,
): number {
  const [uninjured, injured] = table[feature]
  if (condition === 'uninjured') return uninjured ?? 1
  if (condition === 'injured') return injured ?? 1
  return ((uninjured ?? 1) + (injured ?? 1)) / 2
}
