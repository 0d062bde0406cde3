import type { Clock } from '../clock.ts'
import type { CommandDesk } from '../exchanges/command-desk.ts'
import type { VehiclePort } from '../exchanges/vehicle-port.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'

/** What an order needs of its vehicle. */
export interface OrderPorts {
  readonly clock: Clock
  readonly desk: CommandDesk
  readonly port: VehiclePort
  readonly vehicle: () => Vehicle
  /** Calls back after each change of the vehicle, until the answer is called. */
  readonly watch: (seen: (vehicle: Vehicle) => void) => () => void
  /** Texts of the autopilot, joined, until the answer is called. */
  readonly texts: (said: (text: string) => void) => () => void
}
