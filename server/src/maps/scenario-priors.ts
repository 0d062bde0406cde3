import type { LngLat, Scenario, SearchSetup, Sighting } from '@skerry/contract'
import { probabilityMap, type Grid, type MultiPolygonLngLat } from '@skerry/search'

/** Probability before any flight under one scenario: what the story, the coast and the sightings say. Deterministic. */
export interface ScenarioPrior {
  id: string
  /** Share in the mixture before any flight, 0..1; sightings have weighed it already. They sum to 1. */
  weight: number
  grid: Grid
  restOfWorld: number
  /** Planning point lies in water, where distances of walkers are only a placeholder. */
  inWater: boolean
}

export interface Assumptions {
  scenarios: Scenario[]
  sightings: Sighting[]
}

/** RangeError for a category or size that the search science refuses. */
export function scenarioPriors(
  setup: SearchSetup,
  { scenarios, sightings }: Assumptions,
  land: MultiPolygonLngLat | null,
): ScenarioPrior[] {
  const { category, terrain, planningPoint, halfSizeM, cellM, shoreShare } = setup
  const { perScenario } = probabilityMap({
    subject: { category, terrain },
    ipp: planningPoint,
    halfSizeM,
    cellM,
    land: land ?? undefined,
    shoreShare,
    scenarios: scenarios.map(({ story, weight }) => ({
      weight,
      ipp: story.planningPoint,
      subject: { category: story.category, terrain: story.terrain },
      kind: story.kind,
    })),
    sightings: sightings.filter(({ withdrawn }) => withdrawn === null).map(({ report }) => evidenceOf(report)),
  })
  return perScenario.map(({ weight, grid, restOfWorld, kind, planningPointOn }, i) => ({
    id: scenarios[i]!.id,
    weight,
    grid,
    restOfWorld,
    inWater: kind === 'water' || planningPointOn === 'water',
  }))
}

const evidenceOf = (
  report: Sighting['report'],
): { position: LngLat; errorM: number; movedM: number; reliability: number } => ({
  position: report.position,
  errorM: report.errorM,
  movedM: report.movedM,
  reliability: report.certainty,
})
