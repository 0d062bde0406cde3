import { distanceToLegM } from '../area-cover/allowed-area.ts'
import { localFrame } from '../frame/local-frame.ts'
import type { LocalM } from '../frame/position.ts'
import { aboveZero, patternOf, type SearchPattern } from './search-pattern.ts'

/**
 * Shoreline search: tracks along a coast at a steady distance, for people at the water's edge or washed up.
 *
 * The coast is first straightened within a tenth of the offset. Each track is the line at `offsetM` (+ spacing for each
 * further one) from it on one side: segments are moved out, outward corners are rounded, and whatever would come nearer
 * to any part of the coast than the offset (loops in bays narrower than twice the offset) is left out, so narrow inlets
 * are passed at their mouth. Further tracks are flown back and forth.
 * @param coast at least two different places along the shore, in order; a closed ring goes round an island
 * @param side where the drone flies, looking along the coast: over water or over land
 * RangeError for a coast of less than two points or lengths that are not above 0.
 * Source: IAMSAR II, shoreline search (follow the shore at a set distance) [K]; offset curve, computed.
 */
export function shorelineSearch(input: {
  readonly coast: readonly (readonly number[])[]
  readonly side: 'right' | 'left'
  readonly offsetM: number
  /** Parallel tracks, default 1; `trackSpacingM` apart (default: twice the offset). */
  readonly tracks?: number | undefined
  readonly trackSpacingM?: number | undefined
}): SearchPattern {
  const { coast, side, offsetM, tracks = 1, trackSpacingM = 2 * offsetM } = input
  aboveZero({ offsetM, trackSpacingM, tracks })
  if (coast.length < 2) throw new RangeError('coast: needs at least two places')
  const origin = coast[0]!
  const frame = localFrame(origin)
  const line = straightened(
    coast.map((p) => frame.toLocal(p)),
    offsetM / 10,
  )
  if (line.length < 2) throw new RangeError('coast: needs at least two different places')
  const points: LocalM[] = []
  const joints = new Set<number>()
  for (let track = 0; track < Math.floor(tracks); track++) {
    const moved = offsetLine(line, offsetM + track * trackSpacingM, side === 'right' ? 1 : -1)
    if (points.length > 0) joints.add(points.length - 1)
    points.push(...(track % 2 === 0 ? moved : moved.reverse()))
  }
  return patternOf('shoreline', origin, points, trackSpacingM, (leg) => !joints.has(leg))
}

/** Rounded corners get a point every so many radians. */
const ARC_STEP_RAD = Math.PI / 8
/** Stations of the offset line are looked at this many times per offset, to find where it comes too near. */
const STATIONS_PER_OFFSET = 4

function offsetLine(line: readonly LocalM[], offsetM: number, sign: 1 | -1): LocalM[] {
  const raw: LocalM[] = []
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!]
    const out = Math.atan2(b[0] - a[0], b[1] - a[1]) + (sign * Math.PI) / 2
    const last = i > 1 ? Math.atan2(a[0] - line[i - 2]![0], a[1] - line[i - 2]![1]) + (sign * Math.PI) / 2 : out
    // Round the corner the short way; at an inward corner the arc lies too near the coast and falls away below.
    const turn = Math.atan2(Math.sin(out - last), Math.cos(out - last))
    const steps = Math.max(1, Math.ceil(Math.abs(turn) / ARC_STEP_RAD))
    for (let step = i > 1 ? 0 : steps; step <= steps; step++) raw.push(moved(a, last + (turn * step) / steps, offsetM))
    raw.push(moved(b, out, offsetM))
  }
  const stations = densified(raw, offsetM / STATIONS_PER_OFFSET)
  const clear = stations.filter((p) => distanceToLine(p, line) >= offsetM * (1 - 1e-6))
  return straightened(clear, offsetM / 20)
}

const moved = (p: LocalM, bearing: number, distanceM: number): LocalM => [
  p[0] + distanceM * Math.sin(bearing),
  p[1] + distanceM * Math.cos(bearing),
]

function densified(points: readonly LocalM[], stepM: number): LocalM[] {
  return points.flatMap((p, i) => {
    const next = points[i + 1]
    if (!next) return [p]
    const count = Math.max(1, Math.ceil(Math.hypot(next[0] - p[0], next[1] - p[1]) / stepM))
    return Array.from({ length: count }, (_, k): LocalM => [
      p[0] + ((next[0] - p[0]) * k) / count,
      p[1] + ((next[1] - p[1]) * k) / count,
    ])
  })
}

function distanceToLine(p: LocalM, line: readonly LocalM[]): number {
  let best = Infinity
  for (let i = 1; i < line.length; i++) best = Math.min(best, distanceToLegM(p, line[i - 1]!, line[i]!))
  return best
}

/** Line with the points left out that lie within `toleranceM` of the line through the rest (Douglas & Peucker 1973). */
function straightened(line: readonly LocalM[], toleranceM: number): LocalM[] {
  const keep = new Set([0, line.length - 1])
  const open: [number, number][] = [[0, line.length - 1]]
  for (let span = open.pop(); span; span = open.pop()) {
    let [worst, at] = [toleranceM, -1]
    for (let i = span[0] + 1; i < span[1]; i++) {
      const away = distanceToLegM(line[i]!, line[span[0]]!, line[span[1]]!)
      if (away > worst) [worst, at] = [away, i]
    }
    if (at < 0) continue
    keep.add(at)
    open.push([span[0], at], [at, span[1]])
  }
  const kept = line.filter((_, i) => keep.has(i))
  return kept.filter((p, i) => i === 0 || p[0] !== kept[i - 1]![0] || p[1] !== kept[i - 1]![1])
}
