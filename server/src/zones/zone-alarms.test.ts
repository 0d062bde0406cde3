import type { Zone } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { applyChanges, createPicture, changed } from '../picture/picture.ts'
import { evolve } from '../picture/evolve.ts'
import { FakeScheduler } from '../engine/fake-scheduler.ts'
import { createEngine } from '../engine/create-engine.ts'
import { memoryJournal } from '../journal/memory-journal.ts'
import { squareMaps, squarePlanner } from '../domain/test-kit.ts'
import { CENTRE, START_MS, fixAt, place, rule, squareZone } from './test-kit.ts'
import { zoneAlarms, zoneAlarmsOver } from './zone-alarms.ts'
import { LATENESS_MS, startZoneRecorder } from './zone-recorder.ts'
import type { ZoneEvent } from './zone-fix.ts'

const event = (over: Partial<ZoneEvent>): ZoneEvent => ({
  edge: 'start',
  zoneId: 'z',
  rule: 'enter',
  mover: { kind: 'unit', id: 'u1' },
  other: null,
  atMs: START_MS,
  knownAtMs: START_MS,
  lngLat: CENTRE,
  feed: 'units',
  figure: null,
  ...over,
})

function setUp() {
  const picture = createPicture()
  const zone = squareZone('z', [
    rule({ kind: 'enter' }),
    rule({ kind: 'exit' }),
    rule({ kind: 'overspeed', limitMps: 8, priority: 'critical' }),
    rule({ kind: 'meeting', forS: 60, withinM: 50, maxMps: 1.5 }),
  ])
  applyChanges(picture, [changed('zone', 'z', { ...zone, name: '油库' })])
  let ids = 0
  const take = (...events: ZoneEvent[]) => {
    const said = zoneAlarms(picture, events, { nowMs: START_MS, newId: () => `a${++ids}` })
    for (const one of said) applyChanges(picture, evolve(picture, { event: one, atMs: START_MS }))
    return said.map((one) => one.type)
  }
  return { picture, take, alarms: () => [...picture.alarm.values()] }
}

describe('what zones find', () => {
  it('becomes an alarm with the priority of its rule, who, where and how much, and ends with it', () => {
    const { take, alarms } = setUp()
    take(event({ rule: 'overspeed', figure: 14.24 }))
    expect(alarms()).toMatchObject([
      {
        kind: 'zone-overspeed',
        priority: 'critical',
        detail: 'u1 · 油库 · 14.2 > 8 m/s',
        zoneId: 'z',
        position: CENTRE,
      },
    ])
    expect(take(event({ rule: 'overspeed', edge: 'end' }))).toEqual(['alarm.cleared'])
  })
  it('is raised and over in one breath for one who went through, and stays until answered', () => {
    const { take, alarms } = setUp()
    expect(take(event({}), event({ edge: 'end' }))).toEqual(['alarm.raised', 'alarm.cleared'])
    expect(take(event({ rule: 'exit' }))).toEqual(['alarm.raised', 'alarm.cleared'])
    expect(alarms().map(({ kind, clearedAtMs }) => [kind, clearedAtMs])).toEqual([
      ['zone-enter', START_MS],
      ['zone-exit', START_MS],
    ])
  })
  it('tells meetings of one vessel with two others apart', () => {
    const { take, alarms } = setUp()
    const a = { kind: 'vessel', id: 'a' } as const
    const met = (id: string) => event({ rule: 'meeting', mover: a, other: { kind: 'vessel', id }, figure: 30 })
    take(met('b'), met('c'))
    expect(alarms().map(({ detail }) => detail)).toEqual(['a / b · 油库 · 30 m', 'a / c · 油库 · 30 m'])
    take({ ...met('b'), edge: 'end' })
    expect(alarms().map(({ clearedAtMs }) => clearedAtMs)).toEqual([START_MS, null])
  })
  it('is over when its rule is gone, or when after a restart the mover is known to be elsewhere', () => {
    const { picture, take } = setUp()
    take(event({}), event({ rule: 'overspeed', figure: 9 }))
    const standing = () => new Set<string>()
    expect(zoneAlarmsOver(picture, { standing, knows: () => false, fine: () => false })).toEqual([])
    expect(zoneAlarmsOver(picture, { standing, knows: () => true, fine: () => false })).toHaveLength(2)
    expect(
      zoneAlarmsOver(picture, { standing: () => new Set(['unit/u1']), knows: () => true, fine: () => false }),
    ).toEqual([])
    applyChanges(picture, [changed('zone', 'z', squareZone('z', [rule({ kind: 'enter' })]))])
    expect(zoneAlarmsOver(picture, { standing, knows: () => false, fine: () => false })).toHaveLength(1)
  })
})

async function watched() {
  const clock = new FakeScheduler(START_MS)
  let ids = 0
  const engine = await createEngine({
    journal: memoryJournal(),
    clock,
    newId: () => `id${++ids}`,
    maps: squareMaps(),
    planner: squarePlanner,
    drones: { get: () => null, statuses: () => [] },
    version: '1',
  })
  const start = () =>
    startZoneRecorder({ engine, clock, newId: () => `alarm${++ids}`, onFault: (error) => expect(error).toBeNull() })
  const test = { kind: 'system', part: 'test' } as const
  let recorder = start()
  return {
    engine,
    clock,
    declare: (zone: Zone) => engine.record(test, () => [{ type: 'zone.declared', zone }]),
    restart() {
      recorder.stop()
      recorder = start()
    },
    /** Units inside, free, each heard once a second. */
    hear(ids: readonly string[], seconds: number) {
      for (let s = 0; s < seconds; s++) {
        clock.advance(1000)
        for (const id of ids) recorder.take(fixAt((clock.nowMs() - START_MS) / 1000, 0, 0, { id }))
      }
    },
    /** What was found so far is in the journal. */
    settled: async () => {
      clock.advance(LATENESS_MS + 1000)
      await engine.record(test, () => [])
    },
    alarms: () => [...engine.picture.alarm.values()].map(({ kind, clearedAtMs }) => [kind, clearedAtMs === null]),
    stop: () => recorder.stop(),
  }
}

describe('a zone without cover', () => {
  const covered = (minUnits: number) =>
    squareZone('z', [rule({ kind: 'coverage', minUnits, forS: 60, movers: ['unit'] })])
  it.each(['a restart', 'another version of the zone'])(
    'is over when enough are there, also after %s',
    async (what) => {
      const { declare, restart, hear, settled, alarms, clock, stop } = await watched()
      await declare(covered(2))
      hear(['u1'], 120)
      await settled()
      expect(alarms()).toEqual([['zone-coverage', true]])
      if (what === 'a restart') restart()
      else await declare({ ...covered(2), name: 'other', revision: 2 })
      clock.advance(20_000)
      await settled()
      expect(alarms()).toEqual([['zone-coverage', true]]) // nobody has been heard again
      hear(['u1', 'u2'], 25) // before the rule itself would have said that too few are there
      await settled()
      expect(alarms()).toEqual([['zone-coverage', false]])
      stop()
    },
  )
})

const engineAt = (clock: FakeScheduler) =>
  createEngine({
    journal: memoryJournal(),
    clock,
    newId: () => 'id',
    maps: squareMaps(),
    planner: squarePlanner,
    drones: { get: () => null, statuses: () => [] },
    version: '1',
  })

it('goes from positions to the journal, a lateness after they were true', async () => {
  const clock = new FakeScheduler(START_MS)
  const engine = await engineAt(clock)
  const recorder = startZoneRecorder({
    engine,
    clock,
    newId: () => 'alarm',
    onFault: (error) => expect(error).toBeNull(),
  })
  const zone = squareZone('z', [rule({ kind: 'enter', movers: ['vessel'] })])
  await engine.record({ kind: 'system', part: 'test' }, () => [{ type: 'zone.declared', zone }])
  for (let s = 1; s <= 15; s++) {
    clock.advance(1000)
    const base = { kind: 'vessel', id: 'v', accuracyM: 5, speedMps: null, available: false, feed: 'ais' } as const
    recorder.take({ ...base, atMs: clock.nowMs(), lngLat: place(0, 0) })
  }
  expect(engine.picture.alarm.size).toBe(0)
  clock.advance(LATENESS_MS)
  await engine.record({ kind: 'system', part: 'test' }, () => [])
  expect([...engine.picture.alarm.values()]).toMatchObject([{ kind: 'zone-enter', feed: 'ais' }])
  recorder.take({
    kind: 'vessel',
    id: 'v',
    accuracyM: 5,
    speedMps: null,
    available: false,
    feed: 'ais',
    atMs: START_MS,
    lngLat: place(0, 0),
  })
  expect(recorder.late()).toEqual({ judged: 0, tooLate: 1 }) // of a vessel nothing is delivered afterwards
  recorder.stop()
})

it('asks nobody about a unit that has left duty, and misses it no more', async () => {
  const { engine, declare, hear, settled, clock, stop } = await watched()
  const duty = (onDuty: boolean) =>
    engine.record({ kind: 'system', part: 'test' }, () => [
      {
        type: 'roster.declared',
        units: [{ id: 'u1', callSign: 'P-1', agency: 'P', kind: 'car', skills: [], onDuty }],
        handles: { u1: 1 },
      },
    ])
  await duty(true)
  await declare(
    squareZone('z', [
      rule({ kind: 'enter', movers: ['unit'] }),
      rule({ kind: 'dwell', forS: 60, movers: ['unit'] }),
      rule({ kind: 'gap', forS: 600, movers: ['unit'] }),
    ]),
  )
  hear(['u1'], 62)
  await duty(false) // what it did in the last seconds is not yet judged
  clock.advance(3_600_000)
  await settled()
  expect([...engine.picture.alarm.values()].map(({ kind, clearedAtMs }) => [kind, clearedAtMs !== null])).toEqual([
    ['zone-enter', true],
  ])
  stop()
})

it('raises what a batch shows minutes later, with its own time, and counts at the feed what is too late even for that', async () => {
  const clock = new FakeScheduler(START_MS)
  const engine = await engineAt(clock)
  const tooLate: string[] = []
  const recorder = startZoneRecorder({
    engine,
    clock,
    newId: () => 'alarm',
    onFault: (error) => expect(error).toBeNull(),
    onTooLate: (feed) => tooLate.push(feed),
  })
  const settled = () => engine.record({ kind: 'system', part: 'test' }, () => [])
  const zone = squareZone('z', [rule({ kind: 'intrusion', movers: ['consignment'] })])
  await engine.record({ kind: 'system', part: 'test' }, () => [{ type: 'zone.declared', zone }])
  clock.advance(120_000)
  const load = { kind: 'consignment', id: 'T1' } as const
  // Outside until 20 s, inside until 60 s, outside again: all of it comes in one batch.
  for (let s = 0; s <= 100; s += 2) recorder.take(fixAt(s, s <= 20 ? -600 : s <= 60 ? 0 : 600, 0, load))
  expect(engine.picture.alarm.size).toBe(0)
  clock.advance(5000)
  await settled()
  const [alarm] = engine.picture.alarm.values()
  expect(alarm).toMatchObject({ kind: 'zone-intrusion', late: true, feed: 'units' })
  expect(alarm!.happenedAtMs).toBeGreaterThanOrEqual(START_MS + 20_000)
  expect(alarm!.happenedAtMs).toBeLessThanOrEqual(START_MS + 22_000)
  expect(alarm!.raisedAtMs).toBeGreaterThanOrEqual(START_MS + 120_000)
  expect(alarm!.clearedAtMs).not.toBeNull() // over, and stays until a person has taken note
  expect(tooLate).toEqual([])
  recorder.take(fixAt(-30, 0, 0, load)) // from before the server was started
  expect(tooLate).toEqual(['units'])
  clock.advance(1_800_000)
  recorder.take(fixAt(50, 0, 0, load))
  expect(tooLate).toEqual(['units', 'units'])
  recorder.stop()
})
