import type { DomainEvent, DriftStory, Task } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { COORDINATOR, DISPATCHER, NOW_MS, REPORT, SETUP, at, flyingStatus, world } from '../domain/test-kit.ts'
import { planJob } from './planner/plan-job.ts'
import { adviceFrom, saysOther, stillAsked } from './replan.ts'
import { createSearchMaps } from './search-maps.ts'

/** Fell into the water three hours ago where the drone flies, and nothing has moved there since. */
const IN_WATER: DriftStory = {
  name: '落水',
  kind: 'drift',
  planningPoint: at(-600, -600),
  entryErrorM: 150,
  enteredAtMs: NOW_MS - 3 * 3600_000,
  objectId: 'PIW-1',
  wind: { fromDeg: 180, speedMps: 0 },
  current: { kind: 'steady', towardDeg: 0, speedMps: 0 },
}

/** Or sits somewhere near, on the other side of the map. */
const AT_HOME = {
  name: '邻家',
  kind: 'radial',
  planningPoint: at(500, 400),
  category: 'child-1-3',
  terrain: 'mountain',
} as const

/** A drone that flies its task far from where a sighting then puts the person. */
function flying(category: 'dementia' | 'hiker' = 'dementia') {
  const maps = createSearchMaps({ land: () => null })
  const town = world(maps)
  let followed = 0
  const follow = (): void => {
    for (; followed < town.log.length; followed++) maps.follow({ event: town.log[followed]! })
  }
  const apply = (events: DomainEvent[]): void => {
    town.apply(events)
    follow()
  }
  town.see('main-1')
  town.give(DISPATCHER, REPORT)
  const give = (command: Parameters<typeof town.give>[1]) => {
    const answer = town.give(COORDINATOR, command)
    follow()
    return answer
  }
  give({ type: 'search.open', incidentId: town.only('incident').id, setup: { ...SETUP, category } })
  const searchId = town.only('search').id
  give({ type: 'search.set-highest-ground', searchId, highestGroundAmslM: 30 })
  const pattern = { name: 'parallel-track', centre: at(-600, -600), bearingDeg: 0, reachM: 250, acrossM: 200 } as const
  give({ type: 'search.lay-pattern', searchId, droneIds: ['main-1'], clearanceM: 50, pattern })
  const task: Task = town.only('task')
  apply([{ type: 'task.flying', taskId: task.id }])
  town.statuses.set('main-1', flyingStatus('main-1'))
  const ask = () => maps.options(town.only('search'), town.picture, town.ctx(COORDINATOR).drones, town.nowMs())!
  const advice = () => {
    const question = ask()
    return adviceFrom(question, planJob(question.job), town.only('search').advice)
  }
  const sight = () =>
    give({
      type: 'search.add-sighting',
      searchId,
      report: { kind: 'sighting', position: at(500, 400), atMs: 0, errorM: 60, movedM: 0, certainty: 0.95, note: '' },
    })
  return { town, give, apply, searchId, task, ask, advice, sight }
}

describe('re-planning while flying', () => {
  it('proposes other ground by its POS per minute once a sighting makes it the better one', () => {
    const { advice, sight, task } = flying()
    sight()
    const now = advice()!
    expect(now).toMatchObject({ droneId: 'main-1', taskId: task.id })
    expect(now.optionPerMin).toBeGreaterThan(1.25 * now.runningPerMin)
    expect(now.gainPos).toBeGreaterThan(0.1)
    expect(now.cut.energyShare).toBeLessThanOrEqual(1)
  })

  it('sends nothing by itself: taken, it is a task offered to the pilot, and the drone flies on until then', () => {
    const { advice, sight, apply, searchId, town, give, task } = flying()
    sight()
    apply([{ type: 'search.advised', searchId, advice: { ...advice()!, id: 'a', answer: null } }])
    expect(town.picture.task.size).toBe(1)
    expect(give({ type: 'search.take-advice', searchId, adviceId: 'other' })).toBe('advice-old')
    give({ type: 'search.take-advice', searchId, adviceId: 'a' })
    expect(town.only('task')).toMatchObject({ state: 'offered', droneId: 'main-1' })
    expect(town.picture.task.get(task.id)!.state).toBe('flying')
    expect(town.only('search').advice!.answer).toBe('taken')
    expect(give({ type: 'search.take-advice', searchId, adviceId: 'a' })).toBe('advice-old')
  })

  it('does not ask again for what was declined, unless it has become worth much more', () => {
    const { advice, sight, apply, searchId, give, town } = flying()
    sight()
    const first = { ...advice()!, id: 'a', answer: null }
    apply([{ type: 'search.advised', searchId, advice: first }])
    expect(saysOther(town.only('search').advice, advice())).toBe(false)
    give({ type: 'search.decline-advice', searchId, adviceId: 'a', reason: '那边有人在走' })
    expect(advice()).toBeNull()
    const weighed = { ...first.weighed!, gainWorth: first.weighed!.gainWorth / 2 }
    apply([{ type: 'search.advised', searchId, advice: { ...first, weighed, answer: 'declined' } }])
    expect(advice()).not.toBeNull()
  })

  it('counts the way from where the drone is now and back to its home, within what its battery leaves', () => {
    const { ask, advice, sight, town } = flying()
    sight()
    const near = advice()!
    const away = (over: object) =>
      town.statuses.set(
        'main-1',
        flyingStatus('main-1', {
          position: { lngLat: at(3000, 0), altAmslM: 130, heightAboveTakeoffM: 118, atMs: 0, accuracyM: 1 },
          ...over,
        }),
      )
    away({})
    const far = advice()!
    // Some 2 km further to fly at 10 m/s, nearly all of it before the first lane.
    expect(far.cut.transitS).toBeGreaterThan(near.cut.transitS + 150)
    expect(far.atS).toBeGreaterThan(far.cut.timeS - 110)
    expect(far.optionPerMin).toBeLessThan(near.optionPerMin)
    expect(far.cut.energyShare).toBeLessThanOrEqual(1)
    // 300 s are the reserve: what is left would not take it there and home.
    away({ battery: { remainingShare: null, voltageV: 22, remainingS: 300 + 280 } })
    expect(advice()).toBeNull()
    // A battery or a home that nobody knows of is not a full battery, nor the place where the drone is.
    away({ battery: { remainingShare: null, voltageV: 22, remainingS: null } })
    expect(ask()).toBeNull()
    away({ home: null })
    expect(ask()).toBeNull()
  })

  it('weighs what could be flown by how long the subject may live, as cuts are', () => {
    const { ask, give, searchId, town } = flying()
    give({ type: 'search.set-conditions', searchId, conditions: { waterC: null, airC: -25, windMps: null } })
    const [story] = town.only('search').scenarios
    town.pass(3600_000)
    const { lastKnownAtMs } = town.only('search').subject
    expect(ask().job.requests[0]!.survivals).toEqual([
      {
        scenarioId: story!.id,
        conditions: expect.objectContaining({ airC: -25 }) as object,
        sinceS: (town.nowMs() - lastKnownAtMs) / 1000,
      },
    ])
  })

  it('leaves ground that finds more for ground where the subject is found alive, and says what of it is', () => {
    const { advice, give, apply, searchId, town, task } = flying('hiker')
    give({ type: 'search.add-scenario', searchId, story: IN_WATER, weight: 8 })
    give({ type: 'search.add-scenario', searchId, story: AT_HOME, weight: 1 })
    const conditions = (waterC: number) =>
      give({ type: 'search.set-conditions', searchId, conditions: { waterC, airC: null, windMps: null } })
    expect(advice()).toBeNull()
    conditions(20)
    expect(advice()).toBeNull()
    conditions(2)
    const now = advice()!
    expect(now).toMatchObject({ taskId: task.id, weighed: { partly: true } })
    expect(now.weighed!.gainAlive).toBeGreaterThan(0.005)
    expect(now.gainPos).toBeLessThan(0)
    expect(now.cut).not.toHaveProperty('posByStory')
    // Declined before anything was known of survival: that was another question.
    const { weighed: _, ...plain } = now
    apply([{ type: 'search.advised', searchId, advice: { ...plain, gainPos: 1, id: 'a', answer: 'declined' } }])
    expect(advice()).not.toBeNull()
    expect(saysOther({ ...plain, gainPos: now.weighed!.gainWorth, id: 'a', answer: null }, now)).toBe(true)
    expect(town.picture.task.size).toBe(1)
  })

  it('budgets what a drone without a wind of its own could fly in the wind that another reports', () => {
    const { ask, advice, sight, town } = flying()
    sight()
    expect(advice()!.cut.plannedWind).toBeNull()
    const wind = { fromDeg: 200, speedMps: 6 }
    town.see('main-2', { wind })
    expect(ask().job.requests[0]!.drones[0]!.wind).toEqual(wind)
    expect(advice()!.cut.plannedWind).toEqual(wind)
  })

  it('forgets an answer when the task has ended, or ground was given to others, while it was computed', () => {
    const { ask, town, apply, give, task, searchId } = flying()
    const question = ask()
    expect(stillAsked(question, town.only('search'), town.picture)).toBe(true)
    town.see('main-2')
    const pattern = { name: 'sector', centre: at(300, 300), bearingDeg: 0, reachM: 100, acrossM: 100 } as const
    give({ type: 'search.lay-pattern', searchId, droneIds: ['main-2'], clearanceM: 50, pattern })
    expect(stillAsked(question, town.only('search'), town.picture)).toBe(false)
    const later = ask()
    apply([{ type: 'task.returning', taskId: task.id }])
    expect(stillAsked(later, town.only('search'), town.picture)).toBe(false)
  })
})
