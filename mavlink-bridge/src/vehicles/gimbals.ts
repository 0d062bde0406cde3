import { mainCamera } from './cameras.ts'
import { remember } from './history.ts'
import { OWN } from './own.ts'
import type { Vehicle } from './vehicle.ts'

export interface GimbalSample {
  readonly atMs: number
  /** Rotation from camera (forward, right, down) to level axes turned by `yawFrame`: w, x, y, z. */
  readonly q: readonly [number, number, number, number]
  /** What yaw 0 is: true north, or the nose of the vehicle. */
  readonly yawFrame: 'earth' | 'vehicle'
}

/** Who speaks for one gimbal; manager and device are one to one (gimbal protocol v2). */
export interface GimbalManager {
  /** Component of the manager: the autopilot, a companion, or the gimbal itself. */
  readonly comp: number
  /** Component id of the gimbal, or 1..6 for one that speaks no MAVLink. */
  readonly deviceId: number
  /** Who steers it, as the manager last said. */
  readonly control: { readonly sys: number; readonly comp: number; readonly atMs: number } | null
}

/** Names a gimbal within its vehicle. */
export const gimbalKey = ({ comp, deviceId }: Pick<GimbalManager, 'comp' | 'deviceId'>): string => `${comp}-${deviceId}`

export const isOurGimbal = ({ control }: GimbalManager): boolean =>
  control?.sys === OWN.sys && control.comp === OWN.comp

/** A manager that introduced itself, GIMBAL_MANAGER_INFORMATION. */
export function withManager(vehicle: Vehicle, comp: number, device: number): Vehicle {
  const manager = { comp, deviceId: device === 0 ? comp : device }
  const key = gimbalKey(manager)
  if (vehicle.gimbals.has(key)) return vehicle
  return { ...vehicle, gimbals: new Map(vehicle.gimbals).set(key, { ...manager, control: null }) }
}

/** A manager says who steers its gimbal. One that does not say which gimbal means its only one. */
export function withControl(
  vehicle: Vehicle,
  comp: number,
  device: number,
  control: NonNullable<GimbalManager['control']>,
): Vehicle {
  const own = [...vehicle.gimbals.values()].filter((manager) => manager.comp === comp)
  const manager = own.find(({ deviceId }) => deviceId === device) ?? (own.length === 1 ? own[0] : undefined)
  if (manager === undefined) return vehicle
  return { ...vehicle, gimbals: new Map(vehicle.gimbals).set(gimbalKey(manager), { ...manager, control }) }
}

/** Gimbals do not come by the dozen: attitudes of more are not kept. */
const MOST_DEVICES = 8

/** @param device as GIMBAL_DEVICE_ATTITUDE_STATUS says, 0: the sender itself */
export function withAttitude(vehicle: Vehicle, comp: number, device: number, sample: GimbalSample): Vehicle {
  const id = device === 0 ? comp : device
  const before = vehicle.gimbalSamples.get(id) ?? []
  if (before.length === 0 && vehicle.gimbalSamples.size >= MOST_DEVICES) return vehicle
  return { ...vehicle, gimbalSamples: new Map(vehicle.gimbalSamples).set(id, remember(before, sample)) }
}

/** Attitude of one gimbal, newest last. Where only one gimbal speaks it is that one, whatever number it gives itself. */
export function samplesOf(vehicle: Vehicle, deviceId: number): readonly GimbalSample[] {
  const own = vehicle.gimbalSamples.get(deviceId)
  if (own !== undefined) return own
  const [only, ...others] = vehicle.gimbalSamples.values()
  return only !== undefined && others.length === 0 && vehicle.gimbals.size <= 1 ? only : []
}

/**
 * The gimbal that carries the main camera: the one that the camera names, else the only one. Null where there are
 * several and the camera names none of them.
 */
export function mainGimbal(vehicle: Vehicle): GimbalManager | null {
  const managers = [...vehicle.gimbals.values()]
  const device = mainCamera(vehicle)?.gimbalDevice ?? 0
  const named = managers.find(({ deviceId }) => device !== 0 && deviceId === device)
  return named ?? (managers.length === 1 ? (managers[0] ?? null) : null)
}

export const gimbalNamed = (vehicle: Vehicle, key: string | undefined): GimbalManager | null =>
  key === undefined ? mainGimbal(vehicle) : (vehicle.gimbals.get(key) ?? null)

/** Attitude of what carries the main camera, also where a gimbal has no manager; or why nobody knows which that is. */
export function cameraAttitudes(vehicle: Vehicle): readonly GimbalSample[] | 'unclear' {
  const manager = mainGimbal(vehicle)
  if (manager !== null) return samplesOf(vehicle, manager.deviceId)
  const device = mainCamera(vehicle)?.gimbalDevice ?? 0
  const named = device === 0 ? undefined : vehicle.gimbalSamples.get(device)
  if (named !== undefined) return named
  if (vehicle.gimbals.size > 1 || vehicle.gimbalSamples.size > 1) return 'unclear'
  return [...vehicle.gimbalSamples.values()][0] ?? []
}
