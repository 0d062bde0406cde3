import type { CameraWish, CommandNotice, DroneStatus } from '@skerry/contract'
import { FakeClock, type Losses, NO_LOSS, statusOf } from '@skerry/mavlink-bridge/testing'
import { describe, expect, it } from 'vitest'
import { moved } from '../base/flat.ts'
import { looksAt } from '../payload/second-payload.ts'
import { truePosition } from '../vehicle/vehicle.ts'
import { lift, simFleet } from './sim-fleet.ts'

const DEG = 180 / Math.PI
const SECOND_GIMBAL = '154-154'
const SECOND_CAMERA = '101-0'

/** One vehicle of each kind with two gimbals and two cameras, in the air. */
async function airborne(losses: Losses = NO_LOSS) {
  const clock = new FakeClock()
  const notices: CommandNotice[] = []
  let holder: string | null = 'Li'
  const sim = simFleet({
    clock,
    count: 2,
    losses,
    seed: 9,
    tickMs: 100,
    secondPayload: true,
    // Thermal pictures cost a hundred times the rest.
    lets: (_, { name }) => name !== 'CAMERA_THERMAL_RANGE',
    holder: () => holder,
    notify: (notice) => notices.push(notice),
  })
  await clock.advance(4000)
  sim.desk.leasesChanged()
  for (const vehicle of sim.vehicles) lift(vehicle, clock.nowMs())
  await clock.advance(40_000)
  let orders = 0
  return {
    clock,
    sim,
    drone: (id: string) => sim.vehicles[Number(id.slice(-1)) - 1]!.drone,
    last: (id: string) => notices.findLast((notice) => notice.droneId === id),
    heldBy: (name: string | null) => {
      holder = name
      sim.desk.leasesChanged()
    },
    give: (droneId: string, wish: CameraWish) =>
      sim.desk.order({
        commandId: `c${++orders}`,
        droneId,
        order: wish.do,
        camera: wish,
        takeoffHeightM: null,
        leaseToken: 'lease',
        expiresAtMs: clock.nowMs() + 15_000,
      }),
    shown(droneId: string): DroneStatus {
      const plan = { state: 'unknown', planId: null } as const
      const context = { droneId, remote: '', lossShare: null, duplicateId: false, footprint: null, plan }
      return statusOf(sim.fleet.member(droneId)!.session.vehicle(), context, clock.nowMs())
    },
  }
}

describe.each(['main-1', 'main-2'])('two gimbals and two cameras of %s', (id) => {
  it('are all found over a bad link, whichever component speaks for them', async () => {
    const { shown, sim } = await airborne({ lost: 0.25, doubled: 0.1, late: 0.1, rttMs: 200 })
    expect(
      shown(id)
        .gimbals?.map((gimbal) => gimbal.id)
        .sort(),
    ).toEqual(['1-1', SECOND_GIMBAL])
    expect(
      shown(id)
        .cameras?.map((camera) => camera.id)
        .sort(),
    ).toEqual(['100-0', SECOND_CAMERA])
    expect(shown(id).camera).toMatchObject({ id: '100-0', thermal: true })
    expect(
      shown(id)
        .camera?.streams?.map(({ name }) => name)
        .sort(),
    ).toEqual(['daylight', 'thermal'])
    sim.close()
  })

  it('turn one at a time: the one that is named, and the one with the thermal camera where none is', async () => {
    const { clock, give, last, drone, shown, sim } = await airborne()
    const target = moved(truePosition(drone(id).vehicle), 60, 25)
    give(id, { do: 'look-at', position: target, gimbal: SECOND_GIMBAL })
    await clock.advance(8000)
    expect(last(id)).toMatchObject({ state: 'effective' })
    const bearingDeg = Math.atan2(60, 25) * DEG
    const { pitchDeg, bearingDeg: looksDeg } = looksAt(drone(id).second!, drone(id).vehicle)
    expect(Math.abs(looksDeg - bearingDeg)).toBeLessThan(6)
    expect(pitchDeg).toBeLessThan(-20)
    expect(drone(id).vehicle.gimbal).toMatchObject({ pitchDeg: 0, controlSys: 0 })

    give(id, { do: 'look-down' })
    await clock.advance(8000)
    expect(last(id)).toMatchObject({ state: 'effective' })
    expect(drone(id).vehicle.gimbal.pitchDeg).toBe(-90)
    expect(looksAt(drone(id).second!, drone(id).vehicle).pitchDeg).toBeCloseTo(pitchDeg, 1)
    // What is shown of the thermal camera's gimbal is its own attitude, not the other's.
    expect((shown(id).gimbal?.pitchRad ?? 0) * DEG).toBeCloseTo(-90)
    sim.close()
  })

  it('are both let go when the pilot changes', async () => {
    const { clock, give, drone, heldBy, sim } = await airborne()
    give(id, { do: 'look-down' })
    give(id, { do: 'look-down', gimbal: SECOND_GIMBAL })
    await clock.advance(8000)
    const controls = () => [drone(id).vehicle.gimbal.controlSys, drone(id).second!.gimbal.controlSys]
    expect(controls()).toEqual([255, 255])
    heldBy('Wang')
    await clock.advance(6000)
    expect(controls()).toEqual([0, 0])
    sim.close()
  })

  it('take a picture and zoom with the camera that is named', async () => {
    const { clock, give, last, drone, shown, sim } = await airborne()
    give(id, { do: 'photo', camera: SECOND_CAMERA })
    await clock.advance(6000)
    expect(last(id)).toMatchObject({ state: 'effective' })
    give(id, { do: 'zoom', percent: 40, camera: SECOND_CAMERA })
    await clock.advance(6000)
    expect(last(id)).toMatchObject({ state: 'effective' })
    expect(drone(id).second).toMatchObject({ images: 1, zoomPercent: 40 })
    expect(shown(id).cameras?.find((camera) => camera.id === SECOND_CAMERA)).toMatchObject({
      images: 1,
      zoomPercent: 40,
    })
    expect(shown(id).camera).toMatchObject({ images: 0, zoomPercent: 0 })
    sim.close()
  })

  it('are refused by a name that nobody has', async () => {
    const { give, sim } = await airborne()
    expect(give(id, { do: 'look-down', gimbal: '7-7' })).toEqual({ ok: false, reason: 'no-gimbal' })
    expect(give(id, { do: 'photo', camera: '7-0' })).toEqual({ ok: false, reason: 'no-camera' })
    sim.close()
  })
})
