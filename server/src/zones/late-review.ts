import type { Zone, ZoneMover, ZoneRule, ZoneRuleKind } from '@skerry/contract'
import { compileZone } from './compiled-zone.ts'
import { createFixBook, type FixBook } from './fix-book.ts'
import { reconcile, type Spell } from './reconcile.ts'
import { concerns } from './rules/rule-watch.ts'
import { createZoneEngine } from './zone-engine.ts'
import { keyOf, type ZoneEvent, type ZoneFix } from './zone-fix.ts'

/** How long after its own time a position is still judged, ms. What is older is counted and meets no rule. */
export const LATE_WINDOW_MS = 1_800_000
/** Positions that one round may judge again: what is over waits for the next round. */
const PER_ROUND = 20_000
/**
 * Rules whose verdict is of one mover and of where it was. Silence was silence when it was heard, whatever comes later;
 * meetings and cover are of several movers at one time and are judged as they were known.
 */
const AFTERWARDS: readonly ZoneRuleKind[] = ['enter', 'exit', 'intrusion', 'dwell', 'overspeed', 'corridor', 'loiter']

/** Whose devices keep positions while they have no network. Of vessels and drones nothing is delivered afterwards. */
const DELIVERED_LATE: readonly ZoneMover[] = ['unit', 'consignment']

/** A zone, and the source time from which it has been watched in this shape. */
export interface WatchedZone {
  zone: Zone
  sinceMs: number
}
type Mover = Pick<ZoneFix, 'kind' | 'id'>
type Known = { mover: Mover; book: FixBook; feed: string | null; spells: Map<string, Spell[]>; again: boolean }

/**
 * Positions that came after their time was final, judged afterwards. All that is kept of the mover is taken again from a fresh
 * start in the order of source time, late and punctual ones together; what that finds and what was said are compared, and the
 * difference is said as late. So what is known in the end depends on the positions alone, not on when they came.
 */
export interface LateReview {
  /** A position that is judged in its order. */
  heard(fix: ZoneFix): void
  /** A position that came too late for that. @returns false: beyond the window as well @param finalMs time that is final */
  late(fix: ZoneFix, finalMs: number): boolean
  /** What the rules said in time. */
  said(events: readonly ZoneEvent[]): void
  /** It is followed no longer: what is kept of it is let go, and what still comes from up to then is too late. */
  forget(mover: Mover, atMs: number): void
  /**
   * What the late positions change, up to a final time; each event is marked late.
   * @param inTime movers of which the rules that judge in time say a start and no end
   */
  review(
    zones: readonly WatchedZone[],
    finalMs: number,
    inTime: (zoneId: string, rule: ZoneRuleKind) => ReadonlySet<string>,
  ): ZoneEvent[]
  /** Movers of which the review says a start and no end. */
  standing(zoneId: string, rule: ZoneRuleKind): ReadonlySet<string>
  /** What is kept: movers, and the spells of all of them. */
  held(): { movers: number; spells: number }
}

export function createLateReview(): LateReview {
  const movers = new Map<string, Known>()
  /** Until when those that were let go have been judged. */
  const leftAtMs = new Map<string, number>()
  const boxes = new Map<string, { revision: number; box: readonly [number, number, number, number] }>()

  function knownOf({ kind, id }: Mover): Known {
    const key = keyOf({ kind, id })
    const known = movers.get(key) ?? {
      mover: { kind, id },
      book: createFixBook(LATE_WINDOW_MS),
      feed: null,
      spells: new Map(),
      again: false,
    }
    movers.set(key, known)
    return known
  }
  function boxOf(zone: Zone): readonly [number, number, number, number] {
    const known = boxes.get(zone.id)
    if (known?.revision === zone.revision) return known.box
    const { box } = compileZone(zone)
    boxes.set(zone.id, { revision: zone.revision, box })
    return box
  }
  const spellsOf = (known: Known, zoneId: string, rule: ZoneRuleKind): Spell[] => {
    const key = `${zoneId} ${rule}`
    const spells = known.spells.get(key) ?? []
    known.spells.set(key, spells)
    return spells
  }

  function judge(known: Known, zones: readonly WatchedZone[], finalMs: number): ZoneEvent[] {
    const fixes = known.book.inOrder().map((one): ZoneFix => ({
      ...known.mover,
      ...one,
      available: false,
      feed: known.feed,
    }))
    const first = fixes[0]
    if (first === undefined) return []
    const lngs = fixes.map(({ lngLat }) => lngLat[0])
    const lats = fixes.map(({ lngLat }) => lngLat[1])
    const [w, s, e, n] = [least(lngs), least(lats), most(lngs), most(lats)]
    const here = zones.flatMap(({ zone, sinceMs }) => {
      const rules = zone.rules.filter((rule) => AFTERWARDS.includes(rule.kind) && concerns(rule, known.mover))
      const box = boxOf(zone)
      const met = box[0] <= e && box[2] >= w && box[1] <= n && box[3] >= s
      const named = rules.some((rule) => rule.kind === 'corridor' && rule.only.includes(known.mover.id))
      return rules.length > 0 && (met || named) ? [{ zone: { ...zone, rules }, sinceMs }] : []
    })
    const found = runAgain(here, fixes, finalMs)
    return here.flatMap(({ zone, sinceMs }) =>
      zone.rules.flatMap((rule) => {
        const said = spellsOf(known, zone.id, rule.kind)
        const sureFromMs = Math.max(first.atMs, sinceMs) + 1000 * (forS(rule) + zone.evidence.minTimeS)
        const after = reconcile(said, found.get(`${zone.id} ${rule.kind}`) ?? [], sureFromMs)
        known.spells.set(`${zone.id} ${rule.kind}`, after.spells)
        return after.events
      }),
    )
  }

  return {
    heard({ kind, id, ...fix }) {
      if (DELIVERED_LATE.includes(kind)) knownOf({ kind, id }).book.add(fix)
    },
    late({ kind, id, ...fix }, finalMs) {
      if (!DELIVERED_LATE.includes(kind) || fix.atMs <= finalMs - LATE_WINDOW_MS) return false
      if (fix.atMs <= (leftAtMs.get(keyOf({ kind, id })) ?? -Infinity)) return false
      const known = knownOf({ kind, id })
      if (!known.book.add(fix)) return false
      known.feed = fix.feed
      known.again = true
      return true
    },
    said(events) {
      for (const event of events) {
        if (event.mover === null || event.other !== null || !AFTERWARDS.includes(event.rule)) continue
        const known = movers.get(keyOf(event.mover))
        if (known === undefined) continue
        const spells = spellsOf(known, event.zoneId, event.rule)
        const open = spells.find(({ end }) => end === null)
        if (event.edge === 'end') {
          if (open !== undefined) open.end = event
          // What ended before all that is kept can meet nothing that is found again.
          const fromMs = known.book.fromMs()
          known.spells.set(
            `${event.zoneId} ${event.rule}`,
            spells.filter(({ end }) => end === null || end.atMs >= fromMs),
          )
        } else if (open === undefined) spells.push({ start: event, end: null, late: false })
        else open.late = false // said in time as well: its end will be, too
      }
    },
    forget(mover, atMs) {
      movers.delete(keyOf(mover))
      leftAtMs.set(keyOf(mover), atMs)
    },
    review(zones, finalMs, inTime) {
      for (const [key, known] of movers) if (isOver(known, finalMs)) movers.delete(key)
      for (const [key, atMs] of leftAtMs) if (atMs <= finalMs - LATE_WINDOW_MS) leftAtMs.delete(key)
      const events: ZoneEvent[] = []
      let judged = 0
      for (const [key, known] of [...movers].filter(([, { again }]) => again)) {
        if (judged > PER_ROUND) break
        judged += known.book.size()
        events.push(...judge(known, zones, finalMs))
        // As long as the rules in time are of another mind, only another look finds how it goes on.
        known.again = zones.some(({ zone }) =>
          zone.rules.some(({ kind }) => {
            const open = known.spells.get(`${zone.id} ${kind}`)?.some(({ end }) => end === null) ?? false
            return AFTERWARDS.includes(kind) && open !== inTime(zone.id, kind).has(key)
          }),
        )
        movers.delete(key) // to the end of the line, so that everybody's turn comes
        movers.set(key, known)
      }
      return events.sort((a, b) => a.atMs - b.atMs || (a.edge === b.edge ? 0 : a.edge === 'end' ? -1 : 1))
    },
    standing(zoneId, rule) {
      const keys = new Set<string>()
      for (const [key, { spells }] of movers)
        if (spells.get(`${zoneId} ${rule}`)?.some(({ end, late }) => late && end === null)) keys.add(key)
      return keys
    },
    held: () => ({
      movers: movers.size,
      spells: [...movers.values()].reduce((sum, { spells }) => sum + [...spells.values()].flat().length, 0),
    }),
  }
}

/**
 * Not heard for longer than anything is judged, and nothing of it stands: a consignment that has arrived, for one. To have
 * left a zone stands until one comes back, and is no reason to wait for that.
 */
const isOver = ({ book, spells }: Known, finalMs: number): boolean =>
  book.newestMs() <= finalMs - LATE_WINDOW_MS &&
  ![...spells.values()].flat().some(({ start, end }) => end === null && start.rule !== 'exit')

/** What the rules say of one mover when they hear all of it in order, by zone and rule. */
function runAgain(zones: readonly WatchedZone[], fixes: readonly ZoneFix[], finalMs: number): Map<string, Spell[]> {
  const engine = createZoneEngine()
  for (const fix of fixes) engine.take(fix)
  const events: ZoneEvent[] = []
  for (const sinceMs of [...new Set(zones.map((one) => one.sinceMs))].sort((a, b) => a - b)) {
    events.push(...engine.advance(sinceMs))
    engine.setZones(
      zones.filter((one) => one.sinceMs <= sinceMs).map(({ zone }) => zone),
      sinceMs,
    )
  }
  events.push(...engine.advance(finalMs))
  const found = new Map<string, Spell[]>()
  for (const event of events) {
    const key = `${event.zoneId} ${event.rule}`
    const spells = found.get(key) ?? []
    found.set(key, spells)
    const last = spells.at(-1)
    if (event.edge === 'start') spells.push({ start: event, end: null, late: true })
    else if (last !== undefined) last.end = event
  }
  return found
}

const forS = (rule: ZoneRule): number => ('forS' in rule ? rule.forS : 0)
const least = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.min(a, b), Infinity)
const most = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b), -Infinity)
