import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Zone } from '@skerry/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { squareMaps, squarePlanner } from '../domain/test-kit.ts'
import { createEngine } from '../engine/create-engine.ts'
import { FakeScheduler } from '../engine/fake-scheduler.ts'
import { embeddedFile, openStore } from '../store/open-store.ts'
import type { TrackPoint } from '../tracks/track-point.ts'
import { createSaidBook } from './said-book.ts'
import { START_MS, fixAt, rule, squareZone } from './test-kit.ts'
import { LONGEST_PAST_MS, readZonePast } from './zone-past.ts'
import type { ZoneFix } from './zone-fix.ts'
import { LATENESS_MS, startZoneRecorder } from './zone-recorder.ts'

const TEST = { kind: 'system', part: 'test' } as const
const DESK = { kind: 'seat', seat: { id: 's1', name: '调度员', role: 'dispatcher' } } as const
const INSIDE: [number, number] = [0, 0]
const OUTSIDE: [number, number] = [900, 0]
type Here = Record<string, { at: [number, number]; kind?: 'unit' | 'vessel'; feed?: string; mps?: number }>

let dir: string
let clock: FakeScheduler
let server: Awaited<ReturnType<typeof serve>>
beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'skerry-zones-'))
  clock = new FakeScheduler(START_MS)
  server = await serve()
})
afterEach(async () => {
  await server.stop()
  rmSync(dir, { recursive: true, force: true })
})

/** The rules of zones over a real store, as the server starts them. */
async function serve() {
  const store = await openStore({ url: `sqlite:${embeddedFile(dir)}`, clock })
  const book = createSaidBook(LONGEST_PAST_MS)
  let ids = clock.nowMs()
  const engine = await createEngine({
    journal: store.journal,
    clock,
    newId: () => `id${++ids}`,
    maps: squareMaps(),
    planner: squarePlanner,
    drones: { get: () => null, statuses: () => [] },
    version: '1',
    followers: [book.follow],
  })
  const past = await readZonePast({ tracks: store.tracks, picture: engine.picture, book, nowMs: clock.nowMs() })
  const faults: unknown[] = []
  const recorder = startZoneRecorder({
    engine,
    clock,
    newId: () => `id${++ids}`,
    onFault: (error) => void faults.push(error),
    ...(past && { past: { ...past, book } }),
  })
  await engine.record(TEST, () => [])
  const points: TrackPoint[] = []
  const take = (fix: ZoneFix): void => {
    recorder.take(fix)
    const { kind, id, atMs, lngLat, accuracyM, speedMps, feed } = fix
    if (kind === 'consignment') return
    const more = { headingDeg: null, heightM: null, receivedAtMs: clock.nowMs(), ...(feed !== null && { feed }) }
    points.push({ kind, id, atMs, lngLat, accuracyM, speedMps, ...more })
  }
  return {
    engine,
    store,
    take,
    faults,
    async stop() {
      recorder.stop()
      await store.tracks.append(points)
      await store.close()
      expect(faults).toEqual([])
    },
  }
}
/** The server is stopped and started again after so many seconds. */
async function restart(downS: number): Promise<void> {
  await server.stop()
  clock.advance(downS * 1000)
  server = await serve()
}
const declare = (zone: Zone) => server.engine.record(TEST, () => [{ type: 'zone.declared', zone }])
const onDuty = (...ids: string[]) =>
  server.engine.record(TEST, () => [
    {
      type: 'roster.declared',
      units: ids.map((id) => ({
        id,
        callSign: id,
        agency: 'P',
        kind: 'car' as const,
        skills: [],
        onDuty: true,
        status: 'available' as const,
      })),
      handles: Object.fromEntries(ids.map((id, i) => [id, i + 1])),
    },
  ])
/** Everybody is heard once a second for so long; nobody: time passes. */
async function pass(seconds: number, here: Here = {}): Promise<void> {
  for (let s = 0; s < seconds; s++) {
    clock.advance(1000)
    for (const [id, { at, kind = 'unit', feed = 'units', mps = 0 }] of Object.entries(here))
      server.take(fixAt((clock.nowMs() - START_MS) / 1000, ...at, { id, kind, feed, speedMps: mps }))
  }
  await server.engine.record(TEST, () => [])
}
const answerAll = () =>
  server.engine.record(DESK, (picture) =>
    [...picture.alarm.keys()].map((alarmId) => ({
      type: 'alarm.acknowledged' as const,
      alarmId,
      seatId: 's1',
      name: '调度员',
    })),
  )
const alarms = () => [...server.engine.picture.alarm.values()]
const standing = () =>
  alarms().flatMap(({ kind, subject, clearedAtMs, occurrences = 1 }) =>
    clearedAtMs === null ? [`${kind} ${subject.id} ${occurrences}`] : [],
  )
const sinceStartS = (atMs: number | undefined) => Math.round(((atMs ?? NaN) - START_MS) / 1000)
const LATE_S = LATENESS_MS / 1000 + 1

describe('a restart in the middle of', () => {
  it('a stay goes on counting from when it was entered, through the time that the server was down', async () => {
    await onDuty('u1')
    await declare(squareZone('z', [rule({ kind: 'dwell', forS: 300 })]))
    await pass(20, { u1: { at: OUTSIDE } })
    await pass(200, { u1: { at: INSIDE } })
    await restart(30)
    await pass(40, { u1: { at: INSIDE } })
    expect(standing()).toEqual([])
    await pass(30, { u1: { at: INSIDE } })
    await pass(LATE_S, { u1: { at: INSIDE } })
    expect(standing()).toEqual(['zone-dwell u1 1'])
    expect(sinceStartS(alarms()[0]!.happenedAtMs)).toBe(321)
  })
  it('loitering goes on', async () => {
    await onDuty('u1')
    await declare(squareZone('z', [rule({ kind: 'loiter', forS: 300, radiusM: 60 })]))
    await pass(200, { u1: { at: INSIDE } })
    await restart(30)
    await pass(60, { u1: { at: INSIDE } })
    expect(standing()).toEqual([])
    await pass(40, { u1: { at: INSIDE } })
    expect(standing()).toEqual(['zone-loiter u1 1'])
  })
  it('a meeting goes on', async () => {
    const both: Here = { a: { at: INSIDE, kind: 'vessel' }, b: { at: [20, 0], kind: 'vessel' } }
    await declare(squareZone('z', [rule({ kind: 'meeting', forS: 300, withinM: 100, maxMps: 1.5 })]))
    await pass(200, both)
    await restart(30)
    await pass(60, both)
    expect(standing()).toEqual([])
    await pass(40, both)
    expect(standing()).toEqual(['zone-meeting a 1'])
  })
  it('a silence is missed, even if nothing comes any more: the time that nobody listened does not count', async () => {
    await onDuty('u1', 'u2')
    await declare(squareZone('z', [rule({ kind: 'gap', forS: 300 })]))
    await pass(30, { u1: { at: INSIDE }, u2: { at: OUTSIDE } })
    await pass(200, { u2: { at: OUTSIDE } })
    await restart(600)
    await pass(90, { u2: { at: OUTSIDE } })
    expect(standing()).toEqual([])
    await pass(10 + LATE_S, { u2: { at: OUTSIDE } })
    expect(standing()).toEqual(['zone-gap u1 1'])
    await pass(2 * LATE_S, { u1: { at: INSIDE }, u2: { at: OUTSIDE } })
    expect(standing()).toEqual([])
  })
  it('a silence waits until its feed is heard again, or has been listened to for as long as the rule asks', async () => {
    await onDuty('u1', 'u2', 'u3')
    await declare(squareZone('z', [rule({ kind: 'gap', forS: 300 })]))
    await pass(30, { u1: { at: INSIDE }, u2: { at: INSIDE, feed: 'others' }, u3: { at: OUTSIDE, feed: 'others' } })
    await pass(250, { u3: { at: OUTSIDE, feed: 'others' } })
    await restart(60)
    await pass(40)
    await pass(60, { u3: { at: OUTSIDE, feed: 'others' } })
    expect(standing()).toEqual(['zone-gap u2 1']) // of u1 the whole feed is missing
    await pass(200 + LATE_S, { u3: { at: OUTSIDE, feed: 'others' } })
    expect(standing()).toEqual(['zone-gap u2 1', 'zone-gap u1 1'])
    expect(alarms().map(({ feed }) => feed)).toEqual(['others', 'units']) // what a lost feed explains
  })
  it('a silence that two restarts fall into counts neither of the times that the server was down', async () => {
    await onDuty('u1', 'u2')
    await declare(squareZone('z', [rule({ kind: 'gap', forS: 300 })]))
    await pass(30, { u1: { at: INSIDE }, u2: { at: OUTSIDE } })
    await pass(100, { u2: { at: OUTSIDE } })
    await restart(280)
    await pass(60, { u2: { at: OUTSIDE } })
    await restart(280)
    await pass(120, { u2: { at: OUTSIDE } })
    expect(standing()).toEqual([])
    await pass(40 + LATE_S, { u2: { at: OUTSIDE } })
    expect(standing()).toEqual(['zone-gap u1 1'])
  })
  it('cover does not call a zone empty because units could not be heard', async () => {
    await onDuty('u1', 'u2')
    await declare(squareZone('z', [rule({ kind: 'coverage', minUnits: 2, forS: 60, movers: ['unit'] })]))
    await pass(120, { u1: { at: INSIDE }, u2: { at: INSIDE } })
    await restart(900)
    await pass(100, { u1: { at: INSIDE } }) // u2 has its turn later
    expect(standing()).toEqual([])
    await pass(400, { u1: { at: INSIDE } })
    expect(standing()).toEqual(['zone-coverage z 1'])
  })
})

describe('after a restart', () => {
  it.each([20, 900])('what stands stays as it is, with its answer (down for %i s)', async (downS) => {
    const zone = squareZone('z', [
      rule({ kind: 'enter' }),
      rule({ kind: 'dwell', forS: 60 }),
      rule({ kind: 'loiter', forS: 60, radiusM: 50 }),
      rule({ kind: 'gap', forS: 60 }),
    ])
    await onDuty('u1', 'u2')
    await declare(zone)
    const both: Here = { u1: { at: INSIDE }, u2: { at: INSIDE } }
    await pass(90, both)
    await pass(90, { u1: { at: INSIDE } })
    const before = alarms()
    expect(standing()).toHaveLength(7)
    await answerAll()
    await restart(downS)
    await pass(60, { u1: { at: INSIDE } })
    expect(alarms()).toEqual(before.map((alarm) => ({ ...alarm, acknowledged: expect.anything() as unknown })))
    await pass(30, { u1: { at: OUTSIDE }, u2: { at: OUTSIDE } })
    expect(standing()).toEqual([])
  })
  it('what was over and answered is not said again, and what nobody had judged yet is said', async () => {
    await onDuty('u1', 'u2')
    await declare(squareZone('z', [rule({ kind: 'exit' }), rule({ kind: 'enter' })]))
    await pass(30, { u1: { at: INSIDE }, u2: { at: OUTSIDE } })
    await pass(30, { u1: { at: OUTSIDE }, u2: { at: OUTSIDE } })
    await answerAll()
    expect(alarms()).toEqual([])
    await pass(13, { u1: { at: OUTSIDE }, u2: { at: INSIDE } }) // certain, and not yet judged
    expect(alarms()).toEqual([])
    await restart(10)
    expect(standing()).toEqual(['zone-enter u2 1'])
    await pass(30, { u1: { at: OUTSIDE }, u2: { at: INSIDE } })
    expect(alarms().map(({ kind, subject }) => `${kind} ${subject.id}`)).toEqual(['zone-enter u2'])
  })
  it('a stay that is longer than what is read back keeps its alarm', async () => {
    await onDuty('u1')
    await declare(squareZone('z', [rule({ kind: 'dwell', forS: LONGEST_PAST_MS / 1000 + 60 })]))
    const steps = LONGEST_PAST_MS / 60_000 + 3
    for (let i = 0; i < steps; i++) {
      await pass(1, { u1: { at: INSIDE } })
      clock.advance(59_000)
    }
    await pass(LATE_S, { u1: { at: INSIDE } })
    expect(standing()).toEqual(['zone-dwell u1 1'])
    await restart(10)
    await pass(60, { u1: { at: INSIDE } })
    expect(standing()).toEqual(['zone-dwell u1 1'])
    await pass(30, { u1: { at: OUTSIDE } })
    expect(standing()).toEqual([])
  })
  it('a unit is judged from when it last came on duty, and one off duty not at all', async () => {
    await onDuty('u1')
    await declare(squareZone('z', [rule({ kind: 'gap', forS: 60 })]))
    await pass(30, { u1: { at: INSIDE } })
    const duty = (on: boolean) =>
      server.engine.record(TEST, () => [
        {
          type: 'roster.declared',
          units: [{ id: 'u1', callSign: 'u1', agency: 'P', kind: 'car', skills: [], onDuty: on }],
          handles: { u1: 1 },
        },
      ])
    await duty(false)
    await restart(5)
    await pass(200)
    await duty(true)
    await restart(5)
    await pass(200)
    expect(alarms()).toEqual([])
  })
  it('positions that a device kept while the server was down find their place', async () => {
    await onDuty('u1')
    await declare(squareZone('z', [rule({ kind: 'intrusion' })]))
    const past: Here = { u1: { at: OUTSIDE }, u2: { at: [-900, 0] } }
    await onDuty('u1', 'u2')
    await pass(60, past)
    await restart(150)
    for (let s = 65; s < 200; s++) server.take(fixAt(s, ...(s > 90 && s < 130 ? INSIDE : OUTSIDE)))
    // From where it was last heard to here the way goes through the zone.
    for (let s = 100; s < 115; s++) server.take(fixAt(s, ...OUTSIDE, { id: 'u2' }))
    await pass(30, { u1: { at: OUTSIDE }, u2: { at: OUTSIDE } })
    expect(alarms().map(({ subject, late, clearedAtMs }) => [subject.id, late, clearedAtMs !== null])).toEqual([
      ['u2', true, true],
      ['u1', true, true],
    ])
    const [through, visit] = alarms().map(({ happenedAtMs }) => sinceStartS(happenedAtMs))
    expect(through).toBeGreaterThan(60)
    expect(through).toBeLessThan(100)
    expect(visit).toBeGreaterThanOrEqual(90)
  })
  it('a late position does not repeat what was said before, over and answered', async () => {
    await onDuty('u1')
    await declare(squareZone('z', [rule({ kind: 'intrusion' })]))
    await pass(30, { u1: { at: OUTSIDE } })
    await pass(30, { u1: { at: INSIDE } })
    await pass(30, { u1: { at: OUTSIDE } })
    await answerAll()
    expect(alarms()).toEqual([])
    await restart(20)
    await pass(10, { u1: { at: OUTSIDE } })
    server.take(fixAt(95, ...OUTSIDE))
    await pass(20, { u1: { at: OUTSIDE } })
    expect(alarms()).toEqual([])
  })
  it('a zone that was drawn later is held against nobody from before', async () => {
    await onDuty('u1')
    await pass(200, { u1: { at: INSIDE } })
    const zone = { ...squareZone('z', [rule({ kind: 'dwell', forS: 120 })]), changedAtMs: clock.nowMs() }
    await declare(zone)
    await pass(20, { u1: { at: INSIDE } })
    await restart(5)
    await pass(60, { u1: { at: INSIDE } })
    expect(standing()).toEqual([])
    await pass(60, { u1: { at: INSIDE } })
    expect(standing()).toEqual(['zone-dwell u1 1'])
  })
  it('everything is where a packed track has it, too', async () => {
    await declare(squareZone('z', [rule({ kind: 'gap', forS: 1800 })]))
    const far: Here = { b: { at: OUTSIDE, kind: 'vessel' } }
    await pass(30, { a: { at: INSIDE, kind: 'vessel' } })
    await pass(1000, far)
    await server.store.tracks.pack([{ kind: 'vessel', id: 'a' }], clock.nowMs())
    await restart(10)
    await pass(700, far)
    expect(standing()).toEqual([])
    await pass(100 + LATE_S, far)
    expect(standing()).toEqual(['zone-gap a 1'])
  })
})
