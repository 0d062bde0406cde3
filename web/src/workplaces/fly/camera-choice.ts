import type { DroneStatus } from '@skerry/contract'

type Status = Pick<DroneStatus, 'camera' | 'cameras' | 'gimbal' | 'gimbals' | 'gimbalControl'>
type Brief = NonNullable<DroneStatus['cameras']>[number]
type Gimbal = NonNullable<DroneStatus['gimbals']>[number]

/** The camera that orders go to: the chosen one while it is there, else the main one. */
export function chosenCamera(status: Status, id: string | null): Pick<Brief, 'zoomPercent' | 'can'> | null {
  const found = status.cameras?.find((one) => one.id === id)
  if (found !== undefined) return found
  const { camera } = status
  return camera === null
    ? null
    : { zoomPercent: camera.zoomPercent ?? null, can: camera.can ?? { zoom: false, photo: false } }
}

/** The gimbal that orders go to: the chosen one while it is there, else the one that carries the main camera. */
export const chosenGimbal = (status: Status, id: string | null): Gimbal | null => {
  const all = status.gimbals ?? []
  return all.find((one) => one.id === id) ?? all.find(({ ofCamera }) => ofCamera) ?? null
}
