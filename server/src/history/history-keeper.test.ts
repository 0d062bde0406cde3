import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { decodeGrid, encodeGrid, type Command, type Seat } from '@skerry/contract'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startDomain, type Domain } from '../domain/start-domain.ts'
import { COORDINATOR, DISPATCHER, HOME, REPORT, SETUP } from '../domain/test-kit.ts'
import { FakeScheduler } from '../engine/fake-scheduler.ts'
import { createFeedCounters } from '../intake/feed-counters.ts'
import { createIncidentDesk } from '../intake/incidents/incident-desk.ts'
import { startRoomKeeper } from '../rooms/room-keeper.ts'
import { embeddedFile, openStore, type Store } from '../store/open-store.ts'
import { startHistoryKeeper, type HistoryKeeper } from './history-keeper.ts'
import { withPast } from './with-past.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
type Wish<T> = T extends unknown ? Omit<T, 'id'> : never

let dir: string
let clock: FakeScheduler
let store: Store
let domain: Domain
let history: HistoryKeeper
let stopRooms: () => void
let ids = 0
const faults: unknown[] = []

async function start(): Promise<void> {
  store = await openStore({ url: `sqlite:${embeddedFile(dir)}`, clock })
  const newId = (): string => `id-${++ids}`
  const onFault = (error: unknown): void => void faults.push(error)
  domain = await startDomain({
    journal: store.journal,
    clock,
    newId,
    newToken: newId,
    version: '1',
    land: () => [],
    onFault,
  })
  stopRooms = startRoomKeeper({ engine: domain.engine, clock, newId, onFault })
  history = startHistoryKeeper({ engine: domain.engine, past: store.past, maps: domain.maps, clock, onFault })
}
async function stop(): Promise<void> {
  stopRooms()
  await history.stop()
  await domain.stop()
  await store.close()
}
beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'skerry-history-'))
  clock = new FakeScheduler()
  ids = 0
  faults.length = 0
  await start()
})
afterEach(async () => {
  await stop()
  rmSync(dir, { recursive: true, force: true })
  if (faults.length > 0) throw new AggregateError(faults, 'faults that were survived')
})

async function give(seat: Seat, wish: Wish<Command>): Promise<string> {
  const done = await domain.engine.submit(
    { ...wish, id: `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}` } as Command,
    seat,
  )
  if (!done.ok) throw new Error(done.error.detail)
  return done.value.created[0]?.id ?? ''
}
/** Lets time go by with the keepers at work, until nothing more is due. */
async function pass(ms: number): Promise<void> {
  clock.jump(ms)
  for (let quiet = 0; quiet < 3; quiet++) {
    const { moves } = history
    clock.jump(30_000)
    for (let turn = 0; turn < 40; turn++) await store.past.has('nothing')
    if (history.moves !== moves) quiet = 0
  }
}
const report = (place: string, text = '打架'): Promise<string> =>
  give(DISPATCHER, {
    ...REPORT,
    category: 'public-order',
    subject: null,
    place,
    text,
    occurredAtMs: clock.nowMs(),
  } as Wish<Command>)
const close = (incidentId: string): Promise<string> =>
  give(DISPATCHER, { type: 'incident.close', incidentId, outcome: '处理完毕' })
const size = (): number => JSON.stringify(domain.engine.snapshot()).length

it('after days the live picture is no larger than after the first, and the figures still know every incident', async () => {
  const fromMs = clock.nowMs()
  const sizes: number[] = []
  for (let day = 0; day < 8; day++) {
    for (let n = 0; n < 12; n++) {
      const id = await report(`第${day}日`)
      await give(DISPATCHER, { type: 'room.say', incidentId: id, text: '到了', urgent: false })
      await close(id)
    }
    await pass(DAY)
    sizes.push(size())
  }
  expect(Math.max(...sizes.slice(3))).toBeLessThanOrEqual(sizes[1]! * 1.02)
  expect(domain.engine.picture.incident.size).toBeLessThanOrEqual(24)
  const { incidents } = await withPast(domain.engine.picture, store.past, fromMs, clock.nowMs())
  expect(incidents.map(({ number }) => number).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 96 }, (_, i) => i + 1),
  )
  const id = await report('下一个')
  expect(domain.engine.picture.incident.get(id)?.number).toBe(97)
  const page = await store.past.page(90, 3, '第2日')
  expect(page.map(({ number, place }) => [number, place])).toEqual([36, 35, 34].map((number) => [number, '第2日']))
})

it('a closed search can still be read with its map and its timeline, and a restart changes nothing', async () => {
  const id = await give(DISPATCHER, { ...REPORT, occurredAtMs: clock.nowMs() } as Wish<Command>)
  const searchId = await give(COORDINATOR, { type: 'search.open', incidentId: id, setup: SETUP })
  const frame = domain.maps.frame(searchId)!
  await give(COORDINATOR, {
    type: 'search.confirm-found',
    searchId,
    candidateId: null,
    position: HOME,
    outcome: 'well',
  })
  await close(id)
  await report('newest')
  await pass(25 * HOUR)
  const { picture } = domain.engine
  expect([picture.incident.has(id), picture.search.has(searchId), domain.maps.frame(searchId)]).toEqual([
    false,
    false,
    null,
  ])
  for (const again of [false, true]) {
    if (again) {
      await stop()
      await start()
    }
    const record = await store.past.find(id)
    expect(record?.searches).toMatchObject([{ search: { id: searchId, found: { outcome: 'well' } }, tasks: [] }])
    expect(decodeGrid(Uint8Array.from((await store.past.map(searchId))!))).toEqual(decodeGrid(encodeGrid(frame)))
    expect((await domain.engine.timeline(id)).map(({ event }) => event.type)).toContain('incident.closed')
    expect((await store.past.received(0, clock.nowMs())).found).toMatchObject([
      { incidentId: id, found: { outcome: 'well' } },
    ])
    expect(domain.engine.picture.incident.has(id)).toBe(false)
  }
})

it('keeps what something still hangs on: a report of the same that is open; numbers go on after all have left', async () => {
  const first = await report('a')
  await close(first)
  const second = await report('b')
  await give(DISPATCHER, { type: 'incident.mark-same', incidentId: second, sameAsId: first, kind: 'same-event' })
  await pass(3 * DAY)
  expect(domain.engine.picture.incident.has(first)).toBe(true)
  await close(second)
  await pass(3 * DAY)
  expect([...domain.engine.picture.incident.keys()]).toEqual([])
  expect(domain.engine.picture.incident.get(await report('c'))?.number).toBe(3)
})

it('keeps what a report that is open came to hang on while it was being written away', async () => {
  const first = await report('a')
  await close(first)
  const second = await report('b')
  await history.stop()
  history = startHistoryKeeper({
    engine: domain.engine,
    past: {
      async put(entries) {
        await store.past.put(entries)
        if (entries.some(({ incident }) => incident.id === first))
          await give(DISPATCHER, {
            type: 'incident.mark-same',
            incidentId: second,
            sameAsId: first,
            kind: 'same-event',
          }).catch(() => {}) // it is told so again while it stays
      },
    },
    maps: domain.maps,
    clock,
    onFault: (error) => void faults.push(error),
  })
  await pass(3 * DAY)
  expect(domain.engine.picture.incident.get(second)?.sameAs?.incidentId).toBe(first)
  expect(domain.engine.picture.incident.has(first)).toBe(true)
})

it('a feed that goes on stating what is long over makes no second incident of it', async () => {
  const desk = createIncidentDesk({
    engine: domain.engine,
    past: {
      bySources: (sources) => store.past.bySources(sources),
      get moves() {
        return history.moves
      },
    },
    counters: createFeedCounters(clock),
    clock,
    newId: () => `id-${++ids}`,
  })
  const notice = {
    externalId: 'A-1',
    category: 'public-order',
    priority: 'notice' as const,
    position: HOME,
    place: '码头',
    text: '',
    occurredAtMs: clock.nowMs() - HOUR,
    closed: { atMs: clock.nowMs(), outcome: '处理完毕' },
  }
  const state = async () =>
    (await desk.take({ name: 'calls', datum: 'wgs84' }, [{ at: '0', item: { kind: 'notice', notice } }]))[0]!.outcome
  expect(await state()).toBe('new')
  await report('newest')
  await pass(2 * DAY)
  expect(domain.engine.picture.incident.size).toBe(1)
  expect(await state()).toBe('same')
  expect(domain.engine.picture.incident.size).toBe(1)
})
