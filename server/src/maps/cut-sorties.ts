import type { LngLat, Ring } from '@skerry/contract'
import {
  createGrid,
  cutFleet,
  type Grid,
  groundOfLanes,
  handoverTask,
  type Lane,
  laneTask,
  legTimer,
  localFrame,
  relookPath,
  type SearchDrone,
  type SearchSensor,
  type SensorGroup,
} from '@skerry/search'
import type {
  CutRequest,
  EquippedDrone,
  LanesRequest,
  RelookRequest,
  SensorCover,
  SortieCut,
} from '../domain/context.ts'
import { strongestWind } from '../domain/wind-at-hand.ts'
import { coverShares } from '../ground/cover-shares.ts'
import { sweptByCode, sweptCells } from './swept-cells.ts'
import { cellsIn, holds } from './task-ground.ts'

/** Share by which neighbouring swaths overlap, so that wind and drift leave no gap. */
export const OVERLAP = 0.15
/** Climb, descent and landing of a sortie, seconds. */
const OVERHEAD_S = 60

/** The map that sorties are cut on: plain data, so that it can be sent to another thread. */
export interface PlanGround {
  /** After everything that was seen. */
  readonly grid: Grid
  /** The stories that it is the sum of, each by its share. */
  readonly stories?: readonly { readonly scenarioId: string; readonly poa: Float64Array }[] | undefined
  /** Coverage per cell from above at that time: under cover a further look shows less. Default none. */
  readonly coverage?: Float32Array | undefined
  /** Highest probability of detection where no layer tells what grows there. */
  readonly podCap: number
  /** Code of the cover of each cell; default: no layer tells of any. */
  readonly covers?: Uint8Array | undefined
}

/**
 * Sweep width and highest POD over an area, means over its cells by their probability, or by ground where it holds none;
 * null where no layer tells what grows there. It looks at the cells of the area alone.
 */
export function sweepOver(
  { grid, covers, podCap }: Pick<PlanGround, 'grid' | 'covers' | 'podCap'>,
  area: Ring,
  cover: SensorCover,
): Pick<SensorCover, 'sweepWidthM' | 'podCap'> | null {
  const byCode = sweptByCode(podCap, cover)
  const cells = cellsIn(grid, area)
  if (!covers || !byCode || cells.length === 0) return null
  const inside = cells.reduce((sum, cell) => sum + grid.values[cell]!, 0)
  const mean = (of: readonly number[]): number =>
    cells.reduce(
      (sum, cell) => sum + of[covers[cell]!]! * (inside > 0 ? grid.values[cell]! / inside : 1 / cells.length),
      0,
    )
  return { sweepWidthM: mean(byCode.widths), podCap: mean(byCode.caps) }
}

/** What grows on the ground of an area, where layers tell of any. */
function sharesIn({ grid, covers }: Pick<PlanGround, 'grid' | 'covers'>, area: Ring): Pick<SortieCut, 'coverShares'> {
  return covers ? { coverShares: coverShares(cellsIn(grid, area).map((cell) => covers[cell]!)) } : {}
}

/** Drones by the sensor that they carry, in the order of their first. */
function bySensor(ground: PlanGround, drones: readonly EquippedDrone[]): SensorGroup[] {
  const groups = new Map<string, { sensor: SearchSensor; drones: SearchDrone[] }>()
  for (const { cover, ...drone } of drones) {
    const kind = JSON.stringify([cover.swathM, cover.sweepWidthM, cover.byCover])
    const group = groups.get(kind)
    if (group) group.drones.push(drone)
    else
      groups.set(kind, {
        sensor: { swathM: cover.swathM, overlap: OVERLAP, ...sweptCells(ground.covers, ground.podCap, cover) },
        drones: [drone],
      })
  }
  return [...groups.values()]
}

/** One sortie per drone over what is still worth most, outside the areas that others have; each as its own camera sees. */
export function cutSorties(ground: PlanGround, request: Omit<CutRequest, 'searchId'>): SortieCut[] {
  const { grid: whole, stories, coverage } = ground
  const { drones, taken, noFly, survivals } = request
  const values = without(whole, taken, whole.values)
  const plan = cutFleet({
    grid: createGrid(whole, values),
    coverage,
    stories:
      survivals &&
      stories?.map(({ scenarioId, poa }) => {
        const known = survivals.find((each) => each.scenarioId === scenarioId)
        // Where nothing is known of survival every find counts in full, whenever it comes.
        return { poa: without(whole, taken, poa), survival: known?.conditions ?? {}, sinceS: known?.sinceS ?? 0 }
      }),
    groups: bySensor(ground, drones),
    // Lanes are laid across the strongest wind; each drone flies them in its own.
    wind: strongestWind(drones),
    noFly: noFly.map((ring) => [ring]),
    overheadS: OVERHEAD_S,
  })
  return plan.tasks.map((task) => ({
    droneId: task.droneId,
    area: openRing(task.area[0] ?? []),
    ...sharesIn(ground, task.area[0] ?? []),
    lanes: task.lanes,
    path: task.waypoints,
    lengthM: task.lengthM,
    timeS: task.timeS,
    transitS: task.transitS,
    energyShare: task.energyShare,
    laneSpacingM: task.laneSpacingM,
    poa: task.poaInside,
    expectedPos: task.expectedPos,
    ...(task.posByStory && stories
      ? { posByStory: stories.map(({ scenarioId }, i) => ({ scenarioId, pos: task.posByStory![i]! })) }
      : {}),
    plannedWind: drones.find(({ id }) => id === task.droneId)?.wind ?? null,
  }))
}

/** What is left after areas are taken: cells whose middle lies inside them count for nothing. */
function without(grid: Grid, taken: readonly Ring[], poa: Float64Array): Float64Array {
  const values = poa.slice()
  for (const ring of taken) for (const cell of cellsIn(grid, ring)) values[cell] = 0
  return values
}

/** Lanes that exist already, as one sortie over them; what does not fit into it is `left` for another. */
export function cutLanes(ground: PlanGround, request: Omit<LanesRequest, 'searchId'>): SortieCut | null {
  const { drone, lanes, anyOrder, laneSpacingM, cover, wind, noFly, within } = request
  const budgetS = drone.enduranceS - drone.reserveS
  const given = lanes.flatMap((lane): Lane[] => lane.slice(1).map((to, i): Lane => [lane[i]!, to]))
  if (!(budgetS > 0) || given.length === 0) return null
  const { startLngLat, landLngLat, airspeedMps } = drone
  const task = (anyOrder ? handoverTask : laneTask)(
    given,
    {
      startLngLat,
      landLngLat,
      airspeedMps,
      wind,
      budgetS,
      overheadS: OVERHEAD_S,
      noFly: noFly.map((ring) => [ring]),
      within,
    },
    { grid: ground.grid, coverage: ground.coverage, laneSpacingM, ...sweptCells(ground.covers, ground.podCap, cover) },
  )
  if (task.lanes.length === 0) return null
  const area = groundOfLanes(task.lanes, task.waypoints, laneSpacingM)
  return {
    droneId: drone.id,
    area,
    ...sharesIn(ground, area),
    lanes: task.lanes,
    path: task.waypoints,
    lengthM: task.lengthM,
    timeS: task.timeS,
    transitS: task.transitS,
    energyShare: task.energyShare,
    laneSpacingM,
    poa: task.poaInside,
    expectedPos: task.expectedPos,
    plannedWind: wind,
    ...(task.left.length > 0 ? { left: task.left } : {}),
  }
}

/**
 * A spiral out from the place, with legs closer than a swath: the place is seen from several sides. From where the drone is
 * and back to where it lands, in the wind; null where its battery does not hold for that.
 * @param ground to tell what grows at the place; null: nobody knows
 */
export function cutRelook(
  { drone, centre, radiusM, speedMps, cover, wind, noFly }: RelookRequest,
  ground: Pick<PlanGround, 'grid' | 'covers'> | null = null,
): SortieCut | null {
  const spacingM = Math.max(5, Math.min(cover.swathM / 2, radiusM))
  const path = relookPath({ centreLngLat: centre, radiusM, spacingM })
  const frame = localFrame(centre)
  const points = path.map((point) => frame.toLocal(point))
  const pathM = lengthM(points)
  const from = frame.toLocal(drone.startLngLat)
  const home = frame.toLocal(drone.landLngLat ?? drone.startLngLat)
  const [way, back] = [
    [from, points[0]!],
    [points.at(-1)!, home],
  ] as const
  const legS = legTimer(drone.airspeedMps, wind)
  // Infinity where the wind forbids a way.
  const transitS = legS(...way) + legS(...back)
  const transitM = lengthM(way) + lengthM(back)
  const timeS = pathM / speedMps + transitS + OVERHEAD_S
  const usableS = drone.enduranceS - drone.reserveS
  if (!(timeS <= usableS)) return null
  const zones = noFly.map((ring) => ring.map((corner) => frame.toLocal(corner)))
  const flown = [from, ...points, home]
  // So short a path is not led around a zone: it is not flown at all.
  if (zones.some((ring) => entersRing(ring, flown))) return null
  const half = radiusM + spacingM / 2
  const corners: [number, number][] = [
    [-half, -half],
    [half, -half],
    [half, half],
    [-half, half],
  ]
  const area = corners.map((corner) => frame.toLngLat(corner))
  return {
    droneId: drone.id,
    area,
    ...(ground ? sharesIn(ground, area) : {}),
    lanes: path.slice(1).map((to, i): LngLat[] => [path[i]!, to]),
    path,
    lengthM: pathM + transitM,
    timeS,
    transitS,
    energyShare: timeS / usableS,
    laneSpacingM: spacingM,
    poa: 0,
    expectedPos: 0,
    plannedWind: wind,
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
