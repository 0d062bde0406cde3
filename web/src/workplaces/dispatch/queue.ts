import { DEFAULT_DICTIONARY, type Dictionary, type Incident } from '@skerry/contract'
import { rankOf } from '../../format/dictionary.ts'

/** Incidents that wait or run: by level, then the newest, so that a new call shows at the top of its kind. */
export function orderQueue(incidents: Iterable<Incident>, dictionary: Dictionary = DEFAULT_DICTIONARY): Incident[] {
  return [...incidents]
    .filter((incident) => incident.state !== 'closed')
    .map((incident) => ({ incident, rank: rankOf(dictionary, incident) }))
    .sort(
      ({ incident: a, rank: ra }, { incident: b, rank: rb }) =>
        ra - rb || b.occurredAtMs - a.occurredAtMs || b.number - a.number,
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
