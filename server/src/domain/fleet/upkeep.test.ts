import type { DomainEvent, UpkeepNotice } from '@skerry/contract'
import { beforeEach, describe, expect, it } from 'vitest'
import { upkeepEvents, upkeepFailed, upkeepUnheard } from '../../flight/upkeep.ts'
import {
  COORDINATOR,
  DISPATCHER,
  flyingStatus,
  NOW_MS,
  OTHER_PILOT,
  PILOT,
  REPORT,
  SETUP,
  statusOf,
  world,
} from '../test-kit.ts'

const CHECKLIST = { areaClear: true, aircraftChecked: true, heightUnderstood: true } as const
const droneId = 'main-1'

let town: ReturnType<typeof world>
let taskId = ''
beforeEach(() => {
  town = world()
  town.see(droneId)
  town.give(DISPATCHER, REPORT)
  town.give(COORDINATOR, { type: 'search.open', incidentId: town.only('incident').id, setup: SETUP })
  const searchId = town.only('search').id
  town.give(COORDINATOR, { type: 'search.set-highest-ground', searchId, highestGroundAmslM: 30 })
  town.give(COORDINATOR, { type: 'search.cut-tasks', searchId, droneIds: [droneId], clearanceM: 50 })
  taskId = town.only('task').id
  town.give(COORDINATOR, { type: 'task.offer', taskId })
  town.give(PILOT, { type: 'task.accept', taskId })
})
const ready = () => town.apply([{ type: 'task.uploaded', taskId, planId: 'plan-a', total: 8 }])
const read = (seat = PILOT) => town.give(seat, { type: 'drone.read-params', droneId })
const set = () => town.give(PILOT, { type: 'drone.set-param', droneId, name: 'RTL_ALT', value: 60, was: 30 })
const clear = () => town.give(PILOT, { type: 'drone.clear-mission', droneId })
const upkeep = () => town.picture.drone.get(droneId)?.upkeep
const types = (said: DomainEvent[] | string) => (typeof said === 'string' ? said : said.map(({ type }) => type))
const notice = (over: Partial<UpkeepNotice>): UpkeepNotice => ({
  droneId,
  jobId: upkeep()?.job?.id ?? '',
  done: 0,
  total: 100,
  params: [],
  outcome: null,
  ...over,
})

describe('parameters and mission of a drone', () => {
  it('are worked on by its holder alone, one thing at a time, and not beside a transfer', () => {
    expect([read(), clear()]).toEqual(['fence-transfer-running', 'fence-transfer-running'])
    ready()
    expect(read(OTHER_PILOT)).toBe('lease-not-held')
    expect(types(read())).toEqual(['drone.upkeep-asked'])
    expect(upkeep()?.job).toMatchObject({ ask: { do: 'read-params' }, by: PILOT.name, done: 0, total: 0 })
    expect([read(), set(), clear()]).toEqual(Array(3).fill('upkeep-running'))
    // What only reads makes room: the bridge ends it.
    expect(types(town.give(PILOT, { type: 'task.upload', taskId }))).toContain('task.upload-started')
  })

  it('need a link, and one vehicle under its id', () => {
    ready()
    town.statuses.set(droneId, statusOf(droneId, { link: { ...statusOf().link, state: 'lost' } }))
    expect(read()).toBe('drone-link-lost')
    town.statuses.set(droneId, statusOf(droneId, { duplicateId: true }))
    expect(read()).toBe('duplicate-system-id')
  })

  it('can be read in the air, and changed only on the ground', () => {
    ready()
    town.statuses.set(droneId, flyingStatus(droneId))
    expect([set(), clear(), types(read())]).toEqual(['param-while-armed', 'mission-in-use', ['drone.upkeep-asked']])
  })

  it('are not cleared of the mission once its task is starting, though it is not armed yet', () => {
    ready()
    town.give(PILOT, { type: 'task.start', taskId, checklist: CHECKLIST })
    expect(town.picture.task.get(taskId)?.state).toBe('starting')
    expect(clear()).toBe('mission-in-use')
  })

  it('are told of in tenths, and nothing of what is over', () => {
    ready()
    read()
    const steps = Array.from({ length: 100 }, (_, done) => {
      const events = upkeepEvents(town.picture, notice({ done }))
      town.apply(events)
      return events.length
    })
    expect(steps.reduce((sum, n) => sum + n)).toBe(10)
    const end = notice({ outcome: { kind: 'listed', count: 100 } })
    town.apply(upkeepEvents(town.picture, end))
    expect(upkeep()).toMatchObject({ job: null, params: { outcome: { kind: 'listed' } }, mission: null })
    expect(upkeepEvents(town.picture, end)).toEqual([])
    expect(upkeepFailed(town.picture, droneId, end.jobId, 'no-bridge', true)).toEqual([])
  })

  it('of which nothing is heard for four minutes are over; what was being changed is unknown', () => {
    ready()
    set()
    const heardAtMs = upkeep()!.job!.heardAtMs
    expect(heardAtMs).toBe(NOW_MS)
    expect(upkeepUnheard(town.picture, heardAtMs + 240_000)).toEqual([])
    expect(upkeepUnheard(town.picture, heardAtMs + 240_001)).toMatchObject([
      { type: 'drone.upkeep-ended', outcome: { kind: 'failed', reason: 'upkeep-unheard', unknown: true } },
    ])
  })

  it('keep how the last of each kind ended', () => {
    ready()
    set()
    town.apply(upkeepEvents(town.picture, notice({ outcome: { kind: 'holds', value: 60 } })))
    clear()
    town.apply(upkeepEvents(town.picture, notice({ outcome: { kind: 'empty' } })))
    expect(upkeep()).toMatchObject({
      params: { ask: { name: 'RTL_ALT', was: 30, value: 60 }, outcome: { kind: 'holds', value: 60 } },
      mission: { outcome: { kind: 'empty' } },
    })
  })
})
