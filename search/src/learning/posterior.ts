import type { Grid } from '../frame/grid.ts'

/** Probability map after all coverage so far, and the POS that coverage amounts to. */
export interface Posterior {
  readonly grid: Grid
  readonly restOfWorld: number
  /** Cumulative POS: probability that the coverage so far would have found the subject. */
  readonly pos: number
}

/** What `posterior` needs to know of the map and the effort. */
export interface PosteriorInput {
  /** Map before any search. */
  readonly prior: Grid
  readonly restOfWorld: number
  /** Coverage C per cell so far, all passes added (see `accumulateSweep`), same length as the grid. */
  readonly coverage: ArrayLike<number>
  /** Highest POD this sensor can reach, for all cells or per cell (1 - hidden share); default 1. */
  readonly podCap?: number | ArrayLike<number> | undefined
  /** Where to write the values; reuse it from tick to tick to make no garbage. Default a new array. */
  readonly into?: Float64Array | undefined
}

/**
 * Posterior in one step from the prior and the total coverage: POD_i = cap_i (1 - exp(-C_i / cap_i)), then the no-find
 * update. Because coverages add, the order in which the ground was seen cannot matter and nothing drifts over time.
 * Cells never covered cost no exponential: a 120 x 120 map takes well under a millisecond.
 * RangeError when lengths differ. Source: search-science notes 1.1.
 */
export function posterior({ prior, restOfWorld, coverage, podCap = 1, into }: PosteriorInput): Posterior {
  const { values } = prior
  if (coverage.length !== values.length) throw new RangeError('coverage: must have one number per cell')
  if (typeof podCap !== 'number' && podCap.length !== values.length) {
    throw new RangeError('podCap: must have one number, or one per cell')
  }
  const after = into ?? new Float64Array(values.length)
  if (after.length !== values.length) throw new RangeError('into: must have one number per cell')
  const one = typeof podCap === 'number' ? podCap : null
  // Divided once when the cap is the same everywhere: a million divisions cost as much as the exponentials.
  const oneRate = one !== null && one > 0 ? -1 / one : 0
  let pos = 0
  for (let i = 0; i < values.length; i++) {
    const poa = values[i]!
    const seen = coverage[i]!
    if (!(seen > 0)) {
      after[i] = poa
      continue
    }
    const cap = one ?? (podCap as ArrayLike<number>)[i]!
    const rate = one === null ? -1 / cap : oneRate
    const found = cap > 0 ? poa * cap * (1 - Math.exp(seen * rate)) : 0
    pos += found
    after[i] = poa - found
  }
  const scale = 1 / (1 - pos)
  for (let i = 0; i < after.length; i++) after[i]! *= scale
  return { grid: { ...prior, values: after }, restOfWorld: restOfWorld * scale, pos }
}
