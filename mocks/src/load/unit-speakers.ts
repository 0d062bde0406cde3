import { createSocket } from 'node:dgram'
import { Agent, request } from 'node:http'
import { HOST, phase, rounded, type LoadCity } from './city-of-load.ts'
import { cotEvent } from './cot-event.ts'
import { readSecret, terminalOf, trackerKey } from './declare.ts'
import type { LoadUnit, UnitProtocol } from './fleet.ts'
import type { Speaker } from './schedule.ts'
import { startTerminal } from './speak-jt808.ts'

const EVERY_MS = 1000
const UNIT = 0
const TERMINALS_AT_ONCE = 50
const TRACKER_SOCKETS = 64
const KNOT_MPS = 1852 / 3600

/** Every unit by its protocol, once a second. Rejects where a terminal is not let in. */
export async function unitSpeakers(city: LoadCity): Promise<Speaker[]> {
  return [...takDevices(city), ...trackers(city), ...(await terminals(city))]
}

const of = ({ fleet }: LoadCity, protocol: UnitProtocol): { unit: LoadUnit; index: number }[] =>
  fleet.units.flatMap((unit, index) => (unit.protocol === protocol ? [{ unit, index }] : []))

/** Cursor on Target, datagrams. */
function takDevices(city: LoadCity): Speaker[] {
  const socket = createSocket('udp4')
  city.onStop(() => socket.close())
  return of(city, 'cot').map(({ unit, index }) => ({
    everyMs: EVERY_MS,
    phaseMs: phase(index, EVERY_MS),
    speak(dueMs) {
      const atMs = city.at(dueMs)
      const pose = rounded(unit.route(atMs / 1000), 7)
      city.log.sent(UNIT, index, ...pose.lngLat)
      socket.send(cotEvent(`tak-${unit.id}`, pose, atMs), city.ports.cot, HOST)
    },
  }))
}

/** OsmAnd protocol, one HTTP request each. */
function trackers(city: LoadCity): Speaker[] {
  const agent = new Agent({ keepAlive: true, maxSockets: TRACKER_SOCKETS })
  const secret = readSecret(city.folder)
  city.onStop(() => agent.destroy())
  return of(city, 'osmand').map(({ unit, index }) => {
    const key = trackerKey(secret, unit)
    return {
      everyMs: EVERY_MS,
      phaseMs: phase(index, EVERY_MS),
      speak(dueMs) {
        const atMs = Math.round(city.at(dueMs))
        const { lngLat, speedMps, headingDeg } = rounded(unit.route(atMs / 1000), 7)
        city.log.sent(UNIT, index, ...lngLat)
        const where = `lat=${lngLat[1]}&lon=${lngLat[0]}&speed=${(speedMps / KNOT_MPS).toFixed(1)}`
        const more = `bearing=${headingDeg.toFixed(0)}&accuracy=8&timestamp=${atMs}`
        const path = `/${key}?id=${unit.id}&${where}&${more}`
        request({ host: HOST, port: city.ports.osmand, path, agent }, (answer) => answer.resume())
          .on('error', () => undefined)
          .end()
      },
    }
  })
}

/** JT/T 808, one TCP connection each; these report whole seconds. */
async function terminals(city: LoadCity): Promise<Speaker[]> {
  const mine = of(city, 'jt808')
  const speakers: Speaker[] = []
  for (let i = 0; i < mine.length; i += TERMINALS_AT_ONCE)
    speakers.push(...(await Promise.all(mine.slice(i, i + TERMINALS_AT_ONCE).map(started))))
  return speakers

  async function started({ unit, index }: { unit: LoadUnit; index: number }): Promise<Speaker> {
    const terminal = await startTerminal(terminalOf(unit), { host: HOST, port: city.ports.jt808 })
    city.onStop(terminal.close)
    return {
      everyMs: EVERY_MS,
      phaseMs: phase(index, EVERY_MS),
      speak(dueMs) {
        const atMs = Math.floor(city.at(dueMs) / 1000) * 1000
        const pose = rounded(unit.route(atMs / 1000), 6)
        city.log.sent(UNIT, index, ...pose.lngLat)
        terminal.report(pose, atMs)
      },
    }
  }
}
