import type { DistanceTable } from './distance-table.ts'
import { createGrid, type Grid, gridAround, type GridShape } from './grid.ts'
import { fractionOfSpans } from './land-fraction.ts'
import { landSpans } from './land-spans.ts'
import type { MultiPolygonLngLat } from './position.ts'
import type { GriddedLand } from './reach.ts'
import { drawScenario, type MapDrift, type Scenario, type ScenarioMap } from './scenario-map.ts'
import { type Sighting, weighBySighting } from './sighting.ts'
import { distancesFor, type Subject } from './subject-categories.ts'

/** What a probability map is drawn from. */
export interface ProbabilityMapInput {
  readonly subject: Subject
  /** An agency's own distances (see `distanceTable`); default those that ship with the program. */
  readonly table?: DistanceTable | undefined
  /** Initial planning point, `[lng, lat]`; the middle of the grid. */
  readonly ipp: readonly number[]
  /** Half the side of the grid, metres; the side is rounded up to whole cells. */
  readonly halfSizeM: number
  readonly cellM: number
  /** Land, GeoJSON MultiPolygon coordinates. Without it nothing is a barrier and `planningPointOn` is 'unknown'. */
  readonly land?: MultiPolygonLngLat | undefined
  readonly scenarios?: readonly Scenario[] | undefined
  /** Share of the probability cut off by the coast that waits at the shore, 0..1. Default `DEFAULT_SHORE_SHARE`. */
  readonly shoreShare?: number | undefined
  /** Share of it that entered the water at the shore, and how that drifts. With `shoreShare` at most 1. */
  readonly waterBranch?: { readonly share: number; readonly drift: MapDrift } | undefined
  readonly sightings?: readonly Sighting[] | undefined
  /** Relative find density per cell of `gridAround(ipp, halfSizeM, cellM)`; rings keep their mass. */
  readonly terrainFactors?: ArrayLike<number> | undefined
}

export interface ProbabilityMap {
  /** POA per cell. Sum of values + `restOfWorld` is 1. */
  readonly grid: Grid
  readonly restOfWorld: number
  readonly perScenario: readonly ScenarioMap[]
}

/** Half of what the coast cuts off waits at the shore, half left by other means [assumption, to be set per case]. */
export const DEFAULT_SHORE_SHARE = 0.5

/** Coarse cells are drawn from finer ones of at most this side, as long as those are few enough. */
const FINE_M = 50
const MAX_FINE_SIDE = 1200

/**
 * Probability map (POA per cell) of a missing person.
 *
 * Model: the straight-line distance from the planning point is lognormal, fitted to the subject's distance table, and
 * direction is uniform: density on the ground f(r) / (2 pi r), integrated over each cell. Terrain factors, if given, act
 * within distance rings. Then barriers: nobody walks over water, so what falls on water, on unconnected land or outside
 * the grid is taken away and accounted for in `split`; `shoreShare` of what the coast cut off is put on the reachable
 * shore cells (in proportion to the radial density there), the share of `waterBranch` enters the water there and drifts,
 * the rest joins `restOfWorld`. Nothing is ever rescaled to hide a loss.
 * A planning point in water gives a scenario of kind 'water': the same radial spread over the connected water, the part
 * that falls on land washed up on its shore by `shoreShare`. That is a placeholder for the distance only: the table is
 * of walkers, and a scenario of kind 'drift' belongs in its place; show it as such.
 * Scenarios are mixed by their weights over the sum of the weights. Sightings then weigh cells and scenarios by Bayes'
 * rule. Cells coarser than 50 m are drawn from finer ones and added up.
 *
 * Errors: RangeError that names the field, for a bad number or an unknown category.
 * Source: search-science notes 2.1, 2.4; Koester 2008 for the default distances.
 */
export function probabilityMap(input: ProbabilityMapInput): ProbabilityMap {
  const shoreShare = input.shoreShare ?? DEFAULT_SHORE_SHARE
  if (!(shoreShare >= 0 && shoreShare <= 1)) throw new RangeError('shoreShare: must be 0 to 1')
  const waterShare = input.waterBranch?.share ?? 0
  if (!(waterShare >= 0 && waterShare + shoreShare <= 1))
    throw new RangeError('waterBranch.share: must be 0 or above and at most 1 with shoreShare')
  const scenarios = checkedScenarios(input)
  const shape = gridAround(input.ipp, input.halfSizeM, input.cellM)
  if (input.terrainFactors && input.terrainFactors.length !== shape.rows * shape.cols)
    throw new RangeError('terrainFactors: need one number per cell')
  const split = finerBy(shape)
  const fine: GridShape = { ...shape, rows: shape.rows * split, cols: shape.cols * split, cellM: shape.cellM / split }
  const ground = {
    shape: fine,
    subject: input.subject,
    table: input.table,
    ipp: input.ipp,
    land: input.land ? griddedLand(fine, input.land) : null,
    terrainFactors: input.terrainFactors ? spreadToFiner(input.terrainFactors, shape, split) : null,
    shoreShare,
    waterBranch: input.waterBranch ?? null,
  }
  const weighed = scenarios.map((scenario, i) =>
    named(`scenarios[${i}].`, () => {
      const map = weighAll(drawScenario(ground, scenario), input.sightings ?? [])
      return { ...map, grid: split > 1 ? addedUp(map.grid, shape, split) : map.grid }
    }),
  )

  const total = weighed.reduce((sum, { weight }) => sum + weight, 0)
  const grid = createGrid(shape)
  let restOfWorld = 0
  const perScenario = weighed.map((map) => {
    const weight = total > 0 ? map.weight / total : 1 / weighed.length
    for (let i = 0; i < grid.values.length; i++) grid.values[i]! += weight * map.grid.values[i]!
    restOfWorld += weight * map.restOfWorld
    return { ...map, weight }
  })
  return { grid, restOfWorld, perScenario }
}

function checkedScenarios(input: ProbabilityMapInput): readonly Scenario[] {
  distancesFor(input.subject, input.table)
  const scenarios = input.scenarios && input.scenarios.length > 0 ? input.scenarios : [{ weight: 1 }]
  scenarios.forEach(({ weight, subject }, i) => {
    if (!(weight >= 0 && Number.isFinite(weight))) throw new RangeError(`scenarios[${i}].weight: must be 0 or above`)
    named(`scenarios[${i}].`, () => subject && distancesFor(subject, input.table))
  })
  if (!scenarios.some(({ weight }) => weight > 0)) throw new RangeError('scenarios: one weight must be above 0')
  if (!Number.isFinite(scenarios.reduce((sum, { weight }) => sum + weight, 0)))
    throw new RangeError('scenarios: the sum of the weights must be finite')
  return scenarios
}

/** Puts the place in front of the field that a RangeError names. */
function named<T>(place: string, run: () => T): T {
  try {
    return run()
  } catch (error) {
    const already = error instanceof RangeError && error.message.startsWith('sightings')
    throw error instanceof RangeError && !already ? new RangeError(`${place}${error.message}`) : error
  }
}

function griddedLand(shape: GridShape, polygons: MultiPolygonLngLat): GriddedLand {
  const rowSpans = landSpans(shape, polygons, 'rows')
  return { polygons, rowSpans, fraction: fractionOfSpans(shape, rowSpans) }
}

/** Into how many parts the side of a cell is cut while the map is drawn. */
function finerBy({ rows, cellM }: GridShape): number {
  return Math.max(1, Math.min(Math.ceil(cellM / FINE_M), Math.floor(MAX_FINE_SIDE / rows)))
}

function spreadToFiner(factors: ArrayLike<number>, { rows, cols }: GridShape, split: number): ArrayLike<number> {
  if (split === 1) return factors
  const fineCols = cols * split
  return Float64Array.from({ length: rows * split * fineCols }, (_, i) => {
    const [row, col] = [Math.floor(Math.floor(i / fineCols) / split), Math.floor((i % fineCols) / split)]
    return factors[row * cols + col]!
  })
}

function addedUp({ values, cols: fineCols }: Grid, shape: GridShape, split: number): Grid {
  const grid = createGrid(shape)
  for (let i = 0; i < values.length; i++) {
    const [row, col] = [Math.floor(Math.floor(i / fineCols) / split), Math.floor((i % fineCols) / split)]
    grid.values[row * shape.cols + col]! += values[i]!
  }
  return grid
}

function weighAll(map: ScenarioMap, sightings: readonly Sighting[]): ScenarioMap {
  let { grid, restOfWorld, weight } = map
  for (const sighting of sightings) {
    const after = weighBySighting(grid, restOfWorld, sighting)
    grid = { ...grid, values: after.values }
    restOfWorld = after.restOfWorld
    weight *= after.evidence
  }
  return { ...map, grid, restOfWorld, weight }
}
