import type { LocalM } from '../frame/position.ts'
import type { AllowedArea } from './allowed-area.ts'

/** One straight stretch of a lane inside the area. */
export interface Run {
  /** Number of the lane across the bearing; neighbouring lanes differ by 1. */
  readonly lane: number
  /** Ends in the order of the lane bearing. */
  readonly from: LocalM
  readonly to: LocalM
  /** Interval along the lane bearing, metres. */
  readonly fromAlong: number
  readonly toAlong: number
}

export interface LaneRuns {
  readonly runs: readonly Run[]
  /** Distance between neighbouring lanes, at most the one asked for. */
  readonly spacingM: number
}

/** Where in its strip a lane looks for ground that its middle line misses, shares of a spacing off the middle. */
const BESIDE = [-0.25, 0.25, -0.45, 0.45]
/** Missed ground shorter than this share of a spacing is within reach of what is flown anyway, or not worth two turns. */
const WORTH_A_RUN = 1.5

/**
 * Lanes over an area in one bearing, cut to what lies inside. They are laid evenly across the area's whole width, half a
 * spacing inside both rims. Ground in a lane's strip that its middle line misses altogether (spikes and arms narrower
 * than a spacing) gets a run of its own off the middle.
 * @param insetM runs end this much before the rim, along the lane; short runs less
 */
export function laneRuns(area: AllowedArea, trackSpacingM: number, bearingRad: number, insetM: number): LaneRuns {
  const [sin, cos] = [Math.sin(bearingRad), Math.cos(bearingRad)]
  const toLocal = (along: number, across: number): LocalM => [along * sin + across * cos, along * cos - across * sin]
  const acrosses = area.rings[0]!.map(([x, y]) => x * cos - y * sin)
  const [low, high] = [Math.min(...acrosses), Math.max(...acrosses)]
  // A hair of tolerance, or an area of exactly ten spacings would get eleven lanes by rounding.
  const count = Math.max(1, Math.ceil((high - low) / trackSpacingM - 1e-9))
  const spacingM = (high - low) / count
  const rings = area.rings.map((ring) => ring.map(([x, y]) => [x * sin + y * cos, x * cos - y * sin] as const))
  const runs: Run[] = []
  for (let lane = 0; lane < count; lane++) {
    const middle = low + (lane + 0.5) * spacingM
    const flown = insideAt(rings, middle).map((span) => [...span, middle] as const)
    for (const share of BESIDE) {
      const across = middle + share * spacingM
      for (const span of insideAt(rings, across)) {
        for (const [from, to] of without(span, flown, spacingM / 2)) {
          if (to - from > WORTH_A_RUN * spacingM || !touches(span, flown)) flown.push([from, to, across])
        }
      }
    }
    for (const [from, to, across] of flown) {
      const inset = Math.min(insetM, (to - from) / 4)
      const [fromAlong, toAlong] = [from + inset, to - inset]
      if (!(toAlong > fromAlong)) continue
      runs.push({ lane, from: toLocal(fromAlong, across), to: toLocal(toAlong, across), fromAlong, toAlong })
    }
  }
  return { runs, spacingM }
}

type Span = readonly [from: number, to: number]

/** Stretches of the line at a distance across that lie inside, by the even-odd rule. */
function insideAt(rings: readonly (readonly (readonly [along: number, across: number])[])[], across: number): Span[] {
  const cuts = rings
    .flatMap((ring) =>
      ring.flatMap((p, i) => {
        const q = ring[(i + 1) % ring.length]!
        if (p[1] > across === q[1] > across) return []
        return [p[0] + ((across - p[1]) / (q[1] - p[1])) * (q[0] - p[0])]
      }),
    )
    .sort((a, b) => a - b)
  return cuts.flatMap((cut, i): Span[] => (i % 2 === 1 && cut > cuts[i - 1]! ? [[cuts[i - 1]!, cut]] : []))
}

/** What of a span is farther than `reachM` along the lane from all that is flown. */
function without(span: Span, flown: readonly (readonly [number, number, number])[], reachM: number): Span[] {
  let left: Span[] = [span]
  for (const [from, to] of flown) {
    left = left.flatMap(([a, b]): Span[] =>
      [[a, Math.min(b, from - reachM)] as const, [Math.max(a, to + reachM), b] as const].filter(([p, q]) => q > p),
    )
  }
  return left
}

const touches = ([a, b]: Span, flown: readonly (readonly [number, number, number])[]): boolean =>
  flown.some(([from, to]) => from < b && to > a)
