import { beforeEach, describe, expect, it } from 'vitest'
import {
  COORDINATOR,
  DISPATCHER,
  HOME,
  NOW_MS,
  OTHER_PILOT,
  PILOT,
  REPORT,
  SETUP,
  at,
  flyingStatus,
  statusOf,
  world,
} from '../test-kit.ts'
import { OFFER_MS } from './offer.ts'
import { planOf } from './plan.ts'

const CHECKLIST = { areaClear: true, aircraftChecked: true, heightUnderstood: true } as const
let town: ReturnType<typeof world>
let searchId: string
const task = () => town.only('task')

const cut = (clearanceM = 60, droneIds = ['main-1']) =>
  town.give(COORDINATOR, { type: 'search.cut-tasks', searchId, droneIds, clearanceM })
const ground = (highestGroundAmslM: number) =>
  town.give(COORDINATOR, { type: 'search.set-highest-ground', searchId, highestGroundAmslM })
const offer = () => town.give(COORDINATOR, { type: 'task.offer', taskId: task().id })
const accept = (seat = PILOT) => town.give(seat, { type: 'task.accept', taskId: task().id })
const start = (seat = PILOT) => town.give(seat, { type: 'task.start', taskId: task().id, checklist: CHECKLIST })
const uploaded = () => town.apply([{ type: 'task.uploaded', taskId: task().id, planId: 'plan-1', total: 9 }])

beforeEach(() => {
  town = world()
  town.see('main-1')
  town.give(DISPATCHER, REPORT)
  town.give(COORDINATOR, { type: 'search.open', incidentId: town.only('incident').id, setup: SETUP })
  searchId = town.only('search').id
})

describe('opening a search', () => {
  it('happens once per incident, only for a missing person, and only with a known category', () => {
    const open = (incidentId: string, setup: object = SETUP) =>
      town.give(COORDINATOR, { type: 'search.open', incidentId, setup: setup as typeof SETUP })
    expect(open(town.only('incident').id)).toBe('search-exists')
    town.give(DISPATCHER, { ...REPORT, category: 'fire', subject: null })
    expect(open(town.only('incident').id)).toBe('not-a-search')
    town.give(DISPATCHER, REPORT)
    expect(open(town.only('incident').id, { ...SETUP, category: 'martian' })).toBe('unknown-category')
    expect(open(town.only('incident').id, { ...SETUP, halfSizeM: 15_000, cellM: 10 })).toBe('grid-too-fine')
  })
})

describe('heights', () => {
  it('are unknown, and the task cannot be offered, until someone has entered the highest ground', () => {
    cut()
    expect(task()).toMatchObject({ heightAboveTakeoffM: null, blockers: ['no-highest-ground'], state: 'drafted' })
    expect(offer()).toBe('no-highest-ground')
    ground(40)
    // 40 m ground + 60 m clearance - 12 m take-off point
    expect(task()).toMatchObject({ heightAboveTakeoffM: 88, highestGroundAmslM: 40, blockers: [] })
    expect(offer()).not.toBeTypeOf('string')
  })

  it('are unknown while the take-off point has no altitude', () => {
    town.see('main-1', { home: null, position: null })
    expect(cut()).toBe('drone-position-unknown')
    town.see('main-1', {
      home: null,
      position: { lngLat: HOME, altAmslM: null, heightAboveTakeoffM: null, atMs: NOW_MS, accuracyM: null },
    })
    ground(40)
    cut()
    expect(task()).toMatchObject({ heightAboveTakeoffM: null, blockers: ['no-home-altitude'] })
    expect(offer()).toBe('no-home-altitude')
    town.see('main-1')
    expect(offer()).not.toBeTypeOf('string')
    expect(task()).toMatchObject({ state: 'offered', heightAboveTakeoffM: 88 })
  })

  it('above 120 m over the lowest ground ask for an approval reference, and fail closed without one', () => {
    ground(61)
    cut()
    expect(task().notices).toMatchObject([{ kind: 'above-120m' }])
    expect(offer()).toBe('no-approval-ref')
    town.give(COORDINATOR, { type: 'task.approve', taskId: task().id, approvalRef: '舟空管 2026-117' })
    expect(offer()).not.toBeTypeOf('string')
    expect(accept()).not.toBeTypeOf('string')
  })

  it('of exactly 120 m ask for nothing', () => {
    ground(60)
    cut()
    expect(task().notices).toEqual([])
  })

  it('near a listed site ask for an approval reference, and name the site', () => {
    town.apply([
      {
        type: 'sites.declared',
        sites: [{ id: 's', name: '老塘山港', kind: 'port', position: at(0, 500), radiusM: 110 }],
      },
    ])
    ground(20)
    cut()
    expect(task().notices).toMatchObject([{ kind: 'near-listed-site', site: '老塘山港' }])
    expect(offer()).toBe('no-approval-ref')
  })

  it('that change take back what was agreed at another height', () => {
    ground(40)
    cut()
    offer()
    ground(55)
    expect(task()).toMatchObject({ state: 'withdrawn', reason: 'highest-ground-changed' })
  })

  it('give a plan that climbs first, looks down, and returns', () => {
    ground(40)
    cut()
    const { steps } = planOf(task())
    expect(steps[0]).toEqual({ do: 'takeoff', heightM: 88 })
    expect(steps.slice(1, 3)).toEqual([
      { do: 'speed', groundSpeedMps: 10 },
      { do: 'gimbal', pitchDeg: -90 },
    ])
    expect(steps.slice(3, -1).map((step) => step.do === 'fly-to' && step.position)).toEqual(task().path)
    expect(steps.at(-1)).toEqual({ do: 'return' })
    const look = planOf({ ...task(), speedMps: 5 }).steps
    expect(
      look.filter((step) => step.do !== 'fly-to').map((step) => (step.do === 'speed' ? step.groundSpeedMps : step.do)),
    ).toEqual(['takeoff', 10, 'gimbal', 5, 10, 'return'])
    expect(look[4]).toEqual({ do: 'speed', groundSpeedMps: 5 })
  })
})

describe('cutting', () => {
  it('refuses drones that were never seen', () => {
    expect(cut(60, ['main-9'])).toBe('drone-not-seen')
  })

  it('refuses a drone without battery for a sortie', () => {
    town.see('main-1', { battery: { remainingShare: 0.2, voltageV: null, remainingS: null } })
    expect(cut()).toBe('drone-battery-low')
  })

  it('replaces drafts and keeps what is agreed', () => {
    ground(40)
    cut()
    const first = task().id
    cut()
    expect(town.picture.task.has(first)).toBe(false)
    offer()
    const offered = task().id
    cut()
    expect(town.picture.task.has(offered)).toBe(true)
    expect(town.picture.task.size).toBe(2)
    expect([...town.picture.task.values()].map(({ number }) => number)).toEqual([2, 3])
  })
})

describe('a battery of which nobody knows', () => {
  const answered = () =>
    town.give(COORDINATOR, { type: 'task.offer', taskId: task().id, batteryAnswered: true as const })
  const holds = (remainingShare: number | null) =>
    town.see('main-1', { battery: remainingShare === null ? null : { remainingShare, voltageV: 24, remainingS: null } })
  const cutUnknown = () => {
    holds(null)
    ground(40)
    cut()
  }

  it('is told on the task, and offered only where a person answers for a full one', () => {
    cutUnknown()
    expect(task()).toMatchObject({ state: 'drafted', batteryAssumedS: 975 })
    expect(offer()).toBe('battery-not-answered')
    expect(task().state).toBe('drafted')
    expect(answered()).toContainEqual(expect.objectContaining({ type: 'task.offered', batteryAnswered: true }))
    expect(task()).toMatchObject({ state: 'offered', batteryAssumedS: 975 })
  })

  it('asks for nobody once it is known and holds enough, and is refused where it does not', () => {
    cutUnknown()
    holds(0.25)
    expect(offer()).toBe('drone-battery-low')
    expect(answered()).toBe('drone-battery-low')
    holds(1)
    const events = offer()
    expect(events).not.toContainEqual(expect.objectContaining({ batteryAnswered: true }))
    expect(task()).not.toHaveProperty('batteryAssumedS')
    expect(task().state).toBe('offered')
  })

  it('that falls silent after the cut is asked for at the offer', () => {
    ground(40)
    cut()
    expect(task()).not.toHaveProperty('batteryAssumedS')
    holds(null)
    expect(offer()).toBe('battery-not-answered')
    expect(answered()).not.toBeTypeOf('string')
    expect(task()).toMatchObject({ state: 'offered', batteryAssumedS: 975 })
  })

  it('that was drained after the cut, by another flight, is not started with from the ground', () => {
    ground(40)
    cut()
    offer()
    accept()
    uploaded()
    expect(task()).not.toHaveProperty('batteryAssumedS')
    holds(0.25)
    expect(start()).toBe('drone-battery-low')
    // A few seconds less than it was cut for are what the reserve is for.
    holds(0.2 + (task().timeS - 50) / 1500)
    expect(start()).not.toBeTypeOf('string')
  })

  it('is not flown with once it turns out too low before the start', () => {
    cutUnknown()
    answered()
    accept()
    uploaded()
    holds(0.25)
    expect(start()).toBe('drone-battery-low')
  })
})

describe('an offer', () => {
  beforeEach(() => {
    ground(40)
    cut()
    offer()
  })

  it('goes to the first pilot, and the second is told who was first', () => {
    expect(accept(PILOT)).toMatchObject([
      { type: 'task.accepted', name: '飞手甲' },
      { type: 'drone.leased', lease: { seatId: 'seat-p' } },
      { type: 'task.upload-started' },
    ])
    expect(accept(OTHER_PILOT)).toBe('already-taken')
    expect(accept(PILOT)).toEqual([])
    expect(task()).toMatchObject({ state: 'uploading', pilot: { name: '飞手甲' } })
    expect(town.picture.drone.get('main-1')).toMatchObject({ lease: { name: '飞手甲' }, taskId: task().id })
  })

  it('cannot be accepted for a drone that someone else holds', () => {
    town.give(OTHER_PILOT, { type: 'drone.take-lease', droneId: 'main-1', reason: '检查' })
    expect(accept(PILOT)).toBe('lease-held')
  })

  it('is refused with a reason and can be offered again', () => {
    town.give(PILOT, { type: 'task.refuse', taskId: task().id, reason: '雨' })
    expect(task()).toMatchObject({ state: 'refused', reason: '雨' })
    expect(accept(OTHER_PILOT)).toBe('not-offered')
    expect(offer()).not.toBeTypeOf('string')
    expect(task()).toMatchObject({ state: 'offered', reason: null })
  })

  it('is marked as seen once', () => {
    expect(town.give(PILOT, { type: 'task.see', taskId: task().id })).toHaveLength(1)
    expect(town.give(OTHER_PILOT, { type: 'task.see', taskId: task().id })).toEqual([])
    expect(task().state).toBe('seen')
  })

  it('cannot be accepted after it has run out', () => {
    town.pass(OFFER_MS + 1)
    expect(accept()).toBe('offer-expired')
  })

  it('can be withdrawn until the drone flies', () => {
    accept()
    uploaded()
    start()
    const withdraw = { type: 'task.withdraw', taskId: task().id, reason: '不需要了' } as const
    expect(town.give(COORDINATOR, withdraw)).toBe('task-not-recallable')
    town.apply([{ type: 'task.start-failed', taskId: task().id, reason: 'Arm: Need Position Estimate' }])
    expect(town.give(COORDINATOR, withdraw)).not.toBeTypeOf('string')
    expect(town.picture.drone.get('main-1')?.taskId).toBeNull()
  })
})

describe('starting', () => {
  beforeEach(() => {
    ground(40)
    cut()
    offer()
    accept()
  })

  it('waits for a verified plan', () => {
    expect(start()).toBe('task-not-ready')
    uploaded()
    expect(start(OTHER_PILOT)).toBe('lease-not-held')
    expect(start()).toMatchObject([
      { type: 'drone.ordered', command: { order: 'arm-and-start', expiresAtMs: NOW_MS + 15_000, state: 'authorised' } },
      { type: 'task.starting' },
    ])
  })

  it('is refused without a link, with two vehicles under one id, with another plan, and from a lower place', () => {
    uploaded()
    town.see('main-1', { link: { ...statusOf().link, state: 'lost' } })
    expect(start()).toBe('drone-link-lost')
    town.see('main-1', { duplicateId: true })
    expect(start()).toBe('duplicate-system-id')
    town.see('main-1', { home: { lngLat: HOME, altAmslM: 1 } })
    expect(start()).toBe('home-moved')
    town.see('main-1', { mission: { ...statusOf().mission, plan: 'differs', planId: 'other' } })
    expect(start()).toBe('plan-differs')
    town.see('main-1', { landed: null, armed: null })
    expect(start()).toBe('drone-state-unknown')
  })

  it('of a second task in the air ends the first one and says why', () => {
    uploaded()
    start()
    const first = task().id
    town.apply([{ type: 'task.flying', taskId: first }])
    town.statuses.set('main-1', flyingStatus())
    town.apply([{ type: 'candidate.raised', candidate: candidate(searchId, town.only('incident').id) }])
    town.give(COORDINATOR, { type: 'candidate.look-again', candidateId: 'cand', droneId: 'main-1' })
    expect(task()).toMatchObject({ kind: 'look-again', state: 'offered', candidateId: 'cand', clearanceM: 40 })
    expect(town.only('candidate')).toMatchObject({ state: 'looking-again', taskId: task().id })
    accept()
    expect(town.picture.drone.get('main-1')?.taskId).toBe(first)
    uploaded()
    expect(start()).toMatchObject([
      { type: 'task.done', taskId: first, reason: 'replaced-by-task: 2' },
      { type: 'drone.ordered', command: { order: 'start-in-air' } },
      { type: 'task.starting' },
    ])
    expect(town.picture.drone.get('main-1')?.taskId).toBe(task().id)
    town.apply([{ type: 'task.done', taskId: task().id }])
    expect(town.only('candidate').state).toBe('open')
  })
})

describe('orders', () => {
  it('come only from the holder, and a fleet order reaches every drone in the air', () => {
    town.see('main-2')
    town.give(PILOT, { type: 'drone.take-lease', droneId: 'main-1', reason: '值守' })
    const hold = { type: 'drone.order', droneId: 'main-1', order: 'hold' } as const
    expect(town.give(OTHER_PILOT, hold)).toBe('lease-not-held')
    expect(town.give(PILOT, hold)).toMatchObject([{ command: { order: 'hold', expiresAtMs: NOW_MS + 60_000 } }])
    const home = { type: 'fleet.order', order: 'return' } as const
    expect(town.give(COORDINATOR, home)).toBe('no-drone-in-air')
    town.statuses.set('main-1', flyingStatus('main-1'))
    town.statuses.set('main-2', flyingStatus('main-2', { link: { ...statusOf().link, state: 'lost' } }))
    expect(town.give(COORDINATOR, home)).toMatchObject([
      { command: { droneId: 'main-1', by: '协调员' } },
      { command: { droneId: 'main-2', by: '协调员' } },
    ])
  })

  it('never leave a drone in the air without a holder', () => {
    town.give(PILOT, { type: 'drone.take-lease', droneId: 'main-1', reason: '值守' })
    town.statuses.set('main-1', flyingStatus())
    const release = { type: 'drone.release-lease', droneId: 'main-1' } as const
    expect(town.give(PILOT, release)).toBe('drone-in-air')
    expect(town.give(OTHER_PILOT, { type: 'drone.take-lease', droneId: 'main-1', reason: '接班' })).toHaveLength(2)
    expect(town.picture.drone.get('main-1')?.lease?.name).toBe('飞手乙')
  })

  it('keep their final state when a late notice comes', () => {
    town.give(PILOT, { type: 'drone.take-lease', droneId: 'main-1', reason: '值守' })
    town.give(PILOT, { type: 'drone.order', droneId: 'main-1', order: 'return' })
    const { id: commandId } = town.only('command')
    const change = (state: 'sent' | 'acked' | 'effective', atMs: number) =>
      town.apply([
        {
          type: 'drone.command-changed',
          commandId,
          droneId: 'main-1',
          order: 'return',
          state,
          atMs,
          tries: 1,
          reason: null,
        },
      ])
    change('sent', 10)
    change('acked', 20)
    change('effective', 30)
    change('acked', 40)
    expect(town.only('command')).toMatchObject({ state: 'effective', sentAtMs: 10, ackedAtMs: 20, effectiveAtMs: 30 })
  })
})

describe('candidates and the find', () => {
  it('ends the search, takes back what is on the ground and calls home what is out', () => {
    town.see('main-2')
    ground(40)
    cut(60, ['main-1', 'main-2'])
    const [first, second] = [...town.picture.task.keys()] as [string, string]
    town.apply([{ type: 'candidate.raised', candidate: candidate(searchId, town.only('incident').id) }])
    town.apply([
      { type: 'task.starting', taskId: first, commandId: 'x' },
      { type: 'task.flying', taskId: first },
    ])
    const found = {
      type: 'search.confirm-found',
      searchId,
      candidateId: 'cand',
      position: at(10, 10),
      outcome: 'well',
    } as const
    expect(town.give(COORDINATOR, { ...found, candidateId: 'other' })).toBe('unknown-candidate')
    town.give(COORDINATOR, found)
    expect(town.only('search')).toMatchObject({ state: 'found', found: { outcome: 'well', atMs: NOW_MS } })
    expect(town.only('candidate').state).toBe('confirmed')
    expect(town.picture.task.get(second)?.state).toBe('withdrawn')
    expect(town.only('command')).toMatchObject({ droneId: 'main-1', order: 'return', by: '协调员', taskId: first })
    expect(town.give(COORDINATOR, found)).toBe('search-over')
  })
})

const candidate = (ofSearch: string, incidentId: string) => ({
  id: 'cand',
  number: 1,
  searchId: ofSearch,
  incidentId,
  state: 'open' as const,
  position: at(100, 100),
  errorRadiusM: 8,
  firstSeenAtMs: NOW_MS,
  lastSeenAtMs: NOW_MS,
  looks: 3,
  opportunities: 4,
  maxC: 31,
  contrastSd: 9,
  likelihoodRatio: 30,
  passes: 1,
  taskId: null,
  unitId: null,
  reason: null,
})
