import type { LngLat, Scenario, SearchSetup, Sighting } from '@skerry/contract'
import { probabilityMap, type DriftCloud, type Grid, type MultiPolygonLngLat } from '@skerry/search'
import { driftOf } from './drift-scenario.ts'

/** Probability before any flight under one scenario: what the story, the coast and the sightings say. Deterministic. */
export interface ScenarioPrior {
  id: string
  /** Share in the mixture before any flight, 0..1; sightings have weighed it already. They sum to 1. */
  weight: number
  grid: Grid
  restOfWorld: number
  /** Planning point lies in water, where distances of walkers are only a placeholder. */
  inWater: boolean
  /** A drift begins on land. */
  entryOnLand: boolean
  /** Of a drift: its particles, as the grid holds them. */
  cloud: DriftCloud | null
}

export interface Assumptions {
  scenarios: Scenario[]
  sightings: Sighting[]
}

/** What a drift needs besides its story. */
export interface DriftChance {
  seed: number
  /** Weights of the particles of each drift that was searched before its newest moment. */
  weightsOf: (scenarioId: string) => ArrayLike<number> | undefined
}

/** RangeError for a category or size that the search science refuses. */
export function scenarioPriors(
  setup: SearchSetup,
  { scenarios, sightings }: Assumptions,
  land: MultiPolygonLngLat | null,
  chance: DriftChance,
): ScenarioPrior[] {
  const { category, terrain, planningPoint, halfSizeM, cellM, shoreShare } = setup
  const { perScenario } = probabilityMap({
    subject: { category, terrain },
    ipp: planningPoint,
    halfSizeM,
    cellM,
    land: land ?? undefined,
    shoreShare,
    scenarios: scenarios.map((scenario) => drawn(scenario, chance)),
    sightings: sightings.filter(({ withdrawn }) => withdrawn === null).map(({ report }) => evidenceOf(report)),
  })
  return perScenario.map(({ weight, grid, restOfWorld, kind, planningPointOn, cloud }, i) => ({
    id: scenarios[i]!.id,
    weight,
    grid,
    restOfWorld,
    inWater: kind !== 'drift' && (kind === 'water' || planningPointOn === 'water'),
    entryOnLand: kind === 'drift' && planningPointOn === 'land',
    cloud: cloud ?? null,
  }))
}

function drawn({ id, story, weight, mapAtMs }: Scenario, { seed, weightsOf }: DriftChance) {
  const ipp = story.planningPoint
  if (story.kind === 'drift')
    return { weight, ipp, kind: story.kind, drift: driftOf(story, mapAtMs ?? story.enteredAtMs, seed, weightsOf(id)) }
  return { weight, ipp, kind: story.kind, subject: { category: story.category, terrain: story.terrain } }
}

const evidenceOf = (
  report: Sighting['report'],
): { position: LngLat; errorM: number; movedM: number; reliability: number } => ({
  position: report.position,
  errorM: report.errorM,
  movedM: report.movedM,
  reliability: report.certainty,
})
