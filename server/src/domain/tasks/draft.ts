import type { DroneStatus, LngLat, Search, Task } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import type { SensorCover, SortieCut, SortieDrone } from '../context.ts'
import { heightsOf } from './heights.ts'
import { inAir } from './states.ts'
import { taskSweep } from './task-sweep.ts'

/** Endurance assumed for a multirotor that has not said its own, seconds. */
const NOMINAL_ENDURANCE_S = 1500
/** Planned share of the nominal endurance (search science 4.4: plan with 60-70 %). */
const PLANNED_SHARE = 0.65
/** Share of the nominal endurance that must be left on landing. */
const LANDING_SHARE = 0.2
/**
 * Speed of a sweep, metres per second: what the aircraft is told to fly over the ground on its lanes, and the airspeed of lanes
 * and ways in the budget. Up to 10 m/s is what multi-view detection held.
 */
export const LANE_SPEED_MPS = 10

/** What a drone can fly now, or null where its position is unknown. */
export function sortieDrone(droneId: string, status: DroneStatus | null): SortieDrone | null {
  const startLngLat = status?.home?.lngLat ?? status?.position?.lngLat
  if (!startLngLat) return null
  const reserveS = LANDING_SHARE * NOMINAL_ENDURANCE_S
  const usableS = Math.min(batteryLeftS(status) ?? NOMINAL_ENDURANCE_S - reserveS, PLANNED_SHARE * NOMINAL_ENDURANCE_S)
  return {
    id: droneId,
    startLngLat,
    airspeedMps: LANE_SPEED_MPS,
    enduranceS: Math.max(0, usableS) + reserveS,
    reserveS,
  }
}

/** Flying time that the battery holds now beyond what must be left on landing, seconds; null where it does not say. */
export function batteryLeftS(status: DroneStatus | null): number | null {
  const { remainingS = null, remainingShare = null } = status?.battery ?? {}
  const leftS = remainingS ?? (remainingShare === null ? null : remainingShare * NOMINAL_ENDURANCE_S)
  return leftS === null ? null : leftS - LANDING_SHARE * NOMINAL_ENDURANCE_S
}

/**
 * What a drone in the air can still fly: from where it is now, and back to its home. Null where its position, its home or
 * what its battery still holds is not known: nothing is offered on a guess to a drone that must come back.
 */
export function airborneDrone(droneId: string, status: DroneStatus | null): SortieDrone | null {
  const { position, home } = status ?? {}
  if (!position || !home || !batteryKnown(status)) return null
  const drone = sortieDrone(droneId, status)
  return drone && { ...drone, startLngLat: position.lngLat, landLngLat: home.lngLat }
}

/** Whether a drone says what its battery still holds. */
export const batteryKnown = (status: DroneStatus | null): boolean =>
  (status?.battery?.remainingS ?? status?.battery?.remainingShare ?? null) !== null

/** Where nobody knows what the battery holds: the flying time that is counted as of a full nominal one, seconds. */
export const batteryAssumed = (status: DroneStatus | null): Pick<Task, 'batteryAssumedS'> =>
  batteryKnown(status) ? {} : { batteryAssumedS: PLANNED_SHARE * NOMINAL_ENDURANCE_S }

/** Flying time that a battery may have lost on the ground since its task was cut, seconds: the reserve bears it. */
const WAITED_S = 60

/**
 * Whether what the drone says by now is too little for a task: one that was planned on a battery nobody knew, or on what it
 * said before another flight drained it. In the air, and for the rest of a flight that was broken off, the way is reckoned anew.
 */
export function batteryTurnedOutLow(task: Task, status: DroneStatus | null): boolean {
  if (!batteryKnown(status)) return false
  const assumed = task.batteryAssumedS !== undefined
  if (!assumed && (task.resumeFrom !== undefined || inAir(status))) return false
  const drone = sortieDrone(task.droneId, status)
  return drone !== null && drone.enduranceS - drone.reserveS + (assumed ? 0 : WAITED_S) < task.timeS
}

/** Take-off point of the drone's next flight: its home once set, else where it stands now. */
export function takeoffPoint(status: DroneStatus | null): { lngLat: LngLat; altAmslM: number } | null {
  if (status?.home) return status.home
  const position = status?.position
  if (!position || position.altAmslM === null) return null
  const airborneM = position.heightAboveTakeoffM ?? 0
  return { lngLat: position.lngLat, altAmslM: position.altAmslM - airborneM }
}

/** Number of the next task of a search. */
export function nextTaskNumber(picture: Picture, searchId: string): number {
  let last = 0
  for (const task of picture.task.values()) if (task.searchId === searchId) last = Math.max(last, task.number)
  return last + 1
}

/** A task as it is first drafted: geometry, height and what stands in its way. */
export function draftTask(
  picture: Picture,
  search: Search,
  cut: SortieCut,
  about: {
    id: string
    number: number
    kind: Task['kind']
    candidateId: string | null
    clearanceM: number
    speedMps: number
    cover: SensorCover
    status: DroneStatus | null
  },
): Task {
  const { id, number, kind, candidateId, clearanceM, speedMps, cover, status } = about
  const { coverShares, posByStory: _, ...flown } = cut
  return {
    id,
    number,
    searchId: search.id,
    incidentId: search.incidentId,
    kind,
    candidateId,
    ...flown,
    ...batteryAssumed(status),
    state: 'drafted',
    reason: null,
    ...taskSweep(cover, coverShares),
    clearanceM,
    speedMps,
    ...heightsOf(
      { path: cut.path, clearanceM, approvalRef: null },
      search,
      takeoffPoint(status),
      picture.site.values(),
    ),
    approvalRef: null,
    offeredAtMs: null,
    offerExpiresAtMs: null,
    pilot: null,
    upload: null,
    startedAtMs: null,
    endedAtMs: null,
  }
}
