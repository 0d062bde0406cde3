export { createSimClock, type SimClock, type WallClock } from './base/sim-clock.ts'
export { createDrone, type Drone, type Stage } from './vehicle/drone.ts'
export { startUdpDrone, type UdpDrone, type UdpDroneOptions } from './vehicle/udp-drone.ts'
export type { VehicleSetup } from './vehicle/vehicle.ts'
