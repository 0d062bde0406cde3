import type { GridShape } from './grid.ts'
import { arealDensityPerKm2, type Lognormal, lognormalQuantileKm } from './lognormal.ts'

/** Half side, in cells, of the block about the planning point that is integrated in polar form. */
const POLAR_CELLS = 1
/** Equal-probability rings and points per ring of the polar quadrature: cell masses good to about 1e-3 of themselves. */
const RINGS = 1200
const POINTS = 256

/**
 * Probability of each cell under a radial lognormal about `centreM` (grid frame): the integral of f(r) / (2 pi r) over
 * the cell. Cells touching the planning point, where the density has its needle, are integrated over rings of equal
 * probability; others by midpoints, the finer the nearer. The sum over all cells of a large grid equals the lognormal
 * distribution function at its edge (vectors `radial_density`); it is below 1 by what lies outside the grid.
 */
export function radialCellMasses(
  shape: Omit<GridShape, 'origin'>,
  centreM: readonly number[],
  distance: Lognormal,
): Float64Array {
  const { rows, cols, cellM } = shape
  const [eastM, northM] = centreM as [number, number]
  const masses = new Float64Array(rows * cols)
  const centreCol = Math.floor(eastM / cellM)
  const centreRow = Math.floor(northM / cellM)
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const away = Math.max(Math.abs(row - centreRow), Math.abs(col - centreCol))
      if (away <= POLAR_CELLS) continue
      const split = away <= 4 ? 16 : away <= 12 ? 6 : 2
      const stepM = cellM / split
      let sum = 0
      for (let j = 0; j < split; j++) {
        const dNorthM = row * cellM + (j + 0.5) * stepM - northM
        for (let i = 0; i < split; i++) {
          const dEastM = col * cellM + (i + 0.5) * stepM - eastM
          sum += arealDensityPerKm2(distance, Math.sqrt(dEastM * dEastM + dNorthM * dNorthM) / 1000)
        }
      }
      masses[row * cols + col] = (sum * stepM * stepM) / 1e6
    }
  }
  addPolarBlock(masses, shape, centreM, distance)
  return masses
}

/** Adds the mass of the block of cells about the planning point, ring by ring. */
function addPolarBlock(
  masses: Float64Array,
  { rows, cols, cellM }: Omit<GridShape, 'origin'>,
  centreM: readonly number[],
  distance: Lognormal,
): void {
  const [eastM, northM] = centreM as [number, number]
  const centreCol = Math.floor(eastM / cellM)
  const centreRow = Math.floor(northM / cellM)
  if (centreCol < -POLAR_CELLS || centreCol >= cols + POLAR_CELLS) return
  if (centreRow < -POLAR_CELLS || centreRow >= rows + POLAR_CELLS) return
  const reachKm = ((POLAR_CELLS + 1) * Math.SQRT2 * cellM) / 1000
  for (let ring = 0; ring < RINGS; ring++) {
    const radiusKm = lognormalQuantileKm(distance, (ring + 0.5) / RINGS)
    if (radiusKm > reachKm) break
    for (let point = 0; point < POINTS; point++) {
      const angle = ((point + 0.5) / POINTS) * 2 * Math.PI
      const col = Math.floor((eastM + 1000 * radiusKm * Math.cos(angle)) / cellM)
      const row = Math.floor((northM + 1000 * radiusKm * Math.sin(angle)) / cellM)
      if (Math.abs(col - centreCol) > POLAR_CELLS || Math.abs(row - centreRow) > POLAR_CELLS) continue
      if (col < 0 || col >= cols || row < 0 || row >= rows) continue
      masses[row * cols + col]! += 1 / (RINGS * POINTS)
    }
  }
}

/**
 * Multiplies cell masses by terrain factors and gives each distance ring its mass back, so that the quartiles of the
 * distance table stay true (search-science notes 2.4: factor first, renormalise per ring, only then barriers).
 * Rings are `cellM` wide. A ring whose factors are all 0 keeps its plain masses: a factor cannot make people vanish.
 * @param factors relative find density per cell, >= 0; RangeError otherwise
 */
export function applyTerrainFactors(
  masses: Float64Array,
  { rows, cols, cellM }: Omit<GridShape, 'origin'>,
  centreM: readonly number[],
  factors: ArrayLike<number>,
): Float64Array {
  if (factors.length !== masses.length) throw new RangeError('terrainFactors: need one number per cell')
  const [eastM, northM] = centreM as [number, number]
  const ringOf = new Int32Array(rows * cols)
  const before: number[] = []
  const after: number[] = []
  for (let i = 0; i < masses.length; i++) {
    if (!(factors[i]! >= 0)) throw new RangeError('terrainFactors: must be 0 or above')
    const dEastM = ((i % cols) + 0.5) * cellM - eastM
    const dNorthM = (Math.floor(i / cols) + 0.5) * cellM - northM
    const ring = Math.floor(Math.hypot(dEastM, dNorthM) / cellM)
    ringOf[i] = ring
    before[ring] = (before[ring] ?? 0) + masses[i]!
    after[ring] = (after[ring] ?? 0) + masses[i]! * factors[i]!
  }
  return masses.map((mass, i) => {
    const ring = ringOf[i]!
    return after[ring]! > 0 ? (mass * factors[i]! * before[ring]!) / after[ring]! : mass
  })
}
