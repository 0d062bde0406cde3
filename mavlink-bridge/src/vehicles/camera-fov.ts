import type { Vehicle } from './vehicle.ts'

const radians = (deg: number): number => (deg * Math.PI) / 180
/** A stream that differs from the camera by more than its rounding to whole degrees is another sensor. */
const SAME_SENSOR_RAD = radians(1.5)

/**
 * Full angles of view of the thermal picture, horizontal and vertical, rad. The running camera's own word first, then
 * lens and sensor size; the stream's whole degrees only where the picture comes from another sensor, or nothing else is
 * known. Null when nobody said.
 */
export function cameraFov(vehicle: Vehicle): readonly [horizontal: number, vertical: number] | null {
  const camera = vehicle.cameraFovRad ?? vehicle.camera?.lensFovRad ?? null
  const stream = vehicle.thermalStream
  if (stream === null || stream.hfovDeg <= 0 || stream.hfovDeg >= 180) return camera
  const hfovRad = radians(stream.hfovDeg)
  if (camera !== null && Math.abs(camera[0] - hfovRad) < SAME_SENSOR_RAD) return camera
  if (stream.widthPx <= 0 || stream.heightPx <= 0) return camera
  return [hfovRad, 2 * Math.atan((Math.tan(hfovRad / 2) * stream.heightPx) / stream.widthPx)]
}
