import type { Task } from '@skerry/contract'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  COORDINATOR,
  DISPATCHER,
  OTHER_PILOT,
  PILOT,
  REPORT,
  SETUP,
  flyingStatus,
  squareCuts,
  squareMaps,
  statusOf,
  world,
} from '../test-kit.ts'
import { takeOffWaitOf } from './take-off.ts'

const CHECKLIST = { areaClear: true, aircraftChecked: true, heightUnderstood: true } as const
const PILOTS = { 'main-1': PILOT, 'main-2': OTHER_PILOT } as const
type DroneId = keyof typeof PILOTS

/** Two drones that climb from one place over the same ground: the second has to wait after the first. */
let town: ReturnType<typeof world>
beforeEach(() => {
  town = world(squareMaps(), ({ drones }) => drones.map((drone) => squareCuts({ drones: [drone] })[0]!))
  for (const id of ['main-1', 'main-2']) town.see(id)
  town.give(DISPATCHER, REPORT)
  town.give(COORDINATOR, { type: 'search.open', incidentId: town.only('incident').id, setup: SETUP })
  const searchId = town.only('search').id
  town.give(COORDINATOR, { type: 'search.set-highest-ground', searchId, highestGroundAmslM: 30 })
  town.give(COORDINATOR, { type: 'search.cut-tasks', searchId, droneIds: ['main-1', 'main-2'], clearanceM: 50 })
  for (const { id } of town.picture.task.values()) town.give(COORDINATOR, { type: 'task.offer', taskId: id })
})
const taskOf = (droneId: DroneId): Task => [...town.picture.task.values()].find((task) => task.droneId === droneId)!
function ready(droneId: DroneId): void {
  const { id } = taskOf(droneId)
  town.give(PILOTS[droneId], { type: 'task.accept', taskId: id })
  town.apply([{ type: 'task.uploaded', taskId: id, planId: `plan-${id}`, total: 8 }])
}
const start = (droneId: DroneId, despiteWait?: string) =>
  town.give(PILOTS[droneId], {
    type: 'task.start',
    taskId: taskOf(droneId).id,
    checklist: CHECKLIST,
    ...(despiteWait === undefined ? {} : { despiteWait }),
  })
const wait = (droneId: DroneId) => takeOffWaitOf(town.picture, taskOf(droneId), town.ctx(PILOT))
function fly(droneId: DroneId): void {
  expect(typeof start(droneId)).not.toBe('string')
  town.statuses.set(droneId, flyingStatus(droneId))
  town.apply([{ type: 'task.flying', taskId: taskOf(droneId).id }])
}

describe('the take-off wait', () => {
  it('is enforced: the second is refused with the seconds to go, until they are over', () => {
    const told = taskOf('main-2').startAfterS!
    expect(told).toBeGreaterThan(0)
    ready('main-1')
    ready('main-2')
    fly('main-1')
    town.pass(10_000)
    expect(start('main-2')).toBe('take-off-wait')
    expect(taskOf('main-2').state).toBe('ready')
    const { kind, untilMs, behind } = wait('main-2')
    expect(kind).toBe('apart')
    expect(behind).toMatchObject({ droneId: 'main-1', number: 1 })
    // Never shorter than what everyone was told.
    expect(untilMs).toBeGreaterThanOrEqual(town.nowMs() - 10_000 + 1000 * told)
    town.pass(untilMs! - town.nowMs() - 1000)
    expect(start('main-2')).toBe('take-off-wait')
    town.pass(1000)
    expect(wait('main-2').kind).toBe('clear')
    expect(typeof start('main-2')).not.toBe('string')
  })

  it('keeps the order that was agreed while the first one’s pilot is about to start', () => {
    ready('main-2')
    expect(wait('main-2').kind).toBe('clear')
    ready('main-1')
    expect(wait('main-2')).toMatchObject({ kind: 'goes-first', behind: { droneId: 'main-1' } })
    expect(start('main-2')).toBe('take-off-wait')
    town.give(COORDINATOR, { type: 'task.withdraw', taskId: taskOf('main-1').id, reason: '换电池' })
    expect(wait('main-2').kind).toBe('clear')
  })

  it('lasts until the other one is down when it no longer keeps its times', () => {
    ready('main-1')
    ready('main-2')
    fly('main-1')
    town.pass(900_000)
    expect(wait('main-2').kind).toBe('clear')
    for (const over of [
      { mode: { name: 'RTL', kind: 'return' } },
      { link: { ...statusOf().link, state: 'lost' } },
    ] as const) {
      town.statuses.set('main-1', flyingStatus('main-1', over))
      expect(wait('main-2')).toMatchObject({ kind: 'until-down', behind: { droneId: 'main-1' } })
    }
    expect(start('main-2')).toBe('take-off-wait')
    town.statuses.set('main-1', statusOf('main-1'))
    town.apply([{ type: 'task.done', taskId: taskOf('main-1').id }])
    expect(typeof start('main-2')).not.toBe('string')
  })

  it('is passed over for a reason alone, and the journal says what was not waited for', () => {
    ready('main-1')
    ready('main-2')
    fly('main-1')
    const events = start('main-2', '另一架已飞离，电台确认')
    if (typeof events === 'string') throw new Error(events)
    expect(events.find(({ type }) => type === 'task.starting')).toMatchObject({
      despiteWait: { reason: '另一架已飞离，电台确认', wait: { kind: 'apart', behind: { droneId: 'main-1' } } },
    })
  })

  it('leaves no trace where there was nothing to wait for', () => {
    ready('main-1')
    const events = start('main-1', '随手写的')
    if (typeof events === 'string') throw new Error(events)
    expect(events.find(({ type }) => type === 'task.starting')).not.toHaveProperty('despiteWait')
  })

  it('is none for a drone that is in the air already', () => {
    ready('main-1')
    ready('main-2')
    fly('main-1')
    town.statuses.set('main-2', flyingStatus('main-2'))
    expect(typeof start('main-2')).not.toBe('string')
  })
})
