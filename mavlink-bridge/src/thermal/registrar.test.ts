import { expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { fakeLink } from '../testing/fake-link.ts'
import { heartbeat } from '../testing/vehicles.ts'
import { createSession, type Session } from '../vehicles/session.ts'
import type { TypedName } from '../wire/decode.ts'
import { encode, type EncodeFields } from '../wire/encode.ts'
import { framesOfDatagram } from '../wire/framer.ts'
import { type Registered } from './register.ts'
import { registerThermal } from './registrar.ts'

const DOWN = [Math.SQRT1_2, 0, -Math.SQRT1_2, 0]

it('places a frame between the telemetry before and after it, and in order', async () => {
  const clock = new FakeClock()
  const link = fakeLink()
  let session: Session | null = null
  const hear = <N extends TypedName>(name: N, fields: EncodeFields<N>, comp = 1): void => {
    for (const frame of framesOfDatagram(encode(name, fields, { seq: 0, sys: 1, comp }))) {
      const arrival = { peer: 'a', frame, atMs: clock.nowMs() }
      session ??= createSession(link, clock, arrival)
      session.take(arrival)
    }
  }
  let lat = 300_000_000
  const telemetry = (): void => {
    const boot = { time_boot_ms: clock.nowMs() % 100_000 }
    hear('ATTITUDE', { ...boot, roll: 0, pitch: 0, yaw: 0, rollspeed: 0, pitchspeed: 0, yawspeed: 0 })
    const place = { lat, lon: 1_221_000_000, alt: 80_000, relative_alt: 60_000, vx: 1000, vy: 0, vz: 0, hdg: 0 }
    hear('GLOBAL_POSITION_INT', { ...boot, ...place })
    const gimbal = { angular_velocity_x: 0, angular_velocity_y: 0, angular_velocity_z: 0, failure_flags: 0 }
    const target = { target_system: 0, target_component: 0 }
    hear('GIMBAL_DEVICE_ATTITUDE_STATUS', { ...boot, ...gimbal, ...target, q: DOWN, flags: 64 }, 154)
    lat += 1000
  }
  const frame = (max: number): void => {
    const points = { max_point_x: 0.5, max_point_y: 0.5, min_point_x: 0, min_point_y: 0 }
    hear('CAMERA_THERMAL_RANGE', { time_boot_ms: 0, max, min: 5, ...points, stream_id: 1, camera_device_id: 0 }, 100)
  }
  hear('HEARTBEAT', heartbeat(3))
  const target = session as Session | null
  if (target === null) throw new Error('no session')
  const readings: Registered[] = []
  const stop = registerThermal(target, clock, (reading) => readings.push(reading))
  const fov = { lat_camera: 0, lon_camera: 0, alt_camera: 0, lat_image: 0, lon_image: 0, alt_image: 0 }
  hear('CAMERA_FOV_STATUS', { time_boot_ms: 0, ...fov, q: DOWN, hfov: 45, vfov: 37 }, 100)
  telemetry() // at latitude 30.0000
  await clock.advance(100)
  telemetry() // 30.0001
  await clock.advance(50)
  frame(30)
  frame(31)
  expect(readings).toEqual([])
  await clock.advance(50)
  telemetry() // 30.0002
  await clock.advance(200)
  expect(readings.map(({ maxC }) => maxC)).toEqual([30, 31])
  // The frame came half way between the second and the third position.
  expect(readings[0]?.hot?.position[1]).toBeCloseTo(30.00015, 7)
  stop()
  expect(clock.waiting).toBe(0)
})
