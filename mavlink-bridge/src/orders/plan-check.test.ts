import type { CommandNotice, Plan, UploadNotice } from '@skerry/contract'
import { expect, it } from 'vitest'
import { every } from '../clock.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { fakeLink } from '../testing/fake-link.ts'
import { PlanStore } from '../testing/plan-store.ts'
import { heartbeat } from '../testing/vehicles.ts'
import { createFleet } from '../vehicles/fleet.ts'
import { isMessage, type TypedName } from '../wire/decode.ts'
import { decode } from '../wire/decode.ts'
import { encode, type EncodeFields } from '../wire/encode.ts'
import type { Frame } from '../wire/frame.ts'
import { framesOfDatagram } from '../wire/framer.ts'
import { createFenceDesk } from './fence-desk.ts'
import { createFlightDesk } from './flight-desk.ts'
import { createPlanDesk } from './plan-desk.ts'
import { createUpkeepDesk } from './upkeep-desk.ts'
import { givenByOther, touchedBy } from './plan-touch.ts'

const plan: Plan = {
  steps: [
    { do: 'takeoff', heightM: 60 },
    { do: 'speed', groundSpeedMps: 8 },
    { do: 'gimbal', pitchDeg: -90 },
    { do: 'fly-to', position: [122.391, 29.901], heightM: 60 },
    { do: 'fly-to', position: [122.392, 29.901], heightM: 60 },
    { do: 'return' },
  ],
}
const STATION = { seq: 0, sys: 254, comp: 190 }
const frameOf = <N extends TypedName>(name: N, fields: EncodeFields<N>, from = { seq: 0, sys: 1, comp: 1 }): Frame =>
  framesOfDatagram(encode(name, fields, from))[0]!

/** A copter on the ground that keeps plans as ArduPilot does. */
async function setUp() {
  const clock = new FakeClock()
  const link = fakeLink(({ message }) => store.hear(message))
  const fleet = createFleet({
    bridgeId: 'main',
    link,
    clock,
    onMember: (droneId, session) =>
      session.watch((_vehicle, { message }) => {
        if (givenByOther(message).plan) plans.touched(droneId)
      }),
  })
  const say = <N extends TypedName>(name: N, fields: EncodeFields<N>): void =>
    fleet.hear({ peer: 'a', frame: frameOf(name, fields), atMs: clock.nowMs() })
  const store = new PlanStore('ardupilot', clock, say)
  const uploads: UploadNotice[] = []
  const notices: CommandNotice[] = []
  const plans = createPlanDesk({ clock, notify: (notice) => uploads.push(notice) })
  const fences = createFenceDesk({ clock, notify: () => undefined })
  const upkeep = createUpkeepDesk({ clock, plans, setsWhileArmed: false, notify: () => undefined })
  const desk = createFlightDesk({
    fleet,
    plans,
    fences,
    upkeep,
    clock,
    allows: () => true,
    notify: (notice) => notices.push(notice),
  })
  const beat = (): void => say('HEARTBEAT', heartbeat(0, { armed: false, status: 3 }))
  beat()
  say('HOME_POSITION', {
    latitude: 300_000_000,
    longitude: 1_221_000_000,
    altitude: 5000,
    x: 0,
    y: 0,
    z: 0,
    q: [1, 0, 0, 0],
    approach_x: 0,
    approach_y: 0,
    approach_z: 0,
  })
  every(clock, 500, beat)
  const common = { droneId: 'main-1', leaseToken: '' }
  const upload = (commandId: string) => desk.upload({ ...common, commandId, expiresAtMs: clock.nowMs() + 60_000, plan })
  upload('u')
  await clock.advance(5000)
  expect(uploads.at(-1)?.phase).toBe('verified')
  const give = (order: 'arm-and-start' | 'resume') =>
    desk.order({
      ...common,
      commandId: `${order}-${clock.nowMs()}`,
      order,
      takeoffHeightM: 30,
      expiresAtMs: clock.nowMs() + 60_000,
    })
  const start = () => give('arm-and-start')
  const state = () => plans.state('main-1', fleet.member('main-1')!.session).state
  const count = (name: TypedName): number => link.sent.filter(({ message }) => message.name === name).length
  const modes = (): number =>
    link.sent.filter(({ message }) => isMessage(message, 'COMMAND_LONG') && message.fields.command === 176).length
  return { clock, store, say, plans, notices, upload, give, start, state, count, modes }
}

it('starts a plan of just now without reading it again, and reads an older one back first', async () => {
  const { clock, start, count, modes, notices } = await setUp()
  const lists = count('MISSION_REQUEST_LIST')
  start()
  await clock.advance(20_000)
  expect([count('MISSION_REQUEST_LIST'), modes() > 0]).toEqual([lists, true])
  await clock.advance(120_000)
  const told = modes()
  expect(start()).toEqual({ ok: true, value: null })
  expect(modes()).toBe(told)
  await clock.advance(5000)
  expect(count('MISSION_REQUEST_LIST')).toBe(lists + 1)
  expect(modes()).toBeGreaterThan(told)
  expect(notices.map(({ reason }) => reason)).toContain('next-step@guided-mode')
})

it('starts nothing when the aircraft holds another plan of as many items by now', async () => {
  const { clock, store, start, modes, notices, state } = await setUp()
  await clock.advance(120_000)
  store.items = store.items.map((item) => (item.command === 16 ? { ...item, x: item.x + 50_000 } : item))
  expect(start().ok).toBe(true)
  await clock.advance(10_000)
  expect(modes()).toBe(0)
  expect(notices.at(-1)).toMatchObject({ state: 'not-effective', reason: 'other-plan-aboard@check-plan' })
  expect(state()).toBe('differs')
})

it('starts nothing when the older plan cannot be read back', async () => {
  const { clock, store, start, modes, notices } = await setUp()
  await clock.advance(120_000)
  store.hear = () => undefined
  start()
  await clock.advance(90_000)
  expect(modes()).toBe(0)
  expect(notices.at(-1)).toMatchObject({ state: 'not-effective', reason: 'not-read-back@check-plan' })
})

it.each<[string, Parameters<typeof frameOf>]>([
  ['acks', ['MISSION_ACK', { type: 0, mission_type: 0, opaque_id: 0, target_system: 254, target_component: 190 }]],
  ['asks', ['MISSION_REQUEST_INT', { seq: 0, mission_type: 0, target_system: 254, target_component: 190 }]],
])('knows the plan no more when the vehicle %s another station about one', async (_does, [name, fields]) => {
  const { say, state, give } = await setUp()
  expect(state()).toBe('verified')
  say(name, fields)
  expect(state()).toBe('unknown')
  for (const order of ['arm-and-start', 'resume'] as const)
    expect(give(order)).toEqual({ ok: false, reason: 'plan-not-verified' })
})

it.each<[boolean, Parameters<typeof frameOf>[0], object]>([
  [true, 'MISSION_COUNT', { count: 3, mission_type: 0 }],
  [true, 'MISSION_CLEAR_ALL', { mission_type: 0 }],
  [true, 'MISSION_CLEAR_ALL', { mission_type: 255 }],
  [false, 'MISSION_COUNT', { count: 3, mission_type: 1 }],
  [false, 'MISSION_REQUEST_LIST', { mission_type: 0 }],
])('says %s of whether a station changes a plan by %s %j', (changes, name, fields) => {
  const target = { target_system: 1, target_component: 1 }
  expect(touchedBy(frameOf(name, { ...target, ...fields } as never, STATION)).plan).toBe(changes)
})

it.each([
  [0, { plan: true, fence: false }],
  [1, { plan: false, fence: true }],
  [2, { plan: false, fence: true }],
  [255, { plan: true, fence: true }],
] as const)(
  'tells what a station changes of the lists of type %i, said by it or answered to it',
  (mission_type, touch) => {
    const target = { target_system: 1, target_component: 1 }
    expect(touchedBy(frameOf('MISSION_COUNT', { ...target, count: 4, mission_type }, STATION))).toEqual(touch)
    expect(touchedBy(frameOf('MISSION_CLEAR_ALL', { ...target, mission_type }, STATION))).toEqual(touch)
    const answer = { target_system: STATION.sys, target_component: STATION.comp, seq: 0, mission_type }
    expect(givenByOther(decode(frameOf('MISSION_REQUEST_INT', answer)))).toEqual(touch)
    const toUs = { ...answer, target_system: 255, target_component: 190 }
    expect(givenByOther(decode(frameOf('MISSION_REQUEST_INT', toUs)))).toEqual({ plan: false, fence: false })
  },
)

it('does not go on with a list that was half replaced when its upload was taken back', async () => {
  const { clock, store, upload, plans, give, state } = await setUp()
  const hear = store.hear.bind(store)
  let heard = 0
  store.hear = (message) => (heard++ < 4 ? hear(message) : undefined)
  upload('u2')
  await clock.advance(500)
  expect(plans.cancel('main-1', 'u2')).toBe(true)
  await clock.advance(5000)
  expect(state()).toBe('unknown')
  expect(give('resume')).toEqual({ ok: false, reason: 'plan-not-verified' })
})
