import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Checkpoint, DomainEvent, Lane } from '@skerry/contract'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { evolveAlarm } from '../domain/alarms/evolve.ts'
import { evolveCheckpoints } from '../domain/checkpoints/evolve.ts'
import { FakeScheduler } from '../engine/fake-scheduler.ts'
import { applyChanges, createPicture, type Picture } from '../picture/picture.ts'
import { embeddedFile, openStore, type Store } from '../store/open-store.ts'
import { createFuzz } from '../intake/feeds/fuzz.ts'
import { checkpointAlarms } from './checkpoint-alarms.ts'
import { createCheckpointDesk, type BoatService, type CheckpointDesk } from './checkpoint-desk.ts'
import { loadHolidays } from './load-files.ts'
import { DEFAULT_FLOW_POLICY } from './policy.ts'

const MIN = 60_000
const HOUR = 60 * MIN
const DAY = 24 * HOUR
/** 2026-06-10 10:00 in Shanghai, a Wednesday. */
const START = Date.UTC(2026, 5, 10, 2)
const LANES: Lane[] = [
  { id: 'out-1', direction: 'out', counts: 'persons' },
  { id: 'in-1', direction: 'in', counts: 'persons' },
]
const calendar = await loadHolidays(null)
const root = mkdtempSync(path.join(tmpdir(), 'skerry-desk-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let clock: FakeScheduler
let store: Store
let picture: Picture
let desk: CheckpointDesk
let told: Checkpoint[]
let folder = 0

const boats: BoatService = {
  plan: (_, __, ___, nowMs) => ({
    by: 'boats',
    boats: Array.from({ length: 100 }, (_, i) => ({ atMs: START + (i + 1) * 20 * MIN, places: 50 })),
    untilMs: nowMs + 2 * DAY,
  }),
}

beforeEach(async () => {
  clock = new FakeScheduler(START)
  store = await openStore({ url: `sqlite:${embeddedFile(path.join(root, String(folder++)))}`, clock })
  picture = createPicture()
  declare('c1')
  await open()
})
afterEach(async () => {
  desk.stop()
  await store.close()
})

function declare(id: string): void {
  const checkpoint = { id, name: { zh: '门', en: 'Gate' }, kind: 'ferry', position: [122, 30], lanes: LANES } as const
  const event = {
    type: 'checkpoints.declared',
    checkpoints: [{ ...checkpoint, position: [122, 30] }],
    feed: 'f',
  } as const
  applyChanges(picture, evolveCheckpoints(picture, event as never))
}
async function open(): Promise<void> {
  told = []
  desk = createCheckpointDesk({
    engine: { picture, onUpdate: () => () => {} },
    store: store.checkpointCounts,
    clock,
    calendar,
    utcOffsetMin: 480,
    policy: DEFAULT_FLOW_POLICY,
    boats,
    onFault: (error) => {
      throw error
    },
  })
  desk.onChange((checkpoints) => void (told = checkpoints))
  await desk.restore()
}

const lane = (id: string, minuteMs: number, valid: number | null) => ({
  checkpointId: 'c1',
  lane: id,
  minuteMs,
  valid,
  invalid: 0,
  manual: 0,
})
const queue = (minuteMs: number, waiting: number | null) => ({
  checkpointId: 'c1',
  direction: 'out',
  counts: 'persons',
  minuteMs,
  waiting,
})
/** Six an hour by night, 240 by day, for so many weeks until the hour of the start. */
async function archive(weeks: number): Promise<void> {
  const fromMs = START - weeks * 7 * DAY
  const valid = Array.from({ length: weeks * 7 * 24 }, (_, i) => {
    const hour = new Date(fromMs + i * HOUR + 8 * HOUR).getUTCHours()
    return hour >= 6 && hour < 20 ? 240 + (i % 7) : 6
  })
  const lanes = LANES.map(({ id }) => ({ checkpointId: 'c1', lane: id, fromMs, stepMin: 60 as const, valid }))
  expect(await desk.archive('f', { lanes, queues: [] })).toMatchObject({ ok: true })
}
/** Lets the desk think until nothing is left to think about. */
async function think(): Promise<void> {
  for (let i = 0; i < 60; i++) {
    clock.advance(50)
    await new Promise((resolve) => setImmediate(resolve))
    await store.checkpointCounts.minutesSince(Infinity)
  }
}
const shown = (): Checkpoint => desk.list()[0]!
const stream = (direction: string) => shown().streams.find((each) => each.direction === direction)!
async function minutes(count: number, perMin: (i: number) => number, waiting = 30): Promise<void> {
  for (let i = 0; i < count; i++) {
    clock.advance(MIN)
    const minuteMs = clock.nowMs() - (clock.nowMs() % MIN) - MIN
    await desk.take('f', {
      counts: LANES.map(({ id }) => lane(id, minuteMs, perMin(i))),
      queues: [queue(minuteMs, waiting)],
    })
  }
}

describe('the desk of checkpoints', () => {
  it('shows counts at once and tells who listens', async () => {
    await minutes(3, () => 4)
    expect(told).toMatchObject([{ id: 'c1', state: 'live', flow: { outPersonsPerMin: 4, minutes: 3 } }])
    expect(stream('out')).toMatchObject({ passedPerMin: 4, waiting: 30, waitBy: 'boats', usual: null, ahead: null })
    expect(stream('out').waitMin).toBeGreaterThan(10)
  })

  it('says what is usual and what comes, once it knows the weeks', async () => {
    await archive(6)
    await minutes(5, () => 4)
    await think()
    const out = stream('out')
    expect(out.usual).toMatchObject({ n: 6, basis: 'same-weekday' })
    expect(out.usual!.perHour.p50).toBeGreaterThan(235)
    expect(out.ahead).toHaveLength(12)
    const [first, last] = [out.ahead![0]!, out.ahead!.at(-1)!]
    expect(first.perHour.p05).toBeLessThan(240)
    expect(first.perHour.p95).toBeGreaterThan(240)
    expect(first.waiting!.p95).toBeGreaterThanOrEqual(first.waiting!.p05)
    expect(last.waitMin).not.toBeNull()
    expect(stream('in')).toMatchObject({ waiting: null, waitMin: null })
    expect(stream('in').ahead![0]!.waiting).toBeNull()
    const day = desk.day('c1', clock.nowMs())!.find(({ direction }) => direction === 'out')!
    expect(day.hours).toHaveLength(24)
    expect(day.hours[9]).toMatchObject({ usual: { p50: expect.any(Number) } })
    expect(desk.day('nope', 0)).toBeNull()
  })

  it('finds a surge, and the alarm that it raises ends with it', async () => {
    await archive(6)
    await minutes(61, () => 4)
    await think()
    expect(stream('out').surge).toMatchObject({ stands: false })
    await minutes(20, () => 30)
    await think()
    const { surge } = stream('out')
    expect(surge).toMatchObject({ stands: true, n: 6 })
    const ctx = { nowMs: clock.nowMs(), newId: () => 'a1', strandedPersons: 10, lostSinceMs: clock.nowMs() - 61_000 }
    const alarms = (checkpoint: Checkpoint): DomainEvent[] =>
      checkpointAlarms(picture, checkpoint, () => 1000, ctx).filter(
        (event) => event.type !== 'alarm.raised' || event.alarm.key === 'out persons',
      )
    const [raised] = alarms(shown())
    expect(raised).toMatchObject({ type: 'alarm.raised', alarm: { kind: 'checkpoint-surge', priority: 'warning' } })
    applyChanges(picture, evolveAlarm(picture, raised as never, ctx.nowMs))
    expect(alarms(shown())).toEqual([])
    await minutes(75, () => 4)
    await think()
    expect(alarms(shown())).toEqual([{ type: 'alarm.cleared', alarmId: 'a1' }])
  })

  it('says nothing of now when counts stop coming, and raises that as an alarm of its own', async () => {
    await archive(6)
    await minutes(5, () => 4)
    await think()
    clock.advance(30 * MIN)
    await think()
    expect(shown()).toMatchObject({ state: 'lost', flow: null, waiting: { persons: null } })
    expect(stream('out')).toMatchObject({ passedPerMin: null, waiting: null, waitMin: null, surge: null })
    expect(stream('out').ahead![0]!.waiting).toBeNull()
    const ctx = { nowMs: clock.nowMs(), newId: () => 'a1', strandedPersons: 10, lostSinceMs: clock.nowMs() - 61_000 }
    expect(checkpointAlarms(picture, shown(), () => null, { ...ctx, lostSinceMs: clock.nowMs() - 5000 })).toEqual([])
    expect(checkpointAlarms(picture, shown(), () => null, ctx)).toMatchObject([
      { alarm: { kind: 'checkpoint-silent', feed: 'f', priority: 'notice' } },
    ])
  })

  it('raises an alarm when more wait than today has places, and not while that is unknown', async () => {
    await minutes(2, () => 4, 80)
    const ctx = { nowMs: clock.nowMs(), newId: () => 'a1', strandedPersons: 10, lostSinceMs: clock.nowMs() - 61_000 }
    expect(checkpointAlarms(picture, shown(), () => 75, ctx)).toEqual([])
    expect(checkpointAlarms(picture, shown(), () => null, ctx)).toEqual([])
    expect(checkpointAlarms(picture, shown(), () => 50, ctx)).toMatchObject([
      { alarm: { kind: 'checkpoint-stranded', detail: '门|Gate|80|50|' } },
    ])
  })

  it('comes back after a restart with the same figures', async () => {
    await archive(6)
    await minutes(70, () => 4)
    await think()
    const before = stream('out')
    desk.stop()
    await open()
    await think()
    const after = stream('out')
    expect(after.lastHour).toEqual(before.lastHour)
    expect(after.usual).toEqual(before.usual)
    expect(after.ahead!.length).toBe(12)
  })

  it('survives whatever a feed sends, and what it shows is finite or unknown', async () => {
    const { next } = createFuzz(7)
    const pick = <T>(...values: T[]): T => values[Math.floor(next() * values.length)]!
    const junk = (): unknown => pick<unknown>(null, -1, 1.5, 1e12, NaN, 'x', [], {}, true, undefined, 7, 0)
    let taken = 0
    for (let i = 0; i < 400; i++) {
      const minuteMs = pick(clock.nowMs() - (clock.nowMs() % MIN) - MIN * Math.ceil(next() * 90), next() * 1e13, -5)
      const good = { ...lane(pick('out-1', 'in-1', 'nope'), minuteMs, Math.floor(next() * 50)) }
      const bad = { ...good, [pick('valid', 'manual', 'minuteMs', 'checkpointId', 'lane', 'extra')]: junk() }
      const result = await desk.take(pick('f', 'g'), {
        counts: [pick<unknown>(good, bad, junk())],
        queues: [pick<unknown>(queue(minuteMs, 5), { ...queue(minuteMs, 5), waiting: junk() }, junk())],
      })
      expect(result.accepted + result.refused.length).toBe(2)
      taken += result.accepted
      if (i % 20 === 0) clock.advance(MIN)
    }
    expect(taken).toBeGreaterThan(30)
    const text = JSON.stringify(desk.list(), (_, value) =>
      typeof value === 'number' && !Number.isFinite(value) ? 'BAD' : value,
    )
    expect(text).not.toContain('BAD')
    for (const each of shown().streams) expect(each.passedPerMin ?? 0).toBeGreaterThanOrEqual(0)
  })
})
