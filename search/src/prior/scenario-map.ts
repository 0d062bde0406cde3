import { cloudOnGrid } from '../drift/drift-map.ts'
import { type DriftCloud, driftEnsemble, type DriftInput } from '../drift/drift-ensemble.ts'
import type { DistanceTable } from './distance-table.ts'
import { createGrid, type Grid, gridFrame, type GridShape, gridSum } from '../frame/grid.ts'
import { fitLognormal } from './lognormal.ts'
import { radialCellMasses } from './radial-mass.ts'
import { type GriddedLand, type PlanningPointOn, type Reach, reachableFrom } from './reach.ts'
import { driftFromShore, landTest } from './shore-entry.ts'
import { distancesFor, type Subject } from './subject-categories.ts'
import { applyTerrainFactors } from '../terrain/terrain-rings.ts'

/**
 * A drift as part of a map: wind and current are fields in the grid's frame (south-west corner `[0, 0]`). Where it starts
 * and what is land the map knows itself.
 */
export interface MapDrift extends Omit<DriftInput, 'start' | 'isLand'> {
  /** Relative weight of each particle: what a search of where it came by has left of it. Each the same when omitted. */
  readonly weights?: ArrayLike<number> | undefined
}

/** One story of what happened. Omitted fields are those of the whole map. */
export interface Scenario {
  /** Relative weight, >= 0, one of them above 0; weights are divided by their sum. */
  readonly weight: number
  readonly ipp?: readonly number[] | undefined
  readonly subject?: Subject | undefined
  /**
   * `radial` (default): moved on from the planning point. `shore`: is somewhere at the water's edge. `drift`: was in the
   * water at the planning point and drifted since (needs `drift`).
   */
  readonly kind?: 'radial' | 'shore' | 'drift' | undefined
  readonly drift?: MapDrift | undefined
  /**
   * Of a drift: where it began. `point` (default): at the planning point. `shore`: somewhere on the shore that could be
   * reached on foot from the planning point, as likely as distances and terrain factors have it there (needs `land`).
   * From a planning point in water, and with no shore in reach on the grid, all of it is rest of world.
   */
  readonly entry?: 'point' | 'shore' | undefined
}

/** Where the probability of a scenario went, before sightings. The parts sum to 1. */
export interface MassSplit {
  /** On ground connected with the planning point, where the distance model (or the drift) put it. */
  readonly reachable: number
  /** Would have been beyond the coast; placed on reachable shore cells. */
  readonly movedToShore: number
  /** Would have been beyond the coast; entered the water at the reachable shore and drifted, still on the grid. */
  readonly intoWater: number
  /** Over water (or, from a point in water, over land), in rest of world: boat, or nobody knows. */
  readonly acrossShore: number
  /** On land (or water) not connected with the planning point, in rest of world: ferry, bridge, vehicle. */
  readonly unconnected: number
  /** Farther away than the grid reaches, in rest of world. */
  readonly outsideGrid: number
}

export interface ScenarioMap {
  /** Share of this scenario in the mix, after sightings. */
  readonly weight: number
  readonly kind: 'radial' | 'shore' | 'water' | 'drift'
  readonly planningPointOn: PlanningPointOn
  readonly grid: Grid
  readonly restOfWorld: number
  readonly split: MassSplit
  /** Of kind `drift` only: the particles that the grid was drawn from, in the frame of its south-west corner. */
  readonly cloud?: DriftCloud
  /**
   * Sightings, by their place in the list, that no place of this story agrees with which those before them have left:
   * they moved nothing here. Where another story agrees, this one has lost its weight; where none does, every story has
   * the sighting in this list. Missing where there are none.
   */
  readonly leftOut?: readonly number[]
}

/** What all scenarios of a map share. */
export interface MapGround {
  readonly shape: GridShape
  readonly subject: Subject
  readonly table?: DistanceTable | undefined
  readonly ipp: readonly number[]
  readonly land: GriddedLand | null
  readonly terrainFactors: ArrayLike<number> | null
  readonly shoreShare: number
  readonly waterBranch: { readonly share: number; readonly drift: MapDrift } | null
}

const NOWHERE: MassSplit = {
  reachable: 0,
  movedToShore: 0,
  intoWater: 0,
  acrossShore: 0,
  unconnected: 0,
  outsideGrid: 0,
}

/** Draws one scenario on the grid; RangeError that names the field. */
export function drawScenario(ground: MapGround, scenario: Scenario): ScenarioMap {
  const { shape, land } = ground
  const ipp = scenario.ipp ?? ground.ipp
  if (scenario.kind === 'drift') return drawDrift(ground, scenario, ipp)
  const masses = massesFrom(ground, scenario, ipp)
  const outsideGrid = Math.max(0, 1 - gridSum(masses))
  if (!land) {
    if (scenario.kind === 'shore') throw new RangeError("kind: must be 'radial' or 'drift' where no land is given")
    const split = { ...NOWHERE, reachable: 1 - outsideGrid, outsideGrid }
    return {
      weight: scenario.weight,
      kind: 'radial',
      planningPointOn: 'unknown',
      grid: createGrid(shape, masses),
      restOfWorld: outsideGrid,
      split,
    }
  }

  const reach = reachableFrom(shape, land, ipp)
  const values = new Float64Array(masses.length)
  const onShoreOnly = scenario.kind === 'shore'
  let reachable = 0
  let unconnected = 0
  for (let i = 0; i < masses.length; i++) {
    const element = reach.on === 'land' ? land.fraction[i]! : 1 - land.fraction[i]!
    unconnected += masses[i]! * Math.max(0, element - reach.share[i]!)
    if (onShoreOnly) continue
    values[i] = masses[i]! * reach.share[i]!
    reachable += values[i]!
  }
  const acrossShore = Math.max(0, 1 - outsideGrid - reachable - unconnected)
  const cutOff = acrossShore + unconnected
  // A shore story puts the whole mass within the grid at the water's edge; else shares of what the coast cut off.
  const movedToShore = placeOnShore(
    values,
    masses,
    reach.shore,
    onShoreOnly ? 1 - outsideGrid : ground.shoreShare * cutOff,
  )
  const intoWater = onShoreOnly || reach.on === 'water' ? 0 : enterWater(values, masses, reach, ground, cutOff)
  const kept = cutOff > 0 ? Math.max(0, 1 - (movedToShore + intoWater) / cutOff) : 0
  return {
    weight: scenario.weight,
    kind: onShoreOnly ? 'shore' : reach.on === 'water' ? 'water' : 'radial',
    planningPointOn: reach.on,
    grid: createGrid(shape, values),
    restOfWorld: Math.max(0, 1 - gridSum(values)),
    split: {
      reachable,
      movedToShore,
      intoWater,
      acrossShore: acrossShore * kept,
      unconnected: unconnected * kept,
      outsideGrid,
    },
  }
}

/** Where distances and terrain factors put somebody who moved on from the planning point, as if there were no coast. */
function massesFrom(ground: MapGround, { subject }: Scenario, ipp: readonly number[]): Float64Array {
  const { shape, terrainFactors } = ground
  const centreM = gridFrame(shape).toLocal(ipp)
  const distance = fitLognormal(distancesFor(subject ?? ground.subject, ground.table).quantilesKm)
  const plain = radialCellMasses(shape, centreM, distance)
  return terrainFactors ? applyTerrainFactors(plain, shape, centreM, terrainFactors) : plain
}

/** Adds `amount` to the shore cells in proportion to their radial mass; returns what could be placed (0 without shore). */
function placeOnShore(values: Float64Array, masses: Float64Array, shore: Uint8Array, amount: number): number {
  let weight = 0
  for (let i = 0; i < shore.length; i++) if (shore[i]) weight += masses[i]!
  if (!(weight > 0) || !(amount > 0)) return 0
  for (let i = 0; i < shore.length; i++) if (shore[i]) values[i]! += (amount * masses[i]!) / weight
  return amount
}

/** Drifts the share that entered the water from the reachable shore; returns what of it is still on the grid. */
function enterWater(
  values: Float64Array,
  masses: Float64Array,
  reach: Reach,
  { shape, land, waterBranch }: MapGround,
  cutOff: number,
): number {
  if (!waterBranch || !land) return 0
  const isLand = landTest(shape, land)
  const amount = waterBranch.share * cutOff
  if (!(amount > 0)) return 0
  const cloud = driftFromShore(shape, masses, reach, { ...waterBranch.drift, isLand })
  if (!cloud) return 0
  const drifted = cloudOnGrid(shape, cloud, land.fraction)
  for (let i = 0; i < values.length; i++) values[i]! += amount * drifted.values[i]!
  return amount * (1 - drifted.outside)
}

function drawDrift(ground: MapGround, scenario: Scenario, ipp: readonly number[]): ScenarioMap {
  const { shape, land } = ground
  const { drift } = scenario
  if (!drift) throw new RangeError("drift: missing, must be given for kind 'drift'")
  if (drift.particles < 1) throw new RangeError('drift.particles: must be at least 1')
  const { cloud, on } =
    scenario.entry === 'shore' ? fromShore(ground, scenario, drift, ipp) : fromPoint(ground, drift, ipp)
  // Nothing drifts where no shore is in reach: it is not on this map.
  const { values, outside } = cloud
    ? cloudOnGrid(shape, cloud, land?.fraction ?? null, drift.weights)
    : { values: new Float64Array(shape.rows * shape.cols), outside: 1 }
  return {
    weight: scenario.weight,
    kind: 'drift',
    planningPointOn: on,
    grid: createGrid(shape, values),
    restOfWorld: outside,
    split: { ...NOWHERE, reachable: 1 - outside, outsideGrid: outside },
    cloud: cloud ?? { positionsM: new Float64Array(0), fates: [] },
  }
}

interface Began {
  readonly cloud: DriftCloud | null
  readonly on: PlanningPointOn
}

function fromPoint({ shape, land }: MapGround, drift: MapDrift, ipp: readonly number[]): Began {
  const isLand = land ? landTest(shape, land) : undefined
  const startM = gridFrame(shape).toLocal(ipp)
  const cloud = driftEnsemble({ ...drift, isLand, start: () => startM })
  return { cloud, on: isLand === undefined ? 'unknown' : isLand(...startM) ? 'land' : 'water' }
}

function fromShore(ground: MapGround, scenario: Scenario, drift: MapDrift, ipp: readonly number[]): Began {
  const { shape, land } = ground
  if (!land) throw new RangeError("entry: must be 'point' where no land is given")
  const reach = reachableFrom(shape, land, ipp)
  if (reach.on === 'water') return { cloud: null, on: reach.on }
  const isLand = landTest(shape, land)
  return { cloud: driftFromShore(shape, massesFrom(ground, scenario, ipp), reach, { ...drift, isLand }), on: reach.on }
}
