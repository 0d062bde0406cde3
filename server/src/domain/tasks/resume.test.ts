import type { DroneStatus, Zone } from '@skerry/contract'
import { beforeEach, describe, expect, it } from 'vitest'
import { taskProgress } from '../../flight/task-progress.ts'
import {
  COORDINATOR,
  DISPATCHER,
  OTHER_PILOT,
  PILOT,
  REPORT,
  SETUP,
  at,
  flyingStatus,
  statusOf,
  world,
} from '../test-kit.ts'
import { planOf } from './plan.ts'

const CHECKLIST = { areaClear: true, aircraftChecked: true, heightUnderstood: true } as const
let town: ReturnType<typeof world>
let searchId: string
let taskId: string
const task = () => town.picture.task.get(taskId)!
const resume = (fromPoint: number, seat = PILOT) => town.give(seat, { type: 'task.resume', taskId, fromPoint })
const start = () => town.give(PILOT, { type: 'task.start', taskId, checklist: CHECKLIST })
/** The plan went into the aircraft and was read back. */
const aboard = (planId: string) =>
  town.apply([{ type: 'task.uploaded', taskId, planId, total: planOf(task()).steps.length }])
/** Telemetry comes in, and what it says about the task is journaled. */
const hear = (status: DroneStatus) => {
  town.statuses.set('main-1', status)
  const events = taskProgress(task(), status, town.picture.command.values())
  town.apply(events)
  return events
}
const on = (current: number, planId = 'plan-1'): Pick<DroneStatus, 'mission'> => ({
  mission: { current, reached: null, total: planOf(task()).steps.length, plan: 'verified', planId },
})
/** Number of the step that goes to a point of the path that the plan aboard has. */
const stepTo = (point: number): number =>
  planOf(task()).steps.findIndex((step) => step.do === 'fly-to' && String(step.position) === String(task().path[point]))
const HOLDING = { mode: { name: 'BRAKE', kind: 'hold' as const } }
const DOWN = statusOf('main-1', { mission: { current: 0, reached: null, total: 9, plan: 'unknown', planId: null } })

beforeEach(() => {
  town = world()
  town.see('main-1')
  town.give(DISPATCHER, REPORT)
  town.give(COORDINATOR, { type: 'search.open', incidentId: town.only('incident').id, setup: SETUP })
  searchId = town.only('search').id
  town.give(COORDINATOR, { type: 'search.set-highest-ground', searchId, highestGroundAmslM: 40 })
  town.give(COORDINATOR, { type: 'search.cut-tasks', searchId, droneIds: ['main-1'], clearanceM: 60 })
  taskId = town.only('task').id
  town.give(COORDINATOR, { type: 'task.offer', taskId })
  town.give(PILOT, { type: 'task.accept', taskId })
  aboard('plan-1')
  start()
  hear(flyingStatus('main-1', on(0)))
})

describe('points of the path that were reached', () => {
  it('are journaled once each, in order, while the drone flies its plan', () => {
    const said = [stepTo(0), stepTo(0), stepTo(1), stepTo(2), stepTo(1), stepTo(2)].flatMap((step) =>
      hear(flyingStatus('main-1', on(step + 1))),
    )
    expect(said).toEqual([0, 1, 2].map((point) => ({ type: 'task.reached', taskId, point })))
  })
  it('are those that were flown past when the word of one was lost', () => {
    expect(hear(flyingStatus('main-1', on(stepTo(2))))).toEqual([{ type: 'task.reached', taskId, point: 1 }])
  })
  it('are told by the word alone where the next item has not been named yet', () => {
    const { mission } = on(stepTo(1))
    expect(hear(flyingStatus('main-1', { mission: { ...mission, reached: stepTo(1) } }))).toMatchObject([{ point: 1 }])
  })
  it('are none by a word of a flight before, by an item that somebody set, and by another plan', () => {
    const early = on(stepTo(0)).mission
    expect(hear(flyingStatus('main-1', { mission: { ...early, reached: stepTo(2) } }))).toEqual([])
    expect(hear(flyingStatus('main-1', { ...on(stepTo(2)), ...HOLDING }))).toEqual([])
    expect(hear(flyingStatus('main-1', on(stepTo(2), 'other')))).toEqual([])
    expect(
      hear(flyingStatus('main-1', { mission: { ...on(stepTo(2)).mission, plan: 'unknown', planId: null } })),
    ).toEqual([])
  })
})

describe('a flight that was broken off', () => {
  it('goes on from the last point it reached after a landing, with speed and camera set again', () => {
    hear(flyingStatus('main-1', on(stepTo(2))))
    hear(DOWN)
    expect(task()).toMatchObject({ state: 'done', reached: 1 })
    const events = resume(1)
    expect(events).toMatchObject([
      { type: 'task.resumed', fromPoint: 1, seatId: PILOT.id },
      { type: 'task.upload-started', total: planOf(task()).steps.length },
    ])
    const whole = planOf({ ...task(), resumeFrom: 0 }).steps
    const rest = planOf(task()).steps
    expect(rest.filter((step) => step.do !== 'fly-to')).toEqual(whole.filter((step) => step.do !== 'fly-to'))
    expect(rest.flatMap((step) => (step.do === 'fly-to' ? [step.position] : []))).toEqual(task().path.slice(1))
    expect(task()).toMatchObject({ state: 'uploading', endedAtMs: null })
    expect(town.picture.drone.get('main-1')?.taskId).toBe(taskId)

    aboard('plan-2')
    town.statuses.set('main-1', statusOf('main-1', on(0, 'plan-2')))
    expect(start()).toMatchObject([{ type: 'drone.ordered', command: { order: 'arm-and-start' } }, {}])
    hear(flyingStatus('main-1', on(0, 'plan-2')))
    expect(task().state).toBe('flying')
    // Counted along the whole path, whatever the plan aboard begins with.
    expect(hear(flyingStatus('main-1', on(stepTo(1) + 1, 'plan-2')))).toEqual([])
    expect(hear(flyingStatus('main-1', on(stepTo(2) + 1, 'plan-2')))).toMatchObject([{ point: 2 }])
  })

  it('goes on in the air from where it holds or is called back, and not while it flies its plan', () => {
    hear(flyingStatus('main-1', on(stepTo(2))))
    expect(resume(1)).toBe('task-still-flown')
    hear(flyingStatus('main-1', { ...on(stepTo(2)), mode: { name: 'RTL', kind: 'return' } }))
    expect(task().state).toBe('returning')
    expect(resume(1)).not.toBeTypeOf('string')
    aboard('plan-2')
    town.statuses.set('main-1', flyingStatus('main-1', { ...on(0, 'plan-2'), ...HOLDING }))
    expect(start()).toMatchObject([{ type: 'drone.ordered', command: { order: 'start-in-air' } }, {}])
  })

  it('goes on from an earlier point where its pilot wants that, and never from one that was not reached', () => {
    hear(flyingStatus('main-1', on(stepTo(2))))
    hear(DOWN)
    expect(resume(2)).toBe('point-not-reached')
    expect(resume(0)).not.toBeTypeOf('string')
    expect(task().resumeFrom).toBe(0)
  })

  it('goes on from the beginning where no point was reached', () => {
    hear(DOWN)
    expect(resume(1)).toBe('point-not-reached')
    expect(resume(0)).not.toBeTypeOf('string')
  })

  it('is not gone on with by anybody but the holder, after its whole path, or when others fly what it left', () => {
    hear(flyingStatus('main-1', on(stepTo(2))))
    hear(DOWN)
    expect(resume(1, OTHER_PILOT)).toBe('lease-not-held')
    town.give(COORDINATOR, { type: 'task.hand-over', taskId, droneId: 'main-1' })
    expect(resume(1)).toBe('rest-handed-over')
  })

  it('has nothing left after the last point', () => {
    hear(flyingStatus('main-1', on(stepTo(3) + 1)))
    hear(DOWN)
    expect(resume(2)).toBe('nothing-left')
  })

  it('is a flight that has begun', () => {
    town.give(COORDINATOR, { type: 'search.cut-tasks', searchId, droneIds: ['main-1'], clearanceM: 60 })
    const drafted = town.only('task').id
    expect(town.give(PILOT, { type: 'task.resume', taskId: drafted, fromPoint: 0 })).toBe('not-broken-off')
  })

  it('is not gone on with over a lost link, on a low battery, or through a zone that is closed', () => {
    hear(flyingStatus('main-1', on(stepTo(2))))
    hear(DOWN)
    town.statuses.set('main-1', { ...DOWN, link: { ...DOWN.link, state: 'lost' } })
    expect(resume(1)).toBe('drone-link-lost')
    town.statuses.set('main-1', { ...DOWN, battery: { remainingShare: 0.22, voltageV: null, remainingS: null } })
    expect(resume(1)).toBe('drone-battery-low')
    town.statuses.set('main-1', DOWN)
    const range: Zone = {
      id: 'z',
      name: '靶场',
      shape: { kind: 'circle', centre: at(0, 120), radiusM: 60 },
      rules: [{ kind: 'intrusion', priority: 'critical', movers: ['drone'], only: [], allowed: [] }],
      evidence: { hysteresisM: 20, minTimeS: 10, minFixes: 3 },
      revision: 1,
      changedAtMs: 0,
      changedBy: 'x',
    }
    town.picture.zone.set('z', range)
    expect(resume(1)).toBe('way-closed')
  })

  it('is not gone on with after a landing on a battery that nobody knows, and is once the battery tells', () => {
    hear(flyingStatus('main-1', on(stepTo(2))))
    hear(DOWN)
    town.statuses.set('main-1', { ...DOWN, battery: null })
    expect(resume(1)).toBe('drone-battery-unknown')
    town.statuses.set('main-1', { ...DOWN, battery: { remainingShare: null, voltageV: 22, remainingS: null } })
    expect(resume(1)).toBe('drone-battery-unknown')
    town.statuses.set('main-1', { ...DOWN, battery: { remainingShare: 0.9, voltageV: null, remainingS: null } })
    expect(resume(1)).not.toBeTypeOf('string')
  })

  it('is not started from the ground on a battery that has drained since it was loaded', () => {
    hear(flyingStatus('main-1', on(stepTo(2))))
    hear(DOWN)
    expect(resume(1)).not.toBeTypeOf('string')
    aboard('plan-2')
    const stands = (remainingShare: number) =>
      town.statuses.set(
        'main-1',
        statusOf('main-1', { ...on(0, 'plan-2'), battery: { remainingShare, voltageV: 22, remainingS: null } }),
      )
    stands(0.22)
    expect(start()).toBe('drone-battery-low')
    stands(0.9)
    expect(start()).not.toBeTypeOf('string')
  })

  it('may take a little longer than was agreed where the battery lasts for it, and no longer', () => {
    hear(flyingStatus('main-1', on(stepTo(2))))
    const holding = flyingStatus('main-1', { ...on(stepTo(2)), ...HOLDING })
    hear(holding)
    const known = task()
    town.apply([
      { type: 'search.tasks-cut', searchId: known.searchId, tasks: [{ ...known, timeS: 900 }], replaced: [] },
    ])
    // So far off that the rest takes about 1000 s: more than the 975 s that new flights are planned for.
    const off = (northM: number, remainingS: number) => {
      const position = { ...holding.position!, lngLat: at(0, northM) }
      town.statuses.set('main-1', { ...holding, position, battery: { remainingShare: 0.93, voltageV: 24, remainingS } })
      return resume(1)
    }
    expect(off(8500, 1250)).toBe('drone-battery-low')
    expect(off(10_500, 1700)).toBe('drone-battery-low')
    expect(off(8500, 1700)).not.toBeTypeOf('string')
  })

  it('is gone on with in the air on a battery that is known alone, and in the wind that is met', () => {
    hear(flyingStatus('main-1', on(stepTo(2))))
    const held = flyingStatus('main-1', { ...on(stepTo(2)), ...HOLDING })
    hear(held)
    // 300 s are the reserve; what is left of the path takes not quite three minutes.
    const battery = (remainingS: number | null) => ({ remainingShare: null, voltageV: 22, remainingS })
    town.statuses.set('main-1', { ...held, battery: battery(null) })
    expect(resume(1)).toBe('drone-battery-unknown')
    town.statuses.set('main-1', { ...held, home: null })
    expect(resume(1)).toBe('drone-position-unknown')
    const enough = 300 + 200
    town.statuses.set('main-1', { ...held, battery: battery(enough), wind: { fromDeg: 0, speedMps: 8.5 } })
    expect(resume(1)).toBe('drone-battery-low')
    town.see('main-2', { wind: { fromDeg: 0, speedMps: 8.5 } })
    town.statuses.set('main-1', { ...held, battery: battery(enough) })
    expect(resume(1)).toBe('drone-battery-low')
    town.see('main-2', { wind: { fromDeg: 0, speedMps: 11 } })
    expect(resume(1)).toBe('wind-too-strong')
    town.see('main-2')
    expect(resume(1)).not.toBeTypeOf('string')
  })

  it('is asked for approval again where it would fly higher than what was approved', () => {
    hear(flyingStatus('main-1', on(stepTo(2))))
    hear(DOWN)
    town.apply([{ type: 'search.ground-set', searchId, highestGroundAmslM: 90 }])
    expect(resume(1)).toBe('no-approval-ref')
  })
})

describe('a drone that hovers while its rest is loaded', () => {
  beforeEach(() => {
    hear(flyingStatus('main-1', { ...on(stepTo(2)) }))
    hear(flyingStatus('main-1', { ...on(stepTo(2)), ...HOLDING }))
    resume(1)
    aboard('plan-2')
  })
  it('keeps its task: it is not taken back from under it', () => {
    expect(town.give(COORDINATOR, { type: 'task.withdraw', taskId, reason: '改派' })).toBe('task-not-recallable')
    town.give(COORDINATOR, { type: 'search.set-highest-ground', searchId, highestGroundAmslM: 45 })
    expect(task().state).toBe('ready')
  })
  it('is called home when the search ends', () => {
    const ended = town.give(COORDINATOR, { type: 'search.end', searchId, as: 'suspended', reason: '夜间停止' })
    expect(ended).toEqual(
      expect.arrayContaining([expect.objectContaining({ type: 'drone.ordered' }), expect.objectContaining({ taskId })]),
    )
  })
})
