import type {
  Crossings,
  Flowing,
  LngLat,
  Sailing,
  SailingNetwork,
  SailingReport,
  SailingReports,
  SailingReportsResult,
} from '@skerry/contract'
import type { Scheduler } from '../engine/scheduler.ts'
import type { ToldSailings } from '../eta/earliest.ts'
import type { Network } from '../eta/network.ts'
import { seaWay } from '../eta/sea-field.ts'
import { BERTHING_S, VESSEL_MPS } from '../eta/speeds.ts'
import { dayAt, startOfDay, weekdayOf, type Day } from '../flow/calendar.ts'
import type { BoatService } from '../flow/checkpoint-desk.ts'
import type { BoatPlaces } from '../flow/queue-paths.ts'
import type { SailingStore } from '../store/sailings.ts'
import { ferryLines, type FerryLine } from './ferry-lines.ts'
import { judgeReports } from './judge-reports.ts'
import { followShip, type PortCall, type ShipState } from './port-calls.ts'
import { noFacts, readFacts, sailingId, withReport, type SailingFacts } from './sailing-facts.ts'
import { viewSailing, type ShipPlace } from './view-sailing.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const TICK_MS = 5000
/** Consoles hold the boats of the last three hours and the next eight. */
const PAST_MS = 3 * 3_600_000
const AHEAD_MS = 8 * 3_600_000
/** Ways are looked for as far ahead as this: no way takes longer, nor does one wait longer for its boat. */
const TOLD_AHEAD_MS = 2 * 86_400_000
/** Timetables of so many days are kept made. */
const KEPT_DAYS = 8
/** How late boats are is looked at so often, and said from so many departures on. */
const LATENESS_MS = 10 * MINUTE_MS
const LEAST_DELAYS = 40
/** A ship that leaves is on the boat that should have left up to so long ago, or leaves so early. */
const LATE_MS = 90 * MINUTE_MS
const EARLY_MS = 15 * MINUTE_MS

/** Timetable, reports and ships' positions as one list of sailings. */
export interface SailingBoard extends BoatService {
  take(batch: SailingReports): Promise<SailingReportsResult>
  /** Sailings that consoles hold now, in order of the timetable. */
  list(): Sailing[]
  /** fromMs <= scheduled < toMs; days that are over come from the store. */
  between(fromMs: number, toMs: number): Promise<Sailing[]>
  network(): SailingNetwork
  /** Sailings of which more is known than the timetable says, for those who look for a way. */
  told(): ToldSailings
  /** Places that the boats still to leave today have; null where one of them does not say. */
  placesLeftToday(from: string, line: string | null, counts: Flowing, nowMs: number): number | null
  onChange(listener: (sailings: Sailing[]) => void): () => void
  restore(): Promise<void>
  /** Waits for what is being written. */
  stop(): Promise<void>
}

export function createSailingBoard(o: {
  crossings: Crossings
  store: SailingStore
  clock: Scheduler
  /** Newest true position of a ship, by its MMSI. */
  ship: (mmsi: string) => ShipPlace | null
  /** Ways over water, when they are made. */
  network: Promise<Network>
  onFault: (error: unknown) => void
}): SailingBoard {
  const { crossings, store, clock, ship, onFault } = o
  const { utcOffsetMin, terminals } = crossings
  const lines = ferryLines(crossings)
  const wayOf = new Map(lines.map((line) => [`${line.id}/${line.from}`, line]))
  const byTerminal = Map.groupBy(lines, ({ from }) => from)
  const facts = new Map<string, SailingFacts>()
  const ships = new Map<string, ShipState>()
  const listeners = new Set<(sailings: Sailing[]) => void>()
  let published = new Map<string, string>()
  let paths = new Map<string, LngLat[]>()
  let disarm = clock.after(TICK_MS, tick)
  o.network.then(learnWays, onFault)

  /** Ways and times over water, better than the straight line. */
  function learnWays(network: Network): void {
    const index = new Map(terminals.map(({ id }, i) => [id, i]))
    const made = new Map<string, LngLat[]>()
    for (const line of lines) {
      const [a, b] = [index.get(line.from)!, index.get(line.to)!]
      const metres = network.seaM[a]![b]!
      if (!line.crossingSaid && Number.isFinite(metres)) line.crossingS = metres / VESSEL_MPS[line.vessel] + BERTHING_S
      const field = network.fields[b]
      if (field)
        made.set(`${line.id}/${line.from}`, [line.fromAt, ...seaWay(network.grid, field, line.fromAt), line.toAt])
    }
    paths = made
  }

  /** What the timetable says of a day, by the name of each sailing; all gates ask for the same three days each minute. */
  const timetables = new Map<Day, ReadonlyMap<string, SailingFacts>>()
  function timetableOf(day: Day): ReadonlyMap<string, SailingFacts> {
    const known = timetables.get(day)
    if (known !== undefined) return known
    const midnight = startOfDay(day, utcOffsetMin)
    const made = new Map<string, SailingFacts>()
    for (const { id, from, departures, days } of lines)
      if (days.has(weekdayOf(day)))
        for (const minute of departures) {
          const each = noFacts(id, from, midnight + minute * MINUTE_MS)
          made.set(idOf(each), each)
        }
    if (timetables.size >= KEPT_DAYS) timetables.clear()
    timetables.set(day, made)
    return made
  }

  /** Every sailing of a span with what is known of it, additional boats too; of one terminal where it is given. */
  function factsBetween(fromMs: number, toMs: number, terminal?: string): SailingFacts[] {
    const found = new Map<string, SailingFacts>()
    const asked = ({ scheduledAtMs, from }: SailingFacts): boolean =>
      scheduledAtMs >= fromMs && scheduledAtMs < toMs && (terminal === undefined || from === terminal)
    for (let day = dayAt(fromMs, utcOffsetMin); day <= dayAt(toMs, utcOffsetMin); day++)
      for (const [id, each] of timetableOf(day)) if (asked(each)) found.set(id, facts.get(id) ?? each)
    for (const [id, each] of facts) if (asked(each)) found.set(id, each)
    return [...found]
      .sort(([a, { scheduledAtMs: first }], [b, { scheduledAtMs: second }]) => first - second || a.localeCompare(b))
      .map(([, each]) => each)
  }

  function view(each: SailingFacts, nowMs: number): Sailing | null {
    const line = wayOf.get(`${each.line}/${each.from}`)
    if (line === undefined) return null // a line that an earlier file had
    return viewSailing(line, each, { nowMs, place: ship, comesInAtMs: (mmsi, at) => comesIn(mmsi, at, each, nowMs) })
  }

  function comesIn(mmsi: string, terminal: string, before: SailingFacts, nowMs: number): number | null {
    for (const each of facts.values()) {
      if ((each.seen?.mmsi ?? each.mmsi) !== mmsi || each.scheduledAtMs >= before.scheduledAtMs) continue
      const line = wayOf.get(`${each.line}/${each.from}`)
      if (line?.to !== terminal) continue
      const sailing = viewSailing(line, each, { nowMs, place: ship, comesInAtMs: () => null })
      if (sailing.state === 'under-way') return sailing.arrivesAtMs
    }
    return null
  }

  let writing: Promise<unknown> = Promise.resolve()
  async function keep(changed: readonly SailingFacts[]): Promise<void> {
    for (const each of changed) facts.set(idOf(each), each)
    toldNow = null
    const written = store.put(
      changed.map((each) => ({ id: idOf(each), scheduledAtMs: each.scheduledAtMs, facts: JSON.stringify(each) })),
    )
    writing = Promise.allSettled([writing, written])
    await written
  }

  /** Ships that a report or the timetable names. */
  function watched(): Set<string> {
    const mmsis = new Set(lines.flatMap(({ vessels }) => [...vessels]))
    for (const { mmsi } of facts.values()) if (mmsi !== null) mmsis.add(mmsi)
    return mmsis
  }

  function lookAtShips(): SailingFacts[] {
    const changed: SailingFacts[] = []
    for (const mmsi of watched()) {
      const place = ship(mmsi)
      if (place === null) continue
      const { state, call } = followShip(ships.get(mmsi) ?? null, { mmsi, ...place }, terminals)
      ships.set(mmsi, state)
      const found = call === null ? null : matchCall(call)
      if (found === null) continue
      facts.set(idOf(found), found)
      changed.push(found)
    }
    return changed
  }

  function matchCall({ kind, mmsi, terminal, atMs }: PortCall): SailingFacts | null {
    if (kind === 'came') {
      const found = [...facts.values()].find(
        (each) =>
          each.seen?.mmsi === mmsi &&
          each.seen.arrivedAtMs === null &&
          wayOf.get(`${each.line}/${each.from}`)?.to === terminal,
      )
      return found?.seen == null ? null : { ...found, seen: { ...found.seen, arrivedAtMs: atMs } }
    }
    const candidates = factsBetween(atMs - LATE_MS, atMs + EARLY_MS).filter((each) => {
      const line = wayOf.get(`${each.line}/${each.from}`)
      if (line?.from !== terminal || each.seen !== null || each.state === 'cancelled') return false
      return each.mmsi === null ? line.vessels.has(mmsi) : each.mmsi === mmsi
    })
    // A ship that was named for it comes before one that usually sails there; then the nearest time.
    const [best] = candidates.sort(
      (a, b) =>
        Number(b.mmsi === mmsi) - Number(a.mmsi === mmsi) ||
        Math.abs(a.scheduledAtMs - atMs) - Math.abs(b.scheduledAtMs - atMs),
    )
    return best === undefined ? null : { ...best, seen: { mmsi, departedAtMs: atMs, arrivedAtMs: null } }
  }

  function tick(): void {
    disarm = clock.after(TICK_MS, tick)
    toldNow = null
    const changed = lookAtShips()
    if (changed.length > 0) keep(changed).catch(onFault)
    forget()
    publish()
  }

  function forget(): void {
    const beforeMs = clock.nowMs() - 2 * DAY_MS
    for (const [id, { scheduledAtMs }] of facts) if (scheduledAtMs < beforeMs) facts.delete(id)
  }

  function list(): Sailing[] {
    const nowMs = clock.nowMs()
    return factsBetween(nowMs - PAST_MS, nowMs + AHEAD_MS).flatMap((each) => view(each, nowMs) ?? [])
  }

  function publish(): void {
    const now = list()
    const texts = new Map(now.map((each) => [each.id, JSON.stringify(each)]))
    const changed = now.filter(({ id }) => published.get(id) !== texts.get(id))
    published = texts
    if (changed.length > 0) for (const listener of listeners) listener(changed)
  }

  /** Made again only when something was said or seen, and each tick: a boat that should have left leaves ever later. */
  let toldNow: ToldSailings | null = null
  function told(): ToldSailings {
    if (toldNow !== null) return toldNow
    const nowMs = clock.nowMs()
    const known = [...facts.values()].flatMap((each) => {
      const { scheduledAtMs } = each
      if (scheduledAtMs < nowMs - PAST_MS || scheduledAtMs > nowMs + TOLD_AHEAD_MS) return []
      const sailing = view(each, nowMs)
      if (sailing === null) return []
      const waits = sailing.state === 'scheduled' || sailing.state === 'boarding'
      return [{ way: `${each.line}/${each.from}`, scheduledAtMs, leavesAtMs: waits ? sailing.leavesAtMs : null }]
    })
    return (toldNow = Map.groupBy(known, ({ way }) => way))
  }

  let lately: { atMs: number; delaysMin: number[] | null } = { atMs: -Infinity, delaysMin: null }
  /** By how much boats have left late in the last two days, Infinity for those that did not; null where few were seen. */
  function lateness(): number[] | null {
    const nowMs = clock.nowMs()
    if (nowMs - lately.atMs < LATENESS_MS) return lately.delaysMin
    const delaysMin = [...facts.values()].flatMap(({ departedAtMs, seen, scheduledAtMs, state }) => {
      if (state === 'cancelled') return [Infinity]
      const leftMs = departedAtMs ?? seen?.departedAtMs
      return leftMs === undefined ? [] : [Math.max(0, (leftMs - scheduledAtMs) / MINUTE_MS)]
    })
    lately = { atMs: nowMs, delaysMin: delaysMin.length < LEAST_DELAYS ? null : delaysMin }
    return lately.delaysMin
  }

  /** Boats from a terminal that have not left, until the end of tomorrow. */
  function boatsFrom(from: string, line: string | null, counts: Flowing, nowMs: number) {
    const known = byTerminal.get(from)?.some(({ id }) => line === null || id === line) ?? false
    if (!known) return null
    const untilMs = startOfDay(dayAt(nowMs, utcOffsetMin) + 2, utcOffsetMin)
    const boats: BoatPlaces[] = []
    for (const each of factsBetween(nowMs - LATE_MS, untilMs, from)) {
      if (line !== null && each.line !== line) continue
      const sailing = view(each, nowMs)
      if (sailing === null) continue
      // Boats that have left tell for which one those come who come now.
      if (sailing.departedAtMs !== null) boats.push({ atMs: sailing.departedAtMs, places: 0 })
      if (sailing.state !== 'scheduled' && sailing.state !== 'boarding') continue
      const places = sailing.capacity[counts]
      if (places === null || sailing.leavesAtMs === null) return null
      boats.push({
        atMs: sailing.leavesAtMs,
        places: Math.max(0, places - (sailing[counts] ?? 0)),
        said: each.expectedAtMs !== null,
      })
    }
    return { boats: boats.sort((a, b) => a.atMs - b.atMs), untilMs }
  }

  return {
    async take(batch) {
      const nowMs = clock.nowMs()
      const known = (report: Pick<SailingReport, 'line' | 'from' | 'scheduledAtMs'>): SailingFacts | undefined =>
        facts.get(idOf(report))
      const { good, refused } = judgeReports(batch, { nowMs, utcOffsetMin, lines, known })
      const changed = new Map<string, SailingFacts>()
      for (const report of good) {
        const id = idOf(report)
        const before = changed.get(id) ?? facts.get(id) ?? noFacts(report.line, report.from, report.scheduledAtMs)
        changed.set(id, withReport(before, report))
      }
      await keep([...changed.values()])
      publish()
      return { accepted: good.length, refused }
    },
    list,
    async between(fromMs, toMs) {
      const nowMs = clock.nowMs()
      const stored = await store.between(fromMs, toMs)
      const all = new Map(factsBetween(fromMs, toMs).map((each) => [idOf(each), each]))
      for (const { id, facts: text } of stored) {
        const read = facts.has(id) ? null : readFacts(text)
        if (read !== null) all.set(id, read)
      }
      return [...all.values()]
        .sort((a, b) => a.scheduledAtMs - b.scheduledAtMs || idOf(a).localeCompare(idOf(b)))
        .flatMap((each) => view(each, nowMs) ?? [])
    },
    network: () => ({
      islands: crossings.islands.map(({ id, name, at }) => ({ id, name, at })),
      bridges: crossings.bridges.map(({ id, name }) => ({ id, name })),
      terminals: terminals.map(({ id, name, island, at }) => ({ id, name, island, at })),
      lines: firstWays(lines).map(({ id, from, to, vessel, undated }) => ({
        id,
        from,
        to,
        vessel,
        path: paths.get(`${id}/${from}`) ?? null,
        asOf: undated ? null : (crossings.lines.find((line) => line.from === from && line.to === to)?.asOf ?? null),
      })),
    }),
    told,
    plan(from, line, counts, nowMs) {
      const found = boatsFrom(from, line, counts, nowMs)
      if (found === null) return null
      const delaysMin = lateness()
      return { by: 'boats', ...found, ...(delaysMin === null ? {} : { delaysMin }) }
    },
    placesLeftToday(from, line, counts, nowMs) {
      const midnight = startOfDay(dayAt(nowMs, utcOffsetMin) + 1, utcOffsetMin)
      const found = boatsFrom(from, line, counts, nowMs)
      return found === null
        ? null
        : found.boats.filter(({ atMs }) => atMs < midnight).reduce((sum, { places }) => sum + places, 0)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async restore() {
      const nowMs = clock.nowMs()
      for (const { id, facts: text } of await store.between(nowMs - DAY_MS, nowMs + 2 * DAY_MS)) {
        const read = readFacts(text)
        if (read !== null) facts.set(id, read)
      }
      toldNow = null
    },
    async stop() {
      disarm()
      await writing
    },
  }
}

const idOf = ({ line, from, scheduledAtMs }: Pick<SailingFacts, 'line' | 'from' | 'scheduledAtMs'>): string =>
  sailingId(line, from, scheduledAtMs)

/** One way of each line: the other is the same way back. */
function firstWays(lines: readonly FerryLine[]): FerryLine[] {
  return [...new Map(lines.toReversed().map((line) => [line.id, line])).values()].toReversed()
}
