import { type Actor, type DomainEvent, reasonOf, type UpkeepNotice, type UpkeepOutcome } from '@skerry/contract'
import type { Engine } from '../engine/engine.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import type { Picture } from '../picture/picture.ts'
import type { BridgePort, Bridges } from './bridges.ts'
import { isOfBridge } from './drone-board.ts'
import type { Leases } from './leases.ts'
import type { ParamsBoard } from './params-board.ts'

/** How long a bridge may take to begin before the request is void, milliseconds: what is late is not wanted any more. */
const EXPIRY_MS = 15_000
/** How long nothing may be heard of what goes on, milliseconds. */
const SILENCE_MS = 240_000
/** Progress is journaled in steps of this share: enough for a bar, few enough for a journal. */
const PROGRESS_STEP = 0.1

/** What a bridge's notice means. Notices of what is over mean nothing. */
export function upkeepEvents(picture: Picture, notice: UpkeepNotice): DomainEvent[] {
  const { droneId, jobId, done, total, outcome } = notice
  const job = picture.drone.get(droneId)?.upkeep?.job
  if (job?.id !== jobId) return []
  if (outcome === null) {
    const moved = total !== job.total || done - job.done >= PROGRESS_STEP * Math.max(1, total)
    return moved ? [{ type: 'drone.upkeep-moved', droneId, jobId, done, total }] : []
  }
  const ended: DomainEvent = { type: 'drone.upkeep-ended', droneId, jobId, outcome }
  return job.ask.do === 'clear-mission' ? [ended, ...plansLost(picture, droneId, outcome)] : [ended]
}

/** A plan that stood ready in a drone is not in it any more, or nobody knows: its task waits for another upload. */
function plansLost(picture: Picture, droneId: string, outcome: UpkeepNotice['outcome']): DomainEvent[] {
  const planUnknown = outcome?.kind === 'failed' && outcome.unknown
  if (outcome?.kind !== 'empty' && !planUnknown) return []
  const reason = reasonOf('mission-cleared')
  return [...picture.task.values()].flatMap(({ id: taskId, ...task }) =>
    task.droneId === droneId && task.state === 'ready'
      ? [{ type: 'task.upload-failed' as const, taskId, reason, planUnknown }]
      : [],
  )
}

/** What did not come to its own end. Whether something may have been changed is known by what was asked. */
export function upkeepFailed(
  picture: Picture,
  droneId: string,
  jobId: string,
  reason: string,
  begun: boolean,
): DomainEvent[] {
  const job = picture.drone.get(droneId)?.upkeep?.job
  if (job?.id !== jobId) return []
  const unknown = begun && (job.ask.do === 'set-param' || job.ask.do === 'clear-mission')
  return upkeepEvents(picture, {
    droneId,
    jobId,
    done: 0,
    total: 0,
    params: [],
    outcome: { kind: 'failed', reason, unknown },
  })
}

/** What nobody has told the end of, and will not any more. */
export const upkeepUnheard = (picture: Picture, nowMs: number): DomainEvent[] =>
  [...picture.drone.values()].flatMap(({ id, upkeep }) =>
    upkeep?.job && nowMs - upkeep.job.heardAtMs > SILENCE_MS
      ? upkeepFailed(picture, id, upkeep.job.id, reasonOf('upkeep-unheard'), true)
      : [],
  )

export interface Upkeep {
  bridgeUp(port: BridgePort): void
  /** Resolves when what it means is durable. */
  notice(bridgeId: string, notice: UpkeepNotice): Promise<void>
  stop(): void
}

/** Carries out what the journal says about parameters and missions in drones, and journals how it went. */
export function startUpkeep(options: {
  engine: Engine
  bridges: Bridges
  leases: Leases
  params: ParamsBoard
  clock: Scheduler
  onFault: (error: unknown) => void
}): Upkeep {
  const { engine, bridges, leases, params, clock, onFault } = options
  const system: Actor = { kind: 'system', part: 'flight' }
  const record = (decide: (picture: Picture) => readonly DomainEvent[]): Promise<unknown> =>
    engine.record(system, decide).catch(onFault)

  async function send(droneId: string): Promise<void> {
    const job = engine.picture.drone.get(droneId)?.upkeep?.job
    if (!job) return
    const failed = (reason: string, begun = false): Promise<unknown> =>
      record((picture) => upkeepFailed(picture, droneId, job.id, reason, begun))
    const port = bridges.of(droneId)
    if (!port) return void (await failed(reasonOf('no-bridge')))
    const answer = await port.upkeep({
      jobId: job.id,
      droneId,
      ask: job.ask,
      leaseToken: leases.token(droneId),
      expiresAtMs: clock.nowMs() + EXPIRY_MS,
    })
    // A bridge that did not answer may have begun all the same.
    if (answer === 'silent') await failed(reasonOf('bridge-silent'), true)
    else if (!answer.ok) await failed(answer.reason)
  }

  /** It goes on where its bridge does not take that. */
  async function cancel(droneId: string, jobId: string): Promise<void> {
    const port = bridges.of(droneId)
    const request = { jobId, droneId, leaseToken: leases.token(droneId) }
    const answer = port ? await port.cancelUpkeep(request) : { ok: false as const, reason: reasonOf('no-bridge') }
    if (answer !== 'silent' && answer.ok) return
    const reason = answer === 'silent' ? reasonOf('bridge-silent') : answer.reason
    await record((picture) =>
      picture.drone.get(droneId)?.upkeep?.job?.id === jobId
        ? [{ type: 'drone.upkeep-cancel-refused', droneId, jobId, reason }]
        : [],
    )
  }

  /** After a set of which nobody knows how it ended the value of before stands for nothing. */
  function doubt(droneId: string, outcome: UpkeepOutcome): void {
    const end = engine.picture.drone.get(droneId)?.upkeep?.params
    if (end?.outcome === outcome && end.ask.do === 'set-param') params.doubt(droneId, end.ask.name)
  }

  const stop = engine.onUpdate((_update, event) => {
    if (event.type === 'drone.upkeep-asked') void send(event.droneId).catch(onFault)
    else if (event.type === 'drone.upkeep-cancelling') void cancel(event.droneId, event.jobId).catch(onFault)
    else if (event.type === 'drone.upkeep-ended' && event.outcome.kind === 'failed' && event.outcome.unknown)
      doubt(event.droneId, event.outcome)
  })

  return {
    stop,
    bridgeUp(port) {
      // Another run of the bridge knows nothing of what was begun before it.
      for (const { id, upkeep } of engine.picture.drone.values()) {
        const { job = null } = upkeep ?? {}
        if (job && isOfBridge(id, port.bridgeId) && port.startedAtMs > job.atMs)
          void record((picture) => upkeepFailed(picture, id, job.id, reasonOf('upkeep-unheard'), true))
      }
    },
    async notice(bridgeId, notice) {
      params.take(notice)
      await engine.record({ kind: 'bridge', bridge: bridgeId }, (picture) => upkeepEvents(picture, notice))
    },
  }
}
