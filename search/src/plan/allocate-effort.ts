/** Optimal split of a search effort over segments. */
export interface Allocation {
  /** Effort per segment, in the unit of the budget. */
  readonly effort: Float64Array
  readonly coverage: Float64Array
  readonly pos: number
  /** The multiplier: POS gained per unit of further effort; every searched segment ends at this rate. */
  readonly lambda: number
}

/**
 * Effort that maximises POS = sum p_i (1 - exp(-k_i z_i)) with sum z_i = budget: z_i = max(0, ln(k_i p_i / lambda) / k_i)
 * (Koopman's water-filling; Charnes & Cooper). Segments are taken in order of the rate k_i p_i until the multiplier lies
 * between two rates: exact, O(n log n). A larger budget only adds effort (uniformly optimal).
 * @param poa probability per segment, >= 0
 * @param coveragePerEffort k_i: coverage that one unit of effort buys there, > 0
 * @param budget total effort, >= 0; RangeError outside these
 * Source: search-science notes 1.2, vectors `optimal_allocation`.
 */
export function waterFill(poa: ArrayLike<number>, coveragePerEffort: ArrayLike<number>, budget: number): Allocation {
  const n = poa.length
  if (coveragePerEffort.length !== n) throw new RangeError('allocate: one number per segment')
  if (!(budget >= 0 && Number.isFinite(budget))) throw new RangeError('allocate: effort must be 0 or above')
  const rate = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    if (!(poa[i]! >= 0)) throw new RangeError('poa: must be 0 or above')
    if (!(coveragePerEffort[i]! > 0)) throw new RangeError('allocate: areas, widths and speeds must be above 0')
    rate[i] = poa[i]! * coveragePerEffort[i]!
  }
  const order = [...rate.keys()].filter((i) => rate[i]! > 0).sort((a, b) => rate[b]! - rate[a]! || a - b)
  let sumInverse = 0
  let sumLog = 0
  let logLambda = Infinity
  for (let rank = 0; rank < order.length; rank++) {
    const i = order[rank]!
    sumInverse += 1 / coveragePerEffort[i]!
    sumLog += Math.log(rate[i]!) / coveragePerEffort[i]!
    logLambda = (sumLog - budget) / sumInverse
    const next = order[rank + 1]
    if (next === undefined || logLambda >= Math.log(rate[next]!)) break
  }
  const effort = new Float64Array(n)
  const coverage = new Float64Array(n)
  let pos = 0
  for (const i of order) {
    coverage[i] = Math.max(0, Math.log(rate[i]!) - logLambda)
    effort[i] = coverage[i]! / coveragePerEffort[i]!
    pos += poa[i]! * (1 - Math.exp(-coverage[i]!))
  }
  return { effort, coverage, pos, lambda: order.length > 0 ? Math.exp(logLambda) : 0 }
}

/** Effort as area effectively swept, or as hours of a searcher with its sweep width and speed. */
export type EffortBudget =
  | { readonly effortKm2: number }
  | { readonly hours: number; readonly sweepWidthM: ArrayLike<number>; readonly speedMps: number }

/**
 * Optimal effort per segment in km2 effectively swept (k = 1 / A), or in hours (k = W v / A per hour).
 * @param areaKm2 area of each segment, > 0; RangeError as `waterFill`
 */
export function allocateEffort(
  input: { readonly poa: ArrayLike<number>; readonly areaKm2: ArrayLike<number> } & EffortBudget,
): Allocation {
  const { poa, areaKm2 } = input
  if (areaKm2.length !== poa.length) throw new RangeError('areaKm2: must have one number per segment')
  if ('effortKm2' in input)
    return waterFill(
      poa,
      Float64Array.from(areaKm2, (a) => 1 / a),
      input.effortKm2,
    )
  const { sweepWidthM, speedMps, hours } = input
  if (sweepWidthM.length !== poa.length) throw new RangeError('sweepWidthM: must have one number per segment')
  const perHour = Float64Array.from(areaKm2, (a, i) => (sweepWidthM[i]! * speedMps * 3600) / 1e6 / a)
  return waterFill(poa, perHour, hours)
}

/**
 * Best search around a circular-normal datum with a given effort: search inside R = sigma sqrt(2 a), a = sqrt(W v t /
 * (pi sigma^2)); POS = 1 - (1 + a) exp(-a). Mean time to find when the effort goes on for ever: 6 pi sigma^2 / (W v).
 * Source: search-science notes 1.2 [K formulas, checked against a numeric optimiser], vectors `circular_normal_optimum`.
 */
export function circularNormalOptimum(input: {
  readonly sigmaM: number
  readonly sweepWidthM: number
  readonly speedMps: number
  readonly timeS: number
}): { readonly searchRadiusM: number; readonly pos: number; readonly meanTimeS: number } {
  const rateM2ps = input.sweepWidthM * input.speedMps
  const a = Math.sqrt((rateM2ps * input.timeS) / (Math.PI * input.sigmaM ** 2))
  return {
    searchRadiusM: input.sigmaM * Math.sqrt(2 * a),
    pos: 1 - (1 + a) * Math.exp(-a),
    meanTimeS: (6 * Math.PI * input.sigmaM ** 2) / rateM2ps,
  }
}
