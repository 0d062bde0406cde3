import type { DroneStatus } from '@skerry/contract'
import { podCap, sweepWidth } from '@skerry/search'
import type { SensorCover } from '../domain/context.ts'

/**
 * What the sensor is assumed to look at and look with, until someone states otherwise: island scrub (40 % of positions
 * hidden from above) at moderate contrast, and a common 640 x 512 thermal camera with a 9.1 mm lens. ASSUMPTIONS, shown
 * as such: no sweep width of a thermal drone has been published.
 */
const COVER = 'scrub'
const CONTRAST = 'moderate'
const COMMON_CAMERA = { hfovRad: 0.799, widthPx: 640 }

/** Highest probability of detection over the assumed ground, however often it is flown. */
export const POD_CAP = podCap(COVER)

/** The vehicle's camera, where what it says of itself makes sense. */
function cameraOf(status: DroneStatus | null): { hfovRad: number; widthPx: number } {
  const camera = status?.camera
  return camera && camera.hfovRad > 0 && camera.hfovRad < 3 && camera.widthPx > 0 ? camera : COMMON_CAMERA
}

/** Swath and sweep width of a vehicle's camera looking down from `heightM` above ground. */
export function sensorCover(status: DroneStatus | null, heightM: number, speedMps: number): SensorCover {
  const camera = cameraOf(status)
  const { swathM, sweepWidthM } = sweepWidth({ camera, heightM, cover: COVER, contrast: CONTRAST, speedMps })
  return { swathM, sweepWidthM }
}

/** Height over flat ground from which a downward camera sees `swathM`, metres. */
export const heightOfSwathM = (status: DroneStatus | null, swathM: number): number =>
  swathM / (2 * Math.tan(cameraOf(status).hfovRad / 2))
