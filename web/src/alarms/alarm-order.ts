import type { Alarm, Priority } from '@skerry/contract'

export const PRIORITIES = ['critical', 'warning', 'notice'] as const satisfies readonly Priority[]
const RANK: Record<Priority, number> = { critical: 0, warning: 1, notice: 2 }
export const byPriority = (a: Priority, b: Priority): number => RANK[a] - RANK[b]

/** Alarms that still stand: not over, or over but not yet acknowledged (ISA-18.2). */
export const standing = (alarms: Iterable<Alarm>): Alarm[] =>
  [...alarms].filter((alarm) => alarm.clearedAtMs === null || alarm.acknowledged === null)

/** Unacknowledged first, then by priority, then the oldest. */
export function orderAlarms(alarms: Iterable<Alarm>): Alarm[] {
  return standing(alarms).sort(
    (a, b) =>
      Number(a.acknowledged !== null) - Number(b.acknowledged !== null) ||
      byPriority(a.priority, b.priority) ||
      a.raisedAtMs - b.raisedAtMs,
  )
}

/** How many wait for an answer, by priority. */
export function countWaiting(alarms: Iterable<Alarm>): Record<Priority, number> {
  const counts = { critical: 0, warning: 0, notice: 0 }
  for (const alarm of alarms) if (alarm.acknowledged === null) counts[alarm.priority]++
  return counts
}
