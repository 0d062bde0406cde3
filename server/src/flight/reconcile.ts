import { type Actor, type DomainEvent, reasonOf, type Task } from '@skerry/contract'
import { planOf } from '../domain/tasks/plan.ts'
import type { Engine } from '../engine/engine.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import type { Picture } from '../picture/picture.ts'
import type { BridgePort, Bridges } from './bridges.ts'
import { isOfBridge, type DroneBoard } from './drone-board.ts'
import type { createUploads } from './uploads.ts'

/** How long an upload may go without a word about it, milliseconds. It may last longer while it tells how far it is. */
const UPLOAD_SILENCE_MS = 240_000
/** Between two tries to read a plan back, milliseconds. */
const RETRY_MS = 5000
/** Failed tries after which the state of a task is said to be unknown; reading back goes on. */
const TRIES_BEFORE_UNKNOWN = 3

interface Options {
  engine: Engine
  board: DroneBoard
  bridges: Bridges
  uploads: ReturnType<typeof createUploads>
  clock: Scheduler
  record: (actor: Actor, decide: (picture: Picture) => readonly DomainEvent[]) => Promise<unknown>
}

/**
 * After a restart of the server or of a bridge nothing about a plan in an aircraft is assumed: it is read back and
 * compared. What cannot be confirmed becomes unknown, with its reason; what is confirmed goes on.
 */
export function createReconciler({ engine, bridges, board, uploads, clock, record }: Options) {
  const runs = new Map<string, number>()
  /** Tasks whose plan must still be read back: tries so far, and when to try next. */
  const doubtful = new Map<string, { tries: number; nextAtMs: number }>()
  const actor: Actor = { kind: 'system', part: 'reconcile' }

  const unknown = (taskId: string, states: readonly Task['state'][], reason: string): Promise<unknown> =>
    record(actor, (picture) => {
      const task = picture.task.get(taskId)
      return task && states.includes(task.state) ? [{ type: 'task.unknown', taskId, reason }] : []
    })

  const CONFIRMABLE: readonly Task['state'][] = ['ready', 'starting', 'flying', 'returning', 'unknown']

  async function readBack(taskId: string): Promise<void> {
    const task = engine.picture.task.get(taskId)
    const doubt = doubtful.get(taskId)
    if (!task || !doubt || !CONFIRMABLE.includes(task.state) || task.upload?.planId === undefined) {
      doubtful.delete(taskId)
      return
    }
    const port = bridges.of(task.droneId)
    const status = board.get(task.droneId)
    if (!port || !status || status.link.state === 'lost') return // asked again with the next tick
    doubt.nextAtMs = Infinity // until this try has its answer
    const answer = await port.readBack({ droneId: task.droneId, expect: planOf(task) })
    if (answer.ok && answer.value.planId === task.upload?.planId) {
      doubtful.delete(taskId)
      // A plan that stands verified on the ground is ready again; one in the air is judged by its telemetry.
      if (task.state === 'unknown' && task.startedAtMs === null)
        await record(actor, (picture) =>
          picture.task.get(taskId)?.state === 'unknown' && task.upload?.planId
            ? [{ type: 'task.uploaded', taskId, planId: task.upload.planId, total: answer.value.total }]
            : [],
        )
      return
    }
    if (answer.ok) {
      doubtful.delete(taskId)
      await unknown(taskId, ['ready', 'starting', 'flying', 'returning'], reasonOf('other-plan-aboard'))
      return
    }
    doubt.tries += 1
    doubt.nextAtMs = clock.nowMs() + RETRY_MS
    if (doubt.tries >= TRIES_BEFORE_UNKNOWN)
      await unknown(taskId, ['ready', 'starting', 'flying', 'returning'], reasonOf('plan-not-confirmed', answer.reason))
  }

  return {
    /** A bridge said hello. Only another run of it, or of this server, leaves anything in doubt. */
    bridgeUp({ bridgeId, startedAtMs }: BridgePort): void {
      if (runs.get(bridgeId) === startedAtMs) return
      runs.set(bridgeId, startedAtMs)
      for (const task of engine.picture.task.values()) {
        if (!isOfBridge(task.droneId, bridgeId)) continue
        const upload = uploads.of(task.id)
        if (task.state === 'uploading' && upload && startedAtMs > upload.startedAtMs)
          void unknown(task.id, ['uploading'], reasonOf('bridge-restarted'))
        else if (CONFIRMABLE.includes(task.state) && task.upload?.planId)
          doubtful.set(task.id, { tries: 0, nextAtMs: 0 })
      }
    },
    tick(): void {
      const nowMs = clock.nowMs()
      for (const [taskId, { nextAtMs }] of doubtful) if (nowMs >= nextAtMs) void readBack(taskId)
      for (const task of engine.picture.task.values()) {
        if (task.state !== 'uploading') continue
        const upload = uploads.of(task.id)
        if (upload && nowMs - upload.heardAtMs > UPLOAD_SILENCE_MS)
          void unknown(task.id, ['uploading'], reasonOf('upload-end-unheard'))
      }
    },
  }
}
