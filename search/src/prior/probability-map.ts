import { cloudOnGrid } from '../drift/drift-map.ts'
import type { DistanceTable } from './distance-table.ts'
import { createGrid, type Grid, gridAround, type GridShape } from '../frame/grid.ts'
import { fractionOfSpans } from './land-fraction.ts'
import { landSpans } from './land-spans.ts'
import type { MultiPolygonLngLat } from '../frame/position.ts'
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
  const drawn = drawStories(input)
  return mixed(drawn.shape, weighStories(drawn, input.sightings ?? []))
}

/** Stories as they were drawn, each on its own, before sightings weigh them; plain data, so that a thread can hand it on. */
export interface DrawnStories {
  readonly shape: GridShape
  /** The stories are on cells this many times as fine. */
  readonly finerBy: number
  /** Share of land of each of their cells; null without land. */
  readonly landFraction: Float32Array | null
  readonly stories: readonly ScenarioMap[]
}

/** The part of `probabilityMap` that takes long: distances, terrain, coast and drift of each story. */
export function drawStories(input: Omit<ProbabilityMapInput, 'sightings'>): DrawnStories {
  const shoreShare = input.shoreShare ?? DEFAULT_SHORE_SHARE
  if (!(shoreShare >= 0 && shoreShare <= 1)) throw new RangeError('shoreShare: must be 0 to 1')
  const waterShare = input.waterBranch?.share ?? 0
  if (!(waterShare >= 0 && waterShare + shoreShare <= 1))
    throw new RangeError('waterBranch.share: must be 0 or above and at most 1 with shoreShare')
  const scenarios = checkedScenarios(input)
  const shape = gridAround(input.ipp, input.halfSizeM, input.cellM)
  if (input.terrainFactors && input.terrainFactors.length !== shape.rows * shape.cols)
    throw new RangeError('terrainFactors: must have one number per cell')
  const split = finerBy(shape)
  const fine = finer(shape, split)
  const land = input.land ? griddedLand(fine, input.land) : null
  const ground = {
    shape: fine,
    subject: input.subject,
    table: input.table,
    ipp: input.ipp,
    land,
    terrainFactors: input.terrainFactors ? spreadToFiner(input.terrainFactors, shape, split) : null,
    shoreShare,
    waterBranch: input.waterBranch ?? null,
  }
  return {
    shape,
    finerBy: split,
    landFraction: land ? land.fraction : null,
    stories: scenarios.map((scenario, i) => named(`scenarios[${i}].`, () => drawScenario(ground, scenario))),
  }
}

/**
 * Sightings weigh each story and its places, one after another; weights are shares of all. A story that cannot be true
 * after a sighting loses its weight. Where that would leave no story at all, the sighting is left out of all of them and
 * the weights stay as they were: so a story that was given no weight never gets any. The part that is quick, but for the
 * mixing.
 */
export function weighStories(
  { shape, finerBy: split, stories }: DrawnStories,
  sightings: readonly Sighting[],
): ScenarioMap[] {
  let weighed = sharesOf(stories)
  for (const [i, sighting] of sightings.entries()) {
    const after = weighed.map(({ grid, restOfWorld }, k) =>
      named(`scenarios[${k}].`, () => weighBySighting(grid, restOfWorld, sighting)),
    )
    const told = weighed.some(({ weight }, k) => weight * after[k]!.evidence > 0)
    weighed = sharesOf(
      weighed.map((story, k) => {
        const { values, restOfWorld, evidence } = after[k]!
        if (!told) return leavingOut(story, i)
        if (evidence === 0) return { ...leavingOut(story, i), weight: 0 }
        return { ...story, grid: { ...story.grid, values }, restOfWorld, weight: story.weight * evidence }
      }),
    )
  }
  return split > 1 ? weighed.map((story) => ({ ...story, grid: addedUp(story.grid, shape, split) })) : weighed
}

const leavingOut = (story: ScenarioMap, sighting: number): ScenarioMap => ({
  ...story,
  leftOut: [...(story.leftOut ?? []), sighting],
})

/** Stories with weights that add up to 1. After each sighting, so that many vague ones cannot wear them all down to 0. */
function sharesOf(stories: readonly ScenarioMap[]): ScenarioMap[] {
  const total = stories.reduce((sum, { weight }) => sum + weight, 0)
  // Without any weight at all nobody has weighed them.
  return stories.map((story) => ({ ...story, weight: total > 0 ? story.weight / total : 1 / stories.length }))
}

function mixed(shape: GridShape, perScenario: readonly ScenarioMap[]): ProbabilityMap {
  const grid = createGrid(shape)
  let restOfWorld = 0
  for (const { weight, grid: one, restOfWorld: outside } of perScenario) {
    for (let i = 0; i < grid.values.length; i++) grid.values[i]! += weight * one.values[i]!
    restOfWorld += weight * outside
  }
  return { grid, restOfWorld, perScenario }
}

/** A drift whose particles weigh other than when it was drawn: what a search of where they came by has left of each. */
export function reweighedDrift(
  { shape, finerBy: split, landFraction }: Omit<DrawnStories, 'stories'>,
  story: ScenarioMap,
  weights: ArrayLike<number>,
): ScenarioMap {
  if (!story.cloud) throw new RangeError('story: must be a drift')
  const fine = finer(shape, split)
  const { values, outside } = cloudOnGrid(fine, story.cloud, landFraction, weights)
  return { ...story, grid: createGrid(fine, values), restOfWorld: outside }
}

const finer = (shape: GridShape, split: number): GridShape => ({
  ...shape,
  rows: shape.rows * split,
  cols: shape.cols * split,
  cellM: shape.cellM / split,
})

function checkedScenarios(input: Omit<ProbabilityMapInput, 'sightings'>): readonly Scenario[] {
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
