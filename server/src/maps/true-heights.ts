import type { LngLat } from '@skerry/contract'
import { localFrame } from '@skerry/search'

/** Ground is asked for at least this often along a path, metres: a pixel of the common 30 m models. */
const STEP_M = 30
/** No path is asked for more often than this; a longer one in longer steps. */
const MOST_STEPS = 4000

/** Least and greatest height over the ground, and the share of the way it is known for. */
export interface TrueHeights {
  readonly lowestM: number | null
  readonly highestM: number | null
  readonly coveredShare: number
}

/**
 * Heights of a level flight over the ground below its path.
 * @param path longitude and latitude, degrees
 * @param flightAmslM metres above mean sea level
 * @param groundAmslM null where there is no data
 */
export async function trueHeights(
  path: readonly LngLat[],
  flightAmslM: number,
  groundAmslM: (at: LngLat) => Promise<number | null>,
): Promise<TrueHeights> {
  const heights: number[] = []
  let asked = 0
  for (const at of placesAlong(path)) {
    asked++
    const ground = await groundAmslM(at)
    if (ground !== null) heights.push(flightAmslM - ground)
  }
  if (heights.length === 0) return { lowestM: null, highestM: null, coveredShare: 0 }
  const bounds = heights.reduce(([low, high], one) => [Math.min(low, one), Math.max(high, one)] as const, [
    Infinity,
    -Infinity,
  ] as const)
  return { lowestM: bounds[0], highestM: bounds[1], coveredShare: heights.length / asked }
}

function* placesAlong(path: readonly LngLat[]): Generator<LngLat> {
  const first = path[0]
  if (first === undefined) return
  const frame = localFrame(first)
  const points = path.map((at) => frame.toLocal(at))
  const lengthM = points.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - points[i]![0], y - points[i]![1]), 0)
  const stepM = Math.max(STEP_M, lengthM / MOST_STEPS)
  yield first
  for (const [i, [x, y]] of points.slice(1).entries()) {
    const [fromX, fromY] = points[i]!
    const steps = Math.max(1, Math.ceil(Math.hypot(x - fromX, y - fromY) / stepM))
    for (let k = 1; k <= steps; k++)
      yield frame.toLngLat([fromX + ((x - fromX) * k) / steps, fromY + ((y - fromY) * k) / steps])
  }
}
