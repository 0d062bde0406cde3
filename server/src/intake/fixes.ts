import {
  unitState,
  type Actor,
  type DomainEvent,
  type FixBatchResult,
  type FixReport,
  type Unit,
} from '@skerry/contract'
import type { Clock } from '../clock.ts'
import { decideUnitStatus } from '../domain/units/roster.ts'
import type { Engine } from '../engine/engine.ts'
import type { MotionStore } from '../motion/motion-store.ts'
import type { TrackWriter } from '../motion/track-writer.ts'
import type { TrackPoint } from '../store/tracks.ts'
import { NO_MEMORY, decideFix, type FixMemory } from './decide-fix.ts'

/** Intake of unit positions: each is judged, the good ones move the map at once and go to the tracks. */
export interface FixIntake {
  take(feedId: string, fixes: readonly FixReport[]): Promise<FixBatchResult>
  /** Positions from before a restart, so that the map shows them with their true age. */
  restore(points: readonly TrackPoint[]): void
  stop(): void
}

export function createFixIntake(parts: {
  engine: Pick<Engine, 'picture' | 'record' | 'onUpdate'>
  motion: MotionStore
  tracks: Pick<TrackWriter, 'add'>
  clock: Clock
  /** Where positions go that are to be judged against zones; late ones too, for they have their own order. */
  zones?: { takeUnit(feedId: string, unit: Unit, fix: FixReport): void }
}): FixIntake {
  const { engine, motion, tracks, clock, zones } = parts
  const memories = new Map<string, FixMemory>()

  function show(unit: Unit, fix: FixReport): void {
    motion.put('unit', unit.handle, {
      lngLat: fix.position,
      headingDeg: fix.headingDeg ?? null,
      speedMps: fix.speedMps ?? null,
      fixAtMs: fix.atMs,
      state: unitState(unit.kind, unit.status),
    })
  }

  /** A unit that changes its status or goes off duty changes, or leaves, the map at once. */
  const undo = engine.onUpdate(({ changes }) => {
    for (const change of changes) {
      if (change.kind !== 'unit') continue
      const unit = change.value
      const latest = memories.get(change.id)?.latest
      if (unit === null || latest === null || latest === undefined) continue
      if (unit.onDuty) show(unit, latest)
      else {
        memories.delete(unit.id)
        motion.remove('unit', unit.handle)
      }
    }
  })

  return {
    async take(feedId, fixes) {
      const nowMs = clock.nowMs()
      const result: FixBatchResult = { accepted: 0, late: 0, refused: [], assignments: [] }
      const statuses = new Map<string, NonNullable<FixReport['status']>>()
      const units = new Map<string, Unit>()
      fixes.forEach((fix, index) => {
        const unit = engine.picture.unit.get(fix.unitId)
        const { verdict, memory } = decideFix(fix, unit, memories.get(fix.unitId) ?? NO_MEMORY, nowMs)
        if (unit === undefined || verdict.kind === 'refused') {
          if (unit !== undefined) memories.set(fix.unitId, memory)
          const reason = verdict.kind === 'refused' ? verdict.reason : 'unknown-unit'
          result.refused.push({ index, reason })
          return
        }
        memories.set(fix.unitId, memory)
        units.set(unit.id, unit)
        tracks.add(toTrackPoint(fix, nowMs))
        zones?.takeUnit(feedId, unit, fix)
        if (verdict.kind === 'late') {
          result.late++
          return
        }
        result.accepted++
        show(unit, fix)
        if (fix.status !== undefined) statuses.set(unit.id, fix.status)
      })
      await recordStatuses(feedId, statuses)
      for (const { id } of units.values()) {
        const assignment = engine.picture.unit.get(id)?.assignment
        if (assignment) result.assignments.push({ unitId: id, ...assignment })
      }
      return result
    },
    restore(points) {
      for (const point of points) {
        const unit = engine.picture.unit.get(point.id)
        if (unit === undefined || !unit.onDuty) continue
        const fix = toFix(point)
        memories.set(unit.id, { latest: fix, suspect: null, timesMs: [fix.atMs] })
        show(unit, fix)
      }
    },
    stop: undo,
  }

  async function recordStatuses(
    feedId: string,
    statuses: Map<string, NonNullable<FixReport['status']>>,
  ): Promise<void> {
    const changes = [...statuses].filter(([id, status]) => engine.picture.unit.get(id)?.status !== status)
    if (changes.length === 0) return
    const actor: Actor = { kind: 'feed', feed: feedId }
    await engine.record(actor, (picture) =>
      changes.flatMap(([id, status]): DomainEvent[] => {
        const decided = decideUnitStatus(picture, id, status)
        return decided.ok ? decided.value : []
      }),
    )
  }
}

const toTrackPoint = (fix: FixReport, receivedAtMs: number): TrackPoint => ({
  kind: 'unit',
  id: fix.unitId,
  atMs: fix.atMs,
  receivedAtMs,
  lngLat: fix.position,
  accuracyM: fix.accuracyM ?? null,
  headingDeg: fix.headingDeg ?? null,
  speedMps: fix.speedMps ?? null,
  heightM: null,
})

const toFix = (point: TrackPoint): FixReport => ({
  unitId: point.id,
  atMs: point.atMs,
  position: point.lngLat,
  ...(point.accuracyM === null ? {} : { accuracyM: point.accuracyM }),
  ...(point.headingDeg === null ? {} : { headingDeg: point.headingDeg }),
  ...(point.speedMps === null ? {} : { speedMps: point.speedMps }),
})
