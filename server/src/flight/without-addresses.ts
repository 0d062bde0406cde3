import type { DroneStatus } from '@skerry/contract'

/** A status as consoles are told it: where its video is to be had is told through an approved act alone. */
export const withoutAddresses = (status: DroneStatus): DroneStatus =>
  status.camera?.streams === undefined
    ? status
    : {
        ...status,
        camera: { ...status.camera, streams: status.camera.streams.map((stream) => ({ ...stream, uri: '' })) },
      }
