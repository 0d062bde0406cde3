import type { Search } from '@skerry/contract'
import type { PlanRequest, Planned, SortieDrone } from './context.ts'
import { distanceM } from './geo.ts'
import { sameJson } from './same-json.ts'

/**
 * A drone that has moved or drained by no more than this while its sorties were planned can still fly them. One in the air
 * goes on flying: how far it is off counts as the time to fly back, so that it is the same allowance as that of the battery.
 */
const MOVED_M = 25
const DRAINED_S = 20

export const assumedOf = ({ scenarios, sightings }: Search): Planned['assumed'] => ({ scenarios, sightings })

/**
 * Whether sorties planned for one request answer another: the same drones, about where they stood and with about the
 * battery they had, the same sensors, the same zones, and no ground given to anybody else meanwhile. Wind and map go on changing, as they
 * would after any cut.
 */
export function stillHolds({ request }: Pick<Planned, 'request'>, now: PlanRequest): boolean {
  return (
    request.searchId === now.searchId &&
    sameJson(groundOf(request), groundOf(now)) &&
    sameJson(request.noFly, now.noFly) &&
    request.drones.length === now.drones.length &&
    request.drones.every((planned, i) => {
      const drone = now.drones[i]!
      return (
        drone.id === planned.id &&
        sameJson(drone.cover, planned.cover) &&
        drone.airspeedMps === planned.airspeedMps &&
        samePlaces(drone, planned) &&
        drone.enduranceS - drone.reserveS >= planned.enduranceS - planned.reserveS - DRAINED_S
      )
    })
  )
}

function samePlaces(drone: SortieDrone, planned: SortieDrone): boolean {
  const movedM = distanceM(drone.startLngLat, planned.startLngLat)
  const [lands, landed] = [drone.landLngLat, planned.landLngLat]
  if (!lands || !landed) return lands === landed && movedM <= MOVED_M
  return distanceM(lands, landed) <= MOVED_M && movedM <= DRAINED_S * drone.airspeedMps
}

/** What ground a question is about: all but what others have, or a drawn area. */
const groundOf = (request: PlanRequest): object =>
  'area' in request ? { area: request.area } : { taken: request.taken }
