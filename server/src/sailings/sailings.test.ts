import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Crossings, type LngLat, type Sailing, type SailingReport } from '@skerry/contract'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FakeScheduler } from '../engine/fake-scheduler.ts'
import { createFuzz } from '../intake/feeds/fuzz.ts'
import { embeddedFile, openStore, type Store } from '../store/open-store.ts'
import { followShip, type ShipState } from './port-calls.ts'
import { createSailingBoard, type SailingBoard } from './sailing-board.ts'
import type { ShipPlace } from './view-sailing.ts'

const MIN = 60_000
/** 2026-06-10 08:00 in Shanghai, a Wednesday. */
const START = Date.UTC(2026, 5, 10)
const A: LngLat = [122.1, 30]
const B: LngLat = [122.3, 30]
const name = { zh: '甲', en: 'A' }
const crossings = Crossings.parse({
  area: name,
  box: [121, 29, 123, 31],
  utcOffsetMin: 480,
  source: 'test',
  detourFactor: 1.4,
  islands: [
    { id: 'west', name, at: [122, 30] },
    { id: 'east', name, at: [122.4, 30] },
  ],
  bridges: [],
  terminals: [
    { id: 'a', name, island: 'west', at: A },
    { id: 'b', name, island: 'east', at: B },
  ],
  capacities: { ordinary: { persons: 100, vehicles: 10 } },
  lines: [
    {
      from: 'a',
      to: 'b',
      vessel: 'ordinary',
      vehicles: true,
      both: true,
      service: { departures: ['08:20', '09:20', '18:00'] },
      vessels: ['412000009'],
      crossingMin: 40,
      asOf: '2026-06-01',
    },
    {
      id: 'sunday',
      from: 'a',
      to: 'b',
      vessel: 'fast',
      vehicles: false,
      both: false,
      service: { departures: ['08:40'] },
      days: [7],
      crossingMin: 20,
      asOf: null,
    },
  ],
})
const LINE = 'a-b-ordinary'
const at = (hm: string): number => {
  const [h, m] = hm.split(':').map(Number)
  return START + ((h! - 8) * 60 + m!) * MIN
}

const root = mkdtempSync(path.join(tmpdir(), 'skerry-sailings-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
let folder = 0
let clock: FakeScheduler
let store: Store
let board: SailingBoard
let ships: Map<string, ShipPlace>

const make = (): SailingBoard =>
  createSailingBoard({
    crossings,
    store: store.sailings,
    clock,
    ship: (mmsi) => ships.get(mmsi) ?? null,
    network: new Promise(() => {}),
    onFault: (error) => {
      throw error
    },
  })
beforeEach(async () => {
  clock = new FakeScheduler(START)
  store = await openStore({ url: `sqlite:${embeddedFile(path.join(root, String(folder++)))}`, clock })
  ships = new Map()
  board = make()
})
afterEach(async () => {
  await board.stop()
  await store.close()
})

const report = (more: Partial<SailingReport>): SailingReport => ({
  line: LINE,
  from: 'a',
  scheduledAtMs: at('08:20'),
  atMs: clock.nowMs(),
  ...more,
})
const say = (...sailings: Partial<SailingReport>[]) => board.take({ sailings: sailings.map(report) })
const sailing = (hm: string, from = 'a'): Sailing =>
  board.list().find((each) => each.from === from && each.scheduledAtMs === at(hm))!

describe('sailings of the timetable', () => {
  it('are those of the day, both ways, with what their boats hold', () => {
    expect(board.list().map(({ line, from, scheduledAtMs }) => [line, from, scheduledAtMs])).toEqual([
      [LINE, 'a', at('08:20')],
      [LINE, 'b', at('08:20')],
      [LINE, 'a', at('09:20')],
      [LINE, 'b', at('09:20')],
    ])
    expect(sailing('08:20')).toMatchObject({
      state: 'scheduled',
      capacity: { persons: 100, vehicles: 10 },
      arrivesAtMs: at('09:00'),
      delayMin: null,
      persons: null,
      undated: false,
    })
  })
  it('are not known to have left when nobody says so', () => {
    clock.advance(25 * MIN)
    expect(sailing('08:20')).toMatchObject({ state: 'scheduled', leavesAtMs: at('08:25'), delayMin: 5 })
    clock.advance(10 * MIN)
    expect(sailing('08:20')).toMatchObject({ state: 'unknown', leavesAtMs: null, delayMin: null, arrivesAtMs: null })
  })
})

describe('reports', () => {
  it('tell load, departure, delay and arrival', async () => {
    await say({ state: 'boarding', persons: 30, expectedAtMs: at('08:28') })
    expect(sailing('08:20')).toMatchObject({ state: 'boarding', persons: 30, leavesAtMs: at('08:28'), delayMin: 8 })
    clock.advance(30 * MIN)
    await say({ state: 'departed', departedAtMs: at('08:29'), persons: 88, vehicles: 4 })
    expect(sailing('08:20')).toMatchObject({
      state: 'under-way',
      delayMin: 9,
      delayBy: 'report',
      persons: 88,
      vehicles: 4,
      arrivesAtMs: at('09:09'),
    })
    clock.advance(40 * MIN)
    await say({ state: 'arrived', arrivedAtMs: at('09:08') })
    expect(sailing('08:20')).toMatchObject({ state: 'arrived', arrivesAtMs: at('09:08'), persons: 88 })
  })
  it('cancel a sailing with a reason, and take it back', async () => {
    await say({ state: 'cancelled', reason: 'fog' })
    expect(sailing('08:20')).toMatchObject({ state: 'cancelled', reason: 'fog', leavesAtMs: null, arrivesAtMs: null })
    clock.advance(MIN)
    await say({ state: 'scheduled' })
    expect(sailing('08:20')).toMatchObject({ state: 'scheduled', reason: null })
  })
  it('are told to those who look for a way: late, cancelled, gone and additional boats, and no others', async () => {
    const told = () => board.told().get(`${LINE}/a`)
    expect(told()).toBeUndefined()
    await say({ expectedAtMs: at('08:40') }, { scheduledAtMs: at('09:20'), state: 'cancelled' })
    expect(told()).toMatchObject([
      { scheduledAtMs: at('08:20'), leavesAtMs: at('08:40') },
      { scheduledAtMs: at('09:20'), leavesAtMs: null },
    ])
    clock.advance(42 * MIN) // nobody says that it left: it leaves from now on
    expect(told()![0]).toMatchObject({ leavesAtMs: at('08:42') })
    await say({ state: 'departed', departedAtMs: at('08:41') }, { scheduledAtMs: at('08:50'), extra: true })
    expect(told()!.map(({ leavesAtMs }) => leavesAtMs)).toEqual([null, null, at('08:50')])
    expect(board.told().get(`${LINE}/b`)).toBeUndefined()
  })
  it('bring additional boats, which others must not be by mistake', async () => {
    const extra = { scheduledAtMs: at('08:50'), state: 'boarding' as const }
    expect(await say(extra, { ...extra, extra: true })).toEqual({
      accepted: 1,
      refused: [{ index: 0, reason: 'not-in-timetable' }],
    })
    expect(sailing('08:50')).toMatchObject({ extra: true, state: 'boarding' })
  })
  it('are judged each by itself', async () => {
    const { accepted, refused } = await board.take({
      sailings: [
        report({}),
        report({ line: 'nope' }),
        report({ from: 'c' }),
        report({ atMs: clock.nowMs() + 60 * MIN }),
        report({ scheduledAtMs: at('08:20') - 3 * 24 * 60 * MIN }),
        { ...report({}), captain: 'Li' },
        report({ line: 'sunday', scheduledAtMs: at('08:40') }),
        'no sailing',
      ],
    })
    expect(accepted).toBe(1)
    expect(refused.map(({ index, reason }) => [index, reason])).toEqual([
      [1, 'unknown-line'],
      [2, 'wrong-terminal'],
      [3, 'future-clock'],
      [4, 'past-clock'],
      [5, 'malformed'],
      [6, 'not-in-timetable'],
      [7, 'malformed'],
    ])
    clock.advance(MIN)
    await say({ persons: 10 })
    expect((await say({ persons: 4, atMs: START })).refused).toEqual([{ index: 0, reason: 'older-than-known' }])
    expect(sailing('08:20').persons).toBe(10)
  })
  it('are kept over a restart, and days that are over come from the store', async () => {
    await say({ state: 'cancelled', reason: 'wind' })
    await board.stop()
    board = make()
    await board.restore()
    expect(sailing('08:20')).toMatchObject({ state: 'cancelled', reason: 'wind' })
    clock.advance(4 * 24 * 60 * MIN)
    const old = await board.between(START, START + 60 * MIN)
    expect(old.find(({ from }) => from === 'a')).toMatchObject({ state: 'cancelled', reason: 'wind' })
    expect(old.find(({ from }) => from === 'b')).toMatchObject({ state: 'unknown' })
  })
  it('survive noise: every one is taken or refused, and what is shown is finite or unknown', async () => {
    const { next } = createFuzz(11)
    const pick = <T>(...values: T[]): T => values[Math.floor(next() * values.length)]!
    const junk = (): unknown => pick<unknown>(null, -1, 1e13, NaN, 'x', [], {}, undefined, 7)
    for (let i = 0; i < 200; i++) {
      const good = report({ scheduledAtMs: pick(at('08:20'), at('09:20')), from: pick('a', 'b') })
      const key = pick('line', 'from', 'state', 'persons', 'mmsi', 'departedAtMs', 'atMs', 'capacity')
      const { accepted, refused } = await board.take({ sailings: [good, { ...good, [key]: junk() }, junk()] })
      expect(accepted + refused.length).toBe(3)
      if (i % 10 === 0) clock.advance(5000)
    }
    expect(JSON.stringify(board.list())).not.toMatch(/NaN|Infinity/)
  })
})

describe('positions of ships', () => {
  const along = (share: number): LngLat => [A[0] + (B[0] - A[0]) * share, A[1]]
  function sails(mmsi: string, share: number, speedMps: number): void {
    ships.set(mmsi, { lngLat: along(share), atMs: clock.nowMs(), speedMps })
    clock.advance(5000)
  }
  it('tell departure, delay and arrival of the boat that a report names', async () => {
    await say({ mmsi: '412000001', state: 'boarding' })
    clock.advance(27 * MIN)
    sails('412000001', 0, 0)
    sails('412000001', 0.05, 7)
    expect(sailing('08:20')).toMatchObject({ state: 'under-way', delayMin: 7, delayBy: 'ais', mmsi: '412000001' })
    clock.advance(10 * MIN)
    sails('412000001', 0.5, 8)
    const { arrivesAtMs, position } = sailing('08:20')
    expect(position).toEqual(along(0.5))
    // 9.6 km at 8 m/s, and two minutes for coming alongside
    expect(arrivesAtMs! / MIN - clock.nowMs() / MIN).toBeCloseTo(22, -1)
    clock.advance(15 * MIN)
    sails('412000001', 0.8, 8)
    clock.advance(8 * MIN)
    sails('412000001', 1, 0.5)
    expect(sailing('08:20')).toMatchObject({ state: 'arrived' })
    // It leaves again with the boat that waits for it there, although no report says so: the line does not name it.
    expect(sailing('09:20', 'b').mmsi).toBeNull()
  })
  it('tell the same of ships that usually sail the line', () => {
    clock.advance(20 * MIN)
    sails('412000009', 0, 0)
    sails('412000009', 0.1, 8)
    expect(sailing('08:20')).toMatchObject({ state: 'under-way', mmsi: '412000009', delayBy: 'ais' })
    sails('412000009', 0.2, 8)
    expect(board.list().filter(({ mmsi }) => mmsi === '412000009')).toHaveLength(1)
  })
  it('tell that a boat will be late because its ship comes in late', async () => {
    clock.advance(51 * MIN)
    await say(
      { from: 'b', mmsi: '412000001', state: 'departed', departedAtMs: at('08:50') },
      { scheduledAtMs: at('09:20'), mmsi: '412000001' },
    )
    // It comes in at 09:30 and needs ten minutes to turn round.
    expect(sailing('09:20')).toMatchObject({ leavesAtMs: at('09:40'), delayMin: 20, delayBy: 'ais' })
  })
  it('tell nothing after a long silence', () => {
    const terminals = [{ id: 'a', at: A }]
    let state: ShipState | null = null
    const see = (lngLat: LngLat, atMs: number) => {
      const followed = followShip(state, { mmsi: '1', lngLat, atMs }, terminals)
      state = followed.state
      return followed.call
    }
    expect(see(A, 0)).toBeNull()
    expect(see(B, 40 * MIN)).toBeNull()
    expect(see(A, 50 * MIN)).toMatchObject({ kind: 'came', terminal: 'a', atMs: 50 * MIN })
    expect(see(B, 45 * MIN)).toBeNull() // late
    expect(see(B, 55 * MIN)).toMatchObject({ kind: 'left', atMs: 50 * MIN })
  })
})

describe('places for those who wait', () => {
  it('are those of boats that have not left, less who is on board', async () => {
    const plan = () => {
      const found = board.plan('a', LINE, 'persons', clock.nowMs())
      return found?.by === 'boats' ? found.boats.slice(0, 2).map(({ atMs, places }) => ({ atMs, places })) : null
    }
    expect(plan()).toEqual([
      { atMs: at('08:20'), places: 100 },
      { atMs: at('09:20'), places: 100 },
    ])
    await say({ state: 'boarding', persons: 70 })
    expect(plan()![0]).toEqual({ atMs: at('08:20'), places: 30 })
    clock.advance(MIN)
    await say({ state: 'cancelled' })
    expect(plan()![0]).toEqual({ atMs: at('09:20'), places: 100 })
    expect(board.placesLeftToday('a', LINE, 'persons', clock.nowMs())).toBe(200)
    expect(board.placesLeftToday('a', LINE, 'vehicles', clock.nowMs())).toBe(20)
  })
  it('are not known for a terminal or line that is not in the timetable, or when nobody says what boats hold', () => {
    expect(board.plan('nope', null, 'persons', START)).toBeNull()
    expect(board.plan('a', 'nope', 'persons', START)).toBeNull()
    // The fast boat of Sundays does not say what it holds.
    const sunday = START + 4 * 24 * 60 * MIN
    expect(board.plan('a', 'sunday', 'persons', sunday)).toBeNull()
    expect(board.plan('a', LINE, 'persons', sunday)).not.toBeNull()
  })
})
