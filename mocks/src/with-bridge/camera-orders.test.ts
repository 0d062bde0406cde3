import type { CameraWish, CommandNotice } from '@skerry/contract'
import { FakeClock, type Losses, NO_LOSS } from '@skerry/mavlink-bridge/testing'
import { expect, it } from 'vitest'
import { moved } from '../base/flat.ts'
import { truePosition } from '../vehicle/vehicle.ts'
import { lift, simFleet } from './sim-fleet.ts'

const ARDUPILOT = 'main-1'
const PX4 = 'main-2'
const DEG = 180 / Math.PI

/** One vehicle of each kind in the air, its camera and gimbal found by the bridge. */
async function airborne(losses: Losses = NO_LOSS) {
  const clock = new FakeClock()
  const notices: CommandNotice[] = []
  let pictures = 0
  const sim = simFleet({
    clock,
    count: 2,
    losses,
    seed: 5,
    tickMs: 100,
    lets(_, { name }) {
      if (name === 'CAMERA_IMAGE_CAPTURED') pictures++
      // Without a thermal stream no thermal pictures are made, which would cost a hundred times the rest.
      return name !== 'VIDEO_STREAM_INFORMATION'
    },
    notify: (notice) => notices.push(notice),
  })
  await clock.advance(4000)
  for (const vehicle of sim.vehicles) lift(vehicle, clock.nowMs())
  await clock.advance(30_000)
  let orders = 0
  const give = (droneId: string, wish: CameraWish, leaseToken = 'lease') =>
    sim.desk.order({
      commandId: `c${++orders}`,
      droneId,
      order: wish.do,
      camera: wish,
      takeoffHeightM: null,
      leaseToken,
      expiresAtMs: clock.nowMs() + 15_000,
    })
  const last = (droneId: string) => notices.findLast((notice) => notice.droneId === droneId)
  const drone = (droneId: string) => sim.vehicles[droneId === ARDUPILOT ? 0 : 1]!.drone.vehicle
  return { clock, sim, give, last, drone, notices, pictures: () => pictures }
}

it.each([ARDUPILOT, PX4])(
  'turns the gimbal of %s to a place on the ground, and says so when it looks there',
  async (id) => {
    const { clock, give, last, drone, sim } = await airborne()
    const target = moved(truePosition(drone(id)), 60, 25)
    expect(give(id, { do: 'look-at', position: target })).toEqual({ ok: true, value: null })
    await clock.advance(200)
    expect(last(id)?.state).not.toBe('effective')
    await clock.advance(6000)
    expect(last(id)).toMatchObject({ state: 'effective' })
    const { gimbal, flight } = drone(id)
    const depressionDeg = Math.atan2(flight.upM, Math.hypot(60, 25)) * DEG
    expect(Math.abs(-gimbal.pitchDeg - depressionDeg)).toBeLessThan(6)
    const bearingDeg = (gimbal.yawDeg + flight.yawRad * DEG + 720) % 360
    expect(Math.abs(bearingDeg - Math.atan2(60, 25) * DEG)).toBeLessThan(6)
    give(id, { do: 'look-down' })
    await clock.advance(6000)
    expect(last(id)).toMatchObject({ state: 'effective' })
    expect(drone(id).gimbal).toMatchObject({ pitchDeg: -90, roi: null })
    give(id, { do: 'look-ahead' })
    await clock.advance(6000)
    expect(last(id)).toMatchObject({ state: 'effective' })
    expect(drone(id).gimbal.pitchDeg).toBeCloseTo(0)
    sim.close()
  },
)

it('zooms when the camera itself says that it did', async () => {
  const { clock, give, last, sim } = await airborne()
  give(ARDUPILOT, { do: 'zoom', percent: 60 })
  await clock.advance(3000)
  expect(last(ARDUPILOT)).toMatchObject({ state: 'effective' })
  const vehicle = sim.fleet.member(ARDUPILOT)!.session.vehicle()
  expect([...vehicle.cameraStates.values()].map(({ zoom }) => zoom?.percent)).toEqual([60])
  sim.close()
})

it('takes one picture for one order, however often the order and its answers are lost or doubled', async () => {
  const losses = { lost: 0.25, doubled: 0.2, late: 0.1, rttMs: 200 }
  const { clock, give, last, pictures, sim } = await airborne(losses)
  give(ARDUPILOT, { do: 'photo' })
  await clock.advance(12_000)
  expect(last(ARDUPILOT)).toMatchObject({ state: 'effective' })
  expect(pictures()).toBe(1)
  sim.close()
})

it('sends nothing to gimbal or camera without the lease token', async () => {
  const { clock, give, drone, pictures, sim } = await airborne()
  const before = drone(ARDUPILOT).gimbal
  for (const wish of [{ do: 'look-down' }, { do: 'photo' }] as const)
    expect(give(ARDUPILOT, wish, 'stolen')).toEqual({ ok: false, reason: 'lease-token-invalid' })
  await clock.advance(3000)
  expect([drone(ARDUPILOT).gimbal, pictures()]).toEqual([before, 0])
  sim.close()
})

it('goes on beside a flight order, and a newer look takes the place of an older one', async () => {
  const { clock, give, notices, sim, last } = await airborne()
  const hold = {
    order: 'hold',
    takeoffHeightM: null,
    leaseToken: 'lease',
    expiresAtMs: clock.nowMs() + 60_000,
  } as const
  sim.desk.order({ commandId: 'hold', droneId: PX4, ...hold })
  expect(give(PX4, { do: 'look-down' }).ok).toBe(true)
  expect(give(PX4, { do: 'look-ahead' }).ok).toBe(true)
  await clock.advance(8000)
  const ends = notices.filter(({ state }) => state === 'effective' || state === 'not-effective')
  expect(ends.map(({ commandId, state, reason }) => [commandId, state, reason])).toEqual(
    expect.arrayContaining([
      ['c1', 'not-effective', 'superseded'],
      ['hold', 'effective', null],
      ['c2', 'effective', null],
    ]),
  )
  expect(last(PX4)?.state).toBe('effective')
  sim.close()
})
