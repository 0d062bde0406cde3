import type { Change, EventOf, EventType, OpenedSearch, Search, TaskCoverage } from '@skerry/contract'
import { changed, patched, type Picture } from '../../picture/picture.ts'

type SearchEvent = EventOf<Exclude<Extract<EventType, `search.${string}`>, 'search.swept'>>

/** Id of the scenario that a search is opened with. */
const FIRST_SCENARIO = 'opened'

/** A search as it is opened; its setup is its first scenario. Journals from before there were scenarios say no more. */
export function openedSearch(search: OpenedSearch): Search {
  const { planningPoint, category, terrain } = search.setup
  return {
    scenarios: [
      { id: FIRST_SCENARIO, story: { name: '-', kind: 'radial', planningPoint, category, terrain }, weight: 1 },
    ],
    scenarioFigures: [],
    sightings: [],
    conditions: null,
    change: null,
    advice: null,
    nextHourMeanMin: null,
    ...search,
  }
}

/** A search and the tasks that were cut for it. Maps follow the journal on their own; only their figures are here. */
export function evolveSearch(picture: Picture, event: SearchEvent, atMs: number): Change[] {
  switch (event.type) {
    case 'search.opened':
      return [
        changed('search', event.search.id, openedSearch(event.search)),
        ...patched(picture, 'incident', event.search.incidentId, { searchId: event.search.id }),
      ]
    case 'search.ground-set':
      return patched(picture, 'search', event.searchId, { highestGroundAmslM: event.highestGroundAmslM })
    case 'search.scenario-added':
    case 'search.scenario-weighed':
    case 'search.scenario-moved':
    case 'search.scenario-removed':
    case 'search.sighting-added':
    case 'search.sighting-withdrawn': {
      const search = picture.search.get(event.searchId)
      return search ? [changed('search', search.id, { ...search, ...assumed(search, event, atMs) })] : []
    }
    case 'search.conditions-set':
      return patched(picture, 'search', event.searchId, { conditions: { ...event.conditions, atMs } })
    case 'search.advised':
      return patched(picture, 'search', event.searchId, { advice: event.advice })
    case 'search.advice-answered': {
      const advice = picture.search.get(event.searchId)?.advice
      if (advice?.id !== event.adviceId) return []
      return patched(picture, 'search', event.searchId, { advice: { ...advice, answer: event.answer } })
    }
    case 'search.tasks-cut':
      return [
        ...event.replaced.filter((id) => picture.task.has(id)).map((id) => changed('task', id, null)),
        ...event.tasks.map((task) => changed('task', task.id, task)),
      ]
    case 'search.map-changed': {
      const { searchId, pos, restOfWorld, nextHourPos, mapRevision } = event
      return [
        ...patched(picture, 'search', searchId, {
          pos,
          restOfWorld,
          nextHourPos,
          mapRevision,
          nextHourMeanMin: event.nextHourMeanMin ?? null,
          scenarioFigures: event.scenarios ?? [],
          ...(event.change ? { change: event.change } : {}),
        }),
        ...(event.tasks ?? []).flatMap(({ taskId, ...achieved }: TaskCoverage) =>
          patched(picture, 'task', taskId, { achieved }),
        ),
      ]
    }
    case 'search.found': {
      const { position, outcome, unitId } = event
      return patched(picture, 'search', event.searchId, {
        state: 'found',
        endedAtMs: atMs,
        found: { position, outcome, atMs, unitId },
      })
    }
    case 'search.ended':
      return patched(picture, 'search', event.searchId, { state: event.as, endedAtMs: atMs })
  }
}

export type AssumptionEvent = Extract<SearchEvent, { type: `search.scenario-${string}` | `search.sighting-${string}` }>

/** Scenarios and sightings after one change of them. */
export function assumed(
  { scenarios, sightings }: Pick<Search, 'scenarios' | 'sightings'>,
  event: AssumptionEvent,
  atMs: number,
): Pick<Search, 'scenarios' | 'sightings'> {
  switch (event.type) {
    case 'search.scenario-added':
      return { scenarios: [...scenarios, event.scenario], sightings }
    case 'search.scenario-weighed': {
      const { scenarioId, weight } = event
      return { scenarios: scenarios.map((one) => (one.id === scenarioId ? { ...one, weight } : one)), sightings }
    }
    case 'search.scenario-moved': {
      const { scenarioId, mapAtMs } = event
      return { scenarios: scenarios.map((one) => (one.id === scenarioId ? { ...one, mapAtMs } : one)), sightings }
    }
    case 'search.scenario-removed':
      return { scenarios: scenarios.filter(({ id }) => id !== event.scenarioId), sightings }
    case 'search.sighting-added':
      return { scenarios, sightings: [...sightings, event.sighting] }
    case 'search.sighting-withdrawn': {
      const withdrawn = { reason: event.reason, atMs }
      return {
        scenarios,
        sightings: sightings.map((one) => (one.id === event.sightingId ? { ...one, withdrawn } : one)),
      }
    }
  }
}
