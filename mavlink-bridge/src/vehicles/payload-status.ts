import type { DroneStatus } from '@skerry/contract'
import { settingsOf } from './camera-settings.ts'
import {
  type Camera,
  cameraFov,
  cameraKey,
  cameraState,
  hasThermalRange,
  hasZoom,
  mainCamera,
  streamsOf,
  takesPhotos,
  thermalStream,
} from './cameras.ts'
import { cameraAttitudes, type GimbalManager, gimbalKey, type GimbalSample, mainGimbal, samplesOf } from './gimbals.ts'
import { OWN } from './own.ts'
import type { Vehicle } from './vehicle.ts'

/** Cameras and gimbals as the server sees them. */
export function payloadOf(
  vehicle: Vehicle,
): Pick<DroneStatus, 'camera' | 'cameras' | 'gimbal' | 'gimbals' | 'gimbalControl'> {
  const attitudes = cameraAttitudes(vehicle)
  const sample = attitudes === 'unclear' ? undefined : attitudes.at(-1)
  return {
    camera: cameraOf(vehicle),
    ...(vehicle.cameras.size > 1 ? { cameras: [...vehicle.cameras.values()].map((one) => briefOf(vehicle, one)) } : {}),
    gimbal: sample === undefined ? null : anglesOf(sample),
    ...gimbalsOf(vehicle),
  }
}

const briefOf = (vehicle: Vehicle, camera: Camera) => {
  const { zoom, images } = cameraState(vehicle, camera)
  return {
    id: cameraKey(camera),
    vendor: camera.vendor,
    model: camera.model,
    thermal: streamsOf(vehicle, camera).some(({ thermal }) => thermal),
    zoomPercent: zoom?.percent ?? null,
    images: images?.count ?? null,
    can: { zoom: hasZoom(camera), photo: takesPhotos(camera) },
  }
}

function cameraOf(vehicle: Vehicle): DroneStatus['camera'] {
  const camera = mainCamera(vehicle)
  const fov = cameraFov(vehicle)
  if (camera === null || fov === null) return null
  const stream = thermalStream(vehicle)
  const { widthPx, heightPx } = stream ?? camera
  const { thermal } = cameraState(vehicle, camera)
  const settings = settingsOf(vehicle, camera).map(({ id, value, options }) => ({ id, value, options: [...options] }))
  const measures = hasThermalRange(camera) || thermal !== null
  return {
    ...briefOf(vehicle, camera),
    hfovRad: fov[0],
    vfovRad: fov[1],
    widthPx,
    heightPx,
    streams: [...vehicle.videoStreams.values()].map(({ id, name, thermal: isThermal, uri }) => ({
      id,
      name,
      thermal: isThermal,
      uri,
    })),
    ...(settings.length === 0 ? {} : { settings }),
    ...(measures
      ? {
          thermalRange: {
            minC: thermal?.minC ?? null,
            maxC: thermal?.maxC ?? null,
            atMs: thermal?.atMs ?? null,
            measuring: stream?.rangeEnabled ?? null,
          },
        }
      : {}),
  }
}

function gimbalsOf(vehicle: Vehicle): Pick<DroneStatus, 'gimbals' | 'gimbalControl'> {
  const managers = [...vehicle.gimbals.values()]
  if (managers.length === 0) return {}
  const main = mainGimbal(vehicle)
  return {
    gimbalControl: main === null ? null : controlOf(main),
    gimbals: managers.map((manager) => {
      const sample = samplesOf(vehicle, manager.deviceId).at(-1)
      return {
        id: gimbalKey(manager),
        control: controlOf(manager),
        ofCamera: main !== null && gimbalKey(main) === gimbalKey(manager),
        looks: sample === undefined ? null : anglesOf(sample),
      }
    }),
  }
}

const controlOf = ({ control }: GimbalManager): 'ours' | 'other' | 'nobody' | null => {
  if (control === null) return null
  return control.sys === 0 ? 'nobody' : control.sys === OWN.sys && control.comp === OWN.comp ? 'ours' : 'other'
}

function anglesOf({ q: [w, x, y, z], yawFrame, atMs }: GimbalSample) {
  const pitchRad = Math.asin(Math.max(-1, Math.min(1, 2 * (w * y - z * x))))
  const yawRad = Math.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z))
  return { pitchRad, yawRad, yawFrame, atMs }
}
