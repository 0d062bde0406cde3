import type { Unit } from '@skerry/contract'
import type { Picture } from '../picture/picture.ts'

/** While a unit is on its way it counts on the boat that is to fetch it. */
const ON_THE_WAY: readonly Unit['status'][] = ['assigned', 'en-route']

/**
 * Boats that are to fetch a unit for another incident than this: those that the choice of each unit rested on, as long as
 * it was not refused and the unit has not arrived.
 */
export function promisedBoats(picture: Pick<Picture, 'incident' | 'unit'>, incidentId: string): Set<string> {
  const boats = new Set<string>()
  for (const incident of picture.incident.values()) {
    if (incident.id === incidentId || incident.state === 'closed') continue
    for (const { unitId, state, boatIds = [] } of incident.offers ?? []) {
      if (boatIds.length === 0 || (state !== 'open' && state !== 'accepted')) continue
      const unit = picture.unit.get(unitId)
      if (unit?.assignment?.incidentId === incident.id && ON_THE_WAY.includes(unit.status))
        for (const boat of boatIds) boats.add(boat)
    }
  }
  return boats
}
