import type { Change, EventOf, EventType, OpenedSearch, Search, Segment, TaskCoverage } from '@skerry/contract'
import { changed, patched, type Picture } from '../../picture/picture.ts'
import { evolveDrawings } from './drawings.ts'
import { firstStory } from './first-story.ts'

type SearchEvent = EventOf<Exclude<Extract<EventType, `search.${string}`>, 'search.swept'>>

/** Id of the scenario that a search is opened with. */
const FIRST_SCENARIO = 'opened'

/** A search as it is opened; its setup is its first scenario. Journals from before there were scenarios say no more. */
export function openedSearch(search: OpenedSearch): Search {
  return {
    scenarios: [{ id: FIRST_SCENARIO, story: firstStory(search.setup), weight: 1 }],
    scenarioFigures: [],
    sightings: [],
    conditions: null,
    change: null,
    advice: null,
    nextHourMeanMin: null,
    nextHourAlive: null,
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
    case 'search.drawing-added':
    case 'search.drawing-removed':
    case 'search.track-added':
    case 'search.track-removed':
      return evolveDrawings(picture, event)
    case 'search.conditions-set':
      return patched(picture, 'search', event.searchId, { conditions: { ...event.conditions, atMs } })
    case 'search.light-set':
      return patched(picture, 'search', event.searchId, { light: event.light })
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
    case 'search.segment-added':
    case 'search.segment-removed':
    case 'search.teams-assigned': {
      const search = picture.search.get(event.searchId)
      return search ? [changed('search', search.id, { ...search, segments: segmentsAfter(search, event, atMs) })] : []
    }
    case 'search.ground-searched': {
      const search = picture.search.get(event.searchId)
      return search
        ? [changed('search', search.id, { ...search, efforts: [...(search.efforts ?? []), event.effort] })]
        : []
    }
    case 'search.effort-withdrawn': {
      const search = picture.search.get(event.searchId)
      const efforts = (search?.efforts ?? []).map((effort) =>
        effort.id === event.effortId ? { ...effort, withdrawn: { reason: event.reason, atMs } } : effort,
      )
      return search ? [changed('search', search.id, { ...search, efforts })] : []
    }
    case 'search.map-changed': {
      const { searchId, pos, restOfWorld, nextHourPos, mapRevision } = event
      return [
        ...patched(picture, 'search', searchId, {
          pos,
          restOfWorld,
          nextHourPos,
          mapRevision,
          nextHourMeanMin: event.nextHourMeanMin ?? null,
          nextHourAlive: event.nextHourAlive ?? null,
          scenarioFigures: event.scenarios ?? [],
          ...(event.change ? { change: event.change } : {}),
          ...(event.posBySource ? { posBySource: event.posBySource } : {}),
        }),
        ...(event.tasks ?? []).flatMap(({ taskId, ...achieved }: TaskCoverage) =>
          patched(picture, 'task', taskId, { achieved }),
        ),
        ...(event.candidates ?? []).flatMap(({ candidateId, ...onMap }) =>
          patched(picture, 'candidate', candidateId, { onMap }),
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
    case 'search.exported': // for the record alone
      return []
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

type SegmentEvent = Extract<SearchEvent, { type: `search.segment-${string}` } | { type: 'search.teams-assigned' }>

/** Segments after one event. Who is sent into another one has left the one before. */
function segmentsAfter({ segments = [] }: Pick<Search, 'segments'>, event: SegmentEvent, atMs: number): Segment[] {
  switch (event.type) {
    case 'search.segment-added':
      return [...segments, event.segment]
    case 'search.segment-removed':
      return segments.map((one) =>
        one.id === event.segmentId ? { ...one, removed: { reason: event.reason, atMs } } : one,
      )
    case 'search.teams-assigned': {
      const moved = new Set(event.assignments.map(({ unitId }) => unitId))
      return segments.map((segment) => ({
        ...segment,
        teams: [
          ...segment.teams.map((team) =>
            moved.has(team.unitId) && team.untilMs === null ? { ...team, untilMs: atMs } : team,
          ),
          ...event.assignments
            .filter(({ segmentId }) => segmentId === segment.id)
            .map(({ unitId, hours }) => ({ unitId, hours, sinceMs: atMs, untilMs: null })),
        ],
      }))
    }
  }
}
