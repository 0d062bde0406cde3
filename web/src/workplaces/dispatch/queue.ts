import type { Incident } from '@skerry/contract'
import { byPriority } from '../../alarms/alarm-order.ts'

/** Incidents that wait or run: by priority, then the newest, so that a new call shows at the top of its kind. */
export function orderQueue(incidents: Iterable<Incident>): Incident[] {
  return [...incidents]
    .filter((incident) => incident.state !== 'closed')
    .sort((a, b) => byPriority(a.priority, b.priority) || b.occurredAtMs - a.occurredAtMs || b.number - a.number)
}

/** Index after moving by `step` in a list, stopping at its ends; -1 in an empty list. */
export function moveIn<T>(list: readonly T[], at: number, step: number): number {
  if (list.length === 0) return -1
  return Math.max(0, Math.min(list.length - 1, at < 0 ? 0 : at + step))
}

/** True where every word of the query is somewhere in the text. An empty query matches all. */
export function matches(query: string, text: string): boolean {
  const haystack = text.toLocaleLowerCase()
  return query
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word))
}
