import { localFrame } from '../frame/local-frame.ts'
import type { LngLat, LocalM } from '../frame/position.ts'

/** Patterns that coordinators ask for by name; the two letters are IAMSAR's. */
export type PatternName = 'expanding-square' | 'sector' | 'creeping-line' | 'parallel-track' | 'shoreline'

/** IAMSAR's codes of the patterns that have one. */
export const PATTERN_CODE: Readonly<Record<PatternName, string | null>> = {
  'expanding-square': 'SS',
  sector: 'VS',
  'creeping-line': 'CS',
  'parallel-track': 'PS',
  shoreline: null,
}

/** A named pattern laid on the ground: what to fly, before batteries, wind and no-fly zones (see `flyLanes`). */
export interface SearchPattern {
  readonly name: PatternName
  /** Turning points in flying order, from the commence search point. */
  readonly points: LngLat[]
  /** The searching legs, each from start to end; the short legs between parallel tracks are not among them. */
  readonly lanes: [LngLat, LngLat][]
  /** Distance between neighbouring tracks, metres. In a sector pattern: at its rim, the widest. */
  readonly trackSpacingM: number
  /** Along all points, metres. */
  readonly lengthM: number
}

/** Coverage C = W / S of parallel tracks. RangeError unless W >= 0 and S > 0. Source: notes 1.1; IAMSAR II 4.6 [K]. */
export function patternCoverage(sweepWidthM: number, trackSpacingM: number): number {
  if (!(sweepWidthM >= 0)) throw new RangeError('sweepWidthM: must be 0 or above')
  if (!(trackSpacingM > 0)) throw new RangeError('trackSpacingM: must be above 0')
  return sweepWidthM / trackSpacingM
}

/** A pattern from its points in a frame about `origin`. `isLane` says which leg (from point i) is a searching leg. */
export function patternOf(
  name: PatternName,
  origin: readonly number[],
  pointsM: readonly LocalM[],
  trackSpacingM: number,
  isLane: (leg: number) => boolean = () => true,
): SearchPattern {
  const frame = localFrame(origin)
  const points = pointsM.map((p) => frame.toLngLat(p))
  const legs = pointsM.slice(1).map((p, i) => Math.hypot(p[0] - pointsM[i]![0], p[1] - pointsM[i]![1]))
  return {
    name,
    points,
    lanes: legs.flatMap((_, i): [LngLat, LngLat][] => (isLane(i) ? [[points[i]!, points[i + 1]!]] : [])),
    trackSpacingM,
    lengthM: legs.reduce((sum, leg) => sum + leg, 0),
  }
}

/** Point a distance and bearing (clockwise from north, radians) away. */
export const ahead = (from: LocalM, bearingRad: number, distanceM: number): LocalM => [
  from[0] + distanceM * Math.sin(bearingRad),
  from[1] + distanceM * Math.cos(bearingRad),
]

export function aboveZero(fields: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(fields)) {
    if (!(value > 0 && Number.isFinite(value))) throw new RangeError(`${name}: must be above 0`)
  }
}
