import type { DroneFence, DroneStatus, Task } from '@skerry/contract'

/** What the pilot is told of fence and rally points. `not-sent`: nothing of ours, and nobody has read what is aboard. */
export type FenceView =
  | { readonly at: 'waiting' | 'reading-back' | 'clearing' | 'cancelling' }
  | { readonly at: 'sending'; readonly done: number; readonly total: number }
  | { readonly at: 'unsupported' | 'support-unknown' | 'not-sent' | 'none' | 'unknown' }
  | { readonly at: 'differs'; readonly detail: string }
  | {
      readonly at: 'verified'
      readonly atMs: number
      readonly rally: boolean
      readonly otherTask: boolean
      /** Since when a closed zone is not the one any more that it was made of, epoch ms; null: it is. */
      readonly outdatedAtMs: number | null
    }

/**
 * The bridge's reading of the aircraft decides, not what was once sent: after a restart, or where another station was at
 * work, the fence of before is not shown as verified.
 */
export function fenceView(
  fence: DroneFence | undefined,
  status: DroneStatus | null,
  next: Pick<Task, 'id'> | null,
): FenceView {
  const transfer = fence?.transfer ?? null
  if (transfer !== null) {
    const { phase, done, total, cancelling } = transfer
    if (cancelling) return { at: 'cancelling' }
    return phase === 'sending' ? { at: phase, done, total } : { at: phase }
  }
  const aboard = status?.fence
  if (aboard === undefined || aboard.can.fence === null) return { at: 'support-unknown' }
  if (!aboard.can.fence) return { at: 'unsupported' }
  const outcome = fence?.last?.outcome
  switch (aboard.state) {
    case 'verified':
      if (fence === undefined || fence.plan === null || aboard.id !== fence.id || aboard.readAtMs === null)
        return { at: 'differs', detail: '' }
      return {
        at: 'verified',
        atMs: aboard.readAtMs,
        rally: aboard.can.rally === true,
        otherTask: next !== null && fence.taskId !== next.id,
        outdatedAtMs: fence.outdatedAtMs ?? null,
      }
    case 'differs':
      return { at: 'differs', detail: outcome?.kind === 'differs' ? outcome.detail : '' }
    case 'none':
      return { at: 'none' }
    case 'unknown': {
      const broken = outcome?.kind === 'failed' && outcome.aboardUnknown
      return { at: broken || (fence !== undefined && fence.plan !== null) ? 'unknown' : 'not-sent' }
    }
  }
}

/** Whether the aircraft acts on a fence by its own parameters; null where nothing is known of them. */
export function fenceGuard(status: DroneStatus | null): { name: string; state: 'off' | 'unread' | 'absent' } | null {
  const guard = status?.guards?.find(({ guards }) => guards === 'fence')
  return guard === undefined || guard.state === 'on' ? null : { name: guard.name, state: guard.state }
}
