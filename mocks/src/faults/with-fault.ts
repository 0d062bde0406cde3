import type { Drone } from '../vehicle/drone.ts'
import type { FaultName } from './fault-names.ts'
import { bendHeard, bendSaid, notBent, outOfTheBlue } from './faults.ts'

/** A drone that does one thing wrong in the mission exchange; null: the drone itself. */
export function withFault(drone: Drone, fault: FaultName | null): Drone {
  if (fault === null) return drone
  let bent = notBent
  return {
    get vehicle() {
      return drone.vehicle
    },
    get second() {
      return drone.second
    },
    hears(h, wallMs) {
      const [after, passes, says] = bendHeard(fault, bent, h)
      bent = after
      if (!passes) return says
      const [last, out] = bendSaid(fault, bent, drone.hears(h, wallMs))
      bent = last
      return [...says, ...out]
    },
    tick(wallMs, worldS) {
      const [after, out] = bendSaid(fault, bent, drone.tick(wallMs, worldS))
      const [last, blue] = outOfTheBlue(fault, after, wallMs)
      bent = last
      return [...out, ...blue]
    },
  }
}
