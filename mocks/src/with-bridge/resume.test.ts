import {
  type CommandNotice,
  type DroneStatus,
  type Plan,
  reasonOf,
  stepReached,
  type UploadNotice,
} from '@skerry/contract'
import { every, FakeClock, statusOf } from '@skerry/mavlink-bridge/testing'
import { describe, expect, it } from 'vitest'
import { moved, offsetM } from '../base/flat.ts'
import { TEST_HOME } from '../vehicle/bench-rig.ts'
import { simFleet } from './sim-fleet.ts'

const BOTH = ['main-1', 'main-2'] as const
const LOSSES = { lost: 0.25, doubled: 0.1, late: 0.1, rttMs: 300 }
const HEIGHT_M = 30
/** Metres east and north of the first vehicle's home. */
const PATH = [
  [0, 60],
  [60, 60],
  [60, 100],
  [0, 100],
  [0, 140],
  [60, 140],
] as const
const STEPS_BEFORE = 3
const planFrom = (point: number): Plan => ({
  steps: [
    { do: 'takeoff', heightM: HEIGHT_M },
    { do: 'speed', groundSpeedMps: 6 },
    { do: 'gimbal', pitchDeg: -90 },
    ...PATH.slice(point).map(([e, n]) => ({
      do: 'fly-to' as const,
      position: moved(TEST_HOME, e, n) as [number, number],
      heightM: HEIGHT_M,
    })),
    { do: 'return' },
  ],
})

async function town(droneId: (typeof BOTH)[number], seed: number) {
  const clock = new FakeClock()
  const uploads: UploadNotice[] = []
  const commands: CommandNotice[] = []
  const sim = simFleet({
    clock,
    count: 2,
    losses: LOSSES,
    seed,
    tickMs: 100,
    lets: (_, said) => said.comp === 1,
    notify: (notice) => notice.droneId === droneId && commands.push(notice),
    notifyUpload: (notice) => notice.droneId === droneId && uploads.push(notice),
  })
  const { vehicles, desk, plans, fleet } = sim
  const { drone } = vehicles[Number(droneId.slice(-1)) - 1]!
  /** Where it truly was, once a second. */
  const track: { nM: number; eM: number; upM: number }[] = []
  const shown = (): DroneStatus => {
    const { session } = fleet.member(droneId)!
    const common = { droneId, remote: '', lossShare: null, duplicateId: false, footprint: null }
    return statusOf(session.vehicle(), { ...common, plan: plans.state(droneId, session) }, clock.nowMs())
  }
  let id = 0
  /** The point of the path that it has come to, as far as it was shown at any time since the plan was put into it. */
  let step = -1
  const watch = every(clock, 200, () => {
    if (fleet.member(droneId) === undefined) return
    const { eM, nM, upM } = drone.vehicle.flight
    const [homeE, homeN] = offsetM(TEST_HOME, drone.vehicle.setup.home)
    track.push({ eM: eM + homeE, nM: nM + homeN, upM })
    if (uploads.at(-1)?.phase === 'verified') step = Math.max(step, stepReached(shown()) ?? -1)
  })
  await clock.advance(8000)
  return {
    clock,
    drone,
    shown,
    track,
    reached: () => step - STEPS_BEFORE,
    async put(point: number) {
      step = -1
      const commandId = `u${++id}`
      desk.upload({
        commandId,
        droneId,
        leaseToken: 'lease',
        plan: planFrom(point),
        expiresAtMs: clock.nowMs() + 600_000,
      })
      const over = () =>
        uploads.some((one) => one.commandId === commandId && ['verified', 'failed'].includes(one.phase))
      expect(await clock.advanceUntil(over, 600_000)).toBe(true)
      expect(uploads.at(-1)).toMatchObject({ commandId, phase: 'verified' })
    },
    async order(order: 'arm-and-start' | 'start-in-air' | 'hold' | 'return') {
      // A start that was lost on the way is no start: its pilot gives it again, in the air where it had come so far.
      let now = order
      for (let tries = 0; tries < 6; tries++) {
        const commandId = `c${++id}`
        const expiresAtMs = clock.nowMs() + 15_000
        const request = { commandId, droneId, takeoffHeightM: HEIGHT_M, leaseToken: 'lease', expiresAtMs }
        const answer = desk.order({ ...request, order: now })
        if (!answer.ok) {
          if (order === 'arm-and-start') now = answer.reason === reasonOf('drone-in-air') ? 'start-in-air' : order
          await clock.advance(3000)
          continue
        }
        const state = () => commands.findLast((one) => one.commandId === commandId)?.state ?? ''
        const over = ['effective', 'not-effective', 'expired', 'refused', 'unknown']
        await clock.advanceUntil(() => over.includes(state()), 120_000)
        if (state() === 'effective') return
      }
      expect.unreachable(`${order} had no effect`)
    },
    close() {
      watch()
      sim.close()
    },
  }
}

const passes = (track: readonly { eM: number; nM: number }[], [e, n]: readonly [number, number]): boolean =>
  track.some(({ eM, nM }) => Math.hypot(eM - e, nM - n) < 8)

describe.each(BOTH)('the flight of %s that was broken off, over a bad radio', (droneId) => {
  it.each([11, 12, 13, 25, 31])(
    'goes on after landing and a change of batteries, from the point it had come to (seed %i)',
    async (seed) => {
      const { clock, drone, put, order, reached, shown, track, close } = await town(droneId, seed)
      await put(0)
      await order('arm-and-start')
      expect(await clock.advanceUntil(() => reached() >= 2, 200_000)).toBe(true)
      await order('return')
      const down = () => shown().armed === false && shown().landed === 'on-ground'
      expect(await clock.advanceUntil(down, 300_000)).toBe(true)
      const from = reached()
      // Never said to have come farther than it was.
      expect(PATH.slice(0, from + 1).every((point) => passes(track, point))).toBe(true)
      expect(from).toBeLessThan(PATH.length - 1)
      // What a vehicle says of its plan on the ground takes nothing back.
      await clock.advance(5000)
      expect(reached()).toBe(from)

      await put(from)
      track.length = 0
      await order('arm-and-start')
      expect(await clock.advanceUntil(() => reached() >= PATH.length - 1 - from, 300_000)).toBe(true)
      expect(await clock.advanceUntil(() => !drone.vehicle.armed, 300_000)).toBe(true)
      expect(PATH.slice(from).every((point) => passes(track, point))).toBe(true)
      expect(drone.vehicle.gimbal.pitchDeg).toBeLessThan(-80)
      close()
    },
    60_000,
  )

  it('goes on in the air from where it holds, without going home first and without coming down', async () => {
    const { clock, put, order, reached, track, close } = await town(droneId, 14)
    await put(0)
    await order('arm-and-start')
    expect(await clock.advanceUntil(() => reached() >= 2, 200_000)).toBe(true)
    await order('hold')
    const from = reached()
    await put(from)
    track.length = 0
    await order('start-in-air')
    expect(await clock.advanceUntil(() => reached() >= 1, 200_000)).toBe(true)
    expect(passes(track, PATH[from]!)).toBe(true)
    expect(track.every(({ upM }) => upM > HEIGHT_M - 5)).toBe(true)
    expect(track.every(({ nM }) => nM > 40)).toBe(true)
    close()
  }, 60_000)
})
