import type { GridShape } from '../frame/grid.ts'

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
  if (factors.length !== masses.length) throw new RangeError('terrainFactors: must have one number per cell')
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
