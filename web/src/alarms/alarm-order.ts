import type { Alarm, Priority } from '@skerry/contract'

export const PRIORITIES = ['critical', 'warning', 'notice'] as const satisfies readonly Priority[]
const RANK: Record<Priority, number> = { critical: 0, warning: 1, notice: 2 }
export const byPriority = (a: Priority, b: Priority): number => RANK[a] - RANK[b]

/** Someone is asked for an answer: not acknowledged, not put away, and no standing cause that explains it. */
export const isWaiting = (alarm: Alarm): boolean =>
  alarm.acknowledged === null && alarm.shelved == null && alarm.suppressedBy == null

/** On the list: neither put away nor explained by another. */
export const isShown = (alarm: Alarm): boolean =>
  alarm.shelved == null && alarm.suppressedBy == null && (alarm.clearedAtMs === null || alarm.acknowledged === null)

/** Its cause is known to be gone. What somebody said at sea is not over for having been said. */
export const hasEnded = ({ kind, clearedAtMs }: Pick<Alarm, 'kind' | 'clearedAtMs'>): boolean =>
  clearedAtMs !== null && kind !== 'safety-text'

export const compareAlarms = (a: Alarm, b: Alarm): number =>
  Number(!isWaiting(a)) - Number(!isWaiting(b)) || byPriority(a.priority, b.priority) || a.raisedAtMs - b.raisedAtMs

/** Alarms on the list (ISA-18.2): unanswered first, then by priority, then the oldest. */
export const orderAlarms = (alarms: Iterable<Alarm>): Alarm[] => [...alarms].filter(isShown).sort(compareAlarms)

/** How many wait for an answer, by priority. */
export function countWaiting(alarms: Iterable<Alarm>): Record<Priority, number> {
  const counts = { critical: 0, warning: 0, notice: 0 }
  for (const alarm of alarms) if (isWaiting(alarm)) counts[alarm.priority]++
  return counts
}
