import type { OrderRequest, UploadNotice } from '@skerry/contract'
import { expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { fakeLink } from '../testing/fake-link.ts'
import { heartbeat } from '../testing/vehicles.ts'
import { createFleet } from '../vehicles/fleet.ts'
import { isMessage } from '../wire/decode.ts'
import { encode } from '../wire/encode.ts'
import { framesOfDatagram } from '../wire/framer.ts'
import { createFenceDesk } from './fence-desk.ts'
import { createFlightDesk } from './flight-desk.ts'
import { createPlanDesk } from './plan-desk.ts'
import { createUpkeepDesk } from './upkeep-desk.ts'

const SET_MODE = 176
const QUADROTOR = 2
const AUTO = 3
const RTL = 6
const BRAKE = 17
const LIMITS = { roll_min: 0, roll_max: 0, pitch_min: -2, pitch_max: 1, yaw_min: -3, yaw_max: 3 }
const MANAGER_INFO = { ...LIMITS, gimbal_device_id: 1, cap_flags: 0xfff, time_boot_ms: 1 }

/** An aircraft in the air that flies its plan and answers nothing; its pilot is about to upload another one. */
function setUp(type = QUADROTOR, mode = AUTO) {
  const clock = new FakeClock()
  const link = fakeLink()
  const fleet = createFleet({ bridgeId: 'main', link, clock, onMember: () => undefined })
  const notices: UploadNotice[] = []
  let who = 'Li'
  const plans = createPlanDesk({ clock, notify: (notice) => notices.push(notice) })
  const desk = createFlightDesk({
    fleet,
    plans,
    fences: createFenceDesk({ clock, notify: () => undefined }),
    upkeep: createUpkeepDesk({ clock, plans, setsWhileArmed: false, notify: () => undefined }),
    clock,
    allows: () => true,
    holder: () => who,
    notify: () => undefined,
  })
  const hear = (bytes: Uint8Array): void => {
    for (const frame of framesOfDatagram(bytes)) fleet.hear({ peer: 'a', frame, atMs: clock.nowMs() })
  }
  const from = { seq: 0, sys: 1, comp: 1 }
  const beat = (now: number): void => hear(encode('HEARTBEAT', heartbeat(now, { type }), from))
  const common = { droneId: 'main-1', leaseToken: 'lease' }
  beat(mode)
  return {
    clock,
    beat,
    notices,
    hear,
    sent: (name: string) => link.sent.filter(({ message }) => message.name === name).length,
    modes: () =>
      link.sent.flatMap(({ message }) =>
        isMessage(message, 'COMMAND_LONG') && message.fields.command === SET_MODE ? [message.fields.param2] : [],
      ),
    configured: () =>
      link.sent.filter(({ message }) => isMessage(message, 'COMMAND_LONG') && message.fields.command === 1001).length,
    handOver(to: string): void {
      who = to
      desk.leasesChanged()
    },
    upload(gimbal = false) {
      const look = gimbal ? [{ do: 'gimbal' as const, pitchDeg: -90 }] : []
      return desk.upload({
        ...common,
        commandId: 'upload-1',
        expiresAtMs: clock.nowMs() + 60_000,
        plan: {
          steps: [
            { do: 'takeoff', heightM: 40 },
            ...look,
            { do: 'fly-to', position: [122.1, 30], heightM: 40 },
            { do: 'return' },
          ],
        },
      })
    },
    order: (order: OrderRequest['order']) =>
      desk.order({
        ...common,
        commandId: `${order}-1`,
        order,
        takeoffHeightM: null,
        expiresAtMs: clock.nowMs() + 60_000,
      }),
  }
}

it.each(['return', 'land', 'hold'] as const)(
  'a %s given while it is stopped for an upload ends both',
  async (order) => {
    const { clock, beat, notices, sent, modes, upload, order: give } = setUp()
    expect(upload().ok).toBe(true)
    await clock.advance(300)
    expect(modes()).toContain(BRAKE)
    expect(give(order).ok).toBe(true)
    const braked = modes().length
    await clock.advance(300)
    beat(order === 'hold' ? BRAKE : order === 'land' ? 9 : RTL)
    await clock.advance(12_000)
    expect(notices).toMatchObject([{ phase: 'failed', failure: { kind: 'superseded', planUnknown: false } }])
    // Nothing of the upload's own halt after the pilot's word; a hold of the pilot is told once more as his own.
    if (order !== 'hold') expect(modes().slice(braked)).not.toContain(BRAKE)
    expect(sent('MISSION_COUNT')).toBe(0)
  },
)

it('goes on with the upload when it holds and nothing else was ordered', async () => {
  const { clock, beat, sent, upload } = setUp()
  upload()
  await clock.advance(300)
  beat(BRAKE)
  await clock.advance(100)
  expect(sent('MISSION_COUNT')).toBe(1)
})

it.each([
  ['rover', 10],
  ['boat', 11],
])('stops a %s that drives its plan before it gets another one: it is under way on the ground', async (_, type) => {
  const [auto, hold] = [10, 4]
  const { clock, beat, sent, modes, upload } = setUp(type, auto)
  upload()
  await clock.advance(300)
  expect([modes()[0], sent('MISSION_COUNT')]).toEqual([hold, 0])
  beat(hold)
  await clock.advance(300)
  expect(sent('MISSION_COUNT')).toBe(1)
})

it('sends nothing of an upload whose pilot lost the drone while it was being stopped', async () => {
  const { clock, beat, notices, sent, modes, upload, handOver } = setUp()
  upload()
  await clock.advance(300)
  handOver('Wang')
  const told = modes().length
  await clock.advance(100)
  beat(BRAKE)
  await clock.advance(12_000)
  expect(notices).toMatchObject([{ phase: 'failed', failure: { kind: 'lease-changed', planUnknown: false } }])
  expect(modes()).toHaveLength(told)
  expect(sent('MISSION_COUNT')).toBe(0)
})

it('sends nothing of an upload whose pilot lost the drone while the gimbal was asked for', async () => {
  const { clock, hear, beat, notices, sent, configured, upload, handOver } = setUp()
  const sender = { seq: 0, sys: 1, comp: 1 }
  hear(encode('GIMBAL_MANAGER_INFORMATION', MANAGER_INFO, sender))
  beat(BRAKE)
  upload(true)
  await clock.advance(300)
  expect(configured()).toBe(1)
  handOver('Wang')
  await clock.advance(12_000)
  expect(notices).toMatchObject([{ phase: 'failed', failure: { kind: 'lease-changed', planUnknown: false } }])
  expect(sent('MISSION_COUNT')).toBe(0)
})

it('asks for the gimbal of a plan that points it also where it is ours, as far as its manager has said', async () => {
  const { clock, hear, beat, configured, upload } = setUp()
  const sender = { seq: 0, sys: 1, comp: 1 }
  const ours = { primary_control_sysid: 255, primary_control_compid: 190 }
  const nobody = { secondary_control_sysid: 0, secondary_control_compid: 0 }
  hear(encode('GIMBAL_MANAGER_INFORMATION', MANAGER_INFO, sender))
  hear(encode('GIMBAL_MANAGER_STATUS', { time_boot_ms: 1, flags: 0, gimbal_device_id: 1, ...ours, ...nobody }, sender))
  beat(BRAKE)
  upload(true)
  await clock.advance(300)
  expect(configured()).toBe(1)
})
