import type { LocalM } from '../frame/position.ts'
import { type AreaCover, timeAlongS } from './cover-area.ts'

/** What one flight may use, metres and seconds; null: as much as it needs. */
export interface CoverBudget {
  readonly lengthM: number | null
  readonly timeS: number | null
}

/** A cover as far as a budget reaches. */
export interface FlownCover {
  readonly lanes: readonly (readonly [LocalM, LocalM])[]
  /** Lanes and parts of lanes that did not fit, in flying order. */
  readonly left: readonly (readonly [LocalM, LocalM])[]
  /** Whole path, from the start (if one was given) to the end. */
  readonly pointsM: readonly LocalM[]
  readonly lengthM: number
  readonly timeS: number
}

/** A share of a lane below this is not worth flying to. */
const LEAST_SHARE = 1e-3

/**
 * Flies a cover from lane to lane until the way to the end just fits into the budget. The lane on which that happens is
 * cut there. With room for no lane at all the path is empty. The result never exceeds the budget.
 */
export function flyCover(
  cover: AreaCover,
  budget: CoverBudget,
  turnS: number,
  startM: readonly number[] | null,
  endM: readonly number[] | null,
): FlownCover {
  const start: LocalM[] = startM ? [[startM[0]!, startM[1]!]] : []
  const path = (points: readonly LocalM[], from: LocalM, to: LocalM): LocalM[] | null => {
    const there = [...points, from, to]
    if (!endM) return there
    const back = cover.ways.route(to, endM)
    return back && [...there, ...back, [endM[0]!, endM[1]!]]
  }
  const fits = (points: readonly LocalM[] | null): points is LocalM[] =>
    points !== null &&
    // A hair under, so that adding the legs up again never passes it.
    lengthAlongM(points) <= (budget.lengthM ?? Infinity) * (1 - 1e-12) &&
    timeAlongS(points, cover.legS, turnS) <= (budget.timeS ?? Infinity) * (1 - 1e-12)

  const lanes: (readonly [LocalM, LocalM])[] = []
  const left: (readonly [LocalM, LocalM])[] = []
  let flown: LocalM[] = []
  let points = start
  let index = 0
  for (; index < cover.lanes.length; index++) {
    const { via, from, to } = cover.lanes[index]!
    const there = [...points, ...via]
    const share = fits(path(there, from, to)) ? 1 : largestShare((t) => fits(path(there, from, mix(from, to, t))))
    if (share < LEAST_SHARE) break
    const end = mix(from, to, share)
    flown = path(there, from, end)!
    points = [...there, from, end]
    lanes.push([from, end])
    if (share < 1) {
      left.push([end, to])
      index++
      break
    }
  }
  left.push(...cover.lanes.slice(index).map(({ from, to }) => [from, to] as const))
  return { lanes, left, pointsM: flown, lengthM: lengthAlongM(flown), timeS: timeAlongS(flown, cover.legS, turnS) }
}

const mix = (a: LocalM, b: LocalM, t: number): LocalM =>
  t === 1 ? b : [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])]

const lengthAlongM = (points: readonly LocalM[]): number =>
  points.reduce((sum, p, i) => (i === 0 ? 0 : sum + Math.hypot(p[0] - points[i - 1]![0], p[1] - points[i - 1]![1])), 0)

/** Largest share of a lane that fits, to a thousandth; 0 when none does. */
function largestShare(fits: (t: number) => boolean): number {
  let [low, high] = [0, 1]
  while (high - low > LEAST_SHARE / 4) {
    const middle = (low + high) / 2
    if (fits(middle)) low = middle
    else high = middle
  }
  return low
}
