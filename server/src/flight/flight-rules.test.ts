import type { AircraftCommand, DomainEvent, UploadNotice } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import {
  COORDINATOR,
  DISPATCHER,
  NOW_MS,
  PILOT,
  REPORT,
  SETUP,
  flyingStatus,
  statusOf,
  world,
} from '../domain/test-kit.ts'
import { createDroneBoard } from './drone-board.ts'
import { droneState, followDrones, type DroneMover } from './drone-motion.ts'
import { statusRules } from './status-rules.ts'
import { taskProgress } from './task-progress.ts'
import { dueEvents } from './timers.ts'
import { createUploads, uploadEvents, uploadId } from './uploads.ts'

const types = (events: readonly DomainEvent[]): string[] => events.map(({ type }) => type)

function accepted() {
  const town = world()
  town.see('main-1')
  town.give(DISPATCHER, REPORT)
  town.give(COORDINATOR, { type: 'search.open', incidentId: town.only('incident').id, setup: SETUP })
  const searchId = town.only('search').id
  town.give(COORDINATOR, { type: 'search.set-highest-ground', searchId, highestGroundAmslM: 20 })
  town.give(COORDINATOR, { type: 'search.cut-tasks', searchId, droneIds: ['main-1'], clearanceM: 60 })
  const taskId = town.only('task').id
  town.give(COORDINATOR, { type: 'task.offer', taskId })
  town.give(PILOT, { type: 'task.accept', taskId })
  return { town, taskId }
}

function inState(state: 'starting' | 'flying' | 'returning' | 'unknown') {
  const { town, taskId } = accepted()
  town.apply([
    { type: 'task.uploaded', taskId, planId: 'p1', total: 5 },
    { type: 'task.starting', taskId, commandId: 'c' },
  ])
  if (state !== 'starting') town.apply([{ type: 'task.flying', taskId }])
  if (state === 'returning') town.apply([{ type: 'task.returning', taskId }])
  if (state === 'unknown') town.apply([{ type: 'task.unknown', taskId, reason: 'restart' }])
  return town.only('task')
}
const plan = (planId: string | null) => ({ current: 1, reached: 0, total: 5, plan: 'verified' as const, planId })

describe('what telemetry says about a task', () => {
  it('is flying only when the drone is in the air, in its mission, with the plan of the task', () => {
    const task = inState('starting')
    expect(taskProgress(task, statusOf(), [])).toEqual([])
    expect(taskProgress(task, flyingStatus('main-1', { mode: { name: 'GUIDED', kind: 'guided' } }), [])).toEqual([])
    expect(taskProgress(task, flyingStatus('main-1', { mission: plan('other') }), [])).toEqual([])
    expect(types(taskProgress(task, flyingStatus('main-1', { mission: plan('p1') }), []))).toEqual(['task.flying'])
  })

  it('says nothing while the link is lost, because it is old', () => {
    const lost = { ...statusOf().link, state: 'lost' as const }
    expect(taskProgress(inState('flying'), statusOf('main-1', { link: lost }), [])).toEqual([])
  })

  it('is over when the drone is down and disarmed, not when it only stands on the ground', () => {
    const task = inState('returning')
    expect(taskProgress(task, statusOf('main-1', { armed: true }), [])).toEqual([])
    expect(taskProgress(task, statusOf(), [])).toEqual([{ type: 'task.done', taskId: task.id }])
  })

  it('names the order that ended a flight early', () => {
    const task = inState('flying')
    const order = { taskId: task.id, order: 'return', by: '飞手甲' } as AircraftCommand
    expect(taskProgress(task, statusOf(), [order])).toMatchObject([
      { type: 'task.done', reason: 'ordered-down@return: 飞手甲' },
    ])
  })

  it('is returning on the last step of its plan, which the autopilot flies in mission mode', () => {
    const on = (current: number) => flyingStatus('main-1', { mission: { ...plan('p1'), current } })
    expect(taskProgress(inState('flying'), on(3), [])).toEqual([])
    expect(types(taskProgress(inState('flying'), on(4), []))).toEqual(['task.returning'])
    expect(taskProgress(inState('returning'), on(4), [])).toEqual([])
  })

  it('flies again after a return that was called off', () => {
    const back = flyingStatus('main-1', { mode: { name: 'RTL', kind: 'return' } })
    expect(types(taskProgress(inState('flying'), back, []))).toEqual(['task.returning'])
    expect(types(taskProgress(inState('returning'), flyingStatus(), []))).toEqual(['task.flying'])
  })

  it('brings a task back from the unknown only with the very plan of the task', () => {
    const task = inState('unknown')
    expect(taskProgress(task, flyingStatus('main-1', { mission: plan(null) }), [])).toEqual([])
    expect(taskProgress(task, flyingStatus('main-1', { mission: plan('p2') }), [])).toEqual([])
    expect(types(taskProgress(task, flyingStatus('main-1', { mission: plan('p1') }), []))).toEqual(['task.flying'])
  })
})

describe('notices about an upload', () => {
  const setting = () => {
    const { town, taskId } = accepted()
    const uploads = createUploads()
    const event = town.log.findLast(({ type }) => type === 'task.upload-started')!
    uploads.follow({ event, seq: 42, atMs: NOW_MS })
    const notice = (over: Partial<UploadNotice>): DomainEvent[] =>
      uploadEvents(
        town.picture,
        {
          commandId: uploadId(taskId, 42),
          droneId: 'main-1',
          phase: 'sending',
          done: 0,
          total: 9,
          planId: null,
          failure: null,
          ...over,
        },
        uploads.of(taskId),
        { nowMs: NOW_MS, newId: town.newId },
      )
    return { town, taskId, notice }
  }

  it('make a task ready only when the plan was read back and has a name', () => {
    const { notice } = setting()
    expect(types(notice({ phase: 'verified', planId: 'abc' }))).toEqual(['task.uploaded'])
    expect(types(notice({ phase: 'verified', planId: null }))).toEqual(['task.upload-failed', 'alarm.raised'])
  })

  it('of an earlier try or for another drone mean nothing', () => {
    const { taskId, notice } = setting()
    expect(notice({ commandId: uploadId(taskId, 41), phase: 'verified', planId: 'abc' })).toEqual([])
    expect(notice({ droneId: 'main-2', phase: 'verified', planId: 'abc' })).toEqual([])
  })

  it('of one that its pilot has taken back raise no alarm; any other end of it does', () => {
    const { town, taskId, notice } = setting()
    const failure = { kind: 'upload-cancelled', detail: '', planUnknown: true }
    // Nobody else ends an upload: also where the bridge's answer to the wish was lost it was the pilot.
    expect(types(notice({ phase: 'failed', failure }))).toEqual(['task.upload-failed'])
    expect(town.give(PILOT, { type: 'task.cancel-upload', taskId })).toMatchObject([{ type: 'task.upload-cancelling' }])
    town.apply(notice({ done: 8 }))
    expect(town.picture.task.get(taskId)?.upload).toMatchObject({ done: 8, cancelling: true })
    expect(types(notice({ phase: 'failed', failure }))).toEqual(['task.upload-failed'])
    expect(types(notice({ phase: 'failed', failure: { ...failure, kind: 'vehicle-silent' } }))).toEqual([
      'task.upload-failed',
      'alarm.raised',
    ])
  })

  it('are journaled in few steps, and a failure says why and raises an alarm', () => {
    const { town, notice } = setting()
    let journaled = 0
    for (let done = 0; done < 10; done++) {
      const events = notice({ done })
      town.apply(events)
      journaled += events.length
    }
    expect(journaled).toBeGreaterThan(1)
    expect(journaled).toBeLessThanOrEqual(5)
    const failure = { kind: 'upload-broken-off', detail: '', planUnknown: true }
    expect(notice({ phase: 'failed', failure })).toMatchObject([
      { type: 'task.upload-failed', reason: 'upload-broken-off', planUnknown: true },
      { type: 'alarm.raised', alarm: { kind: 'upload-failed' } },
    ])
    expect(notice({ phase: 'failed', failure: { ...failure, kind: 'of a newer bridge' } })).toMatchObject([
      { type: 'task.upload-failed', reason: 'bridge-fault: of a newer bridge' },
      { type: 'alarm.raised' },
    ])
  })
})

describe('rules about vehicles', () => {
  const ctx = (newId: () => string) => ({ nowMs: NOW_MS, newId, bridgeId: 'main' })

  it('give every new drone the next number, and say nothing twice', () => {
    const town = world()
    const first = statusRules(town.picture, statusOf('main-1'), null, ctx(town.newId))
    town.apply(first)
    town.apply(statusRules(town.picture, statusOf('main-2'), null, ctx(town.newId)))
    expect([...town.picture.drone.values()].map(({ id, handle }) => [id, handle])).toEqual([
      ['main-1', 1],
      ['main-2', 2],
    ])
    expect(statusRules(town.picture, statusOf('main-1'), statusOf('main-1'), ctx(town.newId))).toEqual([])
  })

  it('raise an alarm for a link that is lost in the air, none for one that is lost on the ground', () => {
    const town = world()
    town.see('main-1')
    const lost = { ...statusOf().link, state: 'lost' as const }
    expect(types(statusRules(town.picture, statusOf('main-1', { link: lost }), statusOf(), ctx(town.newId)))).toEqual([
      'drone.link-changed',
    ])
    const air = statusRules(town.picture, flyingStatus('main-1', { link: lost }), flyingStatus(), ctx(town.newId))
    expect(types(air)).toEqual(['drone.link-changed', 'alarm.raised'])
    town.apply(air)
    const back = statusRules(town.picture, flyingStatus(), flyingStatus('main-1', { link: lost }), ctx(town.newId))
    expect(types(back)).toEqual(['drone.link-changed', 'alarm.cleared'])
  })

  it('raise one alarm for two vehicles under one id', () => {
    const town = world()
    town.see('main-1')
    const twice = statusOf('main-1', { duplicateId: true })
    town.apply(statusRules(town.picture, twice, twice, ctx(town.newId)))
    expect(statusRules(town.picture, twice, twice, ctx(town.newId))).toEqual([])
    expect(town.only('alarm').kind).toBe('duplicate-system-id')
  })
})

describe('what falls due', () => {
  it('is an undelivered order, which expires, and a delivered one that is never heard of again, which is unknown', () => {
    const { town } = accepted()
    town.give(PILOT, { type: 'drone.order', droneId: 'main-1', order: 'hold' })
    const { expiresAtMs } = town.only('command')
    const due = (nowMs: number) => dueEvents(town.picture, { nowMs, newId: town.newId })
    expect(due(expiresAtMs)).toEqual([])
    expect(due(expiresAtMs + 1001)).toMatchObject([{ type: 'drone.command-changed', state: 'expired' }])
    const { id: commandId } = town.only('command')
    town.apply([
      {
        type: 'drone.command-changed',
        commandId,
        droneId: 'main-1',
        order: 'hold',
        state: 'sent',
        atMs: NOW_MS,
        tries: 1,
        reason: null,
      },
    ])
    expect(due(expiresAtMs + 1001)).toEqual([])
    expect(due(expiresAtMs + 120_001)).toMatchObject([{ state: 'unknown' }])
  })
})

describe('drones on the motion plane', () => {
  it('move at once and are stored once a second, with the state byte of the contract', () => {
    const town = world()
    town.see('main-1')
    const board = createDroneBoard(() => {})
    const moved: DroneMover[] = []
    const stored: number[] = []
    followDrones({
      board,
      picture: town.picture,
      nowMs: () => NOW_MS,
      put: (_handle, mover) => moved.push(mover),
      track: ({ atMs }) => stored.push(atMs),
    })
    for (let i = 0; i < 11; i++) {
      const status = flyingStatus()
      board.put([{ ...status, position: { ...status.position!, atMs: NOW_MS + i * 200 } }])
    }
    expect(moved).toHaveLength(11)
    expect(stored).toEqual([NOW_MS, NOW_MS + 1000, NOW_MS + 2000])
    expect(moved[0]?.state).toBe(6)
    expect(droneState(statusOf('main-1', { link: { ...statusOf().link, state: 'lost' } }))).toBe(0)
  })

  it('move by what came ahead of the status, keep the time at which a repeated position was received, and wait for a status', () => {
    const town = world()
    town.see('main-1')
    const board = createDroneBoard(() => {})
    const moved: DroneMover[] = []
    let nowMs = NOW_MS
    const motion = followDrones({
      board,
      picture: town.picture,
      nowMs: () => nowMs,
      put: (_handle, mover) => moved.push(mover),
      track: () => {},
    })
    const move = { droneId: 'main-1', lngLat: [122.3, 29.9] as [number, number], headingDeg: 10, groundSpeedMps: 8 }
    motion.moved([{ ...move, atMs: NOW_MS }])
    expect(moved).toEqual([])
    const status = flyingStatus()
    board.put([status])
    motion.moved([{ ...move, atMs: NOW_MS + 100 }])
    nowMs += 150
    const told = { ...status, headingDeg: 10, groundSpeedMps: 8 }
    board.put([{ ...told, position: { ...status.position!, lngLat: [122.3, 29.9], atMs: NOW_MS + 100 } }])
    expect(moved.map(({ fixAtMs, state }) => [fixAtMs - NOW_MS, state])).toEqual([
      [status.position!.atMs - NOW_MS, 6],
      [100, 6],
    ])
    board.put([{ ...told, armed: false, position: { ...status.position!, lngLat: [122.3, 29.9], atMs: NOW_MS + 100 } }])
    expect(moved.at(-1)).toMatchObject({ state: 2, receivedAtMs: NOW_MS })
  })

  it('tell the other listeners although one of them throws', () => {
    const faults: unknown[] = []
    const board = createDroneBoard((error) => faults.push(error))
    let told = 0
    board.onStatus(() => {
      throw new Error('listener')
    })
    board.onStatus(() => (told += 1))
    board.put([statusOf()])
    expect([told, faults.length]).toEqual([1, 1])
  })
})
