/** What stands between a downward camera and a person on the ground, or in the water. */
export type GroundCover = 'open' | 'shore-rocks' | 'scrub' | 'broadleaf' | 'evergreen' | 'water'

/** How clearly a body stands out from the ground around it in the thermal picture. */
export type ThermalContrast = 'strong' | 'moderate' | 'weak' | 'none'

/** A number with the range it may lie in. */
export interface Uncertain {
  readonly best: number
  readonly low: number
  readonly high: number
}

/**
 * Share of positions hidden from above, per cover. All are ASSUMPTIONS to be replaced by calibration flights (source:
 * search-science notes 4.2: open 0, shore rocks 0.1-0.2, scrub 0.4, broadleaf in leaf 0.8 and more, evergreen 0.9; water hides
 * nobody for good, but waves may, for a look).
 */
export const HIDDEN_SHARE: Readonly<Record<GroundCover, Uncertain>> = {
  open: { best: 0, low: 0, high: 0.1 },
  'shore-rocks': { best: 0.15, low: 0.1, high: 0.2 },
  scrub: { best: 0.4, low: 0.25, high: 0.6 },
  broadleaf: { best: 0.8, low: 0.7, high: 0.92 },
  evergreen: { best: 0.9, low: 0.8, high: 0.97 },
  water: { best: 0, low: 0, high: 0.2 },
}

/** A person sitting, standing or curled up, seen from above. */
const ON_LAND: Uncertain = { best: 0.5, low: 0.5, high: 0.5 }

/**
 * Long edge of what shows of a person from above, per cover, metres. In water little more than head and shoulders show (Split
 * pilot study, search-science notes 4.2); the figure is an ASSUMPTION: a head is 0.25 m, less of it shows in waves, and somebody
 * who floats on the back or wears a life jacket shows as much as on land.
 */
export const TARGET_M: Readonly<Record<GroundCover, Uncertain>> = {
  open: ON_LAND,
  'shore-rocks': ON_LAND,
  scrub: ON_LAND,
  broadleaf: ON_LAND,
  evergreen: ON_LAND,
  water: { best: 0.25, low: 0.15, high: 0.5 },
}

/**
 * Factor on the sweep width for thermal contrast. ASSUMPTIONS: strong is a cool night over cool ground, moderate an
 * overcast day, weak a mild night or warm overcast day, none sunlit rock or sand near skin temperature, where the
 * camera cannot tell a body from the ground.
 */
export const CONTRAST_FACTOR: Readonly<Record<ThermalContrast, Uncertain>> = {
  strong: { best: 1, low: 0.85, high: 1 },
  moderate: { best: 0.8, low: 0.6, high: 0.95 },
  weak: { best: 0.5, low: 0.3, high: 0.7 },
  none: { best: 0.1, low: 0, high: 0.3 },
}

/** Highest POD a downward sensor can reach over a cover, however often it is flown: 1 - hidden share. */
export const podCap = (cover: GroundCover): number => 1 - HIDDEN_SHARE[cover].best
