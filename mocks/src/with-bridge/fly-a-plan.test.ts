import type { CommandNotice, Plan, UploadNotice } from '@skerry/contract'
import { FakeClock } from '@skerry/mavlink-bridge/testing'
import { expect, it } from 'vitest'
import { moved } from '../base/flat.ts'
import { TEST_HOME } from '../vehicle/bench-rig.ts'
import { CMD, type Heard } from '../vehicle/mavlink.ts'
import { simFleet, type SimFleet } from './sim-fleet.ts'

const plan: Plan = {
  steps: [
    { do: 'takeoff', heightM: 30 },
    { do: 'speed', groundSpeedMps: 8 },
    { do: 'fly-to', position: moved(TEST_HOME, 0, 90) as [number, number], heightM: 30 },
    { do: 'return' },
  ],
}

async function town(seed: number) {
  const clock = new FakeClock()
  const uploads = new Map<string, UploadNotice>()
  const commands = new Map<string, CommandNotice>()
  const sim = simFleet({
    clock,
    count: 2,
    losses: { lost: 0.1, doubled: 0.05, late: 0.05, rttMs: 120 },
    seed,
    tickMs: 100,
    lets: (_, said) => said.comp === 1,
    notify: (notice) => commands.set(notice.droneId, notice),
    notifyUpload: (notice) => uploads.set(notice.droneId, notice),
  })
  await clock.advance(6000)
  const members = sim.fleet.members()
  const give = (commandId: string) =>
    members.map(({ droneId }) => ({ commandId: `${commandId}-${droneId}`, droneId, leaseToken: 'lease' }))
  for (const common of give('upload')) sim.desk.upload({ ...common, plan, expiresAtMs: clock.nowMs() + 120_000 })
  const verified = () => [...uploads.values()].filter(({ phase }) => phase === 'verified').length === 2
  expect(await clock.advanceUntil(verified, 120_000)).toBe(true)
  return { clock, sim, members, commands, give }
}

/** Another ground station puts a plan of two items into each vehicle, on a link of its own. */
function meddle(sim: SimFleet, nowMs: number): void {
  for (const { drone, systemId } of sim.vehicles) {
    const to = { target_system: systemId, target_component: 1, mission_type: 0 }
    const tell = (name: string, fields: object): void =>
      void drone.hears({ sys: 200, comp: 190, message: { name, fields } } as unknown as Heard, nowMs)
    tell('MISSION_COUNT', { ...to, count: 2, opaque_id: 0 })
    const place = { frame: 6, x: Math.round(TEST_HOME[1] * 1e7), y: Math.round(TEST_HOME[0] * 1e7), z: 15 }
    const rest = { param1: 0, param2: 0, param3: 0, param4: 0, current: 0, autocontinue: 1 }
    for (const [seq, command] of [CMD.NAV_TAKEOFF, CMD.NAV_WAYPOINT].entries())
      tell('MISSION_ITEM_INT', { ...to, ...place, ...rest, seq, command })
  }
}

it('flies a plan with either autopilot from upload to landing, over a bad link', async () => {
  const { clock, sim, commands, give } = await town(3)
  for (const common of give('start'))
    sim.desk.order({ ...common, order: 'arm-and-start', takeoffHeightM: 30, expiresAtMs: clock.nowMs() + 60_000 })
  const started = () => [...commands.values()].filter(({ state }) => state === 'effective').length === 2
  expect(await clock.advanceUntil(started, 90_000)).toBe(true)
  expect(sim.vehicles.map(({ drone }) => drone.vehicle.mode)).toEqual(['AUTO', 'AUTO'])
  const away = () => sim.vehicles.every(({ drone }) => drone.vehicle.flight.nM > 80)
  expect(await clock.advanceUntil(away, 90_000)).toBe(true)
  const down = () => sim.vehicles.every(({ drone }) => !drone.vehicle.armed)
  expect(await clock.advanceUntil(down, 200_000)).toBe(true)
  expect(sim.vehicles.every(({ drone }) => drone.vehicle.onGround)).toBe(true)
  sim.close()
})

it('shows that another station has changed the plan, and starts no flight on it', async () => {
  const { clock, sim, members, give } = await town(4)
  await clock.advance(6000)
  const states = () => members.map(({ droneId, session }) => sim.plans.state(droneId, session).state)
  expect(states()).toEqual(['verified', 'verified'])
  meddle(sim, clock.nowMs())
  await clock.advance(6000)
  expect(states()).toEqual(['differs', 'differs'])
  const answers = give('start').map((common) =>
    sim.desk.order({ ...common, order: 'arm-and-start', takeoffHeightM: 30, expiresAtMs: clock.nowMs() + 60_000 }),
  )
  expect(answers).toEqual([
    { ok: false, reason: 'plan-not-verified' },
    { ok: false, reason: 'plan-not-verified' },
  ])
  sim.close()
})
