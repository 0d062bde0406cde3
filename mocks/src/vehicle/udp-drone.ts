import { createSocket } from 'node:dgram'
import { createSequence, decode, encode, type Frame, framesOfDatagram, paramBytes } from '@skerry/mavlink-bridge'
import { extParamBytes } from '@skerry/mavlink-bridge/exchanges'
import type { SimClock, WallClock } from '../base/sim-clock.ts'
import type { Drone } from './drone.ts'
import type { Heard, Saying } from './mavlink.ts'

export interface UdpDroneOptions {
  readonly drone: Drone
  readonly systemId: number
  /** Ground station or bridge that the vehicle reports to, as a udpclient link of a real autopilot does. */
  readonly to: { host: string; port: number }
  readonly clock: WallClock
  readonly sim: SimClock
  /** Wall milliseconds between ticks. */
  readonly tickMs?: number
}
export interface UdpDrone {
  /** Own port: every vehicle has one of its own. */
  readonly port: number
  /** Datagrams that could not be sent (bridge away, no route): counted, never fatal. */
  readonly unsent: number
  close(): Promise<void>
}

/** A gap in the process (a suspended laptop) must not become one enormous step of the world. */
const LONGEST_TICK_MS = 500

/** Puts a drone behind a real UDP socket. Rejects where no socket can be opened. */
export async function startUdpDrone(o: UdpDroneOptions): Promise<UdpDrone> {
  const socket = createSocket('udp4')
  const sequences = new Map<number, () => number>()
  let unsent = 0
  let last = o.clock()

  const say = (says: readonly Saying[]): void => {
    for (const saying of says) {
      const bytes = encodeSaying(saying, o.systemId, sequences)
      socket.send(bytes, o.to.port, o.to.host, (error) => {
        if (error !== null) unsent++
      })
    }
  }
  socket.on('message', (bytes) => {
    for (const frame of framesOfDatagram(bytes)) {
      // Own frames that come back from a router are not for us.
      if (frame.sys === o.systemId) continue
      say(o.drone.hears(heardOf(frame), o.clock()))
    }
  })
  // Refused datagrams (the bridge is away) come back as errors on some systems.
  socket.on('error', () => unsent++)
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(0, () => {
      socket.off('error', reject)
      resolve()
    })
  })
  const timer = setInterval(() => {
    const wallMs = o.clock()
    const passed = Math.min(LONGEST_TICK_MS, Math.max(0, wallMs - last))
    last = wallMs
    say(o.drone.tick(wallMs, o.sim.worldS(passed)))
  }, o.tickMs ?? 50)

  return {
    port: socket.address().port,
    get unsent() {
      return unsent
    },
    close: () =>
      new Promise((resolve) => {
        clearInterval(timer)
        socket.close(() => resolve())
      }),
  }
}

/** What a drone hears of a frame. */
export function heardOf(frame: Frame): Heard {
  const heard = { sys: frame.sys, comp: frame.comp, message: decode(frame) as unknown as Heard['message'] }
  if (heard.message.name === 'PARAM_SET') return { ...heard, paramBytes: paramBytes(frame) }
  if (heard.message.name === 'PARAM_EXT_SET') return { ...heard, paramBytes: extParamBytes(frame, 'PARAM_EXT_SET') }
  return heard
}

/** Bytes of one message; each component of a vehicle counts its own sequence. */
export function encodeSaying(saying: Saying, systemId: number, sequences: Map<number, () => number>): Uint8Array {
  const sequence = sequences.get(saying.comp) ?? createSequence()
  sequences.set(saying.comp, sequence)
  return encode(saying.name as string, saying.fields as Parameters<typeof encode<string>>[1], {
    seq: sequence(),
    sys: systemId,
    comp: saying.comp,
  })
}
