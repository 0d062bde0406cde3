import {
  type Actor,
  type AircraftCommand,
  type CommandNotice,
  type DomainEvent,
  type DroneStatus,
  type FenceNotice,
  isFlightOrder,
  reasonOf,
  type Task,
  type UploadNotice,
} from '@skerry/contract'
import { clearAlarm, raiseAlarm } from '../domain/alarms/rules.ts'
import { firstBlocker } from '../domain/tasks/offer.ts'
import { planOf } from '../domain/tasks/plan.ts'
import type { Engine } from '../engine/engine.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import type { Picture } from '../picture/picture.ts'
import type { BridgePort, Bridges } from './bridges.ts'
import { isOfBridge, type DroneBoard } from './drone-board.ts'
import { FENCE_EXPIRY_MS, fenceCancelRefused, fenceEvents, fenceFailed } from './fences.ts'
import type { Leases } from './leases.ts'
import { createReconciler } from './reconcile.ts'
import { statusRules } from './status-rules.ts'
import { taskProgress } from './task-progress.ts'
import { dueEvents } from './timers.ts'
import { uploadEvents, uploadFailed, type createUploads } from './uploads.ts'

/**
 * For so long a bridge may begin an upload again that broke off, milliseconds: what a hundred items take over a bad
 * radio. The figures of the benchmarks are for this time. Whoever lets go of the drone ends it at once.
 */
const UPLOAD_EXPIRY_MS = 15 * 60_000
const TICK_MS = 1000
const SAFETY: readonly AircraftCommand['order'][] = ['hold', 'return', 'land']
const STARTS: readonly AircraftCommand['order'][] = ['arm-and-start', 'start-in-air']

export interface FlightOptions {
  engine: Engine
  board: DroneBoard
  bridges: Bridges
  leases: Leases
  uploads: ReturnType<typeof createUploads>
  clock: Scheduler
  newId: () => string
  onFault: (error: unknown) => void
}

/** Carries out what the journal says about aircraft, and journals what the aircraft and their bridges say back. */
export interface Flight {
  bridgeUp(port: BridgePort): void
  bridgeSilent(bridgeId: string): void
  commandNotice(bridgeId: string, notice: CommandNotice): Promise<void>
  uploadNotice(bridgeId: string, notice: UploadNotice): Promise<void>
  fenceNotice(bridgeId: string, notice: FenceNotice): Promise<void>
  stop(): void
}

export function startFlight(options: FlightOptions): Flight {
  const { engine, board, bridges, leases, uploads, clock, newId, onFault } = options
  const ctx = () => ({ nowMs: clock.nowMs(), newId })
  const system: Actor = { kind: 'system', part: 'flight' }
  const reconciler = createReconciler({ engine, board, bridges, uploads, clock, record })
  /** Drones whose telemetry is being judged: the next telemetry comes soon enough. */
  const judging = new Set<string>()

  function record(actor: Actor, decide: (picture: Picture) => readonly DomainEvent[]): Promise<unknown> {
    return engine.record(actor, decide).catch(onFault)
  }

  function refused(command: AircraftCommand, reason: string): Promise<unknown> {
    const { id: commandId, droneId, order, tries } = command
    return record(system, () => [
      {
        type: 'drone.command-changed',
        commandId,
        droneId,
        order,
        state: 'refused',
        atMs: clock.nowMs(),
        tries,
        reason,
      },
    ])
  }

  /**
   * No answer is not a refusal: the bridge may have taken it, and say so later. Nothing where it was heard of meanwhile,
   * over a new connection.
   */
  function unanswered({ id: commandId, droneId, order }: AircraftCommand): Promise<unknown> {
    const change = { type: 'drone.command-changed' as const, commandId, droneId, order, state: 'unknown' as const }
    return record(system, (picture) =>
      picture.command.get(commandId)?.state === 'authorised'
        ? [{ ...change, atMs: clock.nowMs(), tries: 0, reason: reasonOf('bridge-silent') }]
        : [],
    )
  }

  /** Not delivered, or nobody knows: a bridge that comes back is told once more, and knows it again by its id. */
  function isUndelivered({ id, state, reason, droneId, atMs }: AircraftCommand): boolean {
    if (state === 'authorised') return true
    if (state !== 'unknown' || reason !== reasonOf('bridge-silent')) return false
    // Not over the head of a newer one.
    return ![...engine.picture.command.values()].some(
      (other) => other.droneId === droneId && other.id !== id && other.atMs >= atMs && isFlightOrder(other.order),
    )
  }

  /** A safety order without a bridge waits for it until it expires; anything else fails at once. */
  async function sendOrder(command: AircraftCommand): Promise<void> {
    const port = bridges.of(command.droneId)
    if (!port) {
      if (!SAFETY.includes(command.order)) await refused(command, reasonOf('no-bridge'))
      return
    }
    const task = engine.picture.task.get(command.taskId ?? '')
    const answer = await port.order({
      commandId: command.id,
      droneId: command.droneId,
      order: command.order,
      takeoffHeightM: STARTS.includes(command.order) ? (task?.heightAboveTakeoffM ?? null) : null,
      ...(command.camera === undefined ? {} : { camera: command.camera }),
      leaseToken: leases.token(command.droneId),
      expiresAtMs: command.expiresAtMs,
    })
    if (answer === 'silent') await unanswered(command)
    else if (!answer.ok) await refused(command, answer.reason)
  }

  async function sendUpload(taskId: string): Promise<void> {
    const task = engine.picture.task.get(taskId)
    const upload = uploads.of(taskId)
    if (!task || !upload) return
    const failed = (reason: string): Promise<unknown> =>
      record(system, (picture) =>
        picture.task.get(taskId)?.state === 'uploading' ? uploadFailed(picture, taskId, reason, false, ctx()) : [],
      )
    // Asked again where the plan leaves the house, whatever was decided before.
    const blocked = firstBlocker(task)
    if (blocked) return void (await failed(blocked.error.code))
    const port = bridges.of(task.droneId)
    if (!port) return void (await failed(reasonOf('no-bridge')))
    const answer = await port.upload({
      commandId: upload.commandId,
      droneId: task.droneId,
      leaseToken: leases.token(task.droneId),
      expiresAtMs: clock.nowMs() + UPLOAD_EXPIRY_MS,
      plan: planOf(task),
    })
    // It may be uploading all the same, and tell how that ended.
    if (answer === 'silent')
      await record(system, (picture) => {
        const now = picture.task.get(taskId)
        const unheard = now?.state === 'uploading' && now.upload?.done === 0
        return unheard ? [{ type: 'task.unknown', taskId, reason: reasonOf('bridge-silent') }] : []
      })
    else if (!answer.ok) await failed(answer.reason)
  }

  /** The upload goes on where its bridge does not take that. */
  async function cancelUpload(taskId: string): Promise<void> {
    const task = engine.picture.task.get(taskId)
    const upload = uploads.of(taskId)
    if (!task || !upload) return
    const { droneId } = task
    const port = bridges.of(droneId)
    const request = { commandId: upload.commandId, droneId, leaseToken: leases.token(droneId) }
    const answer = port ? await port.cancelUpload(request) : { ok: false as const, reason: reasonOf('no-bridge') }
    if (answer !== 'silent' && answer.ok) return
    const reason = answer === 'silent' ? reasonOf('bridge-silent') : answer.reason
    await record(system, (picture) =>
      picture.task.get(taskId)?.upload?.cancelling ? [{ type: 'task.upload-cancel-refused', taskId, reason }] : [],
    )
  }

  async function sendFence(droneId: string): Promise<void> {
    const transfer = engine.picture.drone.get(droneId)?.fence?.transfer
    if (!transfer) return
    const { id: transferId, ask, plan } = transfer
    const failed = (reason: string, unknown = false): Promise<unknown> =>
      record(system, (picture) => fenceFailed(picture, droneId, transferId, reason, unknown))
    const port = bridges.of(droneId)
    if (!port) return void (await failed(reasonOf('no-bridge')))
    const answer = await port.fence({
      transferId,
      droneId,
      ask,
      plan,
      leaseToken: leases.token(droneId),
      expiresAtMs: clock.nowMs() + FENCE_EXPIRY_MS,
    })
    // A bridge that did not answer may have begun all the same.
    if (answer === 'silent') await failed(reasonOf('bridge-silent'), true)
    else if (!answer.ok) await failed(answer.reason)
  }

  /** The transfer goes on where its bridge does not take that. */
  async function cancelFence(droneId: string, transferId: string): Promise<void> {
    const port = bridges.of(droneId)
    const request = { transferId, droneId, leaseToken: leases.token(droneId) }
    const answer = port ? await port.cancelFence(request) : { ok: false as const, reason: reasonOf('no-bridge') }
    if (answer !== 'silent' && answer.ok) return
    const reason = answer === 'silent' ? reasonOf('bridge-silent') : answer.reason
    await record(system, (picture) => fenceCancelRefused(picture, droneId, transferId, reason))
  }

  /** A start that was refused or had no effect leaves the plan where it is; one that nobody knows of does not. */
  function startEnded(event: Extract<DomainEvent, { type: 'drone.command-changed' }>): void {
    const taskId = engine.picture.command.get(event.commandId)?.taskId
    if (!taskId || !STARTS.includes(event.order)) return
    const started = (picture: Picture): Task | undefined => {
      const task = picture.task.get(taskId)
      return task?.state === 'starting' ? task : undefined
    }
    const { state } = event
    if (state !== 'refused' && state !== 'not-effective' && state !== 'expired' && state !== 'unknown') return
    const type = state === 'unknown' ? 'task.unknown' : 'task.start-failed'
    const reason = event.reason ?? reasonOf(`order-${state}`)
    void record(system, (picture) => (started(picture) ? [{ type, taskId, reason }] : []))
  }

  const stopUpdates = engine.onUpdate((_update, event) => {
    switch (event.type) {
      case 'drone.seen':
        leases.renew(event.drone.id, engine.picture.drone.get(event.drone.id)?.lease?.name ?? null)
        break
      case 'drone.leased':
        leases.renew(event.lease.droneId, event.lease.name)
        break
      case 'drone.lease-released':
        leases.renew(event.droneId, null)
        break
      case 'task.upload-started':
        void sendUpload(event.taskId).catch(onFault)
        break
      case 'task.upload-cancelling':
        void cancelUpload(event.taskId).catch(onFault)
        break
      case 'task.withdrawn':
        // What was on its way into the aircraft is not wanted there any more; a bridge that has none says so, in vain.
        void cancelUpload(event.taskId).catch(onFault)
        break
      case 'drone.fence-asked':
        void sendFence(event.droneId).catch(onFault)
        break
      case 'drone.fence-cancelling':
        void cancelFence(event.droneId, event.transferId).catch(onFault)
        break
      case 'drone.ordered':
        void sendOrder(event.command).catch(onFault)
        break
      case 'drone.command-changed':
        startEnded(event)
        break
      default:
    }
  })

  function judge(status: DroneStatus, before: DroneStatus | null): void {
    const { droneId } = status
    const bridgeId = droneId.slice(0, droneId.lastIndexOf('-'))
    const decide = (picture: Picture): DomainEvent[] => {
      const now = board.get(droneId) ?? status
      const drone = picture.drone.get(droneId)
      const task = picture.task.get(drone?.taskId ?? '')
      return [
        ...statusRules(picture, now, before, { ...ctx(), bridgeId }),
        ...(task ? taskProgress(task, now, picture.command.values()) : []),
      ]
    }
    // Most telemetry changes nothing: only what would is put in the queue, one at a time for each drone. A link that
    // comes or goes is a change against the telemetry before, and is never left to the next one.
    const linkMoved = before !== null && (before.link.state === 'lost') !== (status.link.state === 'lost')
    if ((judging.has(droneId) && !linkMoved) || decide(engine.picture).length === 0) return
    judging.add(droneId)
    void record({ kind: 'bridge', bridge: bridgeId }, decide).finally(() => judging.delete(droneId))
  }

  const stopStatus = board.onStatus((statuses, before) => {
    for (const status of statuses) judge(status, before.get(status.droneId) ?? null)
  })

  let stopTick = clock.after(TICK_MS, tick)
  function tick(): void {
    stopTick = clock.after(TICK_MS, tick)
    if (dueEvents(engine.picture, ctx()).length > 0) void record(system, (picture) => dueEvents(picture, ctx()))
    reconciler.tick()
  }

  return {
    bridgeUp(port) {
      void record({ kind: 'bridge', bridge: port.bridgeId }, (picture) =>
        clearAlarm(picture, 'bridge-lost', port.bridgeId),
      )
      reconciler.bridgeUp(port)
      // Another run of the bridge knows nothing of a transfer that was begun before it.
      for (const { id, fence } of engine.picture.drone.values()) {
        const { transfer = null } = fence ?? {}
        if (transfer && isOfBridge(id, port.bridgeId) && port.startedAtMs > transfer.atMs)
          void record(system, (picture) => fenceFailed(picture, id, transfer.id, reasonOf('bridge-restarted'), true))
      }
      for (const command of engine.picture.command.values())
        if (
          isUndelivered(command) &&
          SAFETY.includes(command.order) &&
          command.expiresAtMs > clock.nowMs() &&
          isOfBridge(command.droneId, port.bridgeId)
        )
          void sendOrder(command).catch(onFault)
    },
    bridgeSilent(bridgeId) {
      void record(system, (picture) =>
        raiseAlarm(picture, ctx(), {
          priority: 'critical',
          kind: 'bridge-lost',
          subject: { kind: 'bridge', id: bridgeId },
          incidentId: null,
          detail: bridgeId,
        }),
      )
      board.lose(bridgeId)
    },
    async commandNotice(bridgeId, notice) {
      const { commandId, droneId, state, atMs, tries, reason } = notice
      await engine.record({ kind: 'bridge', bridge: bridgeId }, (picture) => {
        const command = picture.command.get(commandId)
        if (!command || command.droneId !== droneId) return []
        if (command.state === state && (state !== 'sent' || command.tries === tries)) return []
        return [{ type: 'drone.command-changed', commandId, droneId, order: command.order, state, atMs, tries, reason }]
      })
    },
    async uploadNotice(bridgeId, notice) {
      uploads.heard(notice.commandId, clock.nowMs())
      await engine.record({ kind: 'bridge', bridge: bridgeId }, (picture) =>
        uploadEvents(picture, notice, uploads.of(notice.commandId.slice(0, notice.commandId.lastIndexOf('.'))), ctx()),
      )
    },
    async fenceNotice(bridgeId, notice) {
      await engine.record({ kind: 'bridge', bridge: bridgeId }, (picture) => fenceEvents(picture, notice))
    },
    stop() {
      stopUpdates()
      stopStatus()
      stopTick()
    },
  }
}
