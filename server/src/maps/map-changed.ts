import type {
  AssumptionChange,
  Candidate,
  CandidateOnMap,
  DomainEvent,
  ScenarioFigures,
  Search,
  TaskCoverage,
} from '@skerry/contract'
import { sameJson } from '../domain/same-json.ts'
import type { Picture } from '../picture/picture.ts'
import type { MapState } from './map-state.ts'
import type { SearchMaps } from './search-maps.ts'

/** The achieved figures of a task are told again when they have moved by this much of one. */
const TOLD_STEP = 0.01

/** The probability of a candidate is told again when it has moved by this much of one, or by this part of itself. */
const TOLD_PROBABILITY = 0.005
const TOLD_PART = 0.1

/** What is found alive falls with every minute; it is told again when it has moved by this part of itself. */
const TOLD_ALIVE_PART = 0.02

/**
 * The new figures of a search's map, with the next number of its map. Nothing when they are what they were.
 * @param nowMs when the next hour begins, where it is known
 */
export function mapChanged(
  maps: Pick<SearchMaps, 'state'>,
  search: Search,
  picture: Picture,
  nowMs: number | null = null,
): DomainEvent[] {
  const state = maps.state(search.id, picture, nowMs)
  if (!state) return []
  const { pos, restOfWorld, nextHourPos, nextHourMeanMin, nextHourAlive, posBySource, scenarios } = state
  const tasks = state.tasks.filter((figures) => worthTelling(picture.task.get(figures.taskId)?.achieved, figures))
  const candidates = state.candidates.filter((now) => worthSaying(picture.candidate.get(now.candidateId), now))
  const change = changeOf(search, state)
  const known = {
    pos: search.pos,
    restOfWorld: search.restOfWorld,
    nextHourPos: search.nextHourPos,
    nextHourMeanMin: search.nextHourMeanMin,
    posBySource: search.posBySource ?? null,
    scenarios: search.scenarioFigures.map(withoutAlive),
  }
  const now = { pos, restOfWorld, nextHourPos, nextHourMeanMin, posBySource, scenarios: scenarios.map(withoutAlive) }
  const same = sameJson(now, known) && sameAlive(search, state)
  if (same && tasks.length === 0 && candidates.length === 0 && !change) return []
  return [
    {
      type: 'search.map-changed',
      searchId: search.id,
      pos,
      restOfWorld,
      nextHourPos,
      nextHourMeanMin,
      nextHourAlive,
      mapRevision: search.mapRevision + 1,
      posBySource,
      scenarios,
      ...(tasks.length > 0 ? { tasks } : {}),
      ...(candidates.length > 0 ? { candidates } : {}),
      ...(change ? { change } : {}),
    },
  ]
}

const withoutAlive = (figures: ScenarioFigures): object => ({ ...figures, nextHourAlive: null })

/** Whether what is found alive is what it was, but for the little that every minute takes. */
function sameAlive(search: Search, state: MapState): boolean {
  const pairs = [
    [search.nextHourAlive, state.nextHourAlive],
    ...state.scenarios.map(({ id, nextHourAlive }) => [
      search.scenarioFigures.find((known) => known.id === id)?.nextHourAlive ?? null,
      nextHourAlive ?? null,
    ]),
  ] as const
  return pairs.every(([before, now]) =>
    before === null || now === null ? before === now : Math.abs(now - before) <= TOLD_ALIVE_PART * before,
  )
}

function worthSaying(known: Candidate | undefined, now: CandidateOnMap): boolean {
  if (!known) return false
  if (!known.onMap) return true
  const apart = Math.abs(now.probability - known.onMap.probability)
  return apart >= TOLD_PROBABILITY || apart > TOLD_PART * Math.max(now.probability, known.onMap.probability)
}

/** What changed assumptions and candidates did, where that has not been told yet: also after a fall of the server. */
function changeOf(search: Search, { change, pos, restOfWorld, nextHourPos }: MapState): AssumptionChange | null {
  if (!change || change.number <= (search.change?.number ?? 0)) return null
  return {
    ...change,
    before: { pos: search.pos, restOfWorld: search.restOfWorld, nextHourPos: search.nextHourPos },
    after: { pos, restOfWorld, nextHourPos },
  }
}

function worthTelling(known: Omit<TaskCoverage, 'taskId'> | undefined, now: TaskCoverage): boolean {
  if (!known) return true
  const step = (before: number, after: number): boolean => Math.abs(after - before) >= TOLD_STEP
  return (
    step(known.sweptShare, now.sweptShare) ||
    step(known.achievedPod, now.achievedPod) ||
    (known.sweptShare !== now.sweptShare && now.remainder.length === 0)
  )
}
