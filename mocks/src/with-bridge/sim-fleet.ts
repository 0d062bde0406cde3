import type { CommandNotice, FenceNotice, UpkeepNotice, UploadNotice } from '@skerry/contract'
import { encode } from '@skerry/mavlink-bridge'
import {
  createFenceDesk,
  createFleet,
  createFlightDesk,
  createPlanDesk,
  createRandom,
  createUpkeepDesk,
  every,
  type FakeClock,
  type Losses,
  startHeartbeat,
} from '@skerry/mavlink-bridge/testing'
import { moved } from '../base/flat.ts'
import { EMPTY_SCENE, TEST_HOME } from '../vehicle/bench-rig.ts'
import { createDrone } from '../vehicle/drone.ts'
import { CMD, type Heard } from '../vehicle/mavlink.ts'
import type { Saying } from '../vehicle/mavlink.ts'
import type { AutopilotName } from '../vehicle/modes.ts'
import { simLink, type SimVehicle } from './sim-link.ts'

export interface SimFleetOptions {
  readonly clock: FakeClock
  readonly count: number
  readonly losses: Losses
  readonly seed: number
  readonly tickMs: number
  /** The vehicles obey one ground station at a time. */
  readonly operatorControl?: boolean
  /** They carry a second gimbal with a camera, as components of their own. */
  readonly secondPayload?: boolean
  /** Their thermal cameras do not describe their parameters. */
  readonly plainCamera?: boolean
  /** Who holds each drone. */
  readonly holder?: (droneId: string) => string | null
  readonly lets?: (vehicle: SimVehicle, said: Saying) => boolean
  readonly onSent?: (systemId: number, bytes: Uint8Array) => void
  readonly notify?: (notice: CommandNotice) => void
  readonly notifyUpload?: (notice: UploadNotice) => void
  readonly notifyFence?: (notice: FenceNotice) => void
  readonly notifyUpkeep?: (notice: UpkeepNotice) => void
  /** Policy of the bridge. */
  readonly setsWhileArmed?: boolean
}

const AIR = { windFromDeg: 315, windMps: 4, gustMps: 0.7 }
const HEIGHT_M = 40

/** The bridge without its server: fleet, desks and links, over simulated vehicles of both kinds in turns. */
export function simFleet(o: SimFleetOptions) {
  const { clock } = o
  const vehicles = Array.from({ length: o.count }, (_, i): SimVehicle => {
    const systemId = i + 1
    const autopilot: AutopilotName = i % 2 === 0 ? 'ardupilot' : 'px4'
    const home = moved(TEST_HOME, 30 * i, 0)
    const place = { home, homeAltAmslM: 0, headingDeg: 0, groundAmslM: () => 0, air: AIR }
    const { operatorControl = false, secondPayload = false, plainCamera = false } = o
    const setup = { autopilot, systemId, bootMs: 2000, operatorControl, secondPayload, plainCamera, ...place }
    const stage = { origin: TEST_HOME, scene: EMPTY_SCENE }
    return { systemId, drone: createDrone(setup, stage, o.seed + i, clock.nowMs()), silent: false }
  })
  const link = simLink({ ...o, vehicles, random: createRandom(o.seed).next, hear: (arrival) => fleet.hear(arrival) })
  const fleet = createFleet({ bridgeId: 'main', link, clock, onMember: () => undefined })
  const plans = createPlanDesk({ clock, notify: (notice) => o.notifyUpload?.(notice) })
  const fences = createFenceDesk({ clock, notify: (notice) => o.notifyFence?.(notice) })
  const upkeep = createUpkeepDesk({
    clock,
    plans,
    setsWhileArmed: o.setsWhileArmed ?? false,
    notify: (notice) => o.notifyUpkeep?.(notice),
  })
  const desk = createFlightDesk({
    fleet,
    plans,
    fences,
    upkeep,
    clock,
    allows: (_, token) => token === 'lease',
    holder: (droneId) => o.holder?.(droneId) ?? null,
    notify: (notice) => o.notify?.(notice),
  })
  const stops = [
    every(clock, 250, fleet.tick),
    // As the bridge beats: on a bad radio, aircraft that hear one in each second only come home by themselves.
    startHeartbeat({
      clock,
      isAlive: () => true,
      onChange: () => undefined,
      send() {
        for (const peer of link.peers()) link.send(peer, encode('HEARTBEAT', STATION, { seq: 0, sys: 255, comp: 190 }))
      },
    }),
  ]
  return {
    vehicles,
    otherSays: link.otherSays,
    fleet,
    desk,
    plans,
    fences,
    upkeep,
    close(): void {
      for (const stop of stops) stop()
      link.stop()
    },
  }
}
export type SimFleet = ReturnType<typeof simFleet>
const STATION = { type: 6, autopilot: 8, base_mode: 0, custom_mode: 0, system_status: 4 }

/** Puts a vehicle into the air by commands that no link can lose. */
export function lift({ drone, systemId }: SimVehicle, wallMs: number): void {
  const px4 = drone.vehicle.setup.autopilot === 'px4'
  const order = (command: number, ...p: number[]): void => {
    const at = (i: number): number => p[i] ?? 0
    const params = {
      param1: at(0),
      param2: at(1),
      param3: at(2),
      param4: at(3),
      param5: at(4),
      param6: at(5),
      param7: at(6),
    }
    const fields = { target_system: systemId, target_component: 1, command, confirmation: 0, ...params }
    const heard = { sys: 255, comp: 190, message: { name: 'COMMAND_LONG', fields } } as unknown as Heard
    drone.hears(heard, wallMs)
  }
  if (!px4) order(CMD.DO_SET_MODE, 1, 4)
  order(CMD.COMPONENT_ARM_DISARM, 1)
  order(CMD.NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, HEIGHT_M)
}
