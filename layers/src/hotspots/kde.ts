import { metresPerDegree } from '../theme/metres-per-degree.ts'

export interface DensityPolicy {
  /** Radius of the kernel, metres: what happens farther away does not count. */
  bandwidthM: number
  /** Side of a cell of the raster, metres. */
  cellM: number
  /** Where fewer incidents than this lie within the bandwidth nothing is said: too few to mean anything, and to protect persons. */
  leastCount: number
}

export const DENSITY_POLICY: DensityPolicy = { bandwidthM: 1500, cellM: 150, leastCount: 5 }

/** Raster larger than this is made of larger cells instead. */
const MOST_CELLS = 1_000_000

/** Incidents per square kilometre on a raster, row 0 in the south. */
export interface DensityGrid {
  rows: number
  cols: number
  /** Side of a cell, metres; larger than asked for where the area is very wide. */
  cellM: number
  /** West, south, east, north, degrees. */
  bounds: [number, number, number, number]
  /** Row by row; NaN where too few incidents are near. */
  perKm2: Float32Array
  /** Largest value; NaN when every cell is NaN. */
  most: number
  /** Incidents that it was made of. */
  n: number
}

/**
 * Kernel density estimate with the quartic (biweight) kernel, K(d) = 3 / (pi h^2) (1 - d^2 / h^2)^2 for d < h
 * (Silverman 1986, eq. 4.5, scaled to radius h): each incident is spread over the bandwidth h and sums to one. On a local
 * flat frame around the middle of the incidents (WGS-84 radii of curvature); within 100 km the error in distance is
 * under 1 %. Null without incidents.
 * @param positions incidents, degrees
 */
export function incidentDensity(
  positions: readonly (readonly [number, number])[],
  policy: DensityPolicy = DENSITY_POLICY,
): DensityGrid | null {
  if (positions.length === 0) return null
  const { bandwidthM: h, leastCount } = policy
  const [west, east] = extent(positions.map(([lng]) => lng))
  const [south, north] = extent(positions.map(([, lat]) => lat))
  const [perLng, perLat] = metresPerDegree((south + north) / 2)
  const widthM = (east - west) * perLng + 2 * h
  const heightM = (north - south) * perLat + 2 * h
  const cellM = Math.max(policy.cellM, Math.sqrt((widthM * heightM) / MOST_CELLS))
  const cols = Math.ceil(widthM / cellM)
  const rows = Math.ceil(heightM / cellM)
  const perKm2 = new Float32Array(rows * cols)
  const near = new Uint32Array(rows * cols)
  const scale = 3e6 / (Math.PI * h * h)
  for (const [lng, lat] of positions) {
    const x = (lng - west) * perLng + h
    const y = (lat - south) * perLat + h
    const lastRow = Math.min(rows - 1, Math.floor((y + h) / cellM - 0.5))
    for (let row = Math.max(0, Math.ceil((y - h) / cellM - 0.5)); row <= lastRow; row++) {
      const dy = (row + 0.5) * cellM - y
      const half = Math.sqrt(Math.max(0, h * h - dy * dy))
      const lastCol = Math.min(cols - 1, Math.floor((x + half) / cellM - 0.5))
      for (let col = Math.max(0, Math.ceil((x - half) / cellM - 0.5)); col <= lastCol; col++) {
        const dx = (col + 0.5) * cellM - x
        const left = 1 - (dx * dx + dy * dy) / (h * h)
        if (left <= 0) continue
        const i = row * cols + col
        perKm2[i]! += scale * left * left
        near[i]!++
      }
    }
  }
  let most = NaN
  for (let i = 0; i < perKm2.length; i++) {
    if (near[i]! < leastCount) perKm2[i] = NaN
    else if (!(perKm2[i]! <= most)) most = perKm2[i]!
  }
  const lng0 = west - h / perLng
  const lat0 = south - h / perLat
  const bounds: DensityGrid['bounds'] = [lng0, lat0, lng0 + (cols * cellM) / perLng, lat0 + (rows * cellM) / perLat]
  return { rows, cols, cellM, bounds, perKm2, most, n: positions.length }
}

function extent(values: readonly number[]): [low: number, high: number] {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return [low, high]
}
