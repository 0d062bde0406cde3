import { classOf, type Incident, type Recovery, type Search } from '@skerry/contract'
import { shareOf } from './spread.ts'

const DAY_MS = 24 * 3_600_000

type Report = Pick<Incident, 'id' | 'category' | 'class' | 'receivedAtMs' | 'state' | 'closedAs'>

/**
 * Persons located within 24 hours of the report, over the reports whose 24 hours are over. A report that ended without a
 * word of the person counts as not located: what is not known is no success.
 * @param incidents valid reports of any class; those of missing persons are taken
 */
export function recovery(
  incidents: readonly Report[],
  searches: Iterable<Pick<Search, 'incidentId' | 'found'>>,
  nowMs: number,
): Recovery {
  const found = new Map<string, NonNullable<Search['found']>>()
  for (const search of searches) {
    const before = found.get(search.incidentId)
    if (search.found !== null && (before === undefined || search.found.atMs < before.atMs))
      found.set(search.incidentId, search.found)
  }
  const done: Recovery = {
    within24h: shareOf(0, 0),
    outcomes: { well: 0, hurt: 0, deceased: 0 },
    open: 0,
    early: 0,
    withdrawn: 0,
    silent: 0,
  }
  let [hits, n] = [0, 0]
  for (const report of incidents) {
    if (classOf(report) !== 'missing-person') continue
    const located = found.get(report.id) ?? null
    if (located === null && (report.closedAs === 'invalid' || report.closedAs === 'transferred')) {
      done.withdrawn++
      continue
    }
    const inTime = located !== null && located.atMs - report.receivedAtMs <= DAY_MS
    if (report.receivedAtMs + DAY_MS > nowMs) {
      if (inTime) done.early++
      else done.open++
      continue
    }
    n++
    if (inTime) {
      hits++
      done.outcomes[located.outcome]++
    } else if (located === null && report.state === 'closed') done.silent++
  }
  return { ...done, within24h: shareOf(hits, n) }
}
