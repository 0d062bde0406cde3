import type { CameraWish } from '@skerry/contract'
import { expect, it } from 'vitest'
import { flyingStatus, NOW_MS, OTHER_PILOT, PILOT, world } from '../test-kit.ts'

function flying(planAboard: string | null, plan: 'verified' | 'unknown' | 'differs' = 'verified') {
  const town = world()
  town.see('main-1')
  const upload = { done: 4, total: 4, verified: true, planId: 'plan-a' }
  town.picture.task.set('t1', { id: 't1', droneId: 'main-1', upload } as never)
  town.picture.drone.set('main-1', { ...town.picture.drone.get('main-1')!, taskId: 't1' })
  town.apply([
    { type: 'drone.leased', lease: { droneId: 'main-1', seatId: PILOT.id, name: PILOT.name, takenAtMs: NOW_MS } },
  ])
  town.statuses.set(
    'main-1',
    flyingStatus('main-1', { mission: { current: 2, reached: 1, total: 4, plan, planId: planAboard } }),
  )
  return town
}
const order = (what: 'resume' | 'hold' | 'release-control' | 'hand-over-control' | 'take-control') =>
  ({ type: 'drone.order', droneId: 'main-1', order: what }) as const

it('resumes the plan that was being flown', () => {
  expect(flying('plan-a').give(PILOT, order('resume'))).toMatchObject([{ type: 'drone.ordered' }])
})
it('does not resume when another plan is aboard: it would be flown from the middle', () => {
  expect(flying('plan-b').give(PILOT, order('resume'))).toBe('nothing-to-resume')
  expect(flying('plan-b').give(PILOT, order('hold'))).toMatchObject([{ type: 'drone.ordered' }])
})
it('does not resume when nobody knows what is aboard: a list that was half replaced would be flown', () => {
  for (const plan of ['unknown', 'differs'] as const)
    for (const aboard of [null, 'plan-a'])
      expect(flying(aboard, plan).give(PILOT, order('resume'))).toBe('nothing-to-resume')
})
it('takes orders from nobody but the holder of the lease', () => {
  expect(flying('plan-a').give(OTHER_PILOT, order('hold'))).toBe('lease-not-held')
})

it('gives a wish for the camera a line in the ledger of its own, and takes it from the holder alone', () => {
  const wish: CameraWish = { do: 'look-at', position: [122.1, 30] }
  const command = { type: 'drone.camera' as const, droneId: 'main-1', wish }
  expect(flying('plan-a').give(PILOT, command)).toMatchObject([
    { type: 'drone.ordered', command: { order: 'look-at', camera: wish, state: 'authorised' } },
  ])
  expect(flying('plan-a').give(OTHER_PILOT, command)).toBe('lease-not-held')
})
it('leaves no aircraft in the air without a station in control', () => {
  expect(flying('plan-a').give(PILOT, order('release-control'))).toBe('drone-in-air')
  for (const what of ['take-control', 'hand-over-control'] as const)
    expect(flying('plan-a').give(PILOT, order(what))).toMatchObject([{ type: 'drone.ordered' }])
  const town = flying('plan-a')
  town.statuses.set('main-1', flyingStatus('main-1', { armed: false, landed: 'on-ground' }))
  expect(town.give(PILOT, order('release-control'))).toMatchObject([{ type: 'drone.ordered' }])
  expect(town.give(OTHER_PILOT, order('take-control'))).toBe('lease-not-held')
})
it('looks nowhere for two vehicles under one id', () => {
  const town = flying('plan-a')
  town.statuses.set('main-1', flyingStatus('main-1', { duplicateId: true }))
  expect(town.give(PILOT, { type: 'drone.camera', droneId: 'main-1', wish: { do: 'photo' } })).toBe(
    'duplicate-system-id',
  )
})
