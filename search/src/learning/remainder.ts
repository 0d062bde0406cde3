import { type Grid, gridFrame } from '../frame/grid.ts'
import { localFrame } from '../frame/local-frame.ts'
import type { LngLat, LocalM } from '../frame/position.ts'
import { cellsOf, stripAbout } from './lane-worth.ts'

/** A lane of a task, `[from, to]` on WGS-84 in flying direction. */
export type Lane = readonly [readonly number[], readonly number[]]

/** What of a task's lanes is done and what is left: together exactly the lanes, nothing twice. In flying order. */
export interface LaneSplit {
  readonly done: [LngLat, LngLat][]
  readonly left: [LngLat, LngLat][]
  readonly doneM: number
  readonly leftM: number
}

/**
 * Splits lanes at the point a drone reached.
 * @param lane index of the lane it is on; everything before is done; `lanes.length` means all done
 * @param share of that lane already flown, 0..1. RangeError outside.
 */
export function splitAtProgress(
  lanes: readonly Lane[],
  reached: { readonly lane: number; readonly share: number },
): LaneSplit {
  const { lane: at, share } = reached
  if (!(Number.isInteger(at) && at >= 0 && at <= lanes.length))
    throw new RangeError('reached.lane: must be a lane number')
  if (!(share >= 0 && share <= 1)) throw new RangeError('reached.share: must be 0 to 1')
  return split(lanes, (_, i) => {
    if (i !== at) return i < at ? [[0, 1]] : []
    return share > 0 ? [[0, share]] : []
  })
}

/** When a stretch of a lane counts as swept. */
export interface SweptPolicy {
  /** Share of the planned coverage that must be there, 0..1; default 0.6. */
  readonly minShare?: number | undefined
  /** Swept stretches shorter than this are flown again rather than cut out: default two lane spacings. */
  readonly minStretchM?: number | undefined
}

/**
 * Splits lanes by what was really swept: a stretch is done where the mean coverage over the lane's strip, in steps of half
 * a cell, reaches `minShare` of the planned coverage W / S. Subtract the coverage from before the task when the ground
 * had been swept earlier.
 * @param achieved coverage per cell that this task's flight added
 * RangeError when lengths differ or the spacing is not above 0. Source: search-science notes 4.3, 1.1 (C = W / S).
 */
export function splitBySweep(
  lanes: readonly Lane[],
  grid: Omit<Grid, 'values'>,
  achieved: ArrayLike<number>,
  planned: { readonly sweepWidthM: number; readonly laneSpacingM: number },
  policy: SweptPolicy = {},
): LaneSplit {
  const { laneSpacingM, sweepWidthM } = planned
  if (achieved.length !== grid.rows * grid.cols) throw new RangeError('achieved: must have one number per cell')
  if (!(laneSpacingM > 0 && sweepWidthM > 0)) throw new RangeError('planned: sweepWidthM, laneSpacingM must be above 0')
  const { minShare = 0.6, minStretchM = 2 * laneSpacingM } = policy
  const wanted = (minShare * sweepWidthM) / laneSpacingM
  const frame = gridFrame(grid)
  return split(lanes, ([from, to]) => {
    const [a, b] = [frame.toLocal(from), frame.toLocal(to)]
    const lengthM = Math.hypot(b[0] - a[0], b[1] - a[1])
    const steps = Math.max(1, Math.ceil(lengthM / (grid.cellM / 2)))
    const at = (t: number): LocalM => [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])]
    const done: [number, number][] = []
    for (let step = 0; step < steps; step++) {
      const [t0, t1] = [step / steps, (step + 1) / steps]
      let [covered, area] = [0, 0]
      cellsOf(grid, stripAbout(at(t0), at(t1), laneSpacingM), (index, share) => {
        covered += achieved[index]! * share
        area += share
      })
      // Ground outside the grid has no account of its coverage: it stays to be flown.
      if (!(area > 0 && covered / area >= wanted)) continue
      const last = done[done.length - 1]
      if (last && last[1] === t0) last[1] = t1
      else done.push([t0, t1])
    }
    return done.filter(([t0, t1]) => (t0 === 0 && t1 === 1 ? true : (t1 - t0) * lengthM >= minStretchM))
  })
}

/** Cuts each lane at the ends of its done intervals (shares of its length, rising, apart). */
function split(
  lanes: readonly Lane[],
  doneOf: (lane: Lane, index: number) => readonly (readonly [number, number])[],
): LaneSplit {
  const done: [LngLat, LngLat][] = []
  const left: [LngLat, LngLat][] = []
  let [doneM, leftM] = [0, 0]
  lanes.forEach((lane, i) => {
    const [from, to] = lane
    const lengthM = laneLengthM(lane)
    const at = (t: number): LngLat =>
      t === 1 ? [to[0]!, to[1]!] : [from[0]! + t * (to[0]! - from[0]!), from[1]! + t * (to[1]! - from[1]!)]
    let reached = 0
    const leave = (until: number): void => {
      if (until > reached) {
        left.push([at(reached), at(until)])
        leftM += (until - reached) * lengthM
      }
    }
    for (const [t0, t1] of doneOf(lane, i)) {
      leave(t0)
      done.push([at(t0), at(t1)])
      doneM += (t1 - t0) * lengthM
      reached = t1
    }
    leave(1)
  })
  return { done, left, doneM, leftM }
}

function laneLengthM([from, to]: Lane): number {
  const [eastM, northM] = localFrame(from).toLocal(to)
  return Math.hypot(eastM, northM)
}
