import type { Need, NeedOutcome } from '@skerry/contract'
import { proposable, type Arrival } from './ranking.ts'

interface Fits {
  readonly kind: string
  readonly skills: readonly string[]
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
 * counts. What is not met says why: nobody on duty, nobody who can come, all busy, or too late.
 * @param ordered as `inOrder` gives it
 * @param onDuty everyone on duty, also those who cannot come
 */
export function fillNeeds(
  needs: readonly Need[],
  ordered: readonly Arrival[],
  assigned: readonly (Fits & { id: string })[],
  onDuty: readonly Fits[],
): { outcomes: NeedOutcome[]; picks: string[] } {
  const picks: string[] = []
  const byId = new Map(ordered.map((arrival) => [arrival.id, arrival]))
  const outcomes = needs.map((need, index): NeedOutcome => {
    const has = assigned.find((unit) => fits(need, unit))
    if (has) return { need, unitId: has.id, etaS: byId.get(has.id)?.etaS ?? null, shortfall: null, nearest: null }
    const able = ordered.filter((arrival) => fits(need, arrival))
    const free = able.filter(proposable)
    const taken = free.find(({ id }) => picks.includes(id))
    const inTime = (arrival: Arrival): boolean => arrival.etaS <= need.withinMin * 60
    const best = taken !== undefined && inTime(taken) ? taken : free[0]
    // Somebody is always proposed for what is asked for first; a helper that comes hours later is not sent unasked.
    const chosen = best !== undefined && index > 0 && best.etaS > LATE_TIMES * need.withinMin * 60 ? undefined : best
    const soonest = able.reduce<Arrival | null>(
      (best, each) => (best === null || each.etaS < best.etaS ? each : best),
      null,
    )
    const nearest = soonest && { unitId: soonest.id, callSign: soonest.callSign, etaS: soonest.etaS }
    if (chosen === undefined) {
      const shortfall = !onDuty.some((unit) => fits(need, unit))
        ? 'none-on-duty'
        : able.length === 0
          ? 'none-can-come'
          : free.length === 0
            ? 'all-busy'
            : 'too-late'
      return { need, unitId: null, etaS: null, shortfall, nearest }
    }
    if (!picks.includes(chosen.id)) picks.push(chosen.id)
    const late = !inTime(chosen)
    return {
      need,
      unitId: chosen.id,
      etaS: chosen.etaS,
      shortfall: late ? 'too-late' : null,
      nearest: late ? nearest : null,
    }
  })
  return { outcomes, picks }
}
