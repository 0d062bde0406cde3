import { type Camera, cameraKey, type CameraState } from '../vehicles/cameras.ts'
import { gimbalKey, type GimbalManager, type GimbalSample } from '../vehicles/gimbals.ts'
import { observeHeartbeat } from '../vehicles/observe.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'

export const ARMED = 0x80 | 1
export const DISARMED = 1

/** HEARTBEAT of an ArduCopter (or another autopilot), as its fields. */
export const heartbeat = (customMode: number, { armed = true, status = 4, autopilot = 3, type = 2 } = {}) => ({
  custom_mode: customMode,
  type,
  autopilot,
  base_mode: armed ? ARMED : DISARMED,
  system_status: status,
  mavlink_version: 3,
})

/** An ArduCopter in the air in some mode, hovering 60 m above its pad. */
export function copterInAir(customMode: number, atMs: number): Vehicle {
  const vehicle = observeHeartbeat(null, { sys: 1, comp: 1 }, heartbeat(customMode), atMs)
  return {
    ...vehicle,
    headingDeg: 0,
    groundSpeedMps: 0,
    climbMps: 0,
    positions: [
      {
        atMs,
        lngLat: [122.1, 30],
        altAmslM: 70,
        heightAboveTakeoffM: 60,
        velocityMps: [0, 0, 0],
        headingDeg: 0,
      },
    ],
  }
}

/** A camera of its own, without anything that it could say. */
export const camera = (over: Partial<Camera> = {}): Camera => ({
  comp: 100,
  deviceId: 0,
  vendor: 'V',
  model: 'M',
  flags: 0,
  widthPx: 640,
  heightPx: 512,
  lensFovRad: null,
  gimbalDevice: 0,
  definition: null,
  ...over,
})

/** What one camera is and says now, as part of a vehicle. */
export const withOneCamera = (
  one: Camera,
  says: Partial<CameraState> = {},
): Pick<Vehicle, 'cameras' | 'cameraStates'> => ({
  cameras: new Map([[cameraKey(one), one]]),
  cameraStates: new Map([
    [cameraKey(one), { zoom: null, images: null, lastImage: null, fovRad: null, thermal: null, ...says }],
  ]),
})

/** Gimbals as parts of a vehicle. */
export const withGimbals = (...managers: GimbalManager[]): Pick<Vehicle, 'gimbals'> => ({
  gimbals: new Map(managers.map((manager) => [gimbalKey(manager), manager])),
})
/** Attitude of the gimbal with that device id. */
export const looking = (samples: readonly GimbalSample[], deviceId = 1): Pick<Vehicle, 'gimbalSamples'> => ({
  gimbalSamples: new Map(samples.length === 0 ? [] : [[deviceId, samples]]),
})
