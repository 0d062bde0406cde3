import type { Candidate, DetectorRates, DroneStatus, LngLat, Search, Task } from '@skerry/contract'
import { localFrame, relookPath, secondLook, type SecondLook } from '@skerry/search'

/** Chance that a second look, low and from several sides, seems to confirm something else [assumption]. */
const SECOND_LOOK_PFA = 0.1
/** As the server flies it: speed over the place, way there, least radius, legs. */
const LOOK_SPEED_MPS = 5
const CRUISE_MPS = 10
const LEAST_RADIUS_M = 30
const LEG_M = 15

/** Tasks that fly, or that are to be flown. */
const WAITS: readonly Task['state'][] = [
  'drafted',
  'offered',
  'seen',
  'accepted',
  'uploading',
  'ready',
  'starting',
  'flying',
]

/** Drones of a search as the figures need them. */
export interface LookFleet {
  statuses: Iterable<DroneStatus>
  /** Tasks of the search. */
  tasks: readonly Task[]
}

export interface CandidateWorth extends SecondLook {
  /** The drone that the figures are of: the nearest one that can go. */
  droneId: string
  timeS: number
  /** Chance that the look shows the person: the recall that the map has weighed the candidate by. */
  pd: number
}

/**
 * What another look at each candidate on the map costs and buys against going on, by its id: from the same probability
 * and the same rates as the map itself, by the nearest drone that can go, against what that one drone's own task finds
 * meanwhile; a drone without a task gives nothing up. Nothing for a candidate that the map does not hold or of unknown rates,
 * nor without a plan to compare with or a drone that can go.
 */
export function candidateWorths(
  search: Pick<Search, 'nextHourPos'>,
  candidates: readonly Candidate[],
  { statuses, tasks }: LookFleet,
): ReadonlyMap<string, CandidateWorth> {
  if (search.nextHourPos === null) return new Map()
  const able = [...statuses].flatMap((status) => (canGo(status) ? [status] : []))
  return new Map(
    candidates.flatMap((candidate): [string, CandidateWorth][] => {
      const { id, onMap, detector } = candidate
      if (!onMap || !detector) return []
      const nearest = nearestOf(able, candidate.position)
      if (!nearest) return []
      const { droneId, awayM } = nearest
      const timeS = lookTimeS(candidate, awayM)
      const planPosPerMin = posPerMin(tasks.filter((task) => task.droneId === droneId))
      const look = { probability: onMap.probability, pd: detector.recall, pfa: SECOND_LOOK_PFA, timeS, planPosPerMin }
      return [[id, { droneId, timeS, pd: detector.recall, ...secondLook(look) }]]
    }),
  )
}

/** Nothing of these rates has been measured: the screen must say so. */
export const isAssumed = ({ recallBasis, falseBasis }: DetectorRates): boolean =>
  recallBasis === 'assumed' && falseBasis === 'assumed'

type Placed = DroneStatus & { position: NonNullable<DroneStatus['position']> }

/**
 * Whether the server would take another look by this drone, as far as its telemetry tells: a link, a place, and in the air a
 * home and a battery that are known. Whether the battery reaches is asked when it is ordered.
 */
function canGo(status: DroneStatus): status is Placed {
  const { link, duplicateId, position, landed, armed, home, battery } = status
  if (link.state === 'lost' || duplicateId || !position) return false
  const down = landed === 'on-ground' || (landed === null && armed === false)
  return down || (home !== null && (battery?.remainingS ?? battery?.remainingShare ?? null) !== null)
}

function nearestOf(drones: readonly Placed[], place: LngLat): { droneId: string; awayM: number } | null {
  const frame = localFrame(place)
  return drones
    .map(({ droneId, position }) => ({ droneId, awayM: Math.hypot(...frame.toLocal(position.lngLat)) }))
    .reduce<{ droneId: string; awayM: number } | null>(
      (best, one) => (best && best.awayM <= one.awayM ? best : one),
      null,
    )
}

/**
 * POS per minute of what one drone has left of the task that it flies, or flies next; 0 where it has none: nothing of its waits
 * while it looks. What was expected when the task was cut, less what its flight has found out.
 */
function posPerMin(own: readonly Task[]): number {
  const task = own
    .filter(({ state }) => WAITS.includes(state))
    .toSorted((a, b) => WAITS.indexOf(b.state) - WAITS.indexOf(a.state) || a.number - b.number)[0]
  if (!task) return 0
  const { timeS, transitS, expectedPos, achieved } = task
  const waysS = achieved ? transitS / 2 : transitS
  const leftS = waysS + Math.max(0, timeS - transitS) * (1 - (achieved?.sweptShare ?? 0))
  return leftS > 0 ? (60 * Math.max(0, expectedPos - (achieved?.pos ?? 0))) / leftS : 0
}

function lookTimeS({ position, errorRadiusM }: Candidate, awayM: number): number {
  const frame = localFrame(position)
  const path = relookPath({ centreLngLat: position, radiusM: Math.max(LEAST_RADIUS_M, errorRadiusM), spacingM: LEG_M })
  const points = path.map((point) => frame.toLocal(point))
  const lengthM = points.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - points[i]![0], y - points[i]![1]), 0)
  return Math.max(1, lengthM / LOOK_SPEED_MPS + (2 * awayM) / CRUISE_MPS)
}
