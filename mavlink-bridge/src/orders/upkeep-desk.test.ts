import type { UpkeepNotice, UpkeepRequest } from '@skerry/contract'
import { expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { fakeLink } from '../testing/fake-link.ts'
import { heartbeat } from '../testing/vehicles.ts'
import { createFleet } from '../vehicles/fleet.ts'
import { guardsOf } from '../vehicles/safety-params.ts'
import type { TypedName } from '../wire/decode.ts'
import { encode, type EncodeFields } from '../wire/encode.ts'
import { framesOfDatagram } from '../wire/framer.ts'
import { encodeParam } from '../wire/param-value.ts'
import { createFenceDesk } from './fence-desk.ts'
import { createFlightDesk } from './flight-desk.ts'
import { createPlanDesk } from './plan-desk.ts'
import { createUpkeepDesk } from './upkeep-desk.ts'

const ARDUPILOT = 3
const GENERIC = 0
const HOME_ALT = { param_id: 'RTL_ALT', param_type: 6, param_count: 9, param_index: 65_535 }
const SET = { do: 'set-param', name: 'RTL_ALT', value: 5000, was: 4000 } as const

/** A vehicle on the ground that only says what a test lets it say. */
function setUp({ autopilot = ARDUPILOT, armed = false } = {}) {
  const clock = new FakeClock()
  const link = fakeLink()
  const fleet = createFleet({ bridgeId: 'main', link, clock, onMember: () => undefined })
  const notices: UpkeepNotice[] = []
  const plans = createPlanDesk({ clock, notify: () => undefined })
  const desk = createFlightDesk({
    fleet,
    plans,
    fences: createFenceDesk({ clock, notify: () => undefined }),
    upkeep: createUpkeepDesk({ clock, plans, setsWhileArmed: false, notify: (notice) => notices.push(notice) }),
    clock,
    allows: () => true,
    notify: () => undefined,
  })
  const say = <N extends TypedName>(name: N, fields: EncodeFields<N>): void => {
    for (const frame of framesOfDatagram(encode(name, fields, { seq: 0, sys: 1, comp: 1 })))
      fleet.hear({ peer: 'a', frame, atMs: clock.nowMs() })
  }
  const beat = (now: boolean): void => say('HEARTBEAT', heartbeat(0, { armed: now, status: 3, autopilot }))
  beat(armed)
  const common = { droneId: 'main-1', leaseToken: 'lease', expiresAtMs: Infinity }
  return {
    clock,
    desk,
    notices,
    beat,
    sent: (name: string) => link.sent.filter(({ message }) => message.name === name).length,
    tells: (index: number, count: number) =>
      say('PARAM_VALUE', {
        param_id: `P_${index}`,
        param_type: 9,
        param_value: 0,
        param_count: count,
        param_index: index,
      }),
    holds: (value: number, param_id = HOME_ALT.param_id) =>
      say('PARAM_VALUE', { ...HOME_ALT, param_id, param_value: encodeParam(value, 6, 'c_cast') }),
    guard: (name: string) =>
      guardsOf(fleet.member('main-1')!.session.vehicle()).find((one) => one.name === name)?.state,
    ask: (ask: UpkeepRequest['ask'], jobId = 'j') => desk.upkeep({ ...common, jobId, ask }),
    order: (order: 'return' | 'resume', commandId = order) =>
      desk.order({ ...common, commandId, order, takeoffHeightM: null }),
  }
}

it('asks no vehicle whose packing of integers is not known: they would be other numbers', () => {
  const { ask, sent } = setUp({ autopilot: GENERIC })
  expect(ask({ do: 'read-params' })).toEqual({ ok: false, reason: 'param-encoding-unknown' })
  expect(sent('PARAM_REQUEST_LIST')).toBe(0)
})

it('sets nothing where the vehicle was armed while it was asked what it holds', async () => {
  const { ask, beat, holds, sent, clock, notices } = setUp()
  expect(ask(SET)).toEqual({ ok: true, value: null })
  beat(true)
  holds(4000)
  await clock.advance(100)
  expect(notices.at(-1)?.outcome).toEqual({ kind: 'failed', reason: 'param-while-armed', unknown: false })
  expect(sent('PARAM_SET')).toBe(0)
})

it('sets nothing more from when the vehicle is armed, and what it holds is unknown then', async () => {
  const { ask, beat, holds, sent, clock, notices } = setUp()
  ask(SET)
  holds(4000)
  await clock.advance(100)
  expect(sent('PARAM_SET')).toBe(1)
  beat(true)
  await clock.advance(30_000)
  expect(notices.at(-1)?.outcome).toEqual({ kind: 'failed', reason: 'param-while-armed', unknown: true })
  expect(sent('PARAM_SET')).toBe(1)
})

it('asks no more to take the mission out from when the vehicle is armed', async () => {
  const { ask, beat, sent, clock, notices } = setUp()
  expect(ask({ do: 'clear-mission' })).toEqual({ ok: true, value: null })
  expect(sent('MISSION_CLEAR_ALL')).toBe(1)
  beat(true)
  await clock.advance(60_000)
  expect(notices.at(-1)?.outcome).toEqual({ kind: 'failed', reason: 'mission-in-use', unknown: true })
  expect(sent('MISSION_CLEAR_ALL')).toBe(1)
})

it('holds a failsafe for unread after a set of which the vehicle told nothing', async () => {
  const { ask, holds, clock, guard, notices } = setUp()
  ask({ do: 'set-param', name: 'FS_GCS_ENABLE', value: 0, was: 1 })
  holds(1, 'FS_GCS_ENABLE')
  expect(guard('FS_GCS_ENABLE')).toBe('on')
  await clock.advance(30_000)
  expect(notices.at(-1)?.outcome).toEqual({ kind: 'failed', reason: 'param-no-answer', unknown: true })
  expect(guard('FS_GCS_ENABLE')).toBe('unread')
  holds(0, 'FS_GCS_ENABLE')
  expect(guard('FS_GCS_ENABLE')).toBe('off')
})

it('answers the same request again without doing it again', async () => {
  const { ask, holds, clock, sent, notices } = setUp()
  ask(SET)
  holds(4000)
  await clock.advance(10)
  holds(5000)
  await clock.advance(10)
  expect(notices.at(-1)?.outcome).toEqual({ kind: 'holds', value: 5000 })
  expect(ask(SET)).toEqual({ ok: true, value: null })
  await clock.advance(2000)
  expect([sent('PARAM_REQUEST_READ'), sent('PARAM_SET')]).toEqual([1, 1])
})

it('changes nothing beside an order, and lets none but a safety order beside a change', async () => {
  const busy = setUp({ armed: true })
  expect(busy.order('return').ok).toBe(true)
  busy.beat(false)
  expect(busy.ask(SET)).toEqual({ ok: false, reason: 'order-running' })
  const { ask, order, clock } = setUp()
  ask(SET)
  expect(order('resume')).toEqual({ ok: false, reason: 'transfer-running' })
  expect(order('return').ok).toBe(true)
  await clock.advance(100)
})

it('ends with the vehicle that it was for', async () => {
  const { ask, desk, clock, notices } = setUp()
  ask({ do: 'read-params' })
  desk.endAll('main-1', 'vehicle-replaced')
  await clock.advance(10)
  expect(notices.at(-1)?.outcome).toEqual({ kind: 'failed', reason: 'vehicle-replaced', unknown: false })
})

it('begins nothing over a lost link', async () => {
  const { ask, clock } = setUp()
  await clock.advance(20_000)
  expect(ask({ do: 'read-params' })).toEqual({ ok: false, reason: 'drone-link-lost' })
})

it('tells what it heard before it tells the end', async () => {
  const { ask, clock, notices, holds } = setUp()
  ask({ do: 'read-param', name: 'RTL_ALT' })
  holds(4000)
  await clock.advance(10)
  expect(notices.map(({ params, outcome }) => [params.length, outcome?.kind ?? null])).toEqual([
    [1, null],
    [0, 'holds'],
  ])
})

it('tells a long list in parts that a message can carry', async () => {
  const { ask, clock, notices, tells } = setUp()
  ask({ do: 'read-params' })
  for (let index = 0; index < 450; index++) tells(index, 450)
  await clock.advance(10)
  const told = notices.slice(-4)
  expect(told.map(({ params, outcome }) => [params.length, outcome])).toEqual([
    [200, null],
    [200, null],
    [50, null],
    [0, { kind: 'listed', count: 450 }],
  ])
  expect(told[1]?.params[0]?.name).toBe('P_200')
})
