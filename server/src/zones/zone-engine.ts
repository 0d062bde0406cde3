import type { LngLat, Zone, ZoneMover, ZoneRuleKind } from '@skerry/contract'
import { createHeap } from './event-queue.ts'
import { ALWAYS_LISTENING, type Listening } from './listening.ts'
import { LONGEST_SEGMENT_MS, step, unknownMembership, type Membership } from './membership.ts'
import { createSlot, outsideBox, sampleOf, type Cell, type Deadline, type Slot, type TrackedMover } from './slot.ts'
import { keyOf, type ZoneEvent, type ZoneFix } from './zone-fix.ts'
import { indexZones, type MakeZoneSearch, type ZoneSearch } from './zone-index.ts'

type Leaving = { key: string; atMs: number }

/** Rules that need a mover to be watched for a time before they can say anything of it. */
const STAYS: readonly ZoneRuleKind[] = ['dwell', 'loiter', 'meeting']

/** A mover that has not been heard for so long is forgotten, ms. */
const FORGOTTEN_AFTER_MS = 24 * 3_600_000

/**
 * Rules of zones over everything that moves. Pure: no clock, no source of chance. Positions wait until `advance` makes their
 * time final and are then taken in the order of their source time, so that whatever arrives before that gives the same
 * events in any order of arrival. What arrives after its time is final is `late` and changes nothing.
 */
export interface ZoneEngine {
  /** Zones from a source time on. A zone whose revision is unchanged keeps what it knows. */
  setZones(zones: Iterable<Zone>, sinceMs: number): void
  take(fix: ZoneFix): 'waits' | 'late'
  /** A mover is no longer followed from a source time on: what stands of it ends, and it is not missed. */
  release(mover: { kind: ZoneMover; id: string }, atMs: number): void
  /** Makes everything up to a source time final. Events in the order they became certain. */
  advance(toMs: number): ZoneEvent[]
  /** Subjects for which a rule has said a start and no end: keys of movers, of pairs, or `zone`. */
  standing(zoneId: string, rule: ZoneRuleKind): ReadonlySet<string>
  /**
   * Whether enough is known of a mover to believe a rule that says nothing of it: the side it is on, and, while it is inside,
   * for as long as a rule needs that asks for a stay.
   */
  knows(zoneId: string, moverKey: string, rule?: ZoneRuleKind): boolean
  /** Whether a rule about a zone itself is known to be kept; false while that is not known. */
  fine(zoneId: string, rule: ZoneRuleKind): boolean
}

export function createZoneEngine(
  makeSearch: MakeZoneSearch = indexZones,
  listening: Listening = ALWAYS_LISTENING,
): ZoneEngine {
  let slots: Slot[] = []
  let live: ReadonlySet<Slot> = new Set()
  let following = new Map<string, Slot[]>()
  let search: ZoneSearch = () => []
  let finalMs = -Infinity
  /** Source time of the newest position that was taken. */
  let takenMs = -Infinity
  let waiting: ZoneFix[] = []
  let leaving: Leaving[] = []
  /** When those were released that have not come back: their silence is no lost feed. */
  const left = new Map<string, number>()
  let said: ZoneEvent[] = []
  let cleanedAtMs = -Infinity
  const movers = new Map<string, TrackedMover>()
  const heard = new Map<ZoneMover, number>()
  const feedsHeard = new Map<string, number>()
  const deadlines = createHeap<Deadline>((a, b) => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order))

  const heardAtMs = (kinds: readonly ZoneMover[], only: readonly string[]): number | null => {
    const times = kinds.flatMap((kind) =>
      only.length === 0
        ? (heard.get(kind) ?? [])
        : only.flatMap((id) => movers.get(keyOf({ kind, id }))?.last.atMs ?? left.get(keyOf({ kind, id })) ?? []),
    )
    return times.length === 0 ? null : Math.max(...times)
  }

  function runDeadlines(beforeMs: number, inclusive: boolean): void {
    for (;;) {
      const next = deadlines.peek()
      if (next === undefined || next.atMs > beforeMs || (!inclusive && next.atMs === beforeMs)) return
      deadlines.pop()
      next.run(Math.max(next.atMs, takenMs))
    }
  }

  function near(mover: TrackedMover, before: ZoneFix | null, fix: ZoneFix): Set<Slot> {
    const [lng, lat] = fix.lngLat
    const from = before !== null && fix.atMs - before.atMs <= LONGEST_SEGMENT_MS ? before.lngLat : fix.lngLat
    const hits = search(Math.min(lng, from[0]), Math.min(lat, from[1]), Math.max(lng, from[0]), Math.max(lat, from[1]))
    const found = new Set<Slot>(mover.cells.keys())
    for (const hit of hits) found.add(slots[hit]!)
    for (const slot of following.get(mover.key) ?? []) found.add(slot)
    return found
  }

  function cellOf(slot: Slot, mover: TrackedMover, before: ZoneFix | null): Cell | null {
    const known = mover.cells.get(slot)
    if (known !== undefined) return known
    const watches = slot.watchesFor(mover.last)
    if (watches.length === 0) return null
    // It has been followed and the zone had nothing to do with it: it was outside.
    const wasOutside = before !== null && before.atMs >= slot.sinceMs && outsideBox(slot, before.lngLat)
    const membership: Membership = wasOutside
      ? {
          ...unknownMembership(),
          side: 'out',
          sinceMs: before.atMs,
          anchor: { ...sampleOf(slot, before), side: 'out' },
        }
      : unknownMembership()
    const cell = { membership, watches }
    mover.cells.set(slot, cell)
    return cell
  }

  function place(slot: Slot, mover: TrackedMover, before: ZoneFix | null): void {
    const cell = cellOf(slot, mover, before)
    if (cell === null) return
    const { membership: m, watches } = cell
    const sample = sampleOf(slot, mover.last)
    const { anchor } = m
    const turn = step(m, sample, slot.compiled.zone.evidence, () =>
      anchor === null ? null : slot.compiled.chord(anchor.x, anchor.y, sample.x, sample.y),
    )
    for (const watch of watches) {
      if (turn !== null) watch.turned?.(mover, turn)
      watch.moved?.(mover, sample, m)
    }
    const done = m.side === 'out' && m.run === null && m.passage === null && sample.side === 'out'
    if (done && outsideBox(slot, mover.last.lngLat) && !slot.follows.has(mover.key)) mover.cells.delete(slot)
  }

  function process(fix: ZoneFix): void {
    takenMs = fix.atMs
    const key = keyOf(fix)
    const known = movers.get(key)
    const before = known?.last ?? null
    if (before !== null && before.atMs >= fix.atMs) return // said twice
    const mover: TrackedMover = known ?? { key, last: fix, cells: new Map() }
    mover.last = fix
    left.delete(key)
    if (known === undefined) movers.set(key, mover)
    heard.set(fix.kind, fix.atMs)
    if (fix.feed !== null) feedsHeard.set(fix.feed, fix.atMs)
    for (const slot of near(mover, before, fix)) place(slot, mover, before)
  }

  /** Those released before a source time, after everything of theirs up to then. */
  function runLeaving(beforeMs: number): void {
    const due = leaving.filter(({ atMs }) => atMs < beforeMs)
    if (due.length === 0) return
    leaving = leaving.filter(({ atMs }) => atMs >= beforeMs)
    for (const { key, atMs } of due.sort((a, b) => a.atMs - b.atMs || compare(a.key, b.key))) {
      const mover = movers.get(key)
      if (mover === undefined) continue
      runDeadlines(atMs, true)
      takenMs = Math.max(takenMs, atMs)
      left.set(key, atMs)
      for (const slot of slots) for (const watch of slot.watchesFor(mover.last)) watch.gone(mover, takenMs)
      movers.delete(key)
    }
  }

  const watchOf = (zoneId: string, rule: ZoneRuleKind) =>
    slots.find(({ compiled }) => compiled.zone.id === zoneId)?.watches.get(rule)

  return {
    setZones(zones, sinceMs) {
      const before = new Map(slots.map((slot) => [slot.compiled.zone.id, slot]))
      slots = [...zones]
        .filter(({ rules }) => rules.length > 0)
        .map((zone) => {
          const known = before.get(zone.id)
          if (known?.compiled.zone.revision === zone.revision) return known
          const slot: Slot = createSlot(zone, {
            sinceMs,
            emit: (event) => void said.push(event),
            wake: (deadline) => deadlines.push({ ...deadline, run: (nowMs) => live.has(slot) && deadline.run(nowMs) }),
            mover: (key) => movers.get(key),
            heardAtMs,
            sameWayHeardAtMs: ({ kind, feed }) => (feed === null ? heard.get(kind) : feedsHeard.get(feed)) ?? null,
            listening,
          })
          return slot
        })
      search = makeSearch(slots.map(({ compiled }) => compiled))
      live = new Set(slots)
      for (const mover of movers.values())
        for (const slot of mover.cells.keys()) if (!live.has(slot)) mover.cells.delete(slot)
      following = new Map()
      for (const slot of slots)
        for (const key of slot.follows) following.set(key, [...(following.get(key) ?? []), slot])
    },
    take(fix) {
      if (fix.atMs <= finalMs) return 'late'
      waiting.push(fix)
      return 'waits'
    },
    release(mover, atMs) {
      leaving.push({ key: keyOf(mover), atMs })
    },
    advance(toMs) {
      if (toMs <= finalMs) return []
      const due = waiting.filter(({ atMs }) => atMs <= toMs)
      if (due.length > 0) waiting = waiting.filter(({ atMs }) => atMs > toMs)
      for (const fix of due.sort(inOrder)) {
        runLeaving(fix.atMs)
        runDeadlines(fix.atMs, false)
        process(fix)
      }
      runLeaving(toMs + 1)
      runDeadlines(toMs, true)
      finalMs = toMs
      if (toMs - cleanedAtMs > FORGOTTEN_AFTER_MS / 24) {
        cleanedAtMs = toMs
        for (const [key, { last }] of movers) if (toMs - last.atMs > FORGOTTEN_AFTER_MS) movers.delete(key)
        for (const [key, atMs] of left) if (toMs - atMs > FORGOTTEN_AFTER_MS) left.delete(key)
      }
      const events = said
      said = []
      return events
    },
    standing: (zoneId, rule) => watchOf(zoneId, rule)?.standing ?? new Set(),
    fine: (zoneId, rule) => watchOf(zoneId, rule)?.fine?.() ?? false,
    knows(zoneId, moverKey, rule) {
      const slot = slots.find(({ compiled }) => compiled.zone.id === zoneId)
      const mover = movers.get(moverKey)
      if (slot === undefined || mover === undefined || mover.last.atMs < slot.sinceMs) return false
      const membership = mover.cells.get(slot)?.membership
      if (membership === undefined) return true // it has nothing to do with the zone
      if (membership.side === 'unknown' || membership.run !== null) return false
      const { rules, evidence } = slot.compiled.zone
      const stay = rules.find(({ kind }) => kind === rule && STAYS.includes(kind))
      if (membership.side === 'out' || stay === undefined || !('forS' in stay)) return true
      return finalMs - slot.sinceMs > (stay.forS + 2 * evidence.minTimeS) * 1000
    },
  }
}

/** By source time; those of one moment by who they are and where, never by when they came. */
function inOrder(a: ZoneFix, b: ZoneFix): number {
  return a.atMs - b.atMs || compare(keyOf(a), keyOf(b)) || compareAt(a.lngLat, b.lngLat)
}
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const compareAt = (a: LngLat, b: LngLat): number => a[0] - b[0] || a[1] - b[1]
