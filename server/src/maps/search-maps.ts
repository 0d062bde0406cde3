import type { GridFrame, JournalEntry, LngLat, Ring, SearchSetup, Task } from '@skerry/contract'
import { cutTasks, gridFrame, localFrame, nextHour, relookPath } from '@skerry/search'
import type { CutRequest, MapsPort, RelookRequest, SortieCut } from '../domain/context.ts'
import type { Picture } from '../picture/picture.ts'
import { boxAround, type LandSource } from './land-source.ts'
import { SearchMap, priorOf, shapeOf, type Prior } from './search-map.ts'
import { podCapOver, sensorCover } from './sensor-cover.ts'

/** Share by which neighbouring swaths overlap, so that wind and drift leave no gap. */
const OVERLAP = 0.15
/** Climb, descent and landing of a sortie, seconds. */
const OVERHEAD_S = 60
const HOUR_S = 3600

/** The probability maps of all searches. They follow the journal and answer questions; they write nothing. */
export interface SearchMaps extends MapsPort {
  /** Takes one journal entry, in order. Give it to the engine as a follower: then replay and live are the same. */
  follow(entry: Pick<JournalEntry, 'event'>): void
  /** Figures of a search's map after everything that was seen. */
  figures(searchId: string): { pos: number; restOfWorld: number; revision: number } | null
  /** Expected gain in POS of tasks that fly or stand ready, within the next hour; null when there are none. */
  nextHourPos(searchId: string, picture: Picture): number | null
  frame(searchId: string): GridFrame | null
  /** Called with the id of every search whose map has changed. Returns its own undo. */
  onChange(listener: (searchId: string) => void): () => void
}

export function createSearchMaps({ land }: { land: LandSource }): SearchMaps {
  const maps = new Map<string, SearchMap>()
  const listeners = new Set<(searchId: string) => void>()
  // The prior of a search is asked for when it is decided on and again when it is opened: a moment apart.
  let newest: { key: string; prior: Prior } | null = null

  function prior(setup: SearchSetup): Prior {
    const key = JSON.stringify(setup)
    if (newest?.key !== key)
      newest = { key, prior: priorOf(setup, land(boxAround(setup.planningPoint, setup.halfSizeM))) }
    return newest.prior
  }

  return {
    follow({ event }) {
      if (event.type === 'search.opened')
        maps.set(event.search.id, new SearchMap(prior(event.search.setup), podCapOver(event.search.setup.terrain)))
      else if (event.type === 'search.swept')
        maps.get(event.searchId)?.sweep(event.droneId, event.looks, event.sweepWidthM, event.swathM)
      else if (event.type === 'search.map-changed') {
        const map = maps.get(event.searchId)
        if (map) map.revision = event.mapRevision
      } else return
      const searchId = event.type === 'search.opened' ? event.search.id : event.searchId
      if (event.type !== 'search.swept') for (const listener of listeners) listener(searchId)
    },
    figures(searchId) {
      const map = maps.get(searchId)
      if (!map) return null
      const { pos, restOfWorld } = map.posterior()
      return { pos, restOfWorld, revision: map.revision }
    },
    nextHourPos(searchId, picture) {
      const map = maps.get(searchId)
      const tasks = [...picture.task.values()].filter((task) => task.searchId === searchId && counts(task))
      if (!map || tasks.length === 0) return null
      return nextHour({ tasks: tasks.map(withCurve), horizonS: HOUR_S, posSoFar: map.posterior().pos }).gain
    },
    frame: (searchId) => maps.get(searchId)?.frame() ?? null,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    prior(setup) {
      const { grid, restOfWorld } = prior(setup)
      // A planning point without any ground around it leaves nothing to search here.
      return restOfWorld >= 1 ? null : { shape: shapeOf(grid), restOfWorld }
    },
    cut: (request) => cutOn(maps.get(request.searchId), request),
    relook,
    cover: ({ setup }, status, heightM, speedMps) =>
      sensorCover(status, { terrain: setup.terrain, heightM, speedMps, maxC: null }),
  }
}

/** Tasks that fly, or that only wait for their start. */
const counts = ({ state }: Task): boolean => state === 'ready' || state === 'starting' || state === 'flying'

const withCurve = ({ droneId, timeS, transitS, expectedPos }: Task) => ({
  droneId,
  timeS,
  posCurve: [
    { atS: transitS / 2, pos: 0 },
    { atS: Math.max(transitS / 2, timeS - transitS / 2), pos: expectedPos },
  ],
})

function cutOn(map: SearchMap | undefined, request: CutRequest): SortieCut[] {
  if (!map) return []
  const { drones, cover, wind, taken } = request
  const frame = gridFrame(map.prior.grid)
  const areas = taken.map((ring) => ring.map((corner) => frame.toLocal(corner)))
  const grid = map.without((eastM, northM) => areas.some((ring) => holds(ring, eastM, northM)))
  const plan = cutTasks({
    grid,
    drones,
    sensor: { ...cover, overlap: OVERLAP, podCap: map.podCap },
    wind,
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

/** A spiral out from the place, with legs closer than a swath: the place is seen from several sides. */
function relook({ drone, centre, radiusM, speedMps, cover }: RelookRequest): SortieCut | null {
  const spacingM = Math.max(5, Math.min(cover.swathM / 2, radiusM))
  const path = relookPath({ centreLngLat: centre, radiusM, spacingM })
  const frame = localFrame(centre)
  const pathM = lengthM(path.map((point) => frame.toLocal(point)))
  const home = frame.toLocal(drone.startLngLat)
  const transitM = 2 * Math.hypot(home[0], home[1])
  const timeS = pathM / speedMps + transitM / drone.airspeedMps + OVERHEAD_S
  const usableS = drone.enduranceS - drone.reserveS
  if (!(timeS <= usableS)) return null
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

const lengthM = (points: readonly (readonly [number, number])[]): number =>
  points.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - points[i]![0], y - points[i]![1]), 0)

/** GeoJSON closes its rings with the first corner again; ours do not. */
function openRing(ring: readonly LngLat[]): Ring {
  const [first, last] = [ring[0], ring.at(-1)]
  const closed = ring.length > 1 && first && last && first[0] === last[0] && first[1] === last[1]
  return closed ? ring.slice(0, -1) : [...ring]
}

/** Whether a point lies in a ring (even-odd rule). */
function holds(ring: readonly (readonly [number, number])[], x: number, y: number): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i]!
    const [xj, yj] = ring[j]!
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}
