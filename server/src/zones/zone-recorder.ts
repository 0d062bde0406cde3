import type { DroneStatus, FixReport, Unit } from '@skerry/contract'
import type { Engine } from '../engine/engine.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import { zoneAlarms, zoneAlarmsOver } from './zone-alarms.ts'
import { createZoneEngine } from './zone-engine.ts'
import type { ZoneFix } from './zone-fix.ts'

/** How long a position may be under way and still be judged in its order, ms. Alarms of zones come this much later. */
export const LATENESS_MS = 5000
const TICK_MS = 500
const RECONCILE_TICKS = 20

/** Carries positions to the rules of zones, and what they find to the journal. */
export interface ZoneRecorder {
  takeUnit(feed: string, unit: Unit, fix: FixReport): void
  takeDrone(status: DroneStatus): void
  take(fix: ZoneFix): void
  /** Positions that came after their time was final, since the start. */
  late(): number
  stop(): void
}

export function startZoneRecorder(options: {
  engine: Pick<Engine, 'picture' | 'record' | 'onUpdate'>
  clock: Scheduler
  newId: () => string
  onFault: (error: unknown) => void
}): ZoneRecorder {
  const { engine, clock, newId, onFault } = options
  const rules = createZoneEngine()
  const actor = { kind: 'system', part: 'zones' } as const
  let late = 0
  let ticks = 0

  const finalMs = (): number => clock.nowMs() - LATENESS_MS
  const setZones = (): void => rules.setZones(engine.picture.zone.values(), finalMs())
  setZones()
  const undo = engine.onUpdate(({ changes }) => {
    if (changes.some(({ kind }) => kind === 'zone')) setZones()
    for (const { kind, id, value } of changes)
      if (kind === 'unit' && value?.onDuty !== true) rules.release({ kind, id }, clock.nowMs())
  })

  function take(fix: ZoneFix): void {
    if (engine.picture.zone.size === 0) return
    if (rules.take(fix) === 'late') late++
  }

  let stopTick = clock.after(TICK_MS, tick)
  function tick(): void {
    stopTick = clock.after(TICK_MS, tick)
    const found = rules.advance(finalMs())
    const ctx = { nowMs: clock.nowMs(), newId }
    if (found.length > 0) void engine.record(actor, (picture) => zoneAlarms(picture, found, ctx)).catch(onFault)
    if (++ticks % RECONCILE_TICKS === 0 && zoneAlarmsOver(engine.picture, rules).length > 0)
      void engine.record(actor, (picture) => zoneAlarmsOver(picture, rules)).catch(onFault)
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
        available: unit.onDuty && (fix.status ?? unit.status) === 'available' && unit.assignment === null,
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
    late: () => late,
    stop() {
      undo()
      stopTick()
    },
  }
}
