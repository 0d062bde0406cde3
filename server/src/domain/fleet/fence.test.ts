import type { DomainEvent, FenceAboard, FenceOutcome, ZoneDraft } from '@skerry/contract'
import { beforeEach, describe, expect, it } from 'vitest'
import { fenceCancelRefused, fenceEvents, fenceFailed, fencesUnheard } from '../../flight/fences.ts'
import {
  at,
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
const CAN: FenceAboard = { can: { fence: true, rally: true }, state: 'unknown', id: null, readAtMs: null }
const droneId = 'main-1'

let town: ReturnType<typeof world>
let taskId = ''
beforeEach(() => {
  town = world()
  town.see(droneId, { fence: CAN })
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
const send = (seat = PILOT) => town.give(seat, { type: 'drone.send-fence', droneId, taskId })
const check = () => town.give(PILOT, { type: 'drone.check-fence', droneId })
const clear = () => town.give(PILOT, { type: 'drone.clear-fence', droneId })
const cancel = (seat = PILOT) => town.give(seat, { type: 'drone.cancel-fence', droneId })
const start = () => town.give(PILOT, { type: 'task.start', taskId, checklist: CHECKLIST })
const fence = () => town.picture.drone.get(droneId)!.fence!
const types = (said: DomainEvent[] | string) => (typeof said === 'string' ? said : said.map(({ type }) => type))
function ended(outcome: FenceOutcome): void {
  const notice = {
    transferId: fence().transfer!.id,
    droneId,
    phase: 'reading-back' as const,
    done: 9,
    total: 9,
    outcome,
  }
  town.apply(fenceEvents(town.picture, notice))
}
const VERIFIED: FenceOutcome = { kind: 'verified', id: 'abc', rally: true }
const BROKEN: FenceOutcome = { kind: 'failed', reason: 'mission-no-space', aboardUnknown: true }

describe('a pilot sends the fence of a task', () => {
  it('once its plan is verified, and then what was read back stands in the picture', () => {
    expect(send()).toBe('fence-transfer-running')
    ready()
    expect(types(send())).toEqual(['drone.fence-asked'])
    expect(fence().transfer).toMatchObject({ ask: 'send', phase: 'waiting', done: 0, by: PILOT.name, taskId })
    const { plan, total } = fence().transfer!
    expect(total).toBe(plan!.inside.length + plan!.rally.length)
    expect([send(), check(), clear()]).toEqual(Array(3).fill('fence-transfer-running'))
    ended(VERIFIED)
    expect(fence()).toMatchObject({ plan, taskId, id: 'abc', transfer: null, last: { ask: 'send', outcome: VERIFIED } })
  })

  it('only as the holder, on the ground, disarmed, with a link, and on a vehicle that keeps one', () => {
    ready()
    expect(send(OTHER_PILOT)).toBe('lease-not-held')
    const refused: [string, Parameters<typeof statusOf>[1]][] = [
      ['fence-support-unknown', {}],
      ['fence-support-unknown', { fence: { ...CAN, can: { fence: null, rally: null } } }],
      ['fence-unsupported', { fence: { ...CAN, can: { fence: false, rally: false } } }],
      ['fence-while-armed', { fence: CAN, armed: true }],
      ['fence-while-armed', { fence: CAN, armed: null }],
      ['duplicate-system-id', { fence: CAN, duplicateId: true }],
      ['drone-link-lost', { fence: CAN, link: { ...statusOf().link, state: 'lost' } }],
    ]
    for (const [code, over] of refused) {
      town.statuses.set(droneId, statusOf(droneId, over))
      expect(send()).toBe(code)
    }
    // Reading changes nothing, and may be done in the air.
    town.statuses.set(droneId, flyingStatus(droneId, { fence: CAN }))
    expect([clear(), types(check())]).toEqual(['fence-while-armed', ['drone.fence-asked']])
  })

  it('and clears one part of it by itself: what is left is not the fence that was sent, and holds the start', () => {
    ready()
    send()
    ended(VERIFIED)
    const { plan } = fence()
    expect(types(town.give(PILOT, { type: 'drone.clear-fence', droneId, only: 'rally' }))).toEqual([
      'drone.fence-asked',
    ])
    expect(fence().transfer).toMatchObject({ ask: 'clear-rally', plan })
    ended({ kind: 'differs', detail: 'rally #0 missing' })
    expect(fence()).toMatchObject({ id: null, plan, last: { ask: 'clear-rally' } })
    expect(start()).toBe('fence-not-known')
    expect(types(clear())).toEqual(['drone.fence-asked'])
  })

  it('hears the progress a few times, and nothing of a transfer that is over', () => {
    ready()
    send()
    const { id: transferId } = fence().transfer!
    const notice = { transferId, droneId, phase: 'sending' as const, total: 20, outcome: null }
    const steps = Array.from({ length: 20 }, (_, done) => {
      const events = fenceEvents(town.picture, { ...notice, done })
      town.apply(events)
      return events.length
    })
    expect(steps.reduce((sum, n) => sum + n)).toBe(4)
    ended(VERIFIED)
    expect(fenceEvents(town.picture, { ...notice, done: 20, outcome: BROKEN })).toEqual([])
    expect(fenceFailed(town.picture, droneId, transferId, 'no-bridge', false)).toEqual([])
  })
})

describe('a pilot takes a transfer back', () => {
  it('while it goes on, once, as the holder; and its end is what the bridge tells', () => {
    ready()
    expect(cancel()).toBe('no-fence-transfer')
    send()
    expect(cancel(OTHER_PILOT)).toBe('lease-not-held')
    expect(types(cancel())).toEqual(['drone.fence-cancelling'])
    expect(cancel()).toEqual([])
    expect(fence().transfer).toMatchObject({ ask: 'send', cancelling: true })
    expect(start()).toBe('fence-transfer-running')
    ended({ kind: 'failed', reason: 'fence-cancelled', aboardUnknown: true })
    expect(fence()).toMatchObject({ transfer: null, id: null, last: { outcome: { reason: 'fence-cancelled' } } })
    expect([cancel(), start()]).toEqual(['no-fence-transfer', 'fence-not-known'])
    expect(types(send())).toEqual(['drone.fence-asked'])
    expect(fence().transfer?.cancelling).toBeUndefined()
  })

  it('also while two vehicles answer under its id: to give up is no order', () => {
    ready()
    send()
    town.statuses.set(droneId, statusOf(droneId, { fence: CAN, duplicateId: true }))
    expect(types(cancel())).toEqual(['drone.fence-cancelling'])
  })

  it('in vain where the bridge does not take that: it goes on, and can be taken back again', () => {
    ready()
    send()
    const { id } = fence().transfer!
    expect(fenceCancelRefused(town.picture, droneId, id, 'bridge-silent')).toEqual([])
    cancel()
    expect(fenceCancelRefused(town.picture, droneId, 'another', 'bridge-silent')).toEqual([])
    town.apply(fenceCancelRefused(town.picture, droneId, id, 'bridge-silent'))
    expect(fence().transfer).toMatchObject({ id, phase: 'waiting' })
    expect(fence().transfer?.cancelling).toBeUndefined()
    expect(types(cancel())).toEqual(['drone.fence-cancelling'])
    ended(VERIFIED)
    expect(fence()).toMatchObject({ id: 'abc', transfer: null })
  })
})

describe('what is aboard', () => {
  it('is not known after a transfer that broke, and then nothing starts before it is', () => {
    ready()
    send()
    expect(start()).toBe('fence-transfer-running')
    ended(BROKEN)
    expect(fence()).toMatchObject({ id: null, taskId })
    expect(start()).toBe('fence-not-known')
    clear()
    ended({ kind: 'none' })
    expect(fence()).toMatchObject({ plan: null, id: null, taskId: null })
    expect(typeof start()).not.toBe('string')
  })

  it('stays what it was where a refusal changed nothing', () => {
    ready()
    send()
    ended(VERIFIED)
    send()
    ended({ ...BROKEN, aboardUnknown: false })
    expect(fence()).toMatchObject({ id: 'abc', taskId, last: { outcome: { kind: 'failed' } } })
    expect(typeof start()).not.toBe('string')
  })

  it('lets no task start that leaves it, nor one over a fence that somebody else put there', () => {
    ready()
    send()
    ended(VERIFIED)
    town.statuses.set(droneId, statusOf(droneId, { fence: { ...CAN, state: 'differs' } }))
    expect(start()).toBe('fence-not-known')
    town.statuses.set(droneId, statusOf(droneId, { fence: CAN }))
    const task = town.picture.task.get(taskId)!
    town.picture.task.set(taskId, { ...task, path: [...task.path, at(0, 3000)] })
    expect(start()).toBe('outside-fence')
    town.picture.task.set(taskId, task)
    expect(typeof start()).not.toBe('string')
  })

  it('is unknown where nobody told the end of a transfer', () => {
    ready()
    send()
    expect(fencesUnheard(town.picture, NOW_MS + 239_000)).toEqual([])
    town.apply(fencesUnheard(town.picture, NOW_MS + 241_000))
    expect(fence().last?.outcome).toMatchObject({ kind: 'failed', reason: 'upload-end-unheard', aboardUnknown: true })
    check()
    town.apply(fencesUnheard(town.picture, NOW_MS + 241_000))
    expect(fence().last?.outcome).toMatchObject({ aboardUnknown: false })
  })
  it('is marked as old from when a closed zone that reaches into it comes or changes, until a new one is aboard', () => {
    const far = at(0, 60_000)
    const zone = (radiusM: number, over: Partial<ZoneDraft> = {}): ZoneDraft => ({
      name: '烟花',
      shape: { kind: 'circle', centre: fence().plan!.inside[0]!, radiusM },
      rules: [{ kind: 'intrusion', priority: 'critical', movers: ['drone'], only: [], allowed: [] }],
      evidence: { hysteresisM: 20, minTimeS: 10, minFixes: 3 },
      ...over,
    })
    const closed = () => town.only('zone')
    const change = (draft: ZoneDraft) => {
      const { id: zoneId, revision } = closed()
      return town.give(DISPATCHER, { type: 'zone.change', zoneId, revision, zone: draft })
    }
    ready()
    send()
    ended(VERIFIED)
    town.give(DISPATCHER, {
      type: 'zone.declare',
      zone: zone(30, { shape: { kind: 'circle', centre: far, radiusM: 30 } }),
    })
    expect(fence().outdatedAtMs).toBeUndefined()
    change(zone(30))
    expect(fence().outdatedAtMs).toBe(NOW_MS)
    // Another name, and rules for others, make no other fence.
    send()
    ended(VERIFIED)
    expect(fence().plan!.outside).toHaveLength(1)
    expect(fence().outdatedAtMs).toBeUndefined()
    change(zone(30, { name: '烟花区' }))
    expect(fence().outdatedAtMs).toBeUndefined()
    change(zone(40))
    expect(fence().outdatedAtMs).toBe(NOW_MS)
    change(zone(30))
    expect(fence().outdatedAtMs).toBeUndefined()
    town.give(DISPATCHER, { type: 'zone.remove', zoneId: closed().id, reason: '结束' })
    expect(fence()).toMatchObject({ id: 'abc', outdatedAtMs: NOW_MS })
  })

  it('is old at once where a zone came while it was under way', () => {
    ready()
    send()
    const centre = fence().transfer!.plan!.inside[0]!
    town.give(DISPATCHER, {
      type: 'zone.declare',
      zone: {
        name: '烟花',
        shape: { kind: 'circle', centre, radiusM: 30 },
        rules: [{ kind: 'intrusion', priority: 'critical', movers: ['drone'], only: [], allowed: [] }],
        evidence: { hysteresisM: 20, minTimeS: 10, minFixes: 3 },
      },
    })
    expect(fence().outdatedAtMs).toBeUndefined()
    ended(VERIFIED)
    expect(fence().outdatedAtMs).toBe(NOW_MS)
    clear()
    ended({ kind: 'none' })
    expect(fence()).toMatchObject({ plan: null, id: null })
    expect(fence().outdatedAtMs).toBeUndefined()
  })

  it('outlives the drone being seen again', () => {
    ready()
    send()
    ended(VERIFIED)
    const { lease: _lease, taskId: _task, fence: _fence, ...drone } = town.picture.drone.get(droneId)!
    town.apply([{ type: 'drone.seen', drone }])
    expect(fence().id).toBe('abc')
  })
})
