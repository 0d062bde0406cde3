import type { AreaPattern, Line, LngLat } from '@skerry/contract'
import {
  creepingLineInside,
  type Grid,
  laneCount,
  localFrame,
  parallelTrackInside,
  type SearchPattern,
} from '@skerry/search'
import type { AreaRequest, EquippedDrone, SortieCut } from '../domain/context.ts'
import { ok, refuse, type Decision } from '../domain/result.ts'
import { strongestWind } from '../domain/wind-at-hand.ts'
import { cutLanes, OVERLAP, type PlanGround } from './cut-sorties.ts'
import { cellsIn } from './task-ground.ts'

/** More ground than this is no area for a few sorties, square kilometres. */
const MOST_KM2 = 20

type Question = Omit<AreaRequest, 'searchId'>

/** Parallel tracks or a creeping line inside a drawn area, as one sortie for each drone as far as they reach. */
export function areaSorties(ground: PlanGround, request: Question): Decision<SortieCut[]> {
  const { area, drones } = request
  const { cellM } = ground.grid
  const km2 = (cellsIn(ground.grid, area.polygon[0]!).length * cellM * cellM) / 1e6
  if (km2 > MOST_KM2)
    return refuse(422, 'pattern-area-too-large', `the area has ${km2.toFixed(0)} km2, at most ${MOST_KM2}`)
  const laid = lay(ground.grid, request)
  if (!laid.ok) return laid
  const pattern = laid.value
  const orders = [pattern.lanes as Line[]]
  // A creeping line has its direction; parallel tracks may begin at the end that lies nearer to the drones.
  if (area.name === 'parallel-track-inside' && area.from === null) orders.push(backwards(pattern.lanes))
  const plans = orders.flatMap((lanes) => {
    const even = flown(ground, request, pattern, evenly(lanes, drones.length))
    return even.leftM > 0 && drones.length > 1 ? [even, flown(ground, request, pattern, [lanes])] : [even]
  })
  const best = plans.reduce((a, b) => (b.leftM < a.leftM - 1 || (b.leftM < a.leftM + 1 && b.timeS < a.timeS) ? b : a))
  if (best.cuts.length === 0)
    return refuse(409, 'out-of-reach', `${drones.map(({ id }) => id).join(', ')} cannot reach the area and return`)
  return ok(best.cuts)
}

function lay(grid: Grid, { area, drones }: Question): Decision<SearchPattern> {
  const tracks = {
    polygon: area.polygon,
    // One pattern has one spacing: that of the camera that sees least across, so that no drone leaves a gap.
    trackSpacingM: Math.min(...drones.map(({ cover }) => cover.swathM)) * (1 - OVERLAP),
    airspeedMps: Math.min(...drones.map(({ airspeedMps }) => airspeedMps)),
    // Lanes are laid for the strongest wind; each drone then flies them in its own.
    wind: strongestWind(drones),
  }
  try {
    const pattern =
      area.name === 'parallel-track-inside'
        ? parallelTrackInside({ ...tracks, startLngLat: area.from })
        : creepingLineInside({ ...tracks, startLngLat: area.from ?? likelierEnd(grid, area) })
    if (!pattern) return refuse(409, 'wind-too-strong', 'no track can be flown in this wind')
    if (pattern.lanes.length === 0) return refuse(422, 'pattern-area-not-possible', 'no track fits into the area')
    return ok(pattern)
  } catch (error) {
    // The search science names the field that it cannot work with.
    if (error instanceof RangeError) return refuse(422, 'pattern-area-not-possible', error.message)
    throw error
  }
}

/** The corner at that end of the long way through an area whose half holds more probability. */
function likelierEnd(grid: Grid, { polygon }: AreaPattern): LngLat {
  const outer = polygon[0]!
  const frame = localFrame(outer[0]!)
  const local = outer.map((corner) => frame.toLocal(corner))
  // Lanes along the long way are fewest, so that is the bearing of the long way.
  const { bearingRad } = laneCount(local, 1)
  const along = ([x, y]: readonly [number, number]): number => x * Math.sin(bearingRad) + y * Math.cos(bearingRad)
  const reach = local.map(along)
  const [low, high] = [Math.min(...reach), Math.max(...reach)]
  const cellFrame = localFrame(grid.origin)
  let balance = 0
  for (const cell of cellsIn(grid, outer)) {
    const [col, row] = [cell % grid.cols, Math.floor(cell / grid.cols)]
    const middle = cellFrame.toLngLat([(col + 0.5) * grid.cellM, (row + 0.5) * grid.cellM])
    balance += (along(frame.toLocal(middle)) > (low + high) / 2 ? 1 : -1) * grid.values[cell]!
  }
  return outer[reach.indexOf(balance > 0 ? high : low)]!
}

const backwards = (lanes: readonly Line[]): Line[] => lanes.toReversed().map((lane) => lane.toReversed())

/** Lanes in their order, in so many runs of about the same length; a lane is never cut for it. */
function evenly(lanes: readonly Line[], runs: number): Line[][] {
  const lengths = lanes.map(lengthM)
  const whole = lengths.reduce((sum, m) => sum + m, 0)
  const parts = Array.from({ length: runs }, (): Line[] => [])
  let beforeM = 0
  lanes.forEach((lane, i) => {
    const middle = (beforeM + lengths[i]! / 2) / whole
    parts[Math.min(runs - 1, Math.floor(middle * runs))]!.push(lane)
    beforeM += lengths[i]!
  })
  return parts
}

/** Each drone flies a run of lanes; with fewer runs than drones each goes on where the one before has stopped. */
function flown(
  ground: PlanGround,
  { area, drones, noFly }: Question,
  { trackSpacingM }: SearchPattern,
  runs: readonly Line[][],
): { cuts: SortieCut[]; leftM: number; timeS: number } {
  const sortie = ({ cover, wind, ...drone }: EquippedDrone, lanes: Line[]): SortieCut | null =>
    cutLanes(ground, {
      drone,
      lanes,
      anyOrder: false,
      laneSpacingM: trackSpacingM,
      cover,
      wind,
      noFly,
      within: area.polygon,
    })
  const cuts: SortieCut[] = []
  let left: Line[] = []
  drones.forEach((drone, i) => {
    const given = runs.length === 1 && i > 0 ? left : [...(runs[i] ?? [])]
    if (given.length === 0) return
    const cut = sortie(drone, given)
    const over = cut ? (cut.left ?? []) : given
    left = runs.length === 1 ? over : [...left, ...over]
    if (!cut) return
    const { left: _, ...rest } = cut
    cuts.push(rest)
  })
  const last = cuts.at(-1)
  if (last && left.length > 0) cuts[cuts.length - 1] = { ...last, left }
  return {
    cuts,
    leftM: left.reduce((sum, lane) => sum + lengthM(lane), 0),
    timeS: cuts.reduce((most, { timeS }) => Math.max(most, timeS), 0),
  }
}

function lengthM(lane: Line): number {
  const frame = localFrame(lane[0]!)
  return lane.slice(1).reduce((sum, to, i) => {
    const [a, b] = [frame.toLocal(lane[i]!), frame.toLocal(to)]
    return sum + Math.hypot(b[0] - a[0], b[1] - a[1])
  }, 0)
}
