import type { AssumptionChange, DomainEvent, EventOf } from '@skerry/contract'
import type { AssumptionEvent } from '../domain/searches/evolve.ts'
import type { Assumptions } from './scenario-priors.ts'

/** What an event that changed the map was about, for the line that says what it changed. */
export type ChangeCause = Pick<AssumptionChange, 'kind' | 'about' | 'probability'>

/** What became of a candidate on the map. */
export type CandidateChange = Extract<AssumptionChange['kind'], `candidate-${string}`>

/** Events that change what the map of a search rests on. */
export const ASSUMPTION_EVENTS = [
  'search.scenario-added',
  'search.scenario-weighed',
  'search.scenario-moved',
  'search.scenario-removed',
  'search.sighting-added',
  'search.sighting-withdrawn',
] as const satisfies readonly AssumptionEvent['type'][]

/** Events that count what people searched, or no longer. */
export const EFFORT_EVENTS = [
  'search.ground-searched',
  'search.effort-withdrawn',
] as const satisfies readonly DomainEvent['type'][]

/** Events that put a candidate on the map, take it off, or weigh it anew. */
export const CANDIDATE_EVENTS = [
  'candidate.raised',
  'candidate.strengthened',
  'candidate.rated',
  'candidate.looking-again',
  'candidate.team-sent',
  'candidate.dismissed',
  'candidate.nothing-there',
] as const satisfies readonly DomainEvent['type'][]
export type CandidateMapEvent = EventOf<(typeof CANDIDATE_EVENTS)[number]>

const KIND = {
  'search.scenario-weighed': 'scenario-weighed',
  'search.scenario-moved': 'scenario-moved',
  'search.scenario-removed': 'scenario-removed',
} as const

/** @param before scenarios and sightings before the event */
export function causeOf(event: AssumptionEvent, { scenarios, sightings }: Assumptions): ChangeCause {
  switch (event.type) {
    case 'search.scenario-added':
      return { kind: 'scenario-added', about: event.scenario.story.name }
    case 'search.scenario-weighed':
    case 'search.scenario-moved':
    case 'search.scenario-removed': {
      const about = scenarios.find(({ id }) => id === event.scenarioId)?.story.name ?? ''
      return { kind: KIND[event.type], about }
    }
    case 'search.sighting-added':
      return { kind: 'sighting-added', about: String(event.sighting.number) }
    case 'search.sighting-withdrawn': {
      const number = sightings.find(({ id }) => id === event.sightingId)?.number
      return { kind: 'sighting-withdrawn', about: String(number ?? '') }
    }
  }
}
