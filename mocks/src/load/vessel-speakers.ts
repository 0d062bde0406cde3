import { createSocket } from 'node:dgram'
import { kindReport, nameReport, positionReport } from './aivdm.ts'
import { HOST, phase, type LoadCity } from './city-of-load.ts'
import type { Pose } from './route.ts'
import type { Speaker } from './schedule.ts'

const EVERY_MS = 5000
/** Ships say who they are every six minutes; at the start they do so within twenty seconds. */
const IDENTITY_EVERY_MS = 360_000
const IDENTITY_WITHIN_MS = 20_000
const VESSEL = 1

/** Every vessel by AIS: a position every five seconds, now and then its name and kind. */
export function vesselSpeakers(city: LoadCity): Speaker[] {
  const socket = createSocket('udp4')
  city.onStop(() => socket.close())
  const tell = (line: string): void => socket.send(line, city.ports.ais, HOST)
  return city.fleet.vessels.flatMap(({ mmsi, name, shipType, navStatus, route }, index): Speaker[] => [
    {
      everyMs: EVERY_MS,
      phaseMs: phase(index, EVERY_MS),
      speak(dueMs) {
        const atMs = Math.floor(city.at(dueMs) / 1000) * 1000
        const pose = inMinutes(route(atMs / 1000))
        city.log.sent(VESSEL, index, ...pose.lngLat)
        tell(positionReport(mmsi, navStatus, pose, (atMs / 1000) % 60))
      },
    },
    {
      everyMs: IDENTITY_EVERY_MS,
      phaseMs: phase(index, IDENTITY_WITHIN_MS),
      speak() {
        tell(nameReport(mmsi, name))
        tell(kindReport(mmsi, shipType, 40 + (mmsi % 140), 8 + (mmsi % 24)))
      },
    },
  ])
}

/** AIS counts ten-thousandths of a minute. */
const inMinutes = ({ lngLat: [lng, lat], ...pose }: Pose): Pose => ({
  ...pose,
  lngLat: [Math.round(lng * 600_000) / 600_000, Math.round(lat * 600_000) / 600_000],
})
