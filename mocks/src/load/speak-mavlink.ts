import { createSocket } from 'node:dgram'
import {
  createSequence,
  decode,
  encode,
  framesOfDatagram,
  type EncodeFields,
  type TypedName,
} from '@skerry/mavlink-bridge'
import type { Pose } from './route.ts'

const MAV_TYPE_QUADROTOR = 2
const MAV_AUTOPILOT_ARDUPILOTMEGA = 3
const ARMED_CUSTOM_MODE = 0x81
const COPTER_AUTO = 3
const MAV_STATE_ACTIVE = 4
const COMMAND_LONG_UNSUPPORTED = 3
const HEIGHT_MM = 60_000

/** As much of a vehicle as a full picture needs: it beats, says where it is, and declines everything it is asked. */
export interface LoadVehicle {
  beat(): void
  position(pose: Pose, bootMs: number): void
  close(): Promise<void>
}

export async function startLoadVehicle(systemId: number, to: { host: string; port: number }): Promise<LoadVehicle> {
  const socket = createSocket('udp4')
  const sequence = createSequence()
  const say = <N extends TypedName>(name: N, fields: EncodeFields<N>): void =>
    socket.send(encode(name, fields, { seq: sequence(), sys: systemId, comp: 1 }), to.port, to.host)
  socket.on('error', () => undefined)
  socket.on('message', (bytes) => {
    for (const frame of framesOfDatagram(bytes)) {
      const { name, fields } = decode(frame) as { name: string; fields: { command?: number } }
      if (name === 'COMMAND_LONG' && fields.command !== undefined)
        say('COMMAND_ACK', {
          command: fields.command,
          result: COMMAND_LONG_UNSUPPORTED,
          progress: 0,
          result_param2: 0,
          target_system: frame.sys,
          target_component: frame.comp,
        })
    }
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(0, '127.0.0.1', resolve)
  })
  return {
    beat() {
      say('HEARTBEAT', {
        type: MAV_TYPE_QUADROTOR,
        autopilot: MAV_AUTOPILOT_ARDUPILOTMEGA,
        base_mode: ARMED_CUSTOM_MODE,
        custom_mode: COPTER_AUTO,
        system_status: MAV_STATE_ACTIVE,
      })
    },
    position({ lngLat: [lng, lat], headingDeg, speedMps }, bootMs) {
      const rad = (headingDeg * Math.PI) / 180
      say('GLOBAL_POSITION_INT', {
        time_boot_ms: Math.round(bootMs) >>> 0,
        lat: Math.round(lat * 1e7),
        lon: Math.round(lng * 1e7),
        alt: HEIGHT_MM,
        relative_alt: HEIGHT_MM,
        vx: Math.round(Math.cos(rad) * speedMps * 100),
        vy: Math.round(Math.sin(rad) * speedMps * 100),
        vz: 0,
        hdg: Math.round(headingDeg * 100) % 36_000,
      })
    },
    close: () => new Promise((resolve) => void socket.close(() => resolve())),
  }
}
