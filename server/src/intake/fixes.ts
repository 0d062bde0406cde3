import {
  unitState,
  type Actor,
  type DomainEvent,
  type FixBatchResult,
  type FixReport,
  type Unit,
} from '@skerry/contract'
import type { ConsignmentDesk } from '../consignments/consignment-desk.ts'
import type { Clock } from '../clock.ts'
import { decideUnitStatus } from '../domain/units/roster.ts'
import type { Engine } from '../engine/engine.ts'
import type { MotionStore } from '../motion/motion-store.ts'
import type { TrackWriter } from '../tracks/track-writer.ts'
import type { TrackPoint } from '../tracks/track-point.ts'
import { NO_MEMORY, decideFix, type FixMemory } from './decide-fix.ts'

/** Intake of unit positions: each is judged, the good ones move the map at once and go to the tracks. */
export interface FixIntake {
  take(feedId: string, fixes: readonly FixReport[]): Promise<FixBatchResult>
  /** Positions from before a restart, so that the map shows them with their true age. */
  restore(points: readonly TrackPoint[]): void
  stop(): void
}

/** A fix with the time at which it came in. */
interface Received extends FixReport {
  receivedAtMs: number
}

export function createFixIntake(parts: {
  engine: Pick<Engine, 'picture' | 'record' | 'onUpdate'>
  motion: MotionStore
  tracks: Pick<TrackWriter, 'add'>
  clock: Clock
  /** Where positions go that are to be judged against zones; late ones too, for they have their own order. */
  zones?: { takeUnit(feedId: string, unit: Unit, fix: FixReport): void }
  /** Vehicles of consignments, which are no units unless the roster says so. */
  consignments?: Pick<ConsignmentDesk, 'take'>
}): FixIntake {
  const { engine, motion, tracks, clock, zones, consignments } = parts
  const memories = new Map<string, FixMemory<Received>>()
  /** Newest status that each terminal stated. */
  const stated = new Map<string, NonNullable<FixReport['status']>>()

  function show(unit: Unit, fix: Received): void {
    motion.put('unit', unit.handle, {
      lngLat: fix.position,
      headingDeg: fix.headingDeg ?? null,
      speedMps: fix.speedMps ?? null,
      fixAtMs: fix.atMs,
      receivedAtMs: fix.receivedAtMs,
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
        stated.delete(unit.id)
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
      fixes.forEach((report, index) => {
        const fix: Received = { ...report, receivedAtMs: nowMs }
        const unit = engine.picture.unit.get(fix.unitId)
        const carried = unit === undefined ? (consignments?.take(feedId, report) ?? null) : null
        if (carried !== null) {
          if (carried.kind === 'refused') result.refused.push({ index, reason: carried.reason })
          else if (carried.kind === 'late') result.late++
          else result.accepted++
          return
        }
        const { verdict, memory } = decideFix(fix, unit, memories.get(fix.unitId) ?? NO_MEMORY, nowMs)
        if (unit === undefined || verdict.kind === 'refused') {
          if (unit !== undefined) memories.set(fix.unitId, memory)
          const reason = verdict.kind === 'refused' ? verdict.reason : 'unknown-unit'
          result.refused.push({ index, reason })
          return
        }
        memories.set(fix.unitId, memory)
        units.set(unit.id, unit)
        tracks.add(toTrackPoint(fix, feedId))
        zones?.takeUnit(feedId, unit, report)
        consignments?.take(feedId, report)
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
        const { assignment = null, cover } = engine.picture.unit.get(id) ?? {}
        if (assignment) result.assignments.push(toldOf(id, assignment))
        else if (cover)
          (result.covers ??= []).push({ unitId: id, zoneId: cover.zoneId, destination: cover.destination })
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
    const changes = [...statuses]
      .filter(([id, status]) => engine.picture.unit.get(id)?.status !== status)
      .map(([id, status]) => ({ id, status, repeated: stated.get(id) === status }))
    for (const [id, status] of statuses) stated.set(id, status)
    if (changes.length === 0) return
    const actor: Actor = { kind: 'feed', feed: feedId }
    await engine.record(actor, (picture) =>
      changes.flatMap(({ id, status, repeated }): DomainEvent[] => {
        const decided = decideUnitStatus(picture, id, status, repeated)
        return decided.ok ? decided.value : []
      }),
    )
  }
}

const toTrackPoint = (fix: Received, feed: string): TrackPoint => ({
  kind: 'unit',
  id: fix.unitId,
  atMs: fix.atMs,
  receivedAtMs: fix.receivedAtMs,
  lngLat: fix.position,
  accuracyM: fix.accuracyM ?? null,
  headingDeg: fix.headingDeg ?? null,
  speedMps: fix.speedMps ?? null,
  heightM: null,
  feed,
})

const toFix = (point: TrackPoint): Received => ({
  unitId: point.id,
  atMs: point.atMs,
  receivedAtMs: point.receivedAtMs,
  position: point.lngLat,
  ...(point.accuracyM === null ? {} : { accuracyM: point.accuracyM }),
  ...(point.headingDeg === null ? {} : { headingDeg: point.headingDeg }),
  ...(point.speedMps === null ? {} : { speedMps: point.speedMps }),
})

/** What a terminal is told of its assignment: what the contract names, and nothing else that the picture holds. */
const toldOf = (
  unitId: string,
  { incidentId, destination, candidateId, note, answerByMs, signByMs }: NonNullable<Unit['assignment']>,
): FixBatchResult['assignments'][number] => ({
  unitId,
  incidentId,
  destination,
  candidateId,
  note,
  ...(answerByMs === undefined ? {} : { answerByMs }),
  ...(signByMs === undefined ? {} : { signByMs }),
})
