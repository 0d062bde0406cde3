import {
  CheckpointDeclarations,
  CountArchive,
  CountBatch,
  LaneCount,
  QueueCount,
  SailingReports,
} from '@skerry/contract'
import { isLand } from '@skerry/basemap'
import { loadLand } from '@skerry/basemap/node'
import { describe, expect, it } from 'vitest'
import { distanceM, moved } from '../../base/flat.ts'
import type { Letter, Outbox } from '../outbox.ts'
import { positionReport, staticData } from './ais-encode.ts'
import { createFleet } from './boats.ts'
import { dayFactor, dayOf, minuteOfDay, startOfDay, weekday } from './days.ts'
import { createFerryFeed, KEPT_DAYS } from './ferry-feed.ts'
import { createFerryWorld, type Listener, type SimSailing } from './ferry-world.ts'
import { gatesOf } from './gates.ts'
import { loadTimetable } from './load-timetable.ts'
import { sailingsOn } from './sailing-plan.ts'
import { waysOf } from './ways.ts'

const MIN = 60_000
const HOUR = 60 * MIN
const crossings = await loadTimetable(null)
const ways = waysOf(crossings, 8)
const gates = gatesOf(crossings, ways)
/** A Wednesday. */
const DAY = dayOf(Date.UTC(2026, 5, 10))

interface Told {
  counts: Map<string, number>
  queues: Map<string, number>
  sailings: Set<SimSailing>
}
function live(hours: number, seed = 8, crowd: string | null = null): Told {
  const world = createFerryWorld({ seed, ways, gates, fromMs: startOfDay(DAY) })
  if (crowd !== null) world.crowd(crowd, 45, startOfDay(DAY) + 24 * HOUR)
  const told: Told = { counts: new Map(), queues: new Map(), sailings: new Set() }
  const listener: Listener = {
    count(gate, lane, valid, _, manual) {
      const key = `${gate.declaration.id} ${lane}`
      told.counts.set(key, (told.counts.get(key) ?? 0) + valid + manual)
    },
    queue: (gate, direction, counts, line, waiting) =>
      void told.queues.set(`${gate.declaration.id} ${direction} ${counts} ${line ?? ''}`, waiting),
    sailing: (sailing) => void told.sailings.add(sailing),
  }
  for (let i = 0; i < hours * 60; i++) world.next(listener)
  return told
}
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0)

describe('the ferries', () => {
  it('stand with their gates on the shore of the map', async () => {
    const land = await loadLand()
    expect(gates.length).toBe(11)
    CheckpointDeclarations.parse({ checkpoints: gates.map(({ declaration }) => declaration) })
    for (const { declaration } of gates) {
      if (declaration.kind === 'bridge') continue
      const around = Array.from({ length: 36 }, (_, i) => {
        const angle = (i * Math.PI) / 18
        return isLand(land, moved(declaration.position, Math.sin(angle) * 250, Math.cos(angle) * 250))
      })
      expect(new Set(around).size, declaration.id).toBe(2)
    }
  })

  it('lose nobody: who boarded where a gate stands has sailed or is on board, and no boat holds more than it can', () => {
    const told = live(24)
    for (const { way, persons, vehicles, state } of told.sailings) {
      expect(persons).toBeLessThanOrEqual(way.seats)
      expect(vehicles).toBeLessThanOrEqual(way.cars)
      if (state === 'cancelled') expect(persons).toBe(0)
    }
    // Lanes may be blind for a while, so gates count at most who sailed.
    const line = 'wugongzhi-putuoshan-fast'
    const sailed = sum(
      [...told.sailings].filter(({ way }) => way.line === line && way.from === 'wugongzhi').map((s) => s.persons),
    )
    const counted = sum([`${line}-a`, `${line}-b`].map((lane) => told.counts.get(`wugongzhi ${lane}`) ?? 0))
    expect(counted).toBeLessThanOrEqual(sailed)
    expect(counted).toBeGreaterThan(sailed * 0.95)
    expect(sailed).toBeGreaterThan(1500)
  })

  it('sleep at night, and leave late or not at all now and then', () => {
    expect(sum(live(5).counts.values())).toBeLessThan(900) // cars on the bridge
    const all = Array.from({ length: 60 }, (_, i) => ways.flatMap((way) => sailingsOn(way, DAY + i, 8))).flat()
    const cancelled = all.filter((each) => each.cancelled !== null).length / all.length
    const late = all.filter(({ leavesMs, scheduledMs }) => leavesMs - scheduledMs > 10 * MIN).length / all.length
    expect([cancelled > 0.003, cancelled < 0.1, late > 0.02, late < 0.15]).toEqual([true, true, true, true])
    expect(all.some((each) => each.cancelled === 'fog')).toBe(true)
  })

  it('are the same again with the same seed, and busier at weekends and on holidays', () => {
    expect(live(10).counts).toEqual(live(10).counts)
    expect(live(10, 9).counts).not.toEqual(live(10).counts)
    const mean = (days: number[]): number => sum(days.map((day) => dayFactor(8, day))) / days.length
    const days = Array.from({ length: 70 }, (_, i) => DAY + i)
    expect(mean(days.filter((day) => weekday(day) > 5))).toBeGreaterThan(mean(days.filter((day) => weekday(day) < 5)))
    expect(dayFactor(8, dayOf(Date.UTC(2026, 9, 2)))).toBeGreaterThan(1.5)
  })

  it('hold a crowd that comes to a gate', () => {
    const key = 'wugongzhi out persons wugongzhi-putuoshan-fast'
    expect(live(5, 8, 'wugongzhi').queues.get(key)!).toBeGreaterThan(live(5).queues.get(key)! + 1000)
  })

  it('run by the clock of Shanghai', () => {
    expect(minuteOfDay(Date.UTC(2026, 10, 22, 0, 30))).toBe(8 * 60 + 30)
    expect(minuteOfDay(Date.UTC(2026, 10, 22, 17, 5))).toBe(65)
  })
})

describe('the gates behind the intake', () => {
  it('tell what they kept once, then a count a minute, none from the future, some late and some twice', () => {
    const letters: Letter[] = []
    const outbox: Outbox = {
      post: (l) => void letters.push(l),
      waiting: 0,
      dropped: 0,
      away: false,
      close: () => undefined,
    }
    let nowMs = Date.UTC(2026, 5, 10, 1, 0, 30)
    const feed = createFerryFeed({ seed: 1, outbox, clock: () => nowMs, crossings, surge: null, fleet: null })
    feed.declare()
    for (let i = 0; feed.growing && i < 200; i++) feed.tick()
    expect(feed.growing).toBe(false)
    const of = (path: string) => letters.filter((letter) => letter.path.endsWith(path)).map(({ body }) => body)
    const archives = of('archive').map((body) => CountArchive.parse(body))
    expect(archives.length).toBe(gates.length * 4)
    const kept = archives[0]!.lanes[0]!
    expect(kept.valid.length).toBeGreaterThan(KEPT_DAYS * 24)
    expect(kept.valid.some((value) => value === null)).toBe(true)
    letters.splice(0)
    const seen = new Map<string, number>()
    let late = 0
    for (let i = 0; i < 12; i++) {
      nowMs += MIN
      feed.tick()
      for (const body of of('counts')) {
        const { counts, queues } = CountBatch.parse(body)
        for (const given of counts) {
          const count = LaneCount.parse(given)
          expect(count.minuteMs + MIN).toBeLessThanOrEqual(nowMs)
          if (count.minuteMs < nowMs - 2 * MIN) late++
          const key = `${count.checkpointId} ${count.lane} ${count.minuteMs}`
          seen.set(key, (seen.get(key) ?? 0) + 1)
        }
        for (const queue of queues) QueueCount.parse(queue)
      }
      for (const body of of('sailings')) SailingReports.parse(body)
      letters.splice(0)
    }
    expect(late).toBeGreaterThan(0)
    expect([...seen.values()].some((times) => times > 1)).toBe(true)
  })
})

describe('ships', () => {
  it('lie at quays and go over water, each on one sailing at a time', async () => {
    const land = await loadLand()
    const fleet = createFleet(land)
    const way = ways.find(({ line, from }) => line === 'banshengdong-putuoshan-ordinary' && from === 'banshengdong')!
    const boats = sailingsOn(way, DAY, 8).map((plan): SimSailing => ({
      ...plan,
      persons: 0,
      vehicles: 0,
      state: 'boarding',
    }))
    const [first, second] = [fleet.assign(boats[0]!), fleet.assign(boats[1]!)]
    expect(fleet.of(boats[0]!)).toBe(first)
    expect(first.mmsi).not.toBe(second.mmsi)
    const half = (boats[0]!.leavesMs + boats[0]!.arrivesMs) / 2
    const place = fleet.places(half).find(({ boat }) => boat === first)!
    expect(place).toMatchObject({ moored: false })
    expect(place.speedKn).toBeGreaterThan(3)
    expect(distanceM(place.lngLat, way.fromAt)).toBeGreaterThan(1000)
    expect(fleet.places(boats[0]!.arrivesMs).find(({ boat }) => boat === first)).toMatchObject({
      moored: true,
      lngLat: way.toAt,
    })
  })

  it('say it in sentences that receivers read', () => {
    const lines = [
      ...positionReport({
        mmsi: 200_000_001,
        lngLat: [122.3, 29.9],
        speedKn: 12,
        courseDeg: 355.2,
        moored: false,
        atMs: 0,
      }),
      ...staticData({ mmsi: 200_000_001, shipName: 'Demo Ferry 1', fast: true, destination: 'putuoshan' }),
    ]
    expect(lines).toHaveLength(3)
    for (const line of lines) {
      const [, body, sum_] = /^!([^*]+)\*([0-9A-F]{2})$/.exec(line)!
      const check = [...body!].reduce((sum, char) => sum ^ char.charCodeAt(0), 0)
      expect(check.toString(16).toUpperCase().padStart(2, '0')).toBe(sum_)
      expect(line.length).toBeLessThanOrEqual(82)
    }
    const payload = lines[0]!.split(',')[5]!
    const bits = [...payload]
      .map((char) => char.charCodeAt(0) - 48)
      .map((code) => (code > 40 ? code - 8 : code).toString(2).padStart(6, '0'))
      .join('')
    const field = (at: number, width: number): number => Number.parseInt(bits.slice(at, at + width), 2)
    expect([field(0, 6), field(8, 30), field(50, 10), field(61, 28) / 600_000, field(89, 27) / 600_000]).toEqual([
      1, 200_000_001, 120, 122.3, 29.9,
    ])
    expect([field(116, 12), bits.length]).toEqual([3552, 168])
  })
})
