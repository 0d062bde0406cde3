import type { Incident, Search } from '@skerry/contract'
import type { Picture } from '../picture/picture.ts'
import type { PastStore } from '../store/past.ts'

/**
 * Incidents of a span, by their receipt: those that have left the picture, and all that are in it. One that leaves while
 * the store is asked is counted once.
 */
export async function withPast(
  picture: Pick<Picture, 'incident' | 'search'>,
  past: Pick<PastStore, 'received'>,
  fromMs: number,
  toMs: number,
): Promise<{ incidents: Incident[]; searches: Pick<Search, 'incidentId' | 'found'>[] }> {
  const before = [...picture.incident.values()]
  const searches = [...picture.search.values()]
  const known = new Set(before.map(({ id }) => id))
  const gone = await past.received(fromMs, toMs)
  return {
    incidents: [...gone.incidents.filter(({ id }) => !known.has(id)), ...before],
    searches: [...gone.found.filter(({ incidentId }) => !known.has(incidentId)), ...searches],
  }
}
