import type { Actor, DomainEvent, DroneStatus } from '@skerry/contract'
import { type ApproachAlarm, approachAlarms, localFrame, type PredictedTrack } from '@skerry/search'
import { clearAlarm, raiseAlarm } from '../domain/alarms/rules.ts'
import { inAir } from '../domain/tasks/states.ts'
import type { Engine } from '../engine/engine.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import type { Picture } from '../picture/picture.ts'
import type { DroneBoard } from './drone-board.ts'
import { predictedTrack } from './predicted-track.ts'

const TICK_MS = 1000
/** Telemetry older than this says nothing about where an aircraft will be. */
const STALE_MS = 3000
/** A conflict is over when it has not been predicted for so long. */
const QUIET_MS = 5000
/** No multirotor is in the air for longer than this after it was last heard of. */
const GONE_MS = 3_600_000
/** Positions this far apart in time give a velocity. */
const BASE_MS = 400

/** Newest and one earlier position of a drone, with the time at which the newest came in. */
interface Fixes {
  newest: NonNullable<DroneStatus['position']>
  before: NonNullable<DroneStatus['position']> | null
  receivedAtMs: number
}

export const pairOf = ({ a, b }: Pick<ApproachAlarm, 'a' | 'b'>): string => [a, b].sort().join(' ')

/**
 * Predicts once a second whether own drones in the air will lose their separation, and keeps one alarm per pair as long
 * as they would. While the telemetry of one of them is silent in the air an alarm stands: silence is no separation.
 */
export function startConflictWatch(options: {
  engine: Pick<Engine, 'record' | 'picture'>
  board: DroneBoard
  clock: Scheduler
  newId: () => string
  onFault: (error: unknown) => void
}): () => void {
  const { engine, board, clock, newId, onFault } = options
  const actor: Actor = { kind: 'system', part: 'separation' }
  const fixes = new Map<string, Fixes>()
  const predictedAtMs = new Map<string, number>()
  const startedAtMs = clock.nowMs()

  const stopStatus = board.onStatus((statuses) => {
    for (const { droneId, position } of statuses) {
      if (!position) continue
      const known = fixes.get(droneId)
      if (known && position.atMs <= known.newest.atMs) continue
      const far = known !== undefined && position.atMs - known.newest.atMs >= BASE_MS
      fixes.set(droneId, {
        newest: position,
        before: far ? known.newest : (known?.before ?? known?.newest ?? null),
        receivedAtMs: clock.nowMs(),
      })
    }
  })

  const fresh = (droneId: string): boolean => {
    const known = fixes.get(droneId)
    return known !== undefined && clock.nowMs() - known.receivedAtMs <= STALE_MS
  }

  function predicted(picture: Picture): ApproachAlarm[] {
    const flying = board.statuses().filter((status) => status.position && fresh(status.droneId))
    const frame = flying[0] && localFrame(flying[0].position!.lngLat)
    if (!frame) return []
    return approachAlarms(
      flying.flatMap((status): PredictedTrack[] => {
        const task = picture.task.get(picture.drone.get(status.droneId)?.taskId ?? '')
        const track = predictedTrack(
          status,
          task?.state === 'flying' || task?.state === 'returning' || task?.state === 'starting' ? task : null,
          velocityOf(status.droneId, frame.toLocal),
          frame.toLocal,
        )
        return track ? [track] : []
      }),
    )
  }

  function velocityOf(droneId: string, toLocal: (p: readonly number[]) => readonly number[]): [number, number] | null {
    const { newest, before } = fixes.get(droneId) ?? { newest: null, before: null }
    if (!newest || !before || !(newest.atMs > before.atMs)) return null
    const [a, b] = [toLocal(before.lngLat), toLocal(newest.lngLat)]
    const seconds = (newest.atMs - before.atMs) / 1000
    return [(b[0]! - a[0]!) / seconds, (b[1]! - a[1]!) / seconds]
  }

  /** One of them is down or gone, or both are heard of and predicted to stay apart for long enough. */
  function isOver(pair: string): boolean {
    const drones = pair.split(' ')
    const silentMs = (id: string): number => clock.nowMs() - (fixes.get(id)?.receivedAtMs ?? startedAtMs)
    if (drones.some((id) => inAir(board.get(id)) === false || silentMs(id) > GONE_MS)) return true
    return drones.every(fresh) && clock.nowMs() - (predictedAtMs.get(pair) ?? startedAtMs) >= QUIET_MS
  }

  function decide(picture: Picture, conflicts: readonly ApproachAlarm[]): DomainEvent[] {
    const ctx = { nowMs: clock.nowMs(), newId }
    const raised = conflicts.flatMap((conflict) => {
      const task = [conflict.a, conflict.b].map((id) => picture.task.get(picture.drone.get(id)?.taskId ?? ''))
      return raiseAlarm(picture, ctx, {
        priority: 'critical',
        kind: 'predicted-conflict',
        subject: { kind: 'drone-pair', id: pairOf(conflict) },
        incidentId: task[0]?.incidentId ?? task[1]?.incidentId ?? null,
        detail: `${Math.round(conflict.horizontalM)} ${conflict.verticalM === null ? '?' : Math.round(conflict.verticalM)}`,
      })
    })
    const cleared = [...picture.alarm.values()].flatMap(({ kind, subject, clearedAtMs }) =>
      kind === 'predicted-conflict' && clearedAtMs === null && isOver(subject.id)
        ? clearAlarm(picture, kind, subject.id)
        : [],
    )
    return [...raised, ...cleared]
  }

  let stopTick = clock.after(TICK_MS, tick)
  function tick(): void {
    stopTick = clock.after(TICK_MS, tick)
    try {
      const conflicts = predicted(engine.picture)
      for (const conflict of conflicts) predictedAtMs.set(pairOf(conflict), clock.nowMs())
      if (decide(engine.picture, conflicts).length > 0)
        engine.record(actor, (picture) => decide(picture, conflicts)).catch(onFault)
    } catch (error) {
      onFault(error)
    }
  }
  return () => {
    stopStatus()
    stopTick()
  }
}
