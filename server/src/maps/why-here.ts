import type {
  DrawnGround,
  GroundReason,
  LngLat,
  OwnTable,
  ScenarioStory,
  WhyHere,
  WhyUnderScenario,
} from '@skerry/contract'
import {
  distancesFor,
  fitLognormal,
  gridCellCentre,
  gridFrame,
  gridIndexOf,
  type GridShape,
  lognormalCdf,
  TERRAIN_REASONS,
} from '@skerry/search'
import { distancesOf } from '../domain/distance-tables/distances.ts'
import { unpackedCells } from '../ground/ground-cells.ts'
import type { Assumptions } from './scenario-priors.ts'
import type { SearchMap } from './search-map.ts'
import type { DrawnStory } from './stories.ts'

/** A cell counts as land or water from this share on; between, it is the shore. */
const ALL_OF_IT = 0.98

/** What a map was made from, as far as an explanation needs it. */
export interface MadeFrom {
  assumptions: Assumptions
  table: OwnTable | undefined
  ground: DrawnGround | null
  /** Stories before sightings, one per scenario; null when they are no longer kept (the search is over). */
  drawn: readonly DrawnStory[] | null
}

/** Why the map is bright or dark at a place; null off the map. Everything is of the map as it is now. */
export function whyHere(map: SearchMap, from: MadeFrom, at: LngLat): WhyHere | null {
  const { grid } = map.posterior()
  const cell = gridIndexOf(grid, at)
  if (cell < 0) return null
  const poa = grid.values[cell]!
  let brighterShare = 0
  for (const value of grid.values) if (value >= poa) brighterShare += value
  const [row, col] = [Math.floor(cell / grid.cols), cell % grid.cols]
  const [lng, lat] = gridCellCentre(grid, row, col)
  const ground = from.ground && groundAt(from.ground, grid, cell)
  return {
    at: [lng, lat],
    poa,
    perHa: (poa * 1e4) / (grid.cellM * grid.cellM),
    brighterShare,
    pod: map.seen.pod[cell]!,
    scenarios: map.inCell(cell).map(({ id, share, before, now }) => {
      const k = from.assumptions.scenarios.findIndex((scenario) => scenario.id === id)
      const story = from.assumptions.scenarios[k]?.story
      const drawn = from.drawn?.[k]
      return {
        id,
        share,
        distance: story ? distanceTo(story, [lng, lat], from.table) : null,
        ground: story && story.kind !== 'drift' ? ground : null,
        on: drawn ? standsOn(drawn, grid, row, col) : null,
        sightings:
          drawn && sighted(from.assumptions) && !map.learned(id) ? ratio(before, storyAt(drawn, grid, row, col)) : null,
        before,
        now,
      }
    }),
    candidates: map.candidatesIn(cell),
  }
}

const sighted = ({ sightings }: Assumptions): boolean => sightings.some(({ withdrawn }) => withdrawn === null)
const ratio = (a: number, b: number): number | null => (b > 0 ? a / b : null)

function distanceTo(story: ScenarioStory, at: LngLat, table: OwnTable | undefined): WhyUnderScenario['distance'] {
  if (story.kind === 'drift') return null
  const metres = Math.hypot(...gridFrame({ origin: story.planningPoint }).toLocal(at))
  const { category, terrain } = story
  const fit = fitLognormal(distancesFor({ category, terrain }, distancesOf(table)).quantilesKm)
  return { metres, foundWithin: metres > 0 ? lognormalCdf(fit, metres / 1000) : 0 }
}

function groundAt(ground: DrawnGround, { rows, cols }: GridShape, cell: number): WhyUnderScenario['ground'] {
  const { factors, reasons } = unpackedCells(ground, rows * cols)
  const reason = TERRAIN_REASONS[reasons[cell]!] ?? 'none'
  return { factor: factors[cell]!, reason: reason === 'none' ? null : (reason satisfies GroundReason) }
}

/** Mean of finer cells under one cell of the map. */
function overFiner(
  { finerBy }: DrawnStory,
  { cols }: GridShape,
  row: number,
  col: number,
  valueAt: (i: number) => number,
): number {
  let sum = 0
  for (let k = 0; k < finerBy * finerBy; k++) {
    const fineRow = row * finerBy + Math.floor(k / finerBy)
    sum += valueAt(fineRow * cols * finerBy + col * finerBy + (k % finerBy))
  }
  return sum
}

function standsOn(drawn: DrawnStory, grid: GridShape, row: number, col: number): WhyUnderScenario['on'] {
  const { landFraction, finerBy } = drawn
  if (!landFraction) return null
  const share = overFiner(drawn, grid, row, col, (i) => landFraction[i]!) / (finerBy * finerBy)
  return share >= ALL_OF_IT ? 'land' : share <= 1 - ALL_OF_IT ? 'water' : 'shore'
}

const storyAt = (drawn: DrawnStory, grid: GridShape, row: number, col: number): number =>
  overFiner(drawn, grid, row, col, (i) => drawn.map.grid.values[i]!)
