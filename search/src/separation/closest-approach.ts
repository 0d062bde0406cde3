/** Position and velocity in a local frame: metres and m/s, any number of axes, the same for both. */
export interface Mover {
  readonly positionM: readonly number[]
  readonly velocityMps: readonly number[]
}

/**
 * Closest point of approach of two movers that keep their velocity: t = -(dp . dv) / |dv|^2, not before now.
 * Alarm on a predicted miss below the separation. Source: search-science notes 4.4, vector `cpa`.
 */
export function closestApproach(a: Mover, b: Mover): { readonly timeS: number; readonly missM: number } {
  const dp = a.positionM.map((p, i) => b.positionM[i]! - p)
  const dv = a.velocityMps.map((v, i) => b.velocityMps[i]! - v)
  const speed2 = dv.reduce((sum, v) => sum + v * v, 0)
  const timeS = speed2 > 0 ? Math.max(0, -dp.reduce((sum, p, i) => sum + p * dv[i]!, 0) / speed2) : 0
  return { timeS, missM: Math.hypot(...dp.map((p, i) => p + dv[i]! * timeS)) }
}
