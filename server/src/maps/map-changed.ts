import type { AssumptionChange, DomainEvent, Search, TaskCoverage } from '@skerry/contract'
import { sameJson } from '../domain/same-json.ts'
import type { Picture } from '../picture/picture.ts'
import type { MapState, SearchMaps } from './search-maps.ts'

/** The achieved figures of a task are told again when they have moved by this much of one. */
const TOLD_STEP = 0.01

/** The new figures of a search's map, with the next number of its map. Nothing when they are what they were. */
export function mapChanged(maps: Pick<SearchMaps, 'state'>, search: Search, picture: Picture): DomainEvent[] {
  const state = maps.state(search.id, picture)
  if (!state) return []
  const { pos, restOfWorld, nextHourPos, nextHourMeanMin, scenarios } = state
  const tasks = state.tasks.filter((figures) => worthTelling(picture.task.get(figures.taskId)?.achieved, figures))
  const change = changeOf(search, state)
  const known = {
    pos: search.pos,
    restOfWorld: search.restOfWorld,
    nextHourPos: search.nextHourPos,
    nextHourMeanMin: search.nextHourMeanMin,
    scenarios: search.scenarioFigures,
  }
  const same = sameJson({ pos, restOfWorld, nextHourPos, nextHourMeanMin, scenarios }, known)
  if (same && tasks.length === 0 && !change) return []
  return [
    {
      type: 'search.map-changed',
      searchId: search.id,
      pos,
      restOfWorld,
      nextHourPos,
      nextHourMeanMin,
      mapRevision: search.mapRevision + 1,
      scenarios,
      ...(tasks.length > 0 ? { tasks } : {}),
      ...(change ? { change } : {}),
    },
  ]
}

/** What changed assumptions did, where that has not been told yet: also after a fall of the server. */
function changeOf(search: Search, { assumption, pos, restOfWorld, nextHourPos }: MapState): AssumptionChange | null {
  if (!assumption || assumption.number <= (search.change?.number ?? 0)) return null
  return {
    ...assumption,
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
