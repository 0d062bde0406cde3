import { accumulateSweep, type Look, type SweepCredit, type SweepCreditPolicy } from './coverage.ts'
import type { Grid } from '../frame/grid.ts'

/**
 * Directions that ground is seen from: straight down (from 60 degrees below the horizon), else the quarter of the compass
 * that the camera looks towards.
 */
export const VIEWS = ['down', 'north', 'east', 'south', 'west'] as const
export type View = (typeof VIEWS)[number]

/** Depression from which a view counts as straight down, radians. */
const DOWN_RAD = Math.PI / 3

/**
 * View a camera has. @param bearingRad of the optical axis over the ground, clockwise from north
 * @param depressionRad of the axis below the horizon, 0..pi/2
 */
export function viewOf(bearingRad: number, depressionRad: number): View {
  if (depressionRad >= DOWN_RAD) return 'down'
  const quarter = Math.round(bearingRad / (Math.PI / 2))
  return VIEWS[1 + (((quarter % 4) + 4) % 4)]!
}

/**
 * Share of positions hidden from a slanting view, where `hiddenDown` are hidden from straight above: the gap in a canopy
 * falls with the length of the way through it, 1 - (1 - h)^(1 / sin(depression)).
 * RangeError unless 0 <= h <= 1 and 0 < depression <= pi / 2. Source: gap fraction of a uniform canopy (Beer-Lambert,
 * Nilson 1971) [K]; under single crowns or at a forest's edge a slanting view can be the better one.
 */
export function hiddenFrom(hiddenDown: number, depressionRad: number): number {
  if (!(hiddenDown >= 0 && hiddenDown <= 1)) throw new RangeError('hiddenDown: must be 0 to 1')
  if (!(depressionRad > 0 && depressionRad <= Math.PI / 2))
    throw new RangeError('depressionRad: must be above 0 and at most pi / 2')
  return 1 - (1 - hiddenDown) ** (1 / Math.sin(depressionRad))
}

/** Coverage per cell and view. Each is as `accumulateSweep` makes it, with the hidden share taken out already. */
export type ViewCoverage = Readonly<Record<View, Float32Array>>

/** Coverage of nothing for a grid of so many cells. */
export const newViewCoverage = (cells: number): ViewCoverage => ({
  down: new Float32Array(cells),
  north: new Float32Array(cells),
  east: new Float32Array(cells),
  south: new Float32Array(cells),
  west: new Float32Array(cells),
})

/** Credits looks to the view they were taken from; looks from different views do not join, as they show other sides. */
export function accumulateView(
  coverage: ViewCoverage,
  grid: Pick<Grid, 'rows' | 'cols' | 'cellM'>,
  previous: Look & { readonly view: View },
  look: Look & { readonly view: View },
  policy: SweepCreditPolicy,
): SweepCredit {
  if (previous.view !== look.view) return { kind: 'gap', reason: 'apart' }
  return accumulateSweep(coverage[look.view], grid, previous, look, policy)
}

/** How hidden the ground of a cell is. */
export interface HiddenGround {
  /** Share of positions hidden from straight above, 0..1. */
  readonly hiddenDown: number
  /** The same from a slanting view (see `hiddenFrom`), at least `hiddenDown`; default equal to it. */
  readonly hiddenSlant?: number | undefined
  /**
   * How much of what one view hides another one opens: 0, they hide the same positions; 1, they hide independently.
   * Default 0.4 [assumption]: trunks and rocks hide from one side, a closed crown from all.
   */
  readonly openedByTurning?: number | undefined
}

/**
 * POD of a cell from its coverage per view, when looks from one direction share what they cannot see.
 *
 * Model: a share a of positions is hidden from everywhere; any other is hidden from view k with probability b_k,
 * independently of the other views. With h the share hidden from above and c `openedByTurning`:
 * a = h (1 - c) / (1 - c h), b_k = 1 - (1 - h_k) / (1 - a), so that a + (1 - a) b_k = h_k for each view.
 * Given that it is visible from view k, the subject is missed with exp(-C_k / (1 - h_k)). Hence
 * 1 - POD = a + (1 - a) prod over views of (b_k + (1 - b_k) exp(-C_k / (1 - h_k))).
 * From one direction this is `podCapped`: never above 1 - h, however often it is flown. Another direction resets only a
 * part of h. All directions together never pass 1 - a. With c = 0 coverages add as if from one direction.
 * RangeError for values out of range. Source: search-science notes 1.1 (h per cover and per view direction); the split
 * into a and b is this project's model [assumption].
 */
export function podOfViews(coverage: Readonly<Record<View, number>>, ground: HiddenGround): number {
  const { hiddenDown: h, hiddenSlant = h, openedByTurning: c = 0.4 } = ground
  if (!(h >= 0 && h <= 1)) throw new RangeError('hiddenDown: must be 0 to 1')
  if (!(hiddenSlant >= h && hiddenSlant <= 1)) throw new RangeError('hiddenSlant: must be hiddenDown to 1')
  if (!(c >= 0 && c <= 1)) throw new RangeError('openedByTurning: must be 0 to 1')
  if (h === 1) return 0
  const everywhere = (h * (1 - c)) / (1 - c * h)
  let missed = 1
  for (const view of VIEWS) {
    const seen = coverage[view]
    if (!(seen >= 0)) throw new RangeError(`coverage.${view}: must be 0 or above`)
    const visible = 1 - (view === 'down' ? h : hiddenSlant)
    if (seen === 0 || visible === 0) continue
    const open = visible / (1 - everywhere)
    missed *= 1 - open + open * Math.exp(-seen / visible)
  }
  return (1 - everywhere) * (1 - missed)
}
