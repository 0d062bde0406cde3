import type { LngLat } from '@skerry/contract'
import { offsetM } from '../base/flat.ts'
import { streamFor, uniform } from '../base/rand.ts'
import type { FaultName } from '../faults/fault-names.ts'
import { withFault } from '../faults/with-fault.ts'
import type { SimClock, WallClock } from '../base/sim-clock.ts'
import { createDrone, type Stage } from '../vehicle/drone.ts'
import type { AutopilotName } from '../vehicle/modes.ts'
import { startUdpDrone, type UdpDrone } from '../vehicle/udp-drone.ts'

export interface DronesSetup {
  readonly stage: Stage
  readonly pads: readonly LngLat[]
  readonly firstSystemId: number
  /** What each of them plays; the list begins again when there are more drones. */
  readonly autopilots: readonly AutopilotName[]
  readonly bootMs: number
  readonly to: { host: string; port: number }
  readonly fault: FaultName | null
  readonly operatorControl: boolean
  readonly secondPayload: boolean
  readonly seed: number
  readonly clock: WallClock
  readonly sim: SimClock
}

/** One drone on each pad, in the wind of the day. */
export async function startDrones(s: DronesSetup): Promise<UdpDrone[]> {
  const weather = streamFor(s.seed, 'wind')
  const air = { windFromDeg: uniform(weather, 300, 380) % 360, windMps: uniform(weather, 2, 6), gustMps: 0.8 }
  const { origin, scene } = s.stage
  const groundAmslM = (at: LngLat): number => scene.groundAmslM(...offsetM(origin, at))
  const started: UdpDrone[] = []
  for (const [i, home] of s.pads.entries()) {
    const systemId = s.firstSystemId + i
    const homeAltAmslM = groundAmslM(home)
    const autopilot = s.autopilots[i % s.autopilots.length] ?? 'ardupilot'
    const place = { home, homeAltAmslM, headingDeg: 0, air, groundAmslM }
    const { bootMs, operatorControl, secondPayload } = s
    const setup = { autopilot, systemId, bootMs, operatorControl, secondPayload, ...place }
    const drone = withFault(createDrone(setup, s.stage, s.seed, s.clock()), s.fault)
    started.push(await startUdpDrone({ drone, systemId, to: s.to, clock: s.clock, sim: s.sim }))
  }
  return started
}
