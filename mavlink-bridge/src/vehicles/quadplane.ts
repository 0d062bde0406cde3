import type { Vehicle } from './vehicle.ts'

/** ArduPlane's modes that only a quadplane has: QLOITER and QLAND. */
export const QUADPLANE = { QLOITER: 19, QLAND: 20 } as const
/** QSTABILIZE to QACRO: in these it hovers. */
const isHoverMode = (mode: number): boolean => mode >= 17 && mode <= 23

type Known = Pick<Vehicle, 'autopilot' | 'kind' | 'words' | 'vtol' | 'customMode' | 'offeredModes'>
const isArduPlane = ({ autopilot, kind }: Known): boolean => autopilot === 'ardupilot' && kind === 'plane'

/** Whether an ArduPlane can hover. By default (Q_MAV_TYPE) a quadplane calls itself a fixed-wing: other signs tell it. */
export const isQuadplane = (vehicle: Known): boolean =>
  isArduPlane(vehicle) &&
  (vehicle.words === 'vtol' ||
    vehicle.vtol !== null ||
    isHoverMode(vehicle.customMode) ||
    vehicle.offeredModes.has(QUADPLANE.QLAND))

/** Whether it hovers now, or is on its way to or from that: a mode of forward flight would make it fly on. */
export const hoversAsQuadplane = (vehicle: Known): boolean =>
  isArduPlane(vehicle) &&
  (vehicle.vtol === 'multicopter' || vehicle.vtol === 'transition' || isHoverMode(vehicle.customMode))
