import { cellToLatLng, gridDisk, latLngToCell } from 'h3-js'
import { binomialUpperTail } from './binomial.ts'
import { upperTails } from './permutation.ts'

/** A cell in which there is significantly more than around it. */
export interface HotspotCell {
  /** H3 index. */
  cell: string
  /** Centre, degrees. */
  centre: [number, number]
  /** Incidents in the cell and its neighbours; never that of the cell alone, which may be one person's. */
  near: number
  /** Incidents that would be there if nothing were unusual. */
  expected: number
  /** Gi* z-score. */
  z: number
  /** Probability of a neighbourhood at least as full if nothing were unusual. */
  p: number
}

export interface HotspotPolicy {
  /** H3 resolution; 7 is 5 square kilometres a cell, 8 is 0.7. */
  resolution: number
  /** Rings of neighbours that count as near; the cell itself is among them (that is the star). */
  rings: number
  /** False-discovery rate of Benjamini and Hochberg (1995), 0..1. */
  falseDiscoveryRate: number
  /** Neighbourhoods with fewer incidents than this are never shown: too few to mean anything, and to protect persons. */
  leastCount: number
}

export const HOTSPOT_POLICY: HotspotPolicy = { resolution: 8, rings: 1, falseDiscoveryRate: 0.05, leastCount: 5 }

/** What there could be incidents of in a cell (residents, visitors, berths): any unit, >= 0. Cells that are missing have none. */
export type Exposure = ReadonlyMap<string, number>

/** Rings over which empty cells between incidents still belong to the area that is compared. */
const AREA_RINGS = 2

/** What a neighbourhood is judged by: how full it is, how full it should be, and how unusual that is. */
type Judge = (neighbours: readonly string[]) => Pick<HotspotCell, 'near' | 'expected' | 'z' | 'p'> | null

/**
 * Hotspots by the local Getis-Ord statistic Gi* (Ord and Getis 1995) on H3 cells with binary weights. Only hot cells that
 * survive the false-discovery control and the least count are returned, hottest first; where there is too little to
 * compare, none.
 * @param positions incidents, degrees
 * @param exposure where given, a neighbourhood is compared with its share of the exposure and not with its share of the
 *   ground; incidents where nobody is exposed cannot be judged and count nowhere
 */
export function hotspots(
  positions: readonly (readonly [number, number])[],
  policy: HotspotPolicy = HOTSPOT_POLICY,
  exposure: Exposure | null = null,
): HotspotCell[] {
  const counts = new Map<string, number>()
  for (const [lng, lat] of positions) {
    const cell = latLngToCell(lat, lng, policy.resolution)
    counts.set(cell, (counts.get(cell) ?? 0) + 1)
  }
  const area = exposure === null ? studyArea(counts.keys()) : exposedCells(exposure)
  const judge = exposure === null ? byGround(counts, area) : byExposure(counts, exposure)
  if (judge === null) return []
  const scored: HotspotCell[] = []
  for (const cell of area) {
    const judged = judge(gridDisk(cell, policy.rings).filter((other) => area.has(other)))
    if (judged === null) continue
    const [lat, lng] = cellToLatLng(cell)
    scored.push({ cell, centre: [lng, lat], ...judged })
  }
  const limit = benjaminiHochberg(
    scored.map((cell) => cell.p),
    policy.falseDiscoveryRate,
  )
  return scored
    .filter((cell) => cell.z > 0 && cell.p <= limit && cell.near >= policy.leastCount)
    .sort((a, b) => b.z - a.z || (a.cell < b.cell ? -1 : 1))
}

/**
 * Every cell of the area could as well have had any of the counts:
 * Gi* = (sum_j w_ij x_j - xbar W_i) / (S sqrt((n W_i - W_i^2) / (n - 1))), W_i = number of cells near i.
 * Significance is exact, by permutation of the counts over the cells: the normal approximation calls random scatter
 * hot when counts are small.
 */
function byGround(counts: ReadonlyMap<string, number>, area: ReadonlySet<string>): Judge | null {
  const values = [...area].map((cell) => counts.get(cell) ?? 0)
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n)
  if (n < 3 || deviation === 0) return null
  const tails = upperTails(values)
  return (neighbours) => {
    const weights = neighbours.length
    if (weights === n) return null
    const near = sumOf(neighbours, counts)
    const spread = deviation * Math.sqrt((n * weights - weights * weights) / (n - 1))
    return { near, expected: mean * weights, z: (near - mean * weights) / spread, p: tails(weights, near) }
  }
}

/**
 * Each incident could as well have met anybody who is exposed: the number near i is binomial with the neighbourhood's
 * share Q_i of the exposure, so Gi*'s numerator is N(i) - N Q_i, its variance N Q_i (1 - Q_i), and p its exact upper tail
 * (the window test of Besag and Newell 1991 and of Kulldorff 1997, for windows of one size).
 */
function byExposure(counts: ReadonlyMap<string, number>, exposure: Exposure): Judge | null {
  let everybody = 0
  let n = 0
  for (const [cell, exposed] of exposure) {
    everybody += exposed
    if (exposed > 0) n += counts.get(cell) ?? 0
  }
  if (n === 0) return null
  return (neighbours) => {
    const share = sumOf(neighbours, exposure) / everybody
    if (share >= 1) return null
    const near = sumOf(neighbours, counts)
    const expected = n * share
    const z = (near - expected) / Math.sqrt(expected * (1 - share))
    return { near, expected, z, p: binomialUpperTail(n, share, near) }
  }
}

const sumOf = (cells: readonly string[], values: ReadonlyMap<string, number>): number =>
  cells.reduce((sum, cell) => sum + (values.get(cell) ?? 0), 0)

const exposedCells = (exposure: Exposure): ReadonlySet<string> =>
  new Set([...exposure].filter(([, exposed]) => exposed > 0).map(([cell]) => cell))

/**
 * Cells that can be compared: those with incidents and the empty ones between them, by a morphological closing.
 * Without a margin: the open sea around the islands is not a calm neighbourhood, and would make every town hot.
 */
function studyArea(occupied: Iterable<string>): ReadonlySet<string> {
  const wide = new Set<string>()
  for (const cell of occupied) for (const near of gridDisk(cell, AREA_RINGS)) wide.add(near)
  return new Set([...wide].filter((cell) => gridDisk(cell, AREA_RINGS).every((near) => wide.has(near))))
}

/** Largest p that may be called a discovery at rate q (Benjamini and Hochberg 1995); -1 when none may. */
export function benjaminiHochberg(pValues: readonly number[], q: number): number {
  const sorted = [...pValues].sort((a, b) => a - b)
  for (let k = sorted.length; k >= 1; k--) if (sorted[k - 1]! <= (k / sorted.length) * q) return sorted[k - 1]!
  return -1
}
