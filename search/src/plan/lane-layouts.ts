import type { LatticeLayout } from './lattice.ts'
import type { Cells } from './path-score.ts'

/** Squares visited (DP nodes times bisection steps) that planning may spend on trying layouts: a second at most. */
const WORK = 12_000_000
const MOST_LAYOUTS = 12
/** Steps along the longest lane: finer than this says nothing about where a drone turns. */
const MOST_STEPS = 1200
/** Squares of one layout beyond which one chain alone takes several seconds. */
const MOST_SQUARES = 6_000_000
/** Lane bearings in the order they are worth trying, degrees from the first. */
const TURNS_DEG = [0, 90, 45, 135, 30, 120, 60, 150]

/**
 * Ways to lay lanes over a grid, best guesses first: eight bearings, then the same with the lanes shifted by half a
 * spacing. As many as a fixed amount of work allows, at least one: the count depends on sizes alone, never on a clock,
 * so that a plan is the same on every machine.
 * @param solves chains that will be looked for on each layout
 * @param firstBearingRad tried first; across the wind when there is one
 * RangeError when lanes so close would take minutes over a grid so large.
 */
export function laneLayouts(cells: Cells, spacingM: number, solves: number, firstBearingRad = 0): LatticeLayout[] {
  const extentM = Math.hypot(cells.rows, cells.cols) * cells.cellM
  const stepM = Math.max(spacingM / 4, extentM / MOST_STEPS)
  const squares = (extentM / spacingM + 1) * (extentM / stepM + 1)
  if (!(squares <= MOST_SQUARES)) throw new RangeError('tasks: lane spacing is too small for this grid')
  const count = Math.max(1, Math.min(MOST_LAYOUTS, Math.floor(WORK / (squares * 16 * Math.max(1, solves)))))
  return [0, 0.5]
    .flatMap((shift) =>
      TURNS_DEG.map((turn) => ({
        spacingM,
        stepM,
        bearingRad: (firstBearingRad + (turn * Math.PI) / 180) % Math.PI,
        shift,
      })),
    )
    .slice(0, count)
}
