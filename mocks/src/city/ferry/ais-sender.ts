import { createSocket } from 'node:dgram'
import type { WallClock } from '../../base/sim-clock.ts'
import { positionReport, staticData } from './ais-encode.ts'
import type { Fleet } from './boats.ts'

/** Ships under way speak every ten seconds, those alongside every three minutes, each of its name every six. */
const UNDER_WAY_MS = 10_000
const MOORED_MS = 180_000
const STATIC_MS = 360_000

/** Sends what the transponders of a fleet say as AIVDM over UDP, as a shore receiver does. */
export interface AisSender {
  tick(): void
  close(): Promise<void>
}

export function createAisSender(o: { fleet: Fleet; to: { host: string; port: number }; clock: WallClock }): AisSender {
  const { fleet, to, clock } = o
  const socket = createSocket('udp4')
  socket.unref()
  // Nobody may be listening yet: a datagram that was refused is lost, as on the air.
  socket.on('error', () => undefined)
  const said = new Map<number, { placeMs: number; staticMs: number; moored: boolean }>()
  return {
    tick() {
      const nowMs = clock()
      for (const { boat, lngLat, speedKn, courseDeg, moored } of fleet.places(nowMs)) {
        const { mmsi, shipName, fast, on } = boat
        const last = said.get(mmsi) ?? { placeMs: -Infinity, staticMs: -Infinity, moored }
        const lines: string[] = []
        const everyMs = moored && last.moored ? MOORED_MS : UNDER_WAY_MS
        if (nowMs - last.placeMs >= everyMs) {
          lines.push(...positionReport({ mmsi, lngLat, speedKn, courseDeg, moored, atMs: nowMs }))
          last.placeMs = nowMs
        }
        if (nowMs - last.staticMs >= STATIC_MS) {
          lines.push(...staticData({ mmsi, shipName, fast, destination: on?.way.to ?? boat.lies }))
          last.staticMs = nowMs
        }
        said.set(mmsi, { ...last, moored })
        if (lines.length > 0) socket.send(`${lines.join('\r\n')}\r\n`, to.port, to.host, () => undefined)
      }
    },
    close: () => new Promise((resolve) => void socket.close(() => resolve())),
  }
}
