import { localFrame } from '../frame/local-frame.ts'
import { aboveZero } from '../patterns/search-pattern.ts'
import type { LngLat, LocalM, PolygonLngLat } from '../frame/position.ts'
import type { Wind } from '../plan/wind.ts'
import { allowedArea } from './allowed-area.ts'
import { coverArea } from './cover-area.ts'
import { coveredShare } from './covered-share.ts'
import { flyCover } from './fly-cover.ts'

/** What is to be covered, by whom. */
export interface CoveragePathInput {
  /** GeoJSON Polygon coordinates: outer ring, then holes that must not be entered. Winding does not matter. */
  readonly polygon: PolygonLngLat
  /** Widest distance between neighbouring lanes, metres, > 0: the sweep width for C = 1, or swath (1 - overlap). */
  readonly trackSpacingM: number
  /** m/s, > 0; default 10. */
  readonly airspeedMps?: number | undefined
  readonly wind?: Wind | null | undefined
  /** Seconds lost at each turn, default 3. */
  readonly turnS?: number | undefined
  /** Where the path begins, inside the polygon; null or left out: anywhere, at no cost. */
  readonly startLngLat?: readonly number[] | null | undefined
  /** Where it ends, inside the polygon; default anywhere. */
  readonly endLngLat?: readonly number[] | null | undefined
  /** The whole path is never longer, in metres or in seconds. */
  readonly budgetM?: number | undefined
  readonly budgetS?: number | undefined
  /** Lane bearing, clockwise from north; default: the one that takes the least time. */
  readonly bearingRad?: number | undefined
  /** Lanes end this far before the rim, along the lane, metres; default a quarter of the spacing. */
  readonly insetM?: number | undefined
}

/** A path over a polygon. */
export interface CoveragePath {
  /** Turning points in flying order, start and end included; no leg leaves the polygon or enters a hole. */
  readonly points: LngLat[]
  /** The searching legs in flying order and direction; what joins them is not among them. */
  readonly lanes: [LngLat, LngLat][]
  /** Lanes and rests of lanes that do not fit into the budget, in flying order. */
  readonly left: [LngLat, LngLat][]
  /** Real distance between neighbouring lanes, never wider than asked. */
  readonly trackSpacingM: number
  /** 0 <= bearing < pi, clockwise from north. */
  readonly bearingRad: number
  /** Cells that the area falls into at this bearing: 1 for a convex one. */
  readonly cells: number
  readonly lengthM: number
  /** Turns and wind included, seconds. */
  readonly timeS: number
  /** Share of the polygon within half a spacing of the path, 0..1, sampled. Narrow spikes and sharp corners are missed. */
  readonly coveredShare: number
}

/**
 * Path that covers a polygon, convex, concave or with holes, on parallel lanes, in the least time.
 *
 * Method: lanes are laid at every bearing that may be best (`candidateBearings`; north-south and east-west among them, so
 * the result is never slower than those); each is cut to the inside of the area; where the area splits or joins, a new
 * cell begins (boustrophedon cells); cells are ordered together with the way through each (exact up to 8 cells); ways
 * between lanes are the shortest inside the area. Of all bearings the quickest path is taken: wind acts on every leg,
 * and every turn costs.
 * Null when the wind lets no lane be flown. RangeError that names the field. Deterministic.
 * Limits: flat frame about the first corner (a few tens of km); steady wind; up to a few hundred corners; one bearing
 * for all cells; the outermost lanes lie half a real spacing inside the rim.
 * Source: Choset 2000 (boustrophedon cells), Torres et al. 2016 (sweep direction, concave areas), Coombes 2018 (wind),
 * Baehnemann et al. 2021 (cells ordered as a generalised travelling salesman problem); search-science notes 4.3.
 */
export function coveragePath(input: CoveragePathInput): CoveragePath | null {
  const { polygon, trackSpacingM, airspeedMps = 10, wind = null, turnS = 3, bearingRad } = input
  const origin = polygon[0]?.[0]
  if (!origin) throw new RangeError('polygon: needs an outer ring')
  aboveZero({ trackSpacingM, airspeedMps, budgetM: input.budgetM ?? 1, budgetS: input.budgetS ?? 1 })
  const { insetM = trackSpacingM / 4 } = input
  if (!(insetM >= 0 && turnS >= 0)) throw new RangeError('insetM, turnS: must be 0 or above')
  const frame = localFrame(origin)
  const area = allowedArea(polygon.map((ring) => ring.map((p) => frame.toLocal(p))))
  const place = (name: string, lngLat: readonly number[] | null | undefined): LocalM | null => {
    const at = lngLat ? frame.toLocal(lngLat) : null
    if (at && !area.holds(at)) throw new RangeError(`${name}: must lie in the polygon`)
    return at
  }
  const [startM, endM] = [place('startLngLat', input.startLngLat), place('endLngLat', input.endLngLat)]
  const alsoRad = [0, Math.PI / 2]
  const cover = coverArea({ area, trackSpacingM, airspeedMps, wind, turnS, startM, endM, insetM, bearingRad, alsoRad })
  if (!cover) return null
  const budget = { lengthM: input.budgetM ?? null, timeS: input.budgetS ?? null }
  const flown = flyCover(cover, budget, turnS, startM, endM)
  const toLngLat = ([a, b]: readonly [LocalM, LocalM]): [LngLat, LngLat] => [frame.toLngLat(a), frame.toLngLat(b)]
  return {
    points: flown.pointsM.map((p) => frame.toLngLat(p)),
    lanes: flown.lanes.map(toLngLat),
    left: flown.left.map(toLngLat),
    trackSpacingM: cover.spacingM,
    bearingRad: ((cover.bearingRad % Math.PI) + Math.PI) % Math.PI,
    cells: cover.cells,
    lengthM: flown.lengthM,
    timeS: flown.timeS,
    coveredShare: flown.pointsM.length === 0 ? 0 : coveredShare(area, flown.pointsM, cover.spacingM / 2),
  }
}
