import type { FlightOrder } from '@skerry/contract'
import { expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { ScriptedPx4 } from '../testing/scripted-px4.ts'
import { runOrder } from './order-runner.ts'
import { orderSteps } from './order-steps.ts'

function setUp() {
  const clock = new FakeClock()
  const px4 = new ScriptedPx4(clock)
  const notices: string[] = []
  const give = (order: FlightOrder, expiresInMs = 60_000) => {
    const steps = orderSteps(order, px4.session.vehicle(), 40, clock.nowMs())
    if (!steps.ok) throw new Error(steps.error.code)
    const safety = order === 'hold' || order === 'return' || order === 'land'
    const rules = { steps: steps.value, safety, expiresAtMs: clock.nowMs() + expiresInMs }
    return runOrder(rules, { clock, ...px4.session }, ({ state, reason }) =>
      notices.push(`${state} ${reason ?? ''}`.trim()),
    )
  }
  const fly = (): void => {
    Object.assign(px4, { armed: true, inAir: true, mode: 'mission' })
  }
  return { clock, px4, notices, give, fly }
}

it('starts a PX4 by one MISSION_START with a finite first item: that arms it too', async () => {
  const { px4, notices, give } = setUp()
  const { ended } = give('arm-and-start')
  await px4.live(3)
  expect(await ended).toEqual({ state: 'effective', reason: null })
  expect(px4.commands.map(({ command }) => command)).toEqual([300])
  expect(px4.commands[0]?.params.slice(0, 3)).toEqual([0, 0, NaN])
  expect(notices).toEqual(['sent', 'acked', 'effective'])
})

it('tells why a PX4 would not start, in its own words', async () => {
  const { px4, give } = setUp()
  px4.ready = false
  const { ended } = give('arm-and-start')
  await px4.live(3)
  expect(await ended).toEqual({
    state: 'refused',
    reason: 'command-temporarily-rejected@arm-and-fly: Preflight Fail: heading estimate invalid',
  })
})

it('never starts a flight again for an ack that was lost long ago', async () => {
  const { px4, give } = setUp()
  px4.deaf = true
  const { ended } = give('arm-and-start', 5000)
  await px4.live(4)
  px4.deaf = false
  await px4.live(12)
  expect((await ended).state).toBe('unknown')
  expect(px4.commands).toEqual([])
})

it.each([
  ['hold', 'hold', 176],
  ['return', 'return', 20],
  ['land', 'land', 21],
] as const)('%s is in effect when the heartbeat shows it', async (order, mode, command) => {
  const { px4, give, fly } = setUp()
  fly()
  await px4.live(1)
  const { ended } = give(order)
  await px4.live(2)
  expect((await ended).state).toBe('effective')
  expect([px4.mode, px4.commands[0]?.command]).toEqual([mode, command])
})

it('keeps telling a PX4 to come home until it hears it', async () => {
  const { px4, notices, give, fly } = setUp()
  fly()
  await px4.live(1)
  px4.deaf = true
  const { ended } = give('return')
  await px4.live(8)
  expect(notices).toContain('sent still-trying')
  px4.deaf = false
  await px4.live(5)
  expect((await ended).state).toBe('effective')
})

it('resumes the plan in mission mode, and starts one in the air from its first item', async () => {
  const { px4, give, fly } = setUp()
  fly()
  px4.mode = 'hold'
  px4.current = 5
  await px4.live(1)
  const resumed = give('resume')
  await px4.live(2)
  expect((await resumed.ended).state).toBe('effective')
  expect([px4.mode, px4.current]).toEqual(['mission', 5])
  px4.mode = 'hold'
  await px4.live(1)
  const begun = give('start-in-air')
  await px4.live(4)
  expect((await begun.ended).state).toBe('effective')
  expect([px4.mode, px4.current]).toEqual(['mission', 0])
})
