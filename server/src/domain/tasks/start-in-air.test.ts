import type { DroneStatus } from '@skerry/contract'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  COORDINATOR,
  DISPATCHER,
  NOW_MS,
  PILOT,
  REPORT,
  SETUP,
  at,
  flyingStatus,
  statusOf,
  world,
} from '../test-kit.ts'

let town: ReturnType<typeof world>
let searchId: string
const task = () => town.only('task')

const flies = (over: Partial<DroneStatus> = {}): void => {
  town.statuses.set('main-1', flyingStatus('main-1', over))
}
const cut = () => town.give(COORDINATOR, { type: 'search.cut-tasks', searchId, droneIds: ['main-1'], clearanceM: 60 })
const start = () =>
  town.give(PILOT, {
    type: 'task.start',
    taskId: task().id,
    checklist: { areaClear: true, aircraftChecked: true, heightUnderstood: true },
  })
const holds = (remainingShare: number | null): Pick<DroneStatus, 'battery'> => ({
  battery: { remainingShare, voltageV: 24, remainingS: null },
})

beforeEach(() => {
  town = world()
  town.see('main-1')
  town.give(DISPATCHER, REPORT)
  town.give(COORDINATOR, { type: 'search.open', incidentId: town.only('incident').id, setup: SETUP })
  searchId = town.only('search').id
  town.give(COORDINATOR, { type: 'search.set-highest-ground', searchId, highestGroundAmslM: 40 })
})

describe('a task cut for a drone in the air', () => {
  it('is not cut on a guess of its battery, or without its place or home', () => {
    flies(holds(null))
    expect(cut()).toBe('drone-battery-unknown')
    flies({ home: null })
    expect(cut()).toBe('drone-position-unknown')
    flies({ position: null })
    expect(cut()).toBe('drone-position-unknown')
    flies()
    expect(cut()).not.toBeTypeOf('string')
  })

  it('is cut the same where nobody knows whether it flies', () => {
    const unknown = { armed: null, landed: null }
    flies({ ...unknown, ...holds(null) })
    expect(cut()).toBe('drone-battery-unknown')
    flies({ ...unknown, home: null })
    expect(cut()).toBe('drone-position-unknown')
  })

  describe('and to be started there', () => {
    beforeEach(() => {
      flies()
      cut()
      town.give(COORDINATOR, { type: 'task.offer', taskId: task().id })
      town.give(PILOT, { type: 'task.accept', taskId: task().id })
      town.apply([{ type: 'task.uploaded', taskId: task().id, planId: 'plan-1', total: 9 }])
    })

    it('is started where its battery still holds for the way and home', () => {
      expect(start()).toMatchObject([{ type: 'drone.ordered', command: { order: 'start-in-air' } }, {}])
    })

    it('is refused when the battery has drained meanwhile, or tells no more', () => {
      flies(holds(0.22))
      expect(start()).toBe('drone-battery-low')
      flies(holds(null))
      expect(start()).toBe('drone-battery-unknown')
    })

    it('is refused when the drone has been carried so far off that it would not come home', () => {
      const farM = 20_000
      flies({ position: { lngLat: at(0, farM), altAmslM: 130, heightAboveTakeoffM: 118, atMs: NOW_MS, accuracyM: 1 } })
      expect(start()).toBe('drone-battery-low')
    })
  })

  describe('but cut on the ground, where a person answered for its battery', () => {
    beforeEach(() => {
      town.statuses.set('main-1', statusOf('main-1', holds(null)))
      cut()
      town.give(COORDINATOR, { type: 'task.offer', taskId: task().id, batteryAnswered: true })
      town.give(PILOT, { type: 'task.accept', taskId: task().id })
      town.apply([{ type: 'task.uploaded', taskId: task().id, planId: 'plan-1', total: 9 }])
    })

    it('is refused once it has been flown away from there: nobody answered for what is left', () => {
      expect(task().batteryAssumedS).toBeDefined()
      flies(holds(null))
      expect(start()).toBe('drone-battery-unknown')
    })

    it('is refused when what its battery says by now is not enough from where it is', () => {
      const farM = 20_000
      flies({ position: { lngLat: at(0, farM), altAmslM: 130, heightAboveTakeoffM: 118, atMs: NOW_MS, accuracyM: 1 } })
      expect(start()).toBe('drone-battery-low')
    })

    it('is started where what its battery says by now is enough', () => {
      flies()
      expect(start()).toMatchObject([{ type: 'drone.ordered', command: { order: 'start-in-air' } }, {}])
    })
  })
})
