import { cellToLatLng, gridDisk, latLngToCell } from 'h3-js'
import { upperTails } from './permutation.ts'

/** A cell in which there is significantly more than around it. */
export interface HotspotCell {
  /** H3 index. */
  cell: string
  /** Centre, degrees. */
  centre: [number, number]
  /** Incidents in the cell itself. */
  count: number
  /** Gi* z-score. */
  z: number
  /** Probability of a neighbourhood at least as full, had the same counts been dealt to the cells at random. */
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

/** Rings over which empty cells between incidents still belong to the area that is compared. */
const AREA_RINGS = 2

/**
 * Hotspots by the local Getis-Ord statistic Gi* (Ord and Getis 1995) on H3 cells with binary weights:
 * Gi* = (sum_j w_ij x_j - xbar W_i) / (S sqrt((n W_i - W_i^2) / (n - 1))), W_i = number of cells near i.
 * Significance is exact, by permutation of the counts over the cells: the normal approximation calls random scatter
 * hot when counts are small. Only hot cells that survive the false-discovery control and the least count are returned,
 * hottest first; where there is too little to compare, none.
 * @param positions incidents, degrees
 */
export function hotspots(
  positions: readonly (readonly [number, number])[],
  policy: HotspotPolicy = HOTSPOT_POLICY,
): HotspotCell[] {
  const counts = new Map<string, number>()
  for (const [lng, lat] of positions) {
    const cell = latLngToCell(lat, lng, policy.resolution)
    counts.set(cell, (counts.get(cell) ?? 0) + 1)
  }
  const area = studyArea(counts.keys())
  const values = [...area].map((cell) => counts.get(cell) ?? 0)
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n)
  if (n < 3 || deviation === 0) return []
  const tails = upperTails(values)
  const scored: (HotspotCell & { near: number })[] = []
  for (const cell of area) {
    const neighbours = gridDisk(cell, policy.rings).filter((other) => area.has(other))
    const weights = neighbours.length
    if (weights === n) continue
    const near = neighbours.reduce((sum, other) => sum + (counts.get(other) ?? 0), 0)
    const spread = deviation * Math.sqrt((n * weights - weights * weights) / (n - 1))
    const [lat, lng] = cellToLatLng(cell)
    const z = (near - mean * weights) / spread
    scored.push({ cell, centre: [lng, lat], count: counts.get(cell) ?? 0, z, p: tails(weights, near), near })
  }
  const limit = benjaminiHochberg(
    scored.map((cell) => cell.p),
    policy.falseDiscoveryRate,
  )
  return scored
    .filter((cell) => cell.z > 0 && cell.p <= limit && cell.near >= policy.leastCount)
    .sort((a, b) => b.z - a.z || (a.cell < b.cell ? -1 : 1))
    .map(({ near: _near, ...cell }) => cell)
}

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
