import type { CameraWish, CommandNotice } from '@skerry/contract'
import { FakeClock, type Losses, NO_LOSS, statusOf } from '@skerry/mavlink-bridge/testing'
import { expect, it } from 'vitest'
import { simFleet } from './sim-fleet.ts'

const BAD: Losses = { lost: 0.25, doubled: 0.2, late: 0.1, rttMs: 200 }
const ARDUPILOT = 'main-1'
const PX4 = 'main-2'

async function town({ losses = NO_LOSS, plainCamera = false } = {}) {
  const clock = new FakeClock()
  const notices: CommandNotice[] = []
  const sim = simFleet({
    clock,
    count: 2,
    losses,
    seed: 16,
    tickMs: 100,
    plainCamera,
    lets: (_, { name }) => name !== 'CAMERA_THERMAL_RANGE',
    notify: (notice) => notices.push(notice),
  })
  await clock.advance(40_000)
  let orders = 0
  const camera = (droneId: string) => {
    const plan = { state: 'unknown', planId: null } as const
    const context = { droneId, remote: '', lossShare: null, duplicateId: false, footprint: null, plan }
    return statusOf(sim.fleet.member(droneId)!.session.vehicle(), context, clock.nowMs()).camera
  }
  // Three questions in a row may be lost, and then they rest for a minute.
  const known = async (droneId: string, settings: number): Promise<void> => {
    const told = () => (camera(droneId)?.settings ?? []).filter(({ value }) => value !== null).length >= settings
    expect(await clock.advanceUntil(() => camera(droneId) !== null && told(), 300_000)).toBe(true)
  }
  return {
    clock,
    sim,
    notices,
    known,
    last: (droneId: string) => notices.findLast((notice) => notice.droneId === droneId),
    settings: (droneId: string) => camera(droneId)?.settings,
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
  }
}

it.each([ARDUPILOT, PX4])(
  'offers what the camera of %s says of itself, in its own words, and sets it over a bad link',
  async (id) => {
    const { clock, known, settings, give, last, sim } = await town({ losses: BAD })
    await known(id, 2)
    const palette = settings(id)?.find((setting) => setting.id === 'palette')
    expect(palette?.value).toBe(0)
    expect(palette?.options.map(({ text, textZh }) => textZh ?? text)).toEqual([
      'White hot',
      'Black hot',
      'Ironbow',
      '极地',
    ])
    expect(settings(id)?.find((setting) => setting.id === 'thermal-range')).toMatchObject({
      value: 1,
      options: [{ text: '-40 to 550 °C' }, { text: '-20 to 150 °C' }],
    })
    give(id, { do: 'palette', value: 2 })
    give(id, { do: 'thermal-range', value: 0 })
    await clock.advance(16_000)
    expect(settings(id)).toMatchObject([{ value: 2 }, { value: 0 }])
    expect(last(id)).toMatchObject({ state: 'effective' })
    sim.close()
  },
)

it('sets the palette of a camera that ArduPilot speaks for by its own parameter, and offers none where nobody has one', async () => {
  const { clock, known, settings, give, last, sim } = await town({ plainCamera: true, losses: BAD })
  await known(ARDUPILOT, 1)
  await known(PX4, 0)
  // -1: the camera is left as it is; which palette that is nobody says.
  expect(settings(ARDUPILOT)?.find(({ id }) => id === 'palette')).toMatchObject({ value: -1 })
  expect(settings(PX4)).toBeUndefined()
  expect(give(ARDUPILOT, { do: 'palette', value: 10 })).toEqual({ ok: true, value: null })
  await clock.advance(16_000)
  expect(last(ARDUPILOT)).toMatchObject({ state: 'effective' })
  expect(sim.vehicles[0]!.drone.vehicle.params['CAM1_THERM_PAL']?.value).toBe(10)
  expect(give(PX4, { do: 'palette', value: 1 })).toEqual({ ok: false, reason: 'camera-no-setting' })
  sim.close()
})

it('refuses what the camera does not offer', async () => {
  const { give, sim } = await town()
  expect(give(ARDUPILOT, { do: 'palette', value: 9 })).toEqual({ ok: false, reason: 'camera-no-setting' })
  expect(give(ARDUPILOT, { do: 'palette', value: 1, camera: '9-9' })).toEqual({ ok: false, reason: 'no-camera' })
  sim.close()
})
