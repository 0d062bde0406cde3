import type { Candidate, DroneStatus, GridFrame, Search } from '@skerry/contract'
import {
  alertsOnMap,
  clutterPerKm2,
  createGrid,
  localFrame,
  relookPath,
  secondLook,
  type SecondLook,
} from '@skerry/search'

/**
 * A second look from low and slow, seen from several sides: recall and false alarms [assumption; the best recall that was
 * measured for single frames on HIT-UAV is 0.75]. Replace by what calibration flights give.
 */
export const SECOND_LOOK = { pd: 0.75, pfa: 0.1 } as const
/** Ground counts as swept from this probability of detection, 0..255 as the map has it. */
const SWEPT_POD = 13
/** As the server flies it: speed over the place, way there, least radius, legs. */
const LOOK_SPEED_MPS = 5
const CRUISE_MPS = 10
const LEAST_RADIUS_M = 30
const LEG_M = 15

const OVER: readonly Candidate['state'][] = ['dismissed', 'nothing-there']

export interface CandidateWorth extends SecondLook {
  probability: number
  timeS: number
  /** Warm things that are not the subject, per km2: an assumption that what was dismissed on swept ground corrects. */
  clutterPerKm2: number
}

/** What another look at each open candidate costs and buys against going on, by its id. */
export function candidateWorths(
  frame: GridFrame,
  search: Pick<Search, 'nextHourPos'>,
  candidates: readonly Candidate[],
  statusOf: (candidate: Candidate) => DroneStatus | null,
): ReadonlyMap<string, CandidateWorth> {
  const open = candidates.filter(({ state }) => !OVER.includes(state))
  if (open.length === 0 || search.nextHourPos === null) return new Map()
  const clutter = clutterOn(frame, candidates)
  const { probabilities } = alertsOnMap(
    createGrid(frame.shape, Float64Array.from(frame.poa)),
    frame.restOfWorld,
    open.map(({ position, errorRadiusM, likelihoodRatio }) => ({
      position,
      errorM: Math.max(1, errorRadiusM / 2.45), // radius of 95 % of a circular normal: 2.45 sigma
      pd: SECOND_LOOK.pd,
      clutterPerKm2: clutter,
      likelihoodRatio: Math.min(likelihoodRatio, 1e6),
    })),
  )
  const planPosPerMin = search.nextHourPos / 60
  return new Map(
    open.map((candidate, i): [string, CandidateWorth] => {
      const timeS = lookTimeS(candidate, statusOf(candidate))
      const probability = probabilities[i]!
      return [
        candidate.id,
        {
          probability,
          timeS,
          clutterPerKm2: clutter,
          ...secondLook({ probability, ...SECOND_LOOK, timeS, planPosPerMin }),
        },
      ]
    }),
  )
}

function clutterOn({ shape, pod }: GridFrame, candidates: readonly Candidate[]): number {
  const swept = pod.reduce((cells, value) => cells + Number(value >= SWEPT_POD), 0)
  const dismissed = candidates.filter(({ state }) => OVER.includes(state)).length
  return clutterPerKm2({ dismissed, sweptKm2: (swept * shape.cellM ** 2) / 1e6 })
}

function lookTimeS({ position, errorRadiusM }: Candidate, status: DroneStatus | null): number {
  const frame = localFrame(position)
  const path = relookPath({ centreLngLat: position, radiusM: Math.max(LEAST_RADIUS_M, errorRadiusM), spacingM: LEG_M })
  const points = path.map((point) => frame.toLocal(point))
  const lengthM = points.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - points[i]![0], y - points[i]![1]), 0)
  const from = status?.position?.lngLat
  const awayM = from ? Math.hypot(...frame.toLocal(from)) : 0
  return Math.max(1, lengthM / LOOK_SPEED_MPS + (2 * awayM) / CRUISE_MPS)
}
