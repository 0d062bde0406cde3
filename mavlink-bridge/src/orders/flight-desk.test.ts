import type { CommandNotice, OrderRequest } from '@skerry/contract'
import { expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { fakeLink } from '../testing/fake-link.ts'
import { heartbeat } from '../testing/vehicles.ts'
import { createFleet } from '../vehicles/fleet.ts'
import { isMessage, type TypedName } from '../wire/decode.ts'
import { encode, type EncodeFields } from '../wire/encode.ts'
import { framesOfDatagram } from '../wire/framer.ts'
import { createFenceDesk } from './fence-desk.ts'
import { createFlightDesk } from './flight-desk.ts'
import { createPlanDesk } from './plan-desk.ts'
import { createUpkeepDesk } from './upkeep-desk.ts'

function setUp({ holder = (): string | null => 'Li' } = {}) {
  const clock = new FakeClock()
  const link = fakeLink()
  const fleet = createFleet({
    bridgeId: 'main',
    link,
    clock,
    onMember: () => undefined,
    onGone: (droneId, why) => {
      if (why === 'replaced') desk.endAll(droneId, 'vehicle-replaced')
    },
  })
  const notices: CommandNotice[] = []
  const plans = createPlanDesk({ clock, notify: () => undefined })
  const desk = createFlightDesk({
    fleet,
    plans: {
      ...plans,
      state: () => ({ state: 'verified', planId: 'plan', itemsCount: true }),
    },
    fences: createFenceDesk({ clock, notify: () => undefined }),
    upkeep: createUpkeepDesk({ clock, plans, setsWhileArmed: false, notify: () => undefined }),
    clock,
    allows: (_droneId, token) => token === 'lease',
    holder,
    notify: (notice) => notices.push(notice),
  })
  const say = <N extends TypedName>(peer: string, name: N, fields: EncodeFields<N>): void => {
    for (const frame of framesOfDatagram(encode(name, fields, { seq: 0, sys: 1, comp: 1 })))
      fleet.hear({ peer, frame, atMs: clock.nowMs() })
  }
  const beat = (mode: number): void => say('a', 'HEARTBEAT', heartbeat(mode))
  beat(3)
  const give = (order: OrderRequest['order'], over: Partial<OrderRequest> = {}) =>
    desk.order({
      commandId: `${order}-1`,
      droneId: 'main-1',
      order,
      takeoffHeightM: null,
      leaseToken: 'lease',
      expiresAtMs: clock.nowMs() + 60_000,
      ...over,
    })
  const commands = () =>
    link.sent.flatMap(({ message }) => (isMessage(message, 'COMMAND_LONG') ? [message.fields.command] : []))
  return { clock, link, fleet, desk, notices, say, beat, give, commands }
}

it.each([
  ['drone-unknown-to-bridge', { droneId: 'main-9' }],
  ['lease-token-invalid', { leaseToken: 'other' }],
  ['expired-before-bridge', { expiresAtMs: 0 }],
])('takes no order when: %s', (reason, over) => {
  const { give, commands } = setUp()
  expect(give('return', over)).toEqual({ ok: false, reason })
  expect(commands()).toEqual([])
})

it('answers the same request again without flying it again', async () => {
  const { clock, give, commands, beat } = setUp()
  expect(give('return').ok).toBe(true)
  await clock.advance(200)
  beat(6)
  await clock.advance(100)
  const sent = commands().length
  expect(give('return').ok).toBe(true)
  await clock.advance(2000)
  expect(commands()).toHaveLength(sent)
})

it('lets a safety order take the place of a running one, and no other', async () => {
  const { clock, give, notices, commands } = setUp()
  give('resume')
  await clock.advance(100)
  expect(give('resume', { commandId: 'resume-2' })).toEqual({ ok: false, reason: 'order-running' })
  expect(give('hold').ok).toBe(true)
  expect(give('land').ok).toBe(true)
  await clock.advance(100)
  const ends = notices.filter(({ state }) => state === 'not-effective').map(({ commandId }) => commandId)
  expect(ends).toEqual(['resume-1', 'hold-1'])
  expect(commands().at(-1)).toBe(21)
})

it('still tries a safety order over a lost link, and starts nothing over one', async () => {
  const { clock, give } = setUp()
  await clock.advance(5000)
  expect(give('resume')).toEqual({ ok: false, reason: 'drone-link-lost' })
  expect(give('return').ok).toBe(true)
})

it('tells nothing more of a former holder once the drone is held by another, but brings it home all the same', async () => {
  let who = 'Li'
  const { clock, desk, give, notices, commands } = setUp({ holder: () => who })
  give('resume')
  await clock.advance(100)
  who = 'Wang'
  desk.leasesChanged()
  const told = commands().length
  await clock.advance(2500)
  expect(commands()).toHaveLength(told)
  expect(notices.at(-1)).toMatchObject({ commandId: 'resume-1', state: 'unknown', reason: 'lease-changed' })
  give('return')
  await clock.advance(100)
  who = 'Zhao'
  desk.leasesChanged()
  await clock.advance(1500)
  expect(commands().filter((id) => id === 20).length).toBeGreaterThan(1)
})

it('goes on when the server told the same holder a new token: it restarted, nobody else took over', async () => {
  const { clock, desk, give, commands } = setUp()
  give('resume')
  await clock.advance(100)
  desk.leasesChanged()
  const told = commands().length
  await clock.advance(1500)
  expect(commands().length).toBeGreaterThan(told)
})

it('ends what it tells one aircraft when another one answers under its id, and tells that one nothing of it', async () => {
  const { clock, link, fleet, give, say, notices } = setUp()
  say('a', 'SYSTEM_TIME', { time_unix_usec: 0n, time_boot_ms: 500_000 })
  expect(give('return').ok).toBe(true)
  for (let s = 1; s <= 12; s++) {
    await clock.advance(1000)
    say('b', 'HEARTBEAT', heartbeat(3))
    say('b', 'SYSTEM_TIME', { time_unix_usec: 0n, time_boot_ms: 9000 + s * 1000 })
    fleet.tick()
  }
  expect(fleet.member('main-1')?.session.peer()).toBe('b')
  expect(notices.at(-1)).toMatchObject({ commandId: 'return-1', state: 'unknown', reason: 'vehicle-replaced' })
  const orders = link.sent.flatMap(({ peer, message }) =>
    isMessage(message, 'COMMAND_LONG') && [20, 176].includes(message.fields.command) ? [peer] : [],
  )
  expect(new Set(orders)).toEqual(new Set(['a']))
})
