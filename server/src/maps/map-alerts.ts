import type { Candidate } from '@skerry/contract'
import { candidateAlert, clutterPerKm2, type PlacedAlert } from '@skerry/search'
import { ratesOf } from './detector-rates.ts'

/** A candidate as the map counts it. Replaced whole when anything of it changes. */
export interface MapAlert {
  readonly id: string
  readonly number: number
  /** All of its independent looks so far, each once. */
  readonly place: PlacedAlert
  readonly lastSeenAtMs: number
  readonly clutter: { readonly falsePerKm2: number; readonly falseWorthKm2: number }
  /** Dismissed, or a team found nothing there: no longer on the map, and one more warm thing that was not the subject. */
  readonly removed: boolean
}

/** States in which a candidate is not on the map. Confirmed: it stays as it stood when people decided. */
const REMOVED: readonly Candidate['state'][] = ['dismissed', 'nothing-there']
/** Changes of this much and less are not worth telling of, though they count. */
const TOLD_RATIO = 0.02
const TOLD_SIGMA = 0.25

/** The candidates of one search as alerts on its map. A function of their newest figures, so a replay gives the same. */
export class MapAlerts {
  readonly #alerts = new Map<string, MapAlert>()

  get(id: string): MapAlert | undefined {
    return this.#alerts.get(id)
  }

  /** On the map now, in the order in which they were raised. */
  live(): MapAlert[] {
    return [...this.#alerts.values()].filter(({ removed }) => !removed)
  }

  /**
   * Takes a candidate as it is now; what was known of it before is replaced. Says whether the map says anything else by
   * it that a person would want to be told.
   */
  put(candidate: Pick<Candidate, 'id' | 'number' | 'state' | 'detector' | 'lastSeenAtMs'> & Figures): boolean {
    const { id, number, state, lastSeenAtMs } = candidate
    const rates = ratesOf(candidate)
    const known = this.#alerts.get(id)
    const next: MapAlert = {
      id,
      number,
      place: candidateAlert(candidate, rates.recall),
      lastSeenAtMs,
      clutter: { falsePerKm2: rates.falsePerKm2, falseWorthKm2: rates.falseWorthKm2 },
      removed: REMOVED.includes(state),
    }
    this.#alerts.set(id, next)
    return !known || known.removed !== next.removed || (!next.removed && saysOther(known, next))
  }

  /**
   * Warm things per km2 that an alert competes with: the rate of its detector, corrected by those of this search over the
   * ground that it has seen. One subject, so all candidates but one are such things, whether anybody has judged them or not.
   */
  clutterOf({ clutter }: MapAlert, sweptKm2: number): number {
    const live = this.live().length
    return clutterPerKm2({
      dismissed: this.#alerts.size - live + Math.max(0, live - 1),
      sweptKm2,
      priorPerKm2: clutter.falsePerKm2,
      priorKm2: clutter.falseWorthKm2,
    })
  }
}

type Figures = Pick<Candidate, 'position' | 'errorRadiusM' | 'likelihoodRatio'>

function saysOther(a: MapAlert, b: MapAlert): boolean {
  const ratio = (x: number, y: number): number => Math.abs(Math.log((x + 1e-9) / (y + 1e-9)))
  return (
    ratio(weightOf(a), weightOf(b)) > TOLD_RATIO ||
    ratio(a.place.errorM, b.place.errorM) > TOLD_SIGMA ||
    ratio(a.clutter.falsePerKm2, b.clutter.falsePerKm2) > TOLD_RATIO
  )
}
const weightOf = ({ place }: MapAlert): number => place.pd * (place.likelihoodRatio ?? 1)
