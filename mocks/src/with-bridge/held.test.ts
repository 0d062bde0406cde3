import type { Plan } from '@skerry/contract'
import { FakeClock, NO_LOSS } from '@skerry/mavlink-bridge/testing'
import { expect, it } from 'vitest'
import { moved } from '../base/flat.ts'
import { TEST_HOME } from '../vehicle/bench-rig.ts'
import { heldAtRest } from './held.ts'
import { lift, simFleet } from './sim-fleet.ts'

const PLAN: Plan = {
  steps: [
    { do: 'takeoff', heightM: 30 },
    { do: 'fly-to', position: moved(TEST_HOME, 0, 60) as [number, number], heightM: 30 },
    { do: 'return' },
  ],
}

it('holds no more timers and listeners after uploads, orders and silences than before', async () => {
  const clock = new FakeClock()
  const losses = { ...NO_LOSS, lost: 0.05, rttMs: 120 }
  const sim = simFleet({ clock, count: 2, losses, seed: 3, tickMs: 1000, lets: (_, said) => said.comp === 1 })
  const before = await heldAtRest(clock, sim)
  let n = 0
  for (const { droneId } of sim.fleet.members()) {
    const common = () => ({ commandId: `c${n++}`, droneId, leaseToken: 'lease', expiresAtMs: clock.nowMs() + 60_000 })
    expect(sim.desk.upload({ ...common(), plan: PLAN }).ok).toBe(true)
    await clock.advance(60_000)
    void sim.desk.readBack({ droneId, expect: PLAN })
    await clock.advance(60_000)
  }
  for (const vehicle of sim.vehicles) lift(vehicle, clock.nowMs())
  await clock.advance(30_000)
  for (const { droneId } of sim.fleet.members())
    sim.desk.order({
      commandId: `c${n++}`,
      droneId,
      leaseToken: 'lease',
      expiresAtMs: clock.nowMs() + 60_000,
      order: 'return',
      takeoffHeightM: null,
    })
  for (const vehicle of sim.vehicles) vehicle.silent = true
  await clock.advance(120_000)
  for (const vehicle of sim.vehicles) vehicle.silent = false
  expect(await heldAtRest(clock, sim)).toEqual(before)
  sim.close()
}, 60_000)
