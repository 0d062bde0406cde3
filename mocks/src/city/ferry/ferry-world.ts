import type { FlowDirection, Flowing } from '@skerry/contract'
import { poisson, type Rand, streamFor } from '../../base/rand.ts'
import { dayFactor, dayOf, hourFactor, minuteOfDay } from './days.ts'
import { BRIDGE_LANE_PER_MIN, CARS_PER_MIN, GATE_PER_MIN, type Gate } from './gates.ts'
import { sailingsOn, type PlannedSailing } from './sailing-plan.ts'
import { bustle, type Way } from './ways.ts'

const MIN_MS = 60_000
const HOUR_MS = 3_600_000
/** A boat is boarded for so long before it leaves. */
const BOARDING_MIN = 14
/** People go ashore through two gates, cars over one ramp. */
const ASHORE_PER_MIN = 45
const CARS_ASHORE_PER_MIN = 6
const HOME_MIN = 25
const INVALID_SHARE = 0.015
const MANUAL_SHARE = 0.02
const BRIDGE_PER_HOUR = 1150

/** A boat that is boarded, under way, or has been. */
export interface SimSailing extends PlannedSailing {
  persons: number
  vehicles: number
  state: 'scheduled' | 'boarding' | 'departed' | 'arrived' | 'cancelled'
}

/** Who hears what happened in a minute. */
export interface Listener {
  count(gate: Gate, lane: string, valid: number, invalid: number, manual: number): void
  queue(gate: Gate, direction: FlowDirection, counts: Flowing, line: string | undefined, waiting: number): void
  /** A boat of which there is news. */
  sailing(sailing: SimSailing): void
}

/** The ferries of the archipelago minute by minute: who comes, who boards, who sails, who goes ashore. */
export interface FerryWorld {
  /** The minute that `next` will give. */
  readonly minuteMs: number
  /** Lives through one minute and tells what happened in it. */
  next(listener: Listener): void
  /** More people than usual come to a gate: so many a minute for its busiest line, until a time. */
  crowd(checkpointId: string, perMin: number, untilMs: number): void
  /** Boats that are boarded or under way, and those of today that are still to come or have been. */
  today(): readonly SimSailing[]
}

interface Pier {
  way: Way
  waiting: Record<Flowing, number>
  /** In this minute. */
  passed: Record<Flowing, number>
  /** Boats of the day that are not over, in order of time. */
  boats: SimSailing[]
  /** How much busier the current hour is than a usual one. */
  factor: number
  rand: Rand
}
/** Lanes that share what passes. */
interface LaneGroup {
  direction: FlowDirection
  counts: Flowing
  line: string | undefined
  /** Where they board. */
  pier: Pier | undefined
  lanes: { id: string; blind: Blind | null }[]
}

export function createFerryWorld(o: {
  seed: number
  ways: readonly Way[]
  gates: readonly Gate[]
  fromMs: number
}): FerryWorld {
  const { seed, ways, gates } = o
  let minuteMs = Math.floor(o.fromMs / MIN_MS) * MIN_MS
  let day = -1
  let busy = 1
  let factorOf = -1
  const piers: Pier[] = ways.map((way) => ({
    way,
    waiting: { persons: 0, vehicles: 0 },
    passed: { persons: 0, vehicles: 0 },
    boats: [],
    factor: 1,
    rand: streamFor(seed, 'pier', way.line, way.from),
  }))
  const ashore = new Map<string, Record<Flowing, number>>()
  const cars = new Map<string, number>()
  const crowds = new Map<string, { perMin: number; untilMs: number }>()
  const gateRand = new Map(gates.map(({ declaration }) => [declaration.id, streamFor(seed, 'gate', declaration.id)]))
  const groups = new Map(gates.map(({ declaration }) => [declaration.id, groupLanes(declaration, piers)]))
  let over: SimSailing[] = []

  function newDay(): void {
    day = dayOf(minuteMs)
    busy = dayFactor(seed, day)
    over = []
    for (const pier of piers) {
      const kept = pier.boats.filter(({ state, arrivesMs }) => state === 'departed' && arrivesMs >= minuteMs)
      const made = sailingsOn(pier.way, day, seed)
        .filter(({ leavesMs }) => leavesMs >= minuteMs)
        .map((plan): SimSailing => ({ ...plan, persons: 0, vehicles: 0, state: 'scheduled' }))
      pier.boats = [...kept, ...made]
    }
  }

  function newHour(): void {
    const hour = Math.floor(minuteMs / HOUR_MS)
    for (const pier of piers) pier.factor = busy * hourFactor(seed, `${pier.way.line} ${pier.way.from}`, hour)
    for (const [id, of] of groups)
      for (const { lanes } of of) for (const lane of lanes) lane.blind = blindIn(seed, `${id} ${lane.id}`, hour)
  }

  function arrive({ way, waiting, boats, rand, factor }: Pier, minute: number): void {
    // When the last boat has left, who missed it goes home after a while.
    if (waiting.persons + waiting.vehicles > 0 && minute > lastOf(way) + HOME_MIN && !boats.some(isComing))
      waiting.persons = waiting.vehicles = 0
    if (way.persons[minute]! > 0) waiting.persons += poisson(rand, way.persons[minute]! * factor)
    if (way.vehicles[minute]! > 0) waiting.vehicles += poisson(rand, way.vehicles[minute]! * factor)
    const crowd = crowds.get(way.from)
    if (crowd !== undefined && minuteMs < crowd.untilMs && busiest(way.from) === way)
      waiting.persons += poisson(rand, crowd.perMin)
  }
  const busiest = (terminal: string): Way | undefined =>
    ways
      .filter(({ from }) => from === terminal)
      .toSorted((a, b) => b.seats * b.departures.length - a.seats * a.departures.length)[0]

  /** Who passes the gates of a pier in this minute. */
  function board(pier: Pier, { sailing }: Listener): void {
    const { passed } = pier
    passed.persons = passed.vehicles = 0
    let boat: SimSailing | undefined
    for (const each of pier.boats) {
      if (each.scheduledMs > minuteMs + 45 * MIN_MS) break
      if (each.cancelled !== null) {
        each.state = 'cancelled'
        sailing(each)
      } else if (each.state !== 'departed') {
        if (minuteMs >= each.leavesMs - BOARDING_MIN * MIN_MS) boat ??= each
      } else if (each.arrivesMs <= minuteMs) {
        each.state = 'arrived'
        const here = ashore.get(each.way.to) ?? { persons: 0, vehicles: 0 }
        here.persons += each.persons
        here.vehicles += each.vehicles
        ashore.set(each.way.to, here)
        sailing(each)
      }
    }
    if (pier.boats.some(isOver)) {
      over.push(...pier.boats.filter(isOver))
      pier.boats = pier.boats.filter((each) => !isOver(each))
    }
    if (boat === undefined) return
    passed.persons = Math.min(pier.waiting.persons, GATE_PER_MIN, pier.way.seats - boat.persons)
    passed.vehicles = Math.min(pier.waiting.vehicles, CARS_PER_MIN, pier.way.cars - boat.vehicles)
    pier.waiting.persons -= passed.persons
    pier.waiting.vehicles -= passed.vehicles
    boat.persons += passed.persons
    boat.vehicles += passed.vehicles
    boat.state = boat.leavesMs <= minuteMs ? 'departed' : 'boarding'
    sailing(boat)
  }

  function goAshore(terminal: string): Record<Flowing, number> {
    const here = ashore.get(terminal)
    if (here === undefined) return { persons: 0, vehicles: 0 }
    const passed = {
      persons: Math.min(here.persons, 2 * ASHORE_PER_MIN),
      vehicles: Math.min(here.vehicles, CARS_ASHORE_PER_MIN),
    }
    here.persons -= passed.persons
    here.vehicles -= passed.vehicles
    return passed
  }

  function bridge(gate: Gate, direction: FlowDirection): number {
    const key = `${gate.declaration.id} ${direction}`
    const rand = gateRand.get(gate.declaration.id)!
    const minute = minuteOfDay(minuteMs)
    const hour = Math.floor(minuteMs / HOUR_MS)
    const perMin = (BRIDGE_PER_HOUR / 60) * (0.06 + bustle(minute, direction === 'in' ? 9.2 : 7.9))
    const waiting = (cars.get(key) ?? 0) + poisson(rand, perMin * busy * hourFactor(seed, key, hour))
    const passed = Math.min(waiting, 2 * BRIDGE_LANE_PER_MIN)
    cars.set(key, waiting - passed)
    return passed
  }

  /** What the lanes of a gate count; one may be blind for some minutes, and says nothing then. */
  function tellLanes(gate: Gate, { count }: Listener): void {
    const { id, kind } = gate.declaration
    const rand = gateRand.get(id)!
    const landed = kind === 'ferry' ? goAshore(id) : null
    const driven = kind === 'bridge' ? { in: bridge(gate, 'in'), out: bridge(gate, 'out') } : null
    const minute = Math.floor(minuteMs / MIN_MS) % 60
    for (const { direction, counts: what, pier, lanes } of groups.get(id)!) {
      const passed = driven?.[direction] ?? (direction === 'in' ? landed![what] : (pier?.passed[what] ?? 0))
      for (let i = 0; i < lanes.length; i++) {
        const { id: lane, blind } = lanes[i]!
        const share = Math.floor(passed / lanes.length) + (i < passed % lanes.length ? 1 : 0)
        // Of those who pass some are let through by hand; some come twice, for their first try was not valid.
        const manual = share === 0 ? 0 : Math.min(share, poisson(rand, share * MANUAL_SHARE))
        const invalid = share === 0 ? 0 : poisson(rand, share * INVALID_SHARE)
        if (blind === null || minute < blind.from || minute >= blind.to)
          count(gate, lane, share - manual, invalid, manual)
      }
    }
  }

  function tellQueues(gate: Gate, { queue }: Listener): void {
    const { id, kind } = gate.declaration
    if (!gate.seesQueue) return
    if (kind === 'bridge') {
      for (const direction of ['in', 'out'] as const)
        queue(gate, direction, 'vehicles', undefined, cars.get(`${id} ${direction}`) ?? 0)
      return
    }
    for (const { direction, counts, line, pier } of groups.get(id)!)
      if (direction === 'out' && pier !== undefined) queue(gate, direction, counts, line, pier.waiting[counts])
  }

  return {
    get minuteMs() {
      return minuteMs
    },
    next(listener) {
      if (dayOf(minuteMs) !== day) newDay()
      if (factorOf !== Math.floor(minuteMs / HOUR_MS)) newHour()
      factorOf = Math.floor(minuteMs / HOUR_MS)
      const minute = minuteOfDay(minuteMs)
      for (const pier of piers) {
        arrive(pier, minute)
        board(pier, listener)
      }
      for (const gate of gates) {
        tellLanes(gate, listener)
        tellQueues(gate, listener)
      }
      minuteMs += MIN_MS
    },
    crowd: (checkpointId, perMin, untilMs) => void crowds.set(checkpointId, { perMin, untilMs }),
    today: () => [...over, ...piers.flatMap(({ boats }) => boats)],
  }
}

const isComing = ({ state }: SimSailing): boolean => state === 'scheduled' || state === 'boarding'
const lastOf = ({ departures }: Way): number => departures.at(-1) ?? 0
const isOver = ({ state }: SimSailing): boolean => state === 'arrived' || state === 'cancelled'

function groupLanes({ id, lanes }: Gate['declaration'], piers: readonly Pier[]): LaneGroup[] {
  const of = Map.groupBy(lanes, ({ direction, counts, line }) => `${direction} ${counts} ${line ?? ''}`)
  return [...of.values()].map((group) => {
    const { direction, counts, line } = group[0]!
    const pier = piers.find(({ way }) => way.from === id && way.line === line)
    return { direction, counts, line, pier, lanes: group.map((lane) => ({ id: lane.id, blind: null })) }
  })
}

/** Minutes of an hour in which a lane sees nothing. */
interface Blind {
  from: number
  to: number
}

/** Once in some five days a lane sees nothing for ten to forty minutes. */
function blindIn(seed: number, lane: string, hour: number): Blind | null {
  const rand = streamFor(seed, 'blind', lane, hour)
  if (rand() > 0.008) return null
  const from = Math.floor(rand() * 50)
  return { from, to: from + 10 + rand() * 30 }
}
