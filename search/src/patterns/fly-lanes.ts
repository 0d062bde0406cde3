import { type NoFly, noFlyZones } from '../plan/no-fly.ts'
import { allowedArea } from '../area-cover/allowed-area.ts'
import { waysInside } from '../area-cover/ways-inside.ts'
import { inRing } from '../frame/polygon.ts'
import { localFrame } from '../frame/local-frame.ts'
import type { LngLat, LocalM, MultiPolygonLngLat, PolygonLngLat } from '../frame/position.ts'
import { legTimer, type LegTimeS, type Wind } from '../plan/wind.ts'

/** The aircraft and the rules that lanes are flown by. */
export interface LaneFlight {
  /** Where it takes off, or is now; and where it lands (default: where it starts). */
  readonly startLngLat: readonly number[]
  readonly landLngLat?: readonly number[] | undefined
  readonly airspeedMps: number
  readonly wind: Wind | null
  /** Time for everything, from now to landed, seconds: endurance less reserve, or what is left of it. */
  readonly budgetS: number
  /** Zones no leg may enter, GeoJSON MultiPolygon coordinates; holes count as zone. */
  readonly noFly?: MultiPolygonLngLat | undefined
  /**
   * Area the lanes were laid in (see `coveragePath`), GeoJSON Polygon coordinates: ways between places in it stay in it, and
   * its holes are never entered, on the way out and back neither. A way inside that meets a no-fly zone goes around the
   * zone, outside the area if need be. Default: ways are straight.
   */
  readonly within?: PolygonLngLat | undefined
  /** Seconds for climb, descent and landing, default 60. */
  readonly overheadS?: number | undefined
  /** Seconds lost at each turn, default 3. */
  readonly turnS?: number | undefined
}

/** Lanes as one flight can fly them, and what it cannot. */
export interface FlownLanes {
  /** In flying order and direction, cut at no-fly zones and where the time ends. */
  readonly lanes: [LngLat, LngLat][]
  /** When each of `lanes` ends, seconds after take-off. */
  readonly endS: number[]
  /** The flight between take-off and landing, both left out. */
  readonly waypoints: LngLat[]
  /** Parts that do not fit into the time, in order: the next flight's lanes. */
  readonly left: [LngLat, LngLat][]
  /** Metres of lanes inside no-fly zones, never to be flown. */
  readonly forbiddenM: number
  readonly lengthM: number
  /** Whole flight with transit, wind, turns, climb and landing, seconds; never above the budget. */
  readonly timeS: number
  readonly transitS: number
}

/** Distance kept from a zone's edge where a lane is cut, metres. */
const CUT_CLEARANCE_M = 5

/** Distance kept from a corner of the area that a way goes around, metres. */
const WITHIN_CLEARANCE_M = 1

/** What a flight of lanes needs, in one local frame. */
interface Flight {
  readonly legS: LegTimeS
  readonly turnS: number
  route(a: LocalM, b: LocalM): readonly LocalM[] | null
}

/**
 * Flies lanes in the order given, around no-fly zones, until the way back just fits into the time that is left. The lane
 * on which that happens is cut there; the rest is `left`. So any pattern becomes a task that one flight can fly.
 * Lanes inside no-fly zones are cut out, 5 m clear of the edge.
 * RangeError for a speed or budget that is not above 0. Source: search-science notes 4.3 (transit, reserve, wind).
 */
export function flyLanes(lanes: readonly (readonly (readonly number[])[])[], input: LaneFlight): FlownLanes {
  const { startLngLat, landLngLat = startLngLat, airspeedMps, wind, budgetS, overheadS = 60, turnS = 3 } = input
  if (!(airspeedMps > 0)) throw new RangeError('airspeedMps: must be above 0')
  if (!(budgetS > 0)) throw new RangeError('budgetS: must be above 0')
  const frame = localFrame(startLngLat)
  const toRing = (ring: readonly (readonly number[])[]): LocalM[] => ring.map((p) => frame.toLocal(p))
  const within = input.within?.map(toRing)
  const zones = noFlyZones([
    ...(input.noFly ?? []).map((polygon) => toRing(polygon[0] ?? [])),
    ...(within?.slice(1) ?? []),
  ])
  const flight: Flight = { legS: legTimer(airspeedMps, wind), turnS, route: router(zones, within) }
  const landM = frame.toLocal(landLngLat)

  const pieces: [LocalM, LocalM][] = []
  let forbiddenM = 0
  for (const lane of lanes) {
    const [a, b] = [frame.toLocal(lane[0]!), frame.toLocal(lane[1]!)]
    const open = outsidePieces(zones.zones, a, b)
    forbiddenM += distanceM(a, b) - open.reduce((sum, [p, q]) => sum + distanceM(p, q), 0)
    pieces.push(...open)
  }

  const flown: [LocalM, LocalM][] = []
  const left: [LocalM, LocalM][] = []
  const endS: number[] = []
  const points: LocalM[] = []
  let at: LocalM = frame.toLocal(startLngLat)
  let clockS = overheadS / 2
  let outS = 0
  const fits = (untilS: number, from: LocalM): boolean => {
    const back = travel(from, landM, flight)
    return back !== null && untilS + back.seconds + overheadS / 2 <= budgetS
  }
  let index = 0
  for (; index < pieces.length; index++) {
    const [from, to] = pieces[index]!
    const there = travel(at, from, flight)
    if (!there) {
      left.push([from, to])
      continue
    }
    const startS = clockS + there.seconds + (flown.length > 0 ? turnS : 0)
    const laneEndS = (t: number): number => startS + flight.legS(from, between(from, to, t)) + turnS
    const share = fits(laneEndS(1), to) ? 1 : largestShare((t) => fits(laneEndS(t), between(from, to, t)))
    if (share === 0) break
    const end = between(from, to, share)
    if (flown.length === 0) outS = there.seconds
    flown.push([from, end])
    points.push(...there.via, from, end)
    clockS = laneEndS(share)
    endS.push(clockS)
    at = end
    if (share < 1) {
      left.push([end, to])
      index++
      break
    }
  }
  left.push(...pieces.slice(index))
  const back = flown.length > 0 ? travel(at, landM, flight)! : { via: [], seconds: 0 }
  points.push(...back.via)
  const whole = flown.length > 0 ? [frame.toLocal(startLngLat), ...points, landM] : []
  const toLngLat = ([p, q]: [LocalM, LocalM]): [LngLat, LngLat] => [frame.toLngLat(p), frame.toLngLat(q)]
  return {
    lanes: flown.map(toLngLat),
    endS,
    waypoints: points.map((p) => frame.toLngLat(p)),
    left: left.map(toLngLat),
    forbiddenM,
    lengthM: whole.reduce((sum, p, i) => (i === 0 ? 0 : sum + distanceM(whole[i - 1]!, p)), 0),
    timeS: flown.length > 0 ? clockS + back.seconds + overheadS / 2 : 0,
    transitS: outS + back.seconds,
  }
}

/** Ways inside the area where both ends are in it, around zones elsewhere. */
function router(zones: NoFly, within: readonly (readonly LocalM[])[] | undefined): Flight['route'] {
  if (!within) return zones.route
  const area = allowedArea(within)
  const ways = waysInside(area, WITHIN_CLEARANCE_M)
  return (a, b) => {
    const inside = area.holds(a) && area.holds(b) ? ways.route(a, b) : null
    const points = inside && [a, ...inside, b]
    return points?.every((p, i) => i === 0 || !zones.blocks(points[i - 1]!, p)) ? inside : zones.route(a, b)
  }
}

const distanceM = (a: readonly number[], b: readonly number[]): number => Math.hypot(b[0]! - a[0]!, b[1]! - a[1]!)

const between = (a: LocalM, b: LocalM, t: number): LocalM =>
  t === 1 ? b : [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])]

/** Way and time from a to b around the zones, or null when there is none that can be flown. */
function travel(a: LocalM, b: LocalM, flight: Flight): { via: readonly LocalM[]; seconds: number } | null {
  const via = flight.route(a, b)
  if (!via) return null
  let [seconds, at] = [0, a]
  for (const next of [...via, b]) {
    seconds += flight.legS(at, next) + (next === b ? 0 : flight.turnS)
    at = next
  }
  return Number.isFinite(seconds) ? { via, seconds } : null
}

/** Largest share of a lane that still fits, to a thousandth, or 0. Time rises along a lane, the way back may shrink. */
function largestShare(fits: (t: number) => boolean): number {
  let [low, high] = [0, 1]
  while (high - low > 1e-3) {
    const middle = (low + high) / 2
    if (fits(middle)) low = middle
    else high = middle
  }
  return low
}

/** Pieces of a straight lane outside all zones, in order; none shorter than the clearance. */
function outsidePieces(zones: readonly (readonly (readonly number[])[])[], a: LocalM, b: LocalM): [LocalM, LocalM][] {
  const lengthM = distanceM(a, b)
  if (zones.length === 0 || lengthM === 0) return lengthM > 0 ? [[a, b]] : []
  const cuts = [0, ...zones.flatMap((ring) => crossings(ring, a, b)), 1].sort((p, q) => p - q)
  const pieces: [number, number][] = []
  for (let i = 1; i < cuts.length; i++) {
    const [from, to] = [cuts[i - 1]!, cuts[i]!]
    const [x, y] = between(a, b, (from + to) / 2)
    if (to - from < 1e-9 || zones.some((ring) => inRing(ring, x, y))) continue
    const last = pieces[pieces.length - 1]
    if (last && last[1] === from) last[1] = to
    else pieces.push([from, to])
  }
  const clear = CUT_CLEARANCE_M / lengthM
  return pieces
    .map(([from, to]): [number, number] => [from > 0 ? from + clear : 0, to < 1 ? to - clear : 1])
    .filter(([from, to]) => to - from > clear)
    .map(([from, to]) => [between(a, b, from), between(a, b, to)])
}

/** Where along a to b (0..1) the edges of a ring are crossed. */
function crossings(ring: readonly (readonly number[])[], a: LocalM, b: LocalM): number[] {
  const [rx, ry] = [b[0] - a[0], b[1] - a[1]]
  return ring.flatMap((p, i) => {
    const q = ring[(i + 1) % ring.length]!
    const [sx, sy] = [q[0]! - p[0]!, q[1]! - p[1]!]
    const cross = rx * sy - ry * sx
    if (cross === 0) return []
    const t = ((p[0]! - a[0]) * sy - (p[1]! - a[1]) * sx) / cross
    const u = ((p[0]! - a[0]) * ry - (p[1]! - a[1]) * rx) / cross
    return t > 0 && t < 1 && u >= 0 && u <= 1 ? [t] : []
  })
}
