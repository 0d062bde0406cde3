import { phase, rounded, type LoadCity } from './city-of-load.ts'
import type { Speaker } from './schedule.ts'
import { startLoadVehicle } from './speak-mavlink.ts'

const EVERY_MS = 100
const BEAT_EVERY_MS = 1000
const DRONE = 2

/** Every drone by MAVLink: ten positions a second and a heartbeat. */
export async function droneSpeakers(city: LoadCity): Promise<Speaker[]> {
  const speakers: Speaker[] = []
  for (const [index, { systemId, route }] of city.fleet.drones.entries()) {
    const vehicle = await startLoadVehicle(systemId, city.mavlink)
    city.onStop(vehicle.close)
    const phaseMs = phase(index, EVERY_MS)
    speakers.push({ everyMs: BEAT_EVERY_MS, phaseMs, speak: vehicle.beat })
    speakers.push({
      everyMs: EVERY_MS,
      phaseMs,
      speak(dueMs) {
        const pose = rounded(route(dueMs / 1000), 7)
        city.log.sent(DRONE, index, ...pose.lngLat)
        vehicle.position(pose, dueMs)
      },
    })
  }
  return speakers
}
