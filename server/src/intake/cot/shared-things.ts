import { dictionaryOf } from '../../domain/dictionary/dictionary.ts'
import type { DronesPort } from '../../domain/context.ts'
import type { MotionStore } from '../../motion/motion-store.ts'
import type { Picture } from '../../picture/picture.ts'
import { droneEvent, incidentEvent, type SharedThing, unitEvent } from './cot-things.ts'

/** Everything that peers may be told of, as it is now. */
export function* sharedThings(of: {
  picture: Pick<Picture, 'unit' | 'drone' | 'incident' | 'dictionary'>
  motion: Pick<MotionStore, 'find'>
  drones: Pick<DronesPort, 'get'>
  nowMs: number
}): Generator<SharedThing> {
  const { picture, motion, drones, nowMs } = of
  for (const unit of picture.unit.values()) {
    const mover = motion.find('unit', unit.handle)
    const event = unitEvent(
      unit,
      mover && { lngLat: mover.lngLat, atMs: mover.fixAtMs, speedMps: mover.speedMps, courseDeg: mover.headingDeg },
    )
    if (event) yield { kind: 'units', event }
  }
  for (const drone of picture.drone.values()) {
    const event = droneEvent(drone, drones.get(drone.id), nowMs)
    if (event) yield { kind: 'drones', event }
  }
  const dictionary = dictionaryOf(picture)
  for (const incident of picture.incident.values()) {
    const event = incidentEvent(incident, dictionary, nowMs)
    if (event) yield { kind: 'incidents', event }
  }
}
