import type { DomainEvent, Update } from '@skerry/contract'
import { expect, it } from 'vitest'
import { COORDINATOR, DISPATCHER, REPORT, SETUP, at, flyingStatus, world } from '../domain/test-kit.ts'
import type { Engine } from '../engine/engine.ts'
import { FakeScheduler } from '../engine/fake-scheduler.ts'
import { startReplanRecorder } from './replan-recorder.ts'

it('looks at the assignments again once somebody states the water or the air: how long one lives weighs', () => {
  const town = world()
  town.see('main-1')
  town.give(DISPATCHER, REPORT)
  town.give(COORDINATOR, { type: 'search.open', incidentId: town.only('incident').id, setup: SETUP })
  const searchId = town.only('search').id
  town.give(COORDINATOR, { type: 'search.set-highest-ground', searchId, highestGroundAmslM: 30 })
  const pattern = { name: 'sector', centre: at(0, 300), bearingDeg: 0, reachM: 100, acrossM: 100 } as const
  town.give(COORDINATOR, { type: 'search.lay-pattern', searchId, droneIds: ['main-1'], clearanceM: 50, pattern })
  town.apply([{ type: 'task.flying', taskId: town.only('task').id }])
  town.statuses.set('main-1', flyingStatus('main-1'))

  const clock = new FakeScheduler()
  let told: Parameters<Engine['onUpdate']>[0] | null = null
  let looks = 0
  const recorder = startReplanRecorder({
    engine: {
      picture: town.picture,
      onUpdate: (listener) => {
        told = listener
        return () => (told = null)
      },
      record: () => Promise.resolve(0),
    },
    maps: { options: () => (looks++, null) },
    planning: { options: () => Promise.reject(new Error('nothing to plan')) },
    drones: town.ctx(COORDINATOR).drones,
    clock,
    newId: () => 'id',
    onFault: (error) => {
      throw error
    },
  })
  const hear = (event: DomainEvent): void => told!({} as Update, event)
  hear({ type: 'search.conditions-set', searchId, conditions: { waterC: 8, airC: null, windMps: null } })
  expect(looks).toBe(0)
  clock.advance(2000)
  expect(looks).toBe(1)
  // Some other word is no reason to plan.
  hear({ type: 'search.light-set', searchId, light: 'night' })
  clock.advance(2000)
  expect(looks).toBe(1)
  recorder.stop()
  clock.advance(120_000)
  expect(looks).toBe(1)
  expect(told).toBeNull()
})
