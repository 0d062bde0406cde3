import type { Alarm } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'

type Facts = Pick<Picture, 'drone' | 'task'>

/**
 * Kinds whose evidence is that nothing was heard: without the feed that brings it they say nothing of their own. Cover of a
 * zone is not one of them: it is short by what those tell who are heard, and comes from no one feed.
 */
const OF_SILENCE: readonly Alarm['kind'][] = ['zone-gap', 'checkpoint-silent']
const OF_BRIDGE: readonly Alarm['kind'][] = ['drone-link-lost', 'duplicate-system-id', 'upload-failed']

/** Whether a standing alarm explains another: people answer the cause, not each of its consequences. */
export function explains(cause: Alarm, alarm: Alarm, facts: Facts): boolean {
  if (cause.clearedAtMs !== null) return false
  if (cause.kind === 'bridge-lost') return OF_BRIDGE.includes(alarm.kind) && bridgeOf(alarm, facts) === cause.subject.id
  // Nobody has signed for it, and so it stays dispatched: the unit that was ordered is whom to ask.
  if (cause.kind === 'order-unsigned')
    return alarm.kind === 'overdue' && alarm.key === 'dispatched' && alarm.subject.id === cause.subject.id
  return cause.kind === 'feed-lost' && OF_SILENCE.includes(alarm.kind) && alarm.feed === cause.subject.id
}

function bridgeOf({ subject }: Alarm, facts: Facts): string | null {
  const droneId = subject.kind === 'task' ? facts.task.get(subject.id)?.droneId : subject.id
  return facts.drone.get(droneId ?? '')?.bridgeId ?? null
}
