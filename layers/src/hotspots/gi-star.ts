import { cellToLatLng, gridDisk, latLngToCell } from 'h3-js'

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
  /** Two-sided p value of z under the normal distribution. */
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

export const HOTSPOT_POLICY: HotspotPolicy = { resolution: 7, rings: 1, falseDiscoveryRate: 0.05, leastCount: 5 }

/**
 * Hotspots by the local Getis-Ord statistic Gi* (Ord and Getis 1995) on H3 cells with binary weights:
 * Gi* = (sum_j w_ij x_j - xbar W_i) / (S sqrt((n W_i - W_i^2) / (n - 1))), W_i = number of cells near i.
 * The study area is every cell within `rings` + 1 of an incident: an empty sea does not count as calm land.
 * Only hot cells that survive the false-discovery control and the least count are returned, hottest first.
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
  const area = new Set<string>()
  for (const cell of counts.keys()) for (const near of gridDisk(cell, policy.rings + 1)) area.add(near)
  const n = area.size
  if (n < 3) return []
  let sum = 0
  let squares = 0
  for (const count of counts.values()) {
    sum += count
    squares += count * count
  }
  const mean = sum / n
  const deviation = Math.sqrt(Math.max(0, squares / n - mean * mean))
  if (deviation === 0) return []
  const scored: (HotspotCell & { near: number })[] = []
  for (const cell of area) {
    let weights = 0
    let near = 0
    for (const other of gridDisk(cell, policy.rings)) {
      if (!area.has(other)) continue
      weights++
      near += counts.get(other) ?? 0
    }
    const spread = deviation * Math.sqrt((n * weights - weights * weights) / (n - 1))
    if (spread === 0) continue
    const z = (near - mean * weights) / spread
    const [lat, lng] = cellToLatLng(cell)
    scored.push({ cell, centre: [lng, lat], count: counts.get(cell) ?? 0, z, p: twoSidedP(z), near })
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

/** Largest p that may be called a discovery at rate q (Benjamini and Hochberg 1995); -1 when none may. */
export function benjaminiHochberg(pValues: readonly number[], q: number): number {
  const sorted = [...pValues].sort((a, b) => a - b)
  for (let k = sorted.length; k >= 1; k--) if (sorted[k - 1]! <= (k / sorted.length) * q) return sorted[k - 1]!
  return -1
}

/** Two-sided tail of the standard normal beyond |z| (Abramowitz and Stegun 7.1.26, error below 1.5e-7). */
export function twoSidedP(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  return Math.max(0, poly * Math.exp(-x * x))
}
