import { decodeAs } from '../wire/decode.ts'
import type { Frame } from '../wire/frame.ts'

/** Ground stations take their system ids from here upward (255 downward), vehicles from 1. */
const FIRST_STATION_SYS = 250
/** MAV_TYPE_GCS */
const TYPE_GCS = 6

/** Tells frames of vehicles from those of ground stations: by system id, and by what a sender's heartbeat says. */
export function createVehicleFilter(): (frame: Frame) => boolean {
  const stations = new Set<number>()
  return (frame) => {
    const sender = frame.sys * 256 + frame.comp
    if (decodeAs('HEARTBEAT', frame)?.type === TYPE_GCS) stations.add(sender)
    return frame.sys < FIRST_STATION_SYS && !stations.has(sender)
  }
}
