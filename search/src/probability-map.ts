import { createGrid, type Grid, gridAround, gridFrame, type GridShape, gridSum } from './grid.ts'
import { landFraction } from './land-fraction.ts'
import { fitLognormal } from './lognormal.ts'
import type { MultiPolygonLngLat } from './position.ts'
import { applyTerrainFactors, radialCellMasses } from './radial-mass.ts'
import { type PlanningPointOn, reachableFrom } from './reach.ts'
import { type Sighting, weighBySighting } from './sighting.ts'
import { distancesFor, type Subject } from './subject-categories.ts'

/** One story of what happened. Omitted fields are those of the whole map. */
export interface Scenario {
  /** Relative weight, >= 0, one of them above 0; weights are divided by their sum. */
  readonly weight: number
  readonly ipp?: readonly number[] | undefined
  readonly subject?: Subject | undefined
  /** `radial` (default): moved on from the planning point. `shore`: is somewhere at the water's edge. */
  readonly kind?: 'radial' | 'shore' | undefined
}

/** What a probability map is drawn from. */
export interface ProbabilityMapInput {
  readonly subject: Subject
  /** Initial planning point, `[lng, lat]`; the middle of the grid. */
  readonly ipp: readonly number[]
  /** Half the side of the grid, metres; rounded up to whole cells. */
  readonly halfSizeM: number
  readonly cellM: number
  /** Land, GeoJSON MultiPolygon coordinates. Without it nothing is a barrier and `planningPointOn` is 'unknown'. */
  readonly land?: MultiPolygonLngLat | undefined
  readonly scenarios?: readonly Scenario[] | undefined
  /** Share of the probability cut off by the coast that waits at the shore, 0..1. Default `DEFAULT_SHORE_SHARE`. */
  readonly shoreShare?: number | undefined
  readonly sightings?: readonly Sighting[] | undefined
  /** Relative find density per cell of `gridAround(ipp, halfSizeM, cellM)`; rings keep their mass. */
  readonly terrainFactors?: ArrayLike<number> | undefined
}

/** Where the probability of a scenario went, before sightings. The parts sum to 1. */
export interface MassSplit {
  /** On ground connected with the planning point, where the distance model put it. */
  readonly reachable: number
  /** Would have been beyond the coast; placed on reachable shore cells. */
  readonly movedToShore: number
  /** Over water (or, from a point in water, over land), in rest of world: entered the water, boat. */
  readonly acrossShore: number
  /** On land (or water) not connected with the planning point, in rest of world: ferry, bridge, vehicle. */
  readonly unconnected: number
  /** Farther away than the grid reaches, in rest of world. */
  readonly outsideGrid: number
}

export interface ScenarioMap {
  /** Share of this scenario in the mix, after sightings. */
  readonly weight: number
  readonly kind: 'radial' | 'shore' | 'water'
  readonly planningPointOn: PlanningPointOn
  readonly grid: Grid
  readonly restOfWorld: number
  readonly split: MassSplit
}

export interface ProbabilityMap {
  /** POA per cell. Sum of values + `restOfWorld` is 1. */
  readonly grid: Grid
  readonly restOfWorld: number
  readonly perScenario: readonly ScenarioMap[]
}

/** Half of what the coast cuts off waits at the shore, half left by other means [assumption, to be set per case]. */
export const DEFAULT_SHORE_SHARE = 0.5

/**
 * Probability map (POA per cell) of a missing person.
 *
 * Model: the straight-line distance from the planning point is lognormal, fitted to the subject's distance table, and
 * direction is uniform: density on the ground f(r) / (2 pi r). Terrain factors, if given, act within distance rings.
 * Then barriers: nobody walks over water, so what falls on water, on unconnected land or outside the grid is taken away
 * and accounted for in `split`; `shoreShare` of what the coast cut off is put on the reachable shore cells (in
 * proportion to the radial density there), the rest joins `restOfWorld`. Nothing is ever rescaled to hide a loss.
 * A planning point in water gives a scenario of kind 'water': the same radial spread over the connected water, the part
 * that falls on land washed up on its shore by `shoreShare`. That is a placeholder for the distance only: the table is
 * of walkers, and a drift model belongs in its place; show it as such.
 * Sightings then weigh cells and scenarios by Bayes' rule.
 *
 * Errors: RangeError that names the field, for a bad number or an unknown category.
 * Source: search-science notes 2.1, 2.4; Koester 2008 for the default distances.
 */
export function probabilityMap(input: ProbabilityMapInput): ProbabilityMap {
  const shoreShare = input.shoreShare ?? DEFAULT_SHORE_SHARE
  if (!(shoreShare >= 0 && shoreShare <= 1)) throw new RangeError('shoreShare: must be 0 to 1')
  const scenarios = input.scenarios && input.scenarios.length > 0 ? input.scenarios : [{ weight: 1 }]
  scenarios.forEach(({ weight, subject }, i) => {
    if (!(weight >= 0 && Number.isFinite(weight))) throw new RangeError(`scenarios[${i}].weight: must be 0 or above`)
    named(`scenarios[${i}].`, () => subject && distancesFor(subject))
  })
  if (!scenarios.some(({ weight }) => weight > 0)) throw new RangeError('scenarios: one weight must be above 0')
  const shape = gridAround(input.ipp, input.halfSizeM, input.cellM)
  const fraction = input.land ? landFraction(shape, input.land) : null
  const drawn = scenarios.map((scenario, i) => {
    if (scenario.kind === 'shore' && !fraction) throw new RangeError(`scenarios[${i}].kind: 'shore' needs land`)
    return drawScenario(shape, input, scenario, fraction, shoreShare)
  })
  const weighed = drawn.map((map) => weighAll(map, input.sightings ?? []))

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

/** Puts the place in front of the field that a RangeError names. */
function named(place: string, run: () => unknown): void {
  try {
    run()
  } catch (error) {
    throw error instanceof RangeError ? new RangeError(`${place}${error.message}`) : error
  }
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

function drawScenario(
  shape: GridShape,
  input: ProbabilityMapInput,
  scenario: Scenario,
  fraction: Float32Array | null,
  shoreShare: number,
): ScenarioMap {
  const centreM = gridFrame(shape).toLocal(scenario.ipp ?? input.ipp)
  const distance = fitLognormal(distancesFor(scenario.subject ?? input.subject).quantilesKm)
  const plain = radialCellMasses(shape, centreM, distance)
  const masses = input.terrainFactors ? applyTerrainFactors(plain, shape, centreM, input.terrainFactors) : plain
  const outsideGrid = Math.max(0, 1 - gridSum(masses))
  if (!fraction) {
    const split = { reachable: 1 - outsideGrid, movedToShore: 0, acrossShore: 0, unconnected: 0, outsideGrid }
    const grid = createGrid(shape, masses)
    return {
      weight: scenario.weight,
      kind: 'radial',
      planningPointOn: 'unknown',
      grid,
      restOfWorld: outsideGrid,
      split,
    }
  }

  const reach = reachableFrom(shape, fraction, centreM)
  const values = new Float64Array(masses.length)
  let reachable = 0
  let unconnected = 0
  for (let i = 0; i < masses.length; i++) {
    const own = masses[i]! * (reach.on === 'land' ? fraction[i]! : 1 - fraction[i]!)
    if (reach.cells[i] && scenario.kind !== 'shore') {
      values[i] = own
      reachable += own
    } else if (!reach.cells[i]) unconnected += own
  }
  const acrossShore = Math.max(0, 1 - outsideGrid - reachable - unconnected)
  // A shore story puts the whole mass within the grid at the water's edge; else a share of what the coast cut off.
  const wanted = scenario.kind === 'shore' ? 1 - outsideGrid : shoreShare * (acrossShore + unconnected)
  const movedToShore = placeOnShore(values, masses, reach.shore, wanted)
  const kept = acrossShore + unconnected > 0 ? 1 - movedToShore / (acrossShore + unconnected) : 0
  const split = {
    reachable,
    movedToShore,
    acrossShore: acrossShore * kept,
    unconnected: unconnected * kept,
    outsideGrid,
  }
  return {
    weight: scenario.weight,
    kind: scenario.kind === 'shore' ? 'shore' : reach.on === 'water' ? 'water' : 'radial',
    planningPointOn: reach.on,
    grid: createGrid(shape, values),
    restOfWorld: Math.max(0, 1 - gridSum(values)),
    split,
  }
}

/** Adds `amount` to the shore cells in proportion to their radial mass; returns what could be placed (0 without shore). */
function placeOnShore(values: Float64Array, masses: Float64Array, shore: Uint8Array, amount: number): number {
  let weight = 0
  for (let i = 0; i < shore.length; i++) if (shore[i]) weight += masses[i]!
  if (!(weight > 0) || !(amount > 0)) return 0
  for (let i = 0; i < shore.length; i++) if (shore[i]) values[i]! += (amount * masses[i]!) / weight
  return amount
}
