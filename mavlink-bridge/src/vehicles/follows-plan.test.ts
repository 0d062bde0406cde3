import { expect, it } from 'vitest'
import { heartbeat } from '../testing/vehicles.ts'
import { followsPlan } from './follows-plan.ts'
import { observeHeartbeat } from './observe.ts'

const NOW = 1_700_000_000_000
const [ROVER, BOAT, QUADROTOR, SUBMARINE] = [10, 11, 2, 12]
const STANDBY = 3
const vehicle = (type: number, mode: number, over: object = {}) =>
  observeHeartbeat(null, { sys: 1, comp: 1 }, heartbeat(mode, { type, ...over }), NOW)

it.each([
  ['a rover', ROVER, 10, 4],
  ['a boat', BOAT, 10, 4],
  ['a submarine', SUBMARINE, 3, 19],
  ['a copter in the air', QUADROTOR, 3, 17],
])('%s follows its plan while it is armed and in AUTO, and not otherwise', (_, type, auto, hold) => {
  const follows = (mode: number, armed: boolean) => followsPlan(vehicle(type, mode, { armed }), NOW)
  expect([follows(auto, true), follows(auto, false), follows(hold, true)]).toEqual([true, false, false])
})

it('a copter that stands armed on the ground in AUTO does not move yet', () => {
  expect(followsPlan(vehicle(QUADROTOR, 3, { armed: true, status: STANDBY }), NOW)).toBe(false)
})

it('one whose arming is not known may be under way', () => {
  const unknown = { ...vehicle(ROVER, 10, { armed: false }), armedKnown: false }
  expect(followsPlan(unknown, NOW)).toBe(true)
})
