import type { Candidate } from '@skerry/contract'
import { possibleMoves } from '@skerry/search'

/** The earlier candidate that a later one may be, walked on. */
export interface WalkedOn {
  /** Number of the earlier candidate, as people call it. */
  number: number
  distanceM: number
  /** From the last sight of the earlier to the first of the later, seconds. */
  elapsedS: number
}

/**
 * For each candidate, by its id, the earlier one that it may be after a walk: of several the one that takes the slowest
 * walk. A dismissed candidate is nobody, at either end; where a team found nothing somebody may have walked away, but
 * nobody arrived. A hint for people: nothing is merged by it.
 * @param candidates of one search
 */
export function walkedOn(candidates: readonly Candidate[]): ReadonlyMap<string, WalkedOn> {
  const known = new Map(candidates.filter(({ state }) => state !== 'dismissed').map((one) => [one.id, one]))
  const sights = [...known.values()].map(({ id, position, errorRadiusM, firstSeenAtMs, lastSeenAtMs }) => ({
    key: id,
    position,
    errorRadiusM,
    firstSeenMs: firstSeenAtMs,
    lastSeenMs: lastSeenAtMs,
  }))
  const found = new Map<string, WalkedOn>()
  for (const { from, to, distanceM, elapsedS } of possibleMoves(sights)) {
    const earlier = known.get(from)
    if (!earlier || found.has(to) || known.get(to)?.state === 'nothing-there') continue
    found.set(to, { number: earlier.number, distanceM, elapsedS })
  }
  return found
}
