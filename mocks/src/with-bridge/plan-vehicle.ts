import type { EncodeFields, TypedName } from '@skerry/mavlink-bridge'
import { every, type FakeClock, type lossyPort } from '@skerry/mavlink-bridge/testing'
import type { FaultName } from '../faults/fault-names.ts'
import { bendHeard, bendSaid, type Bent, notBent, outOfTheBlue } from '../faults/faults.ts'
import { TEST_HOME } from '../vehicle/bench-rig.ts'
import type { Heard, Saying } from '../vehicle/mavlink.ts'
import type { AutopilotName } from '../vehicle/modes.ts'
import { ARDUPILOT_PLANS, ARDUPLANE_PLANS } from '../vehicle/plans/ardupilot-plans.ts'
import { PX4_PLANS } from '../vehicle/plans/px4-plans.ts'
import type { PlanItem } from '../vehicle/plans/plan-item.ts'
import { NO_PLANS, type Out, type Transfer } from '../vehicle/plans/transfer.ts'

/** Plans only, no flight: the autopilot's own steps behind a link, with a heartbeat beside them. */
export interface PlanVehicle {
  transfer(): Transfer
  /** Plans as they are before the test begins. */
  hold(transfer: Partial<Transfer>): void
  /** The mission is being flown. */
  inAuto: boolean
  /** Switches a fault on or off. */
  fault: FaultName | null
  stop(): void
}

const TICK_MS = 125
const MANNERS = { ardupilot: ARDUPILOT_PLANS, arduplane: ARDUPLANE_PLANS, px4: PX4_PLANS } as const
const HOME: PlanItem = {
  command: 16,
  frame: 0,
  params: [0, 0, 0, 0],
  x: Math.round(TEST_HOME[1] * 1e7),
  y: Math.round(TEST_HOME[0] * 1e7),
  z: 0,
}
const BEAT = { base_mode: 81, custom_mode: 0, system_status: 3 }

/** @param autopilot `arduplane`: an ArduPilot that flies a plane */
export function planVehicle(
  autopilot: AutopilotName | 'arduplane',
  clock: FakeClock,
  link: ReturnType<typeof lossyPort>,
): PlanVehicle {
  const manners = MANNERS[autopilot]
  const beat = { ...BEAT, type: autopilot === 'arduplane' ? 1 : 2, autopilot: autopilot === 'px4' ? 12 : 3 }
  let transfer: Transfer = NO_PLANS
  let bent: Bent = notBent
  const say = (says: readonly Saying[]): void => {
    for (const said of says) link.say(said.name, said.fields as EncodeFields<TypedName>, said.comp)
  }
  function take([next, ...says]: Out): void {
    transfer = next
    const [after, out] = bendSaid(vehicle.fault, bent, says)
    bent = after
    say(out)
  }
  link.attach((message, from) => {
    const heard = { ...from, message } as unknown as Heard
    const [after, passes, says] = bendHeard(vehicle.fault, bent, heard)
    bent = after
    say(says)
    if (passes) take(manners.hears(transfer, heard, { wallMs: clock.nowMs(), inAuto: vehicle.inAuto, home: HOME }))
  })
  const stops = [
    every(clock, TICK_MS, () => {
      take(manners.waits(transfer, clock.nowMs()))
      const [after, blue] = outOfTheBlue(vehicle.fault, bent, clock.nowMs())
      bent = after
      say(blue)
    }),
    every(clock, 1000, () => link.say('HEARTBEAT', beat)),
  ]
  const vehicle: PlanVehicle = {
    transfer: () => transfer,
    hold: (given) => void (transfer = { ...transfer, ...given }),
    inAuto: false,
    fault: null,
    stop: () => {
      for (const stop of stops) stop()
    },
  }
  return vehicle
}
