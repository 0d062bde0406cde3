import type { Search } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import type { DecideContext, EquippedDrone, SortieDrone } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { airborneDrone, LANE_SPEED_MPS, sortieDrone } from '../tasks/draft.ts'
import { inAir } from '../tasks/states.ts'
import { windFor } from '../wind-at-hand.ts'

/**
 * What drones can fly now, each once, in the order given; refused where one of them cannot fly a sortie. One that flies, or
 * of which nobody knows, goes from where it is, with what its battery still holds, and lands at its home.
 */
export function sortieDrones(
  picture: Pick<Picture, 'drone'>,
  droneIds: readonly string[],
  { drones }: Pick<DecideContext, 'drones'>,
): Decision<SortieDrone[]> {
  const able: SortieDrone[] = []
  for (const droneId of new Set(droneIds)) {
    if (!picture.drone.has(droneId)) return refuse(409, 'drone-not-seen', `drone ${droneId} has never been seen`)
    const status = drones.get(droneId)
    const flies = inAir(status) !== false
    const drone = flies ? airborneDrone(droneId, status) : sortieDrone(droneId, status)
    if (!drone)
      return flies && status?.position && status.home
        ? refuse(409, 'drone-battery-unknown', `what the battery of drone ${droneId} holds is not known`)
        : refuse(409, 'drone-position-unknown', `where drone ${droneId} is, or lands, is not known`)
    if (drone.enduranceS <= drone.reserveS)
      return refuse(409, 'drone-battery-low', `drone ${droneId} has no battery left for a sortie`)
    able.push(drone)
  }
  return ok(able)
}

/** Each drone with its own camera from the clearance that was asked for, and the wind that it is budgeted in. */
export const equipped = (
  search: Pick<Search, 'id' | 'setup'>,
  drones: readonly SortieDrone[],
  clearanceM: number,
  { maps, drones: known }: Pick<DecideContext, 'maps' | 'drones'>,
): EquippedDrone[] =>
  drones.map((drone) => {
    const status = known.get(drone.id)
    return {
      ...drone,
      cover: maps.cover(search, status, clearanceM, LANE_SPEED_MPS),
      wind: windFor(status, known),
    }
  })
