import {
  distancesFor,
  fitLognormal,
  gridAround,
  gridIndexOfM,
  lognormalCdf,
  MAPSCORE_OUTSIDE,
  mapScoreOf,
  probabilityMap,
  type ProbabilityMap,
  terrainFactors,
} from '../src/index.ts'
import type { MapScoreCase } from './mapscore-cases.ts'

const HALF_M = 12_500
const CELL_M = 12.5
const NOMINAL = [0.25, 0.5, 0.75, 0.95] as const

export interface ScoredCase {
  readonly id: string
  readonly inBox: boolean
  readonly ours: number
  /** With the case's terrain layers; null when it has none. */
  readonly withTerrain: number | null
  readonly smooth: number
  readonly rings: number
}

/** Scores the product's distance-only map on each case, in the benchmark's box, on 12.5 m cells. */
export function scoreCases(cases: readonly MapScoreCase[]): ScoredCase[] {
  // A map about its own middle depends on the distances alone: one serves all cases that share them.
  const maps = new Map<string, ProbabilityMap>()
  return cases.map(({ id, inBox, findM, subject, ipp, smoothR, ringsR, layers }) => {
    const key = distancesFor(subject).quantilesKm.join(' ')
    const base = { subject, ipp, halfSizeM: HALF_M, cellM: CELL_M }
    if (!maps.has(key)) maps.set(key, probabilityMap(base))
    const scored = (map: ProbabilityMap): number => {
      const index = gridIndexOfM(map.grid, HALF_M + findM[0], HALF_M + findM[1])
      return index < 0 ? MAPSCORE_OUTSIDE : mapScoreOf(map.grid.values, index)
    }
    const withTerrain = layers
      ? scored(probabilityMap({ ...base, terrainFactors: terrainFactors(gridAround(ipp, HALF_M, CELL_M), layers) }))
      : null
    return { id, inBox, ours: scored(maps.get(key)!), withTerrain, smooth: smoothR, rings: ringsR }
  })
}

/** Finds inside the fitted 25, 50, 75 and 95 % distances: what the table promises against what was. */
export function containment(cases: readonly MapScoreCase[]): { nominal: number; contained: number; of: number }[] {
  const shares = cases.map(({ subject, distanceKm }) =>
    lognormalCdf(fitLognormal(distancesFor(subject).quantilesKm), distanceKm),
  )
  return NOMINAL.map((nominal) => ({
    nominal,
    contained: shares.filter((share) => share <= nominal).length,
    of: shares.length,
  }))
}
