import type { Crossings, LaneCount, QueueCount, SailingReport } from '@skerry/contract'
import { streamFor } from '../../base/rand.ts'
import type { WallClock } from '../../base/sim-clock.ts'
import type { Outbox } from '../outbox.ts'
import { createArchive, formerDays } from './archive.ts'
import { dayOf, startOfDay } from './days.ts'
import type { Fleet } from './boats.ts'
import { createFerryWorld, type FerryWorld, type Listener, type SimSailing } from './ferry-world.ts'
import { gatesOf, type Gate } from './gates.ts'
import { waysOf } from './ways.ts'

const MIN_MS = 60_000
const HOUR_MS = 3_600_000
/** Days whose hours the gates have kept, and minutes that they have kept. */
export const KEPT_DAYS = 35
const KEPT_MIN = 90
/** Minutes of the past that are lived through in one tick: drones share the process. */
const PAST_PER_TICK = 1440
/** Of a hundred counts so many come minutes late, and so many twice. */
const LATE_OF_100 = 2
const TWICE_OF_100 = 1
const LATE_MIN = 6
/** A crowd begins so long after the start, brings so many a minute, and lasts so long. */
const CROWD = { afterMs: 90_000, perMin: 90, forMs: 20 * MIN_MS } as const
const NATIONAL_DAY = { month: 9, day: 1 } as const
const BEFORE_DAYS = 30
const HOLIDAY_DAYS = 9

export interface FerryFeed {
  declare(): void
  tick(): void
  readonly world: FerryWorld
  readonly gates: readonly Gate[]
  /** Lives through the past, then minute by minute with the clock. */
  readonly growing: boolean
}

/**
 * Ferry gates and the boats behind the intake: first what they kept of the past, then a count a minute. A timetable is bound
 * to the wall clock, so ferries keep it however fast the rest of the world runs.
 */
export function createFerryFeed(o: {
  seed: number
  outbox: Outbox
  clock: WallClock
  crossings: Crossings
  /** Gate to which a crowd comes soon after the start; null for a usual day. */
  surge: string | null
  /** Ships that sail; null: nobody says which ship it is. */
  fleet: Fleet | null
}): FerryFeed {
  const { seed, outbox, clock, crossings, fleet } = o
  const ways = waysOf(crossings, seed)
  const gates = gatesOf(crossings, ways)
  const startMs = Math.floor(clock() / MIN_MS) * MIN_MS
  const fromMs = startOfDay(dayOf(startMs) - KEPT_DAYS)
  const world = createFerryWorld({ seed, ways, gates, fromMs })
  const archive = createArchive(fromMs, KEPT_DAYS * 24 + 24)
  const luck = streamFor(seed, 'gate-network')
  let declared = false
  let growing = true
  let counts: LaneCount[] = []
  let queues: QueueCount[] = []
  let delayed: { atMs: number; count: LaneCount }[] = []
  const boats = new Set<SimSailing>()

  const live: Listener = {
    count: ({ declaration: { id: checkpointId } }, lane, valid, invalid, manual) =>
      void counts.push({ checkpointId, lane, minuteMs: world.minuteMs, valid, invalid, manual, arrived: null }),
    queue: ({ declaration: { id: checkpointId } }, direction, of, line, waiting) =>
      void queues.push({
        checkpointId,
        direction,
        counts: of,
        ...(line === undefined ? {} : { line }),
        minuteMs: world.minuteMs,
        waiting,
      }),
    sailing(boat) {
      if (boat.state === 'boarding' || boat.state === 'departed') fleet?.assign(boat)
      boats.add(boat)
    },
  }

  function post(path: string, body: unknown): void {
    // A server with an empty store does not know the gates: say which there are, with the next minute's counts.
    const lost = (): void => void (declared = false)
    outbox.post({ method: 'POST', path, body, lost })
  }
  function declare(): void {
    declared = true
    const checkpoints = gates.map(({ declaration }) => declaration)
    outbox.post({ method: 'PUT', path: '/api/intake/checkpoints', body: { checkpoints } })
  }

  function grow(): void {
    const nowMs = Math.floor(clock() / MIN_MS) * MIN_MS
    for (let i = 0; i < PAST_PER_TICK && world.minuteMs < nowMs; i++) {
      const { minuteMs } = world
      archive.at(minuteMs)
      const kept = minuteMs >= nowMs - KEPT_MIN * MIN_MS
      world.next(kept ? both(archive, live) : archive)
    }
    if (world.minuteMs < nowMs) return
    growing = false
    for (const body of [...archive.bodies(), ...nationalDays(nowMs)]) post('/api/intake/counts/archive', body)
    for (const boat of world.today()) live.sailing(boat)
    send(false)
    if (o.surge !== null) world.crowd(o.surge, CROWD.perMin, nowMs + CROWD.afterMs + CROWD.forMs)
  }

  /** Three National Days, for which the days before are known too. */
  function* nationalDays(nowMs: number) {
    const now = new Date(nowMs)
    const thisYear = Date.UTC(now.getUTCFullYear(), NATIONAL_DAY.month, NATIONAL_DAY.day)
    const last = nowMs > thisYear + HOLIDAY_DAYS * 24 * HOUR_MS ? now.getUTCFullYear() : now.getUTCFullYear() - 1
    for (const year of [last - 2, last - 1, last]) {
      const fromDay = dayOf(Date.UTC(year, NATIONAL_DAY.month, NATIONAL_DAY.day)) - BEFORE_DAYS
      yield* formerDays({ seed, gates, ways, fromDay, days: BEFORE_DAYS + HOLIDAY_DAYS })
    }
  }

  /** Sends what came since the last minute; networks let some of it wait and some come twice. */
  function send(poor: boolean): void {
    const nowMs = clock()
    const due = delayed.filter(({ atMs }) => atMs <= nowMs).map(({ count }) => count)
    delayed = delayed.filter(({ atMs }) => atMs > nowMs)
    const now: LaneCount[] = []
    for (const count of counts) {
      const draw = poor ? luck() * 100 : 100
      if (draw < LATE_OF_100) delayed.push({ atMs: nowMs + (1 + Math.floor(luck() * LATE_MIN)) * MIN_MS, count })
      else now.push(count)
      if (draw >= LATE_OF_100 && draw < LATE_OF_100 + TWICE_OF_100) now.push(count)
    }
    const all = [...due, ...now]
    for (let i = 0; i < Math.max(all.length, queues.length); i += MOST_PER_POST)
      post('/api/intake/counts', {
        counts: all.slice(i, i + MOST_PER_POST),
        queues: queues.slice(i, i + MOST_PER_POST),
      })
    const sailings = [...boats].map((boat) => reportOf(boat, nowMs, fleet?.of(boat)?.mmsi ?? null))
    for (let i = 0; i < sailings.length; i += MOST_SAILINGS)
      post('/api/intake/sailings', { sailings: sailings.slice(i, i + MOST_SAILINGS) })
    counts = []
    queues = []
    boats.clear()
  }

  return {
    world,
    gates,
    get growing() {
      return growing
    },
    declare,
    tick() {
      if (growing) return grow()
      let lived = false
      while (world.minuteMs + MIN_MS <= clock()) {
        world.next(live)
        lived = true
      }
      if (!lived) return
      if (!declared) declare()
      send(true)
    },
  }
}

const MOST_PER_POST = 2000
const MOST_SAILINGS = 1500

const both = (a: Listener, b: Listener): Listener => ({
  count(...of) {
    a.count(...of)
    b.count(...of)
  },
  queue(...of) {
    a.queue(...of)
    b.queue(...of)
  },
  sailing: b.sailing,
})

/** What the owner of a boat says of it. */
export function reportOf(boat: SimSailing, nowMs: number, mmsi: number | null): SailingReport {
  const { way, scheduledMs, leavesMs, arrivesMs, state, cancelled, persons, vehicles } = boat
  const ship = mmsi === null ? {} : { mmsi: String(mmsi) }
  const base = { line: way.line, from: way.from, scheduledAtMs: scheduledMs, atMs: nowMs, state, ...ship }
  if (cancelled !== null) return { ...base, state: 'cancelled', reason: cancelled }
  if (state === 'scheduled') return base
  const load = { persons, ...(way.cars > 0 ? { vehicles } : {}) }
  if (state === 'boarding') return { ...base, ...load, ...(leavesMs > scheduledMs ? { expectedAtMs: leavesMs } : {}) }
  // The owners of speedboats name the ship and nothing more: when it left and came, its positions tell.
  if (way.vessel === 'speedboat' && mmsi !== null) return { ...base, state: 'boarding', ...load }
  return { ...base, ...load, departedAtMs: leavesMs, ...(state === 'arrived' ? { arrivedAtMs: arrivesMs } : {}) }
}
