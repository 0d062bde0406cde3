import { DEFAULT_DICTIONARY, type Dictionary, type Incident } from '@skerry/contract'
import { rankOf } from '../../format/dictionary.ts'

/**
 * Incidents that wait or run: by level; within a level first those that nobody was sent to yet, the longest waiting first,
 * so that none sinks in a rush, then those that run, the newest first.
 */
export function orderQueue(incidents: Iterable<Incident>, dictionary: Dictionary = DEFAULT_DICTIONARY): Incident[] {
  return [...incidents]
    .filter((incident) => incident.state !== 'closed')
    .map((incident) => ({ incident, rank: rankOf(dictionary, incident) }))
    .sort(
      ({ incident: a, rank: ra }, { incident: b, rank: rb }) =>
        ra - rb ||
        Number(b.state === 'received') - Number(a.state === 'received') ||
        (a.state === 'received' ? 1 : -1) * (a.receivedAtMs - b.receivedAtMs || a.number - b.number),
    )
    .map(({ incident }) => incident)
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
