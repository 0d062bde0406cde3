import type { LngLat, Ring } from '@skerry/contract'
import {
  createGrid,
  cutTasks,
  type Grid,
  handoverTask,
  type Lane,
  laneTask,
  localFrame,
  relookPath,
} from '@skerry/search'
import type { CutRequest, LanesRequest, RelookRequest, SortieCut } from '../domain/context.ts'
import type { SearchMap } from './search-map.ts'
import { cellsIn, holds } from './task-ground.ts'

/** Share by which neighbouring swaths overlap, so that wind and drift leave no gap. */
const OVERLAP = 0.15
/** Climb, descent and landing of a sortie, seconds. */
const OVERHEAD_S = 60

/** The map that sorties are cut on: plain data, so that it can be sent to another thread. */
export interface PlanGround {
  /** After everything that was seen. */
  readonly grid: Grid
  /** Coverage per cell at that time: under cover a further look at the same ground shows less. Default none. */
  readonly coverage?: Float32Array | undefined
  /** Highest probability of detection over this ground. */
  readonly podCap: number
}

/** One sortie per drone over what is still worth most, outside the areas that others have. */
export function cutSorties(
  { grid: whole, coverage, podCap }: PlanGround,
  request: Omit<CutRequest, 'searchId'>,
): SortieCut[] {
  const { drones, cover, wind, taken, noFly } = request
  const grid = without(whole, taken)
  const plan = cutTasks({
    grid,
    coverage,
    drones,
    sensor: { swathM: cover.swathM, sweepWidthM: cover.sweepWidthM, overlap: OVERLAP, podCap },
    wind,
    noFly: noFly.map((ring) => [ring]),
    overheadS: OVERHEAD_S,
  })
  return plan.tasks.map((task) => ({
    droneId: task.droneId,
    area: openRing(task.area[0] ?? []),
    lanes: task.lanes,
    path: task.waypoints,
    lengthM: task.lengthM,
    timeS: task.timeS,
    transitS: task.transitS,
    energyShare: task.energyShare,
    laneSpacingM: task.laneSpacingM,
    poa: task.poaInside,
    expectedPos: task.expectedPos,
  }))
}

/** What is left after areas are taken: cells whose middle lies inside them count for nothing. */
function without(grid: Grid, taken: readonly Ring[]): Grid {
  const values = grid.values.slice()
  for (const ring of taken) for (const cell of cellsIn(grid, ring)) values[cell] = 0
  return createGrid(grid, values)
}

/** Lanes that exist already, as one sortie over them; what does not fit into it stays for another. */
export function cutLanes(map: SearchMap, request: LanesRequest): SortieCut | null {
  const { drone, lanes, anyOrder, laneSpacingM, cover, wind, noFly } = request
  const budgetS = drone.enduranceS - drone.reserveS
  const given = lanes.flatMap((lane): Lane[] => lane.slice(1).map((to, i): Lane => [lane[i]!, to]))
  if (!(budgetS > 0) || given.length === 0) return null
  const { startLngLat, airspeedMps } = drone
  const task = (anyOrder ? handoverTask : laneTask)(
    given,
    { startLngLat, airspeedMps, wind, budgetS, overheadS: OVERHEAD_S, noFly: noFly.map((ring) => [ring]) },
    {
      grid: map.posterior().grid,
      // Lanes look straight down: what other views have opened counts in the map alone.
      coverage: map.seen.views.down,
      sweepWidthM: cover.sweepWidthM,
      laneSpacingM,
      podCap: map.podCap,
    },
  )
  if (task.lanes.length === 0) return null
  const corners = task.strips.flatMap((rings) => rings[0] ?? []).map((corner) => map.frameM.toLocal(corner))
  return {
    droneId: drone.id,
    area: hullOf(corners).map((corner) => map.frameM.toLngLat(corner)),
    lanes: task.lanes,
    path: task.waypoints,
    lengthM: task.lengthM,
    timeS: task.timeS,
    transitS: task.transitS,
    energyShare: task.energyShare,
    laneSpacingM,
    poa: task.poaInside,
    expectedPos: task.expectedPos,
  }
}

/** Convex hull, counter-clockwise (Andrew's monotone chain). */
function hullOf(points: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
  const half = (given: readonly (readonly [number, number])[]): (readonly [number, number])[] => {
    const chain: (readonly [number, number])[] = []
    for (const p of given) {
      for (;;) {
        const [a, b] = [chain.at(-2), chain.at(-1)]
        if (!a || !b || (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) > 0) break
        chain.pop()
      }
      chain.push(p)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.toReversed())]
}

/** A spiral out from the place, with legs closer than a swath: the place is seen from several sides. */
export function cutRelook({ drone, centre, radiusM, speedMps, cover, noFly }: RelookRequest): SortieCut | null {
  const spacingM = Math.max(5, Math.min(cover.swathM / 2, radiusM))
  const path = relookPath({ centreLngLat: centre, radiusM, spacingM })
  const frame = localFrame(centre)
  const pathM = lengthM(path.map((point) => frame.toLocal(point)))
  const home = frame.toLocal(drone.startLngLat)
  const transitM = 2 * Math.hypot(home[0], home[1])
  const timeS = pathM / speedMps + transitM / drone.airspeedMps + OVERHEAD_S
  const usableS = drone.enduranceS - drone.reserveS
  if (!(timeS <= usableS)) return null
  const zones = noFly.map((ring) => ring.map((corner) => frame.toLocal(corner)))
  const flown = [home, ...path.map((point) => frame.toLocal(point)), home]
  // So short a path is not led around a zone: it is not flown at all.
  if (zones.some((ring) => entersRing(ring, flown))) return null
  const half = radiusM + spacingM / 2
  const corners: [number, number][] = [
    [-half, -half],
    [half, -half],
    [half, half],
    [-half, half],
  ]
  return {
    droneId: drone.id,
    area: corners.map((corner) => frame.toLngLat(corner)),
    lanes: path.slice(1).map((to, i): LngLat[] => [path[i]!, to]),
    path,
    lengthM: pathM + transitM,
    timeS,
    transitS: transitM / drone.airspeedMps,
    energyShare: timeS / usableS,
    laneSpacingM: spacingM,
    poa: 0,
    expectedPos: 0,
  }
}

/** Whether a path has a point in a ring, looked at every few metres. */
function entersRing(
  ring: readonly (readonly [number, number])[],
  path: readonly (readonly [number, number])[],
): boolean {
  return path.slice(1).some((to, i) => {
    const from = path[i]!
    const steps = Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / 5) + 1
    return Array.from({ length: steps + 1 }, (_, k) => k / steps).some((t) =>
      holds(ring, from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])),
    )
  })
}

const lengthM = (points: readonly (readonly [number, number])[]): number =>
  points.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - points[i]![0], y - points[i]![1]), 0)

/** GeoJSON closes its rings with the first corner again; ours do not. */
function openRing(ring: readonly LngLat[]): Ring {
  const [first, last] = [ring[0], ring.at(-1)]
  const closed = ring.length > 1 && first && last && first[0] === last[0] && first[1] === last[1]
  return closed ? ring.slice(0, -1) : [...ring]
}
