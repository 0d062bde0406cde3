import { type DomainEvent, type FenceNotice, reasonOf } from '@skerry/contract'
import type { Picture } from '../picture/picture.ts'

/** How long a bridge may take to begin a fence transfer before the request is void, milliseconds. */
export const FENCE_EXPIRY_MS = 120_000
/** How long a fence transfer may go without its end being told, milliseconds. */
const FENCE_SILENCE_MS = 240_000
/** Progress is journaled in steps of this share: enough for a bar, few enough for a journal. */
const PROGRESS_STEP = 0.25

/** What a bridge's notice about a fence transfer means. Notices of one that is over mean nothing. */
export function fenceEvents(picture: Picture, notice: FenceNotice): DomainEvent[] {
  const { droneId, transferId, phase, done, total, outcome } = notice
  const transfer = picture.drone.get(droneId)?.fence?.transfer
  if (transfer?.id !== transferId) return []
  if (outcome !== null) return [{ type: 'drone.fence-ended', droneId, transferId, outcome }]
  const moved = phase !== transfer.phase || done - transfer.done >= PROGRESS_STEP * Math.max(1, total)
  return moved ? [{ type: 'drone.fence-moved', droneId, transferId, phase, done, total }] : []
}

/** A transfer that did not come to its own end. */
export function fenceFailed(
  picture: Picture,
  droneId: string,
  transferId: string,
  reason: string,
  aboardUnknown: boolean,
): DomainEvent[] {
  const transfer = picture.drone.get(droneId)?.fence?.transfer
  if (transfer?.id !== transferId) return []
  const outcome = { kind: 'failed', reason, aboardUnknown: aboardUnknown && transfer.ask !== 'check' } as const
  return [{ type: 'drone.fence-ended', droneId, transferId, outcome }]
}

/** A transfer that goes on although its pilot took it back; nothing where its end was told meanwhile. */
export function fenceCancelRefused(
  picture: Picture,
  droneId: string,
  transferId: string,
  reason: string,
): DomainEvent[] {
  const transfer = picture.drone.get(droneId)?.fence?.transfer
  return transfer?.id === transferId && transfer.cancelling
    ? [{ type: 'drone.fence-cancel-refused', droneId, transferId, reason }]
    : []
}

/** Transfers of which nobody has told the end, and will not any more. */
export const fencesUnheard = (picture: Picture, nowMs: number): DomainEvent[] =>
  [...picture.drone.values()].flatMap(({ id, fence }) =>
    fence?.transfer && nowMs - fence.transfer.atMs > FENCE_SILENCE_MS
      ? fenceFailed(picture, id, fence.transfer.id, reasonOf('upload-end-unheard'), true)
      : [],
  )
