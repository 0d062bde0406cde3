import { type DomainEvent, type JournalEntry, ReasonCode, reasonOf, type UploadNotice } from '@skerry/contract'
import { raiseAlarm } from '../domain/alarms/rules.ts'
import type { Picture } from '../picture/picture.ts'

/** The upload of a task that was started last: its id on the bridge, and when. */
export interface Upload {
  commandId: string
  startedAtMs: number
  /** When its bridge last said something about it, epoch ms; its start where nothing was said to this server. */
  heardAtMs: number
}

/** Progress is journaled in steps of this share: enough for a bar, few enough for a journal. */
const PROGRESS_STEP = 0.25

/** An upload's id names its task and the journal entry that started it: known again after any restart. */
export const uploadId = (taskId: string, seq: number): string => `${taskId}.${seq}`
export const taskOfUpload = (commandId: string): string => commandId.slice(0, commandId.lastIndexOf('.'))

/** The uploads that the journal has started, by task. */
export function createUploads() {
  const newest = new Map<string, Upload>()
  return {
    follow({ event, seq, atMs }: Pick<JournalEntry, 'event' | 'seq' | 'atMs'>): void {
      if (event.type === 'task.upload-started')
        newest.set(event.taskId, { commandId: uploadId(event.taskId, seq), startedAtMs: atMs, heardAtMs: atMs })
    },
    heard(commandId: string, atMs: number): void {
      const upload = newest.get(taskOfUpload(commandId))
      if (upload?.commandId === commandId) upload.heardAtMs = atMs
    },
    of: (taskId: string): Upload | null => newest.get(taskId) ?? null,
  }
}

/**
 * What a bridge's notice about an upload means. Notices of an earlier try, and of tasks that moved on, mean nothing.
 * Only a plan that was read back and compared makes a task ready.
 */
export function uploadEvents(
  picture: Picture,
  notice: UploadNotice,
  current: Upload | null,
  ctx: { nowMs: number; newId: () => string },
): DomainEvent[] {
  const task = picture.task.get(taskOfUpload(notice.commandId))
  if (!task || task.droneId !== notice.droneId || current?.commandId !== notice.commandId) return []
  if (task.state !== 'uploading' && task.state !== 'unknown') return []
  const { id: taskId } = task
  switch (notice.phase) {
    case 'sending':
    case 'reading-back': {
      const done = notice.phase === 'reading-back' ? notice.total : notice.done
      const known = task.upload ?? { done: 0, total: notice.total }
      const moved = done - known.done >= PROGRESS_STEP * Math.max(1, notice.total)
      return task.state === 'uploading' && (moved || notice.total !== known.total)
        ? [{ type: 'task.upload-progressed', taskId, done, total: notice.total }]
        : []
    }
    case 'verified':
      return notice.planId === null
        ? uploadFailed(picture, taskId, reasonOf('verified-without-id'), true, ctx)
        : [{ type: 'task.uploaded', taskId, planId: notice.planId, total: notice.total }]
    case 'failed': {
      const { kind = '', detail = '', planUnknown = true } = notice.failure ?? {}
      const code = ReasonCode.safeParse(kind)
      const reason = code.success ? reasonOf(code.data, detail) : reasonOf('bridge-fault', `${kind} ${detail}`.trim())
      // Its pilot wanted that, whether or not the bridge's answer to the wish came through: nobody else has to be told.
      if (kind === 'upload-cancelled') return [{ type: 'task.upload-failed', taskId, reason, planUnknown }]
      return uploadFailed(picture, taskId, reason, planUnknown, ctx)
    }
  }
}

/** An upload failed: the pilot and the coordinator must know, because the drone will not fly what was agreed. */
export function uploadFailed(
  picture: Picture,
  taskId: string,
  reason: string,
  planUnknown: boolean,
  ctx: { nowMs: number; newId: () => string },
): DomainEvent[] {
  const task = picture.task.get(taskId)
  if (!task) return []
  return [
    { type: 'task.upload-failed', taskId, reason, planUnknown },
    ...raiseAlarm(picture, ctx, {
      priority: 'warning',
      kind: 'upload-failed',
      subject: { kind: 'task', id: taskId },
      incidentId: task.incidentId,
      detail: `#${task.number} ${task.droneId}: ${reason}`,
    }),
  ]
}
