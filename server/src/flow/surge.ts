import type { Surge } from '@skerry/contract'

/** Consistency factor of the median absolute deviation for the normal distribution. */
const MAD_TO_SD = 1.4826
/** Small-sample correction of the median absolute deviation by n = 2..9 (Croux & Rousseeuw 1992); beyond n / (n - 0.8). */
const FEW = [0, 0, 1.196, 1.495, 1.363, 1.206, 1.2, 1.14, 1.129, 1.107] as const

export interface SurgePolicy {
  /** Robust z from which it is a surge, and below which it is over. */
  z: number
  overZ: number
  /** Comparable hours that there must be. */
  least: number
  /** So many times what is usual, and so many more, or nobody need act: a busy day alone is no surge. */
  ratio: number
  persons: number
  vehicles: number
}

/** What a comparable day brought in the same hour, and where things come in lumps also in the hours beside it. */
export interface ComparableHour {
  same: number
  around: readonly number[]
}

/**
 * Whether the last hour stands out from the same hour of comparable days. Counts are brought to a scale on which a Poisson
 * count has variance 1 (Anscombe 1948: 2 sqrt(x + 3/8)); there the z is robust (median and median absolute deviation:
 * Iglewicz & Hoaglin 1993), and its unit is never less than the 1 of Poisson, so that small counts that happen to be
 * equal for some weeks make no alarm of the first other one. A surge must also be more than any comparable day had in
 * that hour, or where boats land in lumps in the ones beside it, because one that is late moves its passengers to the next
 * hour; and so many times and by so many more than usual that it matters.
 * @returns null where too few comparable hours were counted to say anything
 */
export function judgeSurge(
  observed: number,
  comparable: readonly ComparableHour[],
  counts: 'persons' | 'vehicles',
  policy: SurgePolicy,
  stood: boolean,
): Surge | null {
  const n = comparable.length
  if (n < policy.least) return null
  const scaled = comparable.map(({ same }) => anscombe(same))
  const middle = median(scaled)
  const deviation = median(scaled.map((value) => Math.abs(value - middle)))
  const unit = Math.max(1, deviation * MAD_TO_SD * (FEW[n] ?? n / (n - 0.8)))
  const z = (anscombe(observed) - middle) / unit
  const expected = median(comparable.map(({ same }) => same))
  const most = Math.max(...comparable.flatMap(({ same, around }) => [same, ...around]))
  const matters = observed - expected >= policy[counts]
  const many = observed >= policy.ratio * expected
  const begins = z >= policy.z && observed > most && matters && many
  const goesOn = stood && z >= policy.overZ && matters
  return { observed, expected, z, n, stands: begins || goesOn }
}

const anscombe = (count: number): number => 2 * Math.sqrt(count + 3 / 8)

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
