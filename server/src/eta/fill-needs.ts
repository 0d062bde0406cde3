import type { Need, NeedOutcome } from '@skerry/contract'
import { isBefore, proposable, type Arrival } from './ranking.ts'

interface Fits {
  readonly kind: string
  readonly skills: readonly string[]
}
export interface Filled {
  outcomes: NeedOutcome[]
  picks: string[]
  /** The way in which each proposed one comes. */
  chosenAs: ReadonlyMap<string, Arrival>
  /** Boats that fetch somebody; and with those everyone who is proposed: none of them fetches another. */
  fetches: ReadonlySet<string>
  spoken: ReadonlySet<string>
}

/** How many times too late a helper may be and still be proposed. */
const LATE_TIMES = 3

export const fits = (need: Need, unit: Fits): boolean =>
  unit.kind !== 'drone' &&
  ((need.kinds.length === 0 && need.skills.length === 0) ||
    (need.kinds as readonly string[]).includes(unit.kind) ||
    need.skills.some((skill) => unit.skills.includes(skill)))

/**
 * Proposes units for what an incident needs, first need first. One unit may meet several; whoever is assigned already
 * counts. No boat is promised twice: one that fetches somebody, or goes itself, fetches nobody else. What is not met says why:
 * nobody on duty, nobody who can come, all busy, or too late.
 * @param ordered as `inOrder` gives it
 * @param fetching boats that fetch those who are assigned already
 * @param onDuty everyone on duty, also those who cannot come
 */
export function fillNeeds(
  needs: readonly Need[],
  ordered: readonly Arrival[],
  assigned: readonly (Fits & { id: string })[],
  onDuty: readonly Fits[],
  fetching: ReadonlySet<string> = new Set(),
): Filled {
  const picks: string[] = []
  const chosenAs = new Map<string, Arrival>()
  /** Boats that fetch somebody, and with them those that are proposed themselves. */
  const fetches = new Set(fetching)
  const spoken = new Set(fetching)
  /** Ways without the boats that are spoken for, as long as those stay the same. */
  const others = new Map<string, Arrival | null>()
  /** An arrival as it would be with the boats that are left; null where it is itself a boat that fetches somebody. */
  const asIs = (arrival: Arrival): Arrival | null => {
    const before = chosenAs.get(arrival.id)
    if (before !== undefined) return before
    if (fetches.has(arrival.id)) return null
    if (!arrival.lifts.some((boat) => spoken.has(boat))) return arrival
    const known = others.get(arrival.id)
    const other = known === undefined ? arrival.without(spoken) : known
    others.set(arrival.id, other)
    return other
  }
  /** The best with the boats that are left. Nobody comes sooner without a boat than with it: the rest need no look. */
  function bestOf(list: readonly Arrival[], before: (a: Arrival, b: Arrival) => boolean): Arrival | undefined {
    let best: Arrival | undefined
    for (const arrival of list) {
      if (best !== undefined && !before(arrival, best)) break
      const now = asIs(arrival)
      if (now !== null && (best === undefined || before(now, best))) best = now
    }
    return best
  }
  const byId = new Map(ordered.map((arrival) => [arrival.id, arrival]))
  const outcomes = needs.map((need, index): NeedOutcome => {
    const has = assigned.find((unit) => fits(need, unit))
    if (has) return { need, unitId: has.id, etaS: byId.get(has.id)?.etaS ?? null, shortfall: null, nearest: null }
    const able = ordered.filter((arrival) => fits(need, arrival))
    const free = able.filter(proposable)
    const taken = free.map(({ id }) => chosenAs.get(id)).find((one) => one !== undefined)
    const inTime = (arrival: Arrival): boolean => arrival.etaS <= need.withinMin * 60
    const best = taken !== undefined && inTime(taken) ? taken : bestOf(free, isBefore)
    // Somebody is always proposed for what is asked for first; a helper that comes hours later is not sent unasked.
    const chosen = best !== undefined && index > 0 && best.etaS > LATE_TIMES * need.withinMin * 60 ? undefined : best
    const soonest = bestOf(
      [...able].sort((a, b) => a.etaS - b.etaS),
      (a, b) => a.etaS < b.etaS,
    )
    const nearest =
      soonest === undefined ? null : { unitId: soonest.id, callSign: soonest.callSign, etaS: soonest.etaS }
    if (chosen === undefined) {
      const shortfall = !onDuty.some((unit) => fits(need, unit))
        ? 'none-on-duty'
        : able.length === 0
          ? 'none-can-come'
          : best === undefined
            ? 'all-busy'
            : 'too-late'
      return { need, unitId: null, etaS: null, shortfall, nearest }
    }
    if (!picks.includes(chosen.id)) picks.push(chosen.id)
    if (!chosenAs.has(chosen.id)) others.clear()
    chosenAs.set(chosen.id, chosen)
    spoken.add(chosen.id)
    for (const boat of chosen.lifts) fetches.add(boat)
    for (const boat of chosen.lifts) spoken.add(boat)
    const late = !inTime(chosen)
    return {
      need,
      unitId: chosen.id,
      etaS: chosen.etaS,
      shortfall: late ? 'too-late' : null,
      nearest: late ? nearest : null,
    }
  })
  return { outcomes, picks, chosenAs, fetches, spoken }
}
