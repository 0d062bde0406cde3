import type { DroneStatus, FixReport, Unit } from '@skerry/contract'
import type { Engine } from '../engine/engine.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import { zoneAlarms, zoneAlarmsOver } from './zone-alarms.ts'
import { createZoneEngine } from './zone-engine.ts'
import { createLateReview, type WatchedZone } from './late-review.ts'
import { listeningExcept } from './listening.ts'
import type { SaidBook } from './said-book.ts'
import { unsaid } from './unsaid.ts'
import { isFree, type ZonePast } from './zone-past.ts'
import type { ZoneEvent, ZoneFix } from './zone-fix.ts'
import { indexZones } from './zone-index.ts'

/** How long a position may be under way and still be judged in its order, ms. Alarms of zones come this much later. */
export const LATENESS_MS = 5000
const TICK_MS = 500
const RECONCILE_TICKS = 20
/** Positions that come afterwards come in batches: they are judged together. */
const REVIEW_TICKS = 10

/** Carries positions to the rules of zones, and what they find to the journal. */
export interface ZoneRecorder {
  takeUnit(feed: string, unit: Unit, fix: FixReport): void
  takeDrone(status: DroneStatus): void
  take(fix: ZoneFix): void
  /** Positions since the start that came after their time was final: judged afterwards, and too late even for that. */
  late(): { judged: number; tooLate: number }
  stop(): void
}

export function startZoneRecorder(options: {
  engine: Pick<Engine, 'picture' | 'record' | 'onUpdate'>
  clock: Scheduler
  newId: () => string
  onFault: (error: unknown) => void
  /** A position of this feed came too late to be judged at all. */
  onTooLate?: (feed: string) => void
  /** What moved before this start, and what was said of it; without it the rules begin anew. */
  past?: ZonePast & { book: Pick<SaidBook, 'of'> }
}): ZoneRecorder {
  const { engine, clock, newId, onFault, onTooLate, past } = options
  const rules = createZoneEngine(indexZones, listeningExcept(past?.deaf ?? []))
  const actor = { kind: 'system', part: 'zones' } as const
  const afterwards = createLateReview()
  const late = { judged: 0, tooLate: 0 }
  let watched: WatchedZone[] = []
  let ticks = 0

  const finalMs = (): number => clock.nowMs() - LATENESS_MS
  /** From this source time on positions of a kind are known, and late ones find their place. */
  const startedMs = finalMs()
  const knownSinceMs = (kind: ZoneFix['kind']): number =>
    kind === 'unit' ? (past?.unitsSinceMs ?? startedMs) : startedMs
  const setZones = (): void => {
    const sinceMs = finalMs()
    const before = new Map(watched.map((one) => [one.zone.id, one]))
    watched = [...engine.picture.zone.values()].map((zone) => {
      const known = before.get(zone.id)
      return known?.zone.revision === zone.revision ? known : { zone, sinceMs }
    })
    rules.setZones(engine.picture.zone.values(), sinceMs)
  }
  if (past !== undefined) record(unsaid(engine.picture, goOn(past), past.book, judgedBefore(past)))
  setZones()
  const undo = engine.onUpdate(({ changes }) => {
    if (changes.some(({ kind }) => kind === 'zone')) setZones()
    for (const { kind, id, value } of changes)
      if (kind === 'unit' && value?.onDuty !== true) {
        rules.release({ kind, id }, clock.nowMs())
        afterwards.forget({ kind, id }, clock.nowMs())
      }
  })

  function take(fix: ZoneFix): void {
    if (engine.picture.zone.size === 0) return
    if (rules.take(fix) === 'waits') return afterwards.heard(fix)
    if (fix.atMs > knownSinceMs(fix.kind) && afterwards.late(fix, finalMs())) return void late.judged++
    late.tooLate++
    if (fix.feed !== null) onTooLate?.(fix.feed)
  }

  const all: Parameters<typeof zoneAlarmsOver>[1] = {
    ...rules,
    standing: (zoneId, rule) => new Set([...rules.standing(zoneId, rule), ...afterwards.standing(zoneId, rule)]),
  }
  let stopTick = clock.after(TICK_MS, tick)
  function tick(): void {
    stopTick = clock.after(TICK_MS, tick)
    const inTime = rules.advance(finalMs())
    afterwards.said(inTime)
    const found =
      (ticks + 1) % REVIEW_TICKS === 0 ? [...inTime, ...afterwards.review(watched, finalMs(), rules.standing)] : inTime
    record(found)
    if (++ticks % RECONCILE_TICKS === 0 && zoneAlarmsOver(engine.picture, all).length > 0)
      void engine.record(actor, (picture) => zoneAlarmsOver(picture, all)).catch(onFault)
  }

  function record(found: readonly ZoneEvent[]): void {
    const ctx = { nowMs: clock.nowMs(), newId }
    if (found.length > 0) void engine.record(actor, (picture) => zoneAlarms(picture, found, ctx)).catch(onFault)
  }

  /** Takes what moved before this start through the rules, each zone from when it was last changed. What they find. */
  function goOn({ fixes, watchedSinceMs }: ZonePast): ZoneEvent[] {
    watched = [...engine.picture.zone.values()].map((zone) => ({
      zone,
      sinceMs: Math.min(startedMs, watchedSinceMs(zone) - LATENESS_MS),
    }))
    for (const fix of fixes) {
      rules.take(fix)
      afterwards.heard(fix)
    }
    const found: ZoneEvent[] = []
    for (const sinceMs of [...new Set(watched.map((one) => one.sinceMs))].sort((a, b) => a - b)) {
      found.push(...rules.advance(sinceMs))
      rules.setZones(
        watched.filter((one) => one.sinceMs <= sinceMs).map(({ zone }) => zone),
        sinceMs,
      )
    }
    found.push(...rules.advance(startedMs))
    afterwards.said(found)
    return found
  }

  return {
    takeUnit(feed, unit, fix) {
      take({
        kind: 'unit',
        id: unit.id,
        atMs: fix.atMs,
        lngLat: fix.position,
        accuracyM: fix.accuracyM ?? null,
        speedMps: fix.speedMps ?? null,
        available: isFree(unit, fix.status ?? unit.status),
        feed,
      })
    },
    takeDrone({ droneId, position, groundSpeedMps }) {
      if (position === null) return
      const { lngLat, atMs, accuracyM } = position
      take({
        kind: 'drone',
        id: droneId,
        atMs,
        lngLat,
        accuracyM,
        speedMps: groundSpeedMps,
        available: true,
        feed: null,
      })
    },
    take,
    late: () => ({ ...late }),
    stop() {
      undo()
      stopTick()
    },
  }
}

/** Source time up to which the server before this one had judged, ms. */
const judgedBefore = ({ deaf }: ZonePast): number => (deaf.at(-1)?.fromMs ?? -Infinity) - LATENESS_MS - TICK_MS
