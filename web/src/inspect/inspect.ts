import type { ThingRef } from '../map/scene.ts'
import type { Inspection, Known } from './facts.ts'
import { inspectCheckpoint } from './inspect-checkpoint.ts'
import { inspectConsignment } from './inspect-consignment.ts'
import { inspectDrone } from './inspect-drone.ts'
import { inspectHotspot } from './inspect-hotspot.ts'
import { inspectIncident } from './inspect-incident.ts'
import { inspectCandidate, inspectSearch, inspectTask } from './inspect-search-things.ts'
import { inspectSailing } from './inspect-sailing.ts'
import { inspectVessel } from './inspect-vessel.ts'
import { inspectUnit } from './inspect-unit.ts'

/** Everything known about a thing, or null when it is gone. */
export function inspect({ kind, id }: ThingRef, known: Known): Inspection | null {
  switch (kind) {
    case 'unit':
      return inspectUnit(id, known)
    case 'drone':
      return inspectDrone(id, known)
    case 'incident':
      return inspectIncident(id, known)
    case 'checkpoint':
      return inspectCheckpoint(id, known)
    case 'task':
      return inspectTask(id, known)
    case 'candidate':
      return inspectCandidate(id, known)
    case 'search':
      return inspectSearch(id, known)
    case 'vessel':
      return inspectVessel(id, known)
    case 'consignment':
      return inspectConsignment(id, known)
    case 'sailing':
      return inspectSailing(id, known)
    case 'hotspot':
      return inspectHotspot(id, known)
  }
}
