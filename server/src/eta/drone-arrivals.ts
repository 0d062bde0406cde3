import type { DroneStatus, Exclusion, Leg } from '@skerry/contract'
import type { Goal } from './goal.ts'
import { lineM } from './line.ts'
import type { Arrival } from './ranking.ts'
import { DRONE_MPS, TURNOUT_S } from './speeds.ts'

/** Flight that is kept back for landing, seconds, as the search planner does. */
const RESERVE_S = 300

/**
 * Drones whose battery would last there, a look of the reserve's length, and back; straight through the air. A drone
 * carries nobody: it is listed for its eyes, and flies only when its pilot accepts.
 * @param enduranceS flying time left, seconds; null where unknown: such a drone is not ranked
 */
export function droneArrivals(
  drones: readonly { status: DroneStatus; enduranceS: number | null; busy: boolean }[],
  goal: Goal,
  nowMs: number,
): { arrivals: Arrival[]; excluded: Map<Exclusion, string[]> } {
  const excluded = new Map<Exclusion, string[]>()
  const out = (reason: Exclusion, id: string): [] => {
    excluded.set(reason, [...(excluded.get(reason) ?? []), id])
    return []
  }
  const arrivals = drones.flatMap(({ status, enduranceS, busy }): Arrival[] => {
    const { position, droneId, link, landed } = status
    if (link.state === 'lost') return out('drone-not-heard', droneId)
    if (position === null) return out('drone-unplaced', droneId)
    const distanceM = lineM(position.lngLat, goal.at)
    const flyS = distanceM / DRONE_MPS
    if (enduranceS === null || 2 * flyS + RESERVE_S > enduranceS) return out('battery', droneId)
    const startMs = nowMs + (landed === 'in-air' ? 0 : TURNOUT_S.drone * 1000)
    const endMs = startMs + flyS * 1000
    const leg: Leg = {
      mode: 'fly',
      to: null,
      startAtMs: startMs,
      leaveAtMs: startMs,
      endAtMs: Math.round(endMs),
      distanceM: Math.round(distanceM),
      path: [position.lngLat, goal.at],
      roads: null,
      undated: false,
      boatId: null,
    }
    const arrival: Arrival = {
      id: droneId,
      callSign: droneId,
      kind: 'drone',
      status: null,
      skills: [],
      etaS: Math.round((endMs - nowMs) / 1000),
      lineM: distanceM,
      fixAgeS: Math.max(0, (nowMs - position.atMs) / 1000),
      cautions: busy ? ['busy', 'carries-nobody'] : ['carries-nobody'],
      lifts: [],
      without: () => arrival,
      legs: () => [leg],
    }
    return [arrival]
  })
  return { arrivals, excluded }
}
