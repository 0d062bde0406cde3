import { laneCount } from '../plan/lane-count.ts'
import type { Wind } from '../plan/wind.ts'
import type { AllowedArea } from './allowed-area.ts'

/** Edges are tried longest first, up to so many. */
const MOST_EDGES = 24
/** Bearings between, from the narrowest way on. */
const FAN_RAD = Math.PI / 12
/** Bearings nearer than this count as one. */
const SAME_RAD = Math.PI / 720

/**
 * Lane bearings that may be best, clockwise from north, 0 <= bearing < pi: along the narrowest way across (fewest turns of
 * a convex area), along the edges (the minimum over bearings lies at one, by rotating calipers), across the wind, and
 * every 15 degrees from the narrowest on. They turn with the area and the wind.
 * Source: search-science notes 4.3; Huang 2001 and Torres et al. 2016 (sweep direction along an edge); Coombes 2018 (lanes across the wind).
 */
export function candidateBearings({ rings }: AllowedArea, wind: Wind | null): number[] {
  const narrowRad = laneCount(rings[0]!, 1).bearingRad
  const edges = rings
    .flatMap((ring) => ring.map((p, i) => [p, ring[(i + 1) % ring.length]!] as const))
    .map(([p, q]) => ({ rad: Math.atan2(q[0] - p[0], q[1] - p[1]), lengthM: Math.hypot(q[0] - p[0], q[1] - p[1]) }))
    .sort((a, b) => b.lengthM - a.lengthM)
    .slice(0, MOST_EDGES)
  const wanted = [
    narrowRad,
    ...(wind && wind.speedMps > 0 ? [(wind.fromDeg * Math.PI) / 180 + Math.PI / 2] : []),
    ...edges.map(({ rad }) => rad),
    ...Array.from({ length: Math.round(Math.PI / FAN_RAD) }, (_, i) => narrowRad + i * FAN_RAD),
  ]
  const kept: number[] = []
  for (const rad of wanted.map(halfTurn)) {
    if (kept.every((other) => apartRad(rad, other) > SAME_RAD)) kept.push(rad)
  }
  return kept
}

const halfTurn = (rad: number): number => ((rad % Math.PI) + Math.PI) % Math.PI

const apartRad = (a: number, b: number): number => Math.min(halfTurn(a - b), halfTurn(b - a))
