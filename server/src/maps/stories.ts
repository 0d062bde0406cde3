import type { DrawnGround, LngLat, OwnTable, Scenario, SearchSetup } from '@skerry/contract'
import { type DrawnStories, drawStories, gridAround, type MultiPolygonLngLat, type ScenarioMap } from '@skerry/search'
import { distancesOf } from '../domain/distance-tables/distances.ts'
import { unpackedCells } from '../ground/ground-cells.ts'
import { driftOf } from './drift-scenario.ts'

/** What a story is drawn from: plain data, so that it can be sent to another thread. */
export interface StoryGround {
  setup: SearchSetup
  table: OwnTable | undefined
  /** Null: nobody knows where the coast is. */
  land: MultiPolygonLngLat | null
  /** Layers of the ground, drawn for this map; null: distances alone. */
  terrain: Pick<DrawnGround, 'id' | 'packed'> | null
  /** Chances of a drift are those of its search. */
  seed: number
}

/** One story, a drift for one moment. */
export type AskedStory = Pick<Scenario, 'story' | 'mapAtMs'>

export interface DrawJob {
  ground: StoryGround
  stories: AskedStory[]
}

/** A story on its own, before sightings weigh it and weights mix it with others. */
export interface DrawnStory extends Omit<DrawnStories, 'stories'> {
  map: ScenarioMap
}

/** The same job gives the same maps, bit for bit, on whichever thread. RangeError for what the search science refuses. */
export function drawJob({ ground, stories }: DrawJob): DrawnStory[] {
  const { setup, table, land, terrain: drawnTerrain, seed } = ground
  const { category, terrain, planningPoint, halfSizeM, cellM, shoreShare } = setup
  const { rows, cols, origin } = gridAround(planningPoint, halfSizeM, cellM)
  const { stories: maps, ...shared } = drawStories({
    subject: { category, terrain },
    table: distancesOf(table),
    ipp: planningPoint,
    halfSizeM,
    cellM,
    land: land ?? undefined,
    shoreShare,
    terrainFactors: drawnTerrain ? unpackedCells(drawnTerrain, rows * cols).factors : undefined,
    scenarios: stories.map((asked) => toDraw(asked, seed, [origin[0], origin[1]])),
  })
  return maps.map((map) => ({ ...shared, map }))
}

function toDraw({ story, mapAtMs }: AskedStory, seed: number, origin: LngLat) {
  const ipp = story.planningPoint
  if (story.kind === 'drift') {
    const { fromShore } = story
    const began = fromShore ? { entry: 'shore' as const, subject: fromShore } : {}
    return {
      weight: 1,
      ipp,
      kind: story.kind,
      drift: driftOf(story, mapAtMs ?? story.enteredAtMs, seed, origin),
      ...began,
    }
  }
  return { weight: 1, ipp, kind: story.kind, subject: { category: story.category, terrain: story.terrain } }
}

/** What tells the grounds of two stories apart: the rest of a ground follows from it. */
export type StoryBasis = Pick<StoryGround, 'setup' | 'terrain' | 'seed'>

/** Two stories with one key have one map. */
const keyOf = ({ setup, terrain, seed }: StoryBasis, { story, mapAtMs }: AskedStory): string => {
  const drift = story.kind === 'drift' ? [mapAtMs ?? story.enteredAtMs, seed] : []
  const walked = story.kind !== 'drift' || story.fromShore !== undefined
  return JSON.stringify([setup, story, ...drift, ...(walked ? [terrain?.id ?? null] : [])])
}

/** Such a story cannot be drawn while nobody knows where the coast is. */
export const needsCoast = (story: AskedStory['story']): boolean =>
  story.kind === 'shore' || (story.kind === 'drift' && story.fromShore !== undefined)

/** Stories that were drawn ahead of the command that asks for them; the oldest are forgotten. */
const MOST_AHEAD = 16

/**
 * Maps of stories as long as a search goes on, and those that were drawn ahead by another thread. What is not there is
 * drawn here, at once: on a replay, and where nobody could draw ahead.
 */
export class StoryShelf {
  readonly #ahead = new Map<string, DrawnStory>()
  readonly #held = new Map<string, ReadonlyMap<string, DrawnStory>>()

  /** Stories of a search that are still to be drawn. */
  missing(searchId: string, ground: StoryBasis, stories: readonly AskedStory[]): AskedStory[] {
    return stories.filter((story) => !this.#find(searchId, keyOf(ground, story)))
  }

  keep({ ground, stories }: DrawJob, drawn: readonly DrawnStory[]): void {
    stories.forEach((story, i) => {
      this.#ahead.set(keyOf(ground, story), drawn[i]!)
    })
    for (const key of this.#ahead.keys()) {
      if (this.#ahead.size <= MOST_AHEAD) break
      this.#ahead.delete(key)
    }
  }

  /** One map per story, in order. */
  take(searchId: string, by: StoryBasis, stories: readonly AskedStory[], ground: () => StoryGround): DrawnStory[] {
    const missing = this.missing(searchId, by, stories)
    if (missing.length > 0) {
      const job = { ground: ground(), stories: missing }
      this.keep(job, drawJob(job))
    }
    return stories.map((story) => this.#find(searchId, keyOf(by, story))!)
  }

  /** The stories of a search as they are now; what it no longer tells is forgotten. */
  hold(searchId: string, ground: StoryBasis, stories: readonly AskedStory[], drawn: readonly DrawnStory[]): void {
    this.#held.set(searchId, new Map(stories.map((story, i) => [keyOf(ground, story), drawn[i]!])))
    for (const story of stories) this.#ahead.delete(keyOf(ground, story))
  }

  /** The stories of a search as they are held; null unless all are. */
  held(searchId: string, ground: StoryBasis, stories: readonly AskedStory[]): DrawnStory[] | null {
    const held = stories.flatMap((story) => this.#held.get(searchId)?.get(keyOf(ground, story)) ?? [])
    return held.length === stories.length ? held : null
  }

  /** The search is over. */
  drop(searchId: string): void {
    this.#held.delete(searchId)
  }

  #find(searchId: string, key: string): DrawnStory | undefined {
    return this.#held.get(searchId)?.get(key) ?? this.#ahead.get(key)
  }
}
