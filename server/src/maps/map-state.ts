import type {
  AssumptionChange,
  CandidateOnMap,
  PosBySource,
  ScenarioFigures,
  Search,
  TaskCoverage,
} from '@skerry/contract'
import type { TimeValue } from '@skerry/search'
import { aliveFrom, survivalOf } from '../domain/searches/survival.ts'
import type { Picture } from '../picture/picture.ts'
import type { ChangeCause } from './change-cause.ts'
import { nextHourWorth } from './next-hour-worth.ts'
import type { SearchMap } from './search-map.ts'
import { taskCoverage } from './task-ground.ts'

/** Everything that a search's map says at a moment. */
export interface MapState {
  pos: number
  restOfWorld: number
  /** Expected gain of the tasks that fly or are to be flown, within the next hour; null when there are none. */
  nextHourPos: number | null
  nextHourMeanMin: number | null
  posBySource: PosBySource
  nextHourAlive: number | null
  scenarios: ScenarioFigures[]
  /** Of every task that has seen ground. */
  tasks: TaskCoverage[]
  /** Of every candidate that is on the map. */
  candidates: ({ candidateId: string } & CandidateOnMap)[]
  /** The newest change of an assumption or a candidate, and what those not yet told of have moved; null without any. */
  change: (ChangeCause & Pick<AssumptionChange, 'number' | 'movedShare'>) | null
}

/** @param nowMs when the next hour begins; without it nothing is said of who is found alive */
export function stateOf(map: SearchMap, searchId: string, picture: Picture, nowMs: number | null): MapState {
  const ofSearch = [...picture.task.values()].filter((task) => task.searchId === searchId)
  const tasks = ofSearch.flatMap((task) => taskCoverage(map, task) ?? [])
  const swept = new Map(tasks.map(({ taskId, sweptShare }) => [taskId, sweptShare]))
  const worth = nextHourWorth(
    map,
    ofSearch,
    (taskId) => swept.get(taskId) ?? 0,
    aliveByStory(map, picture.search.get(searchId), nowMs),
  )
  const { pos, restOfWorld } = map.figures()
  return {
    pos,
    restOfWorld,
    nextHourPos: worth?.whole.gain ?? null,
    nextHourMeanMin: worth?.whole.meanMin ?? null,
    posBySource: map.posBySource(),
    nextHourAlive: worth?.whole.alive ?? null,
    scenarios: map.perScenario().map((scenario, i) => ({
      id: scenario.id,
      share: scenario.share,
      pos: scenario.pos,
      restOfWorld: scenario.restOfWorld,
      nextHourPos: worth?.perScenario[i]?.gain ?? null,
      nextHourMeanMin: worth?.perScenario[i]?.meanMin ?? null,
      nextHourAlive: worth?.perScenario[i]?.alive ?? null,
      ...(scenario.strandedShare === null ? {} : { strandedShare: scenario.strandedShare }),
      inWater: scenario.inWater,
    })),
    tasks,
    candidates: map.candidates(),
    change: map.cause && { number: map.changes, ...map.cause, movedShare: map.movedShare() },
  }
}

/** Chance that the subject lives after `nowMs`, in each story of the map; null where nothing is known of it. */
function aliveByStory(map: SearchMap, search: Search | undefined, nowMs: number | null): (TimeValue | null)[] {
  return map.perScenario().map(({ id, inWater }) => {
    const scenario = search?.scenarios.find((each) => each.id === id)
    const survival = search && scenario ? survivalOf(search, scenario, inWater) : null
    return survival && nowMs !== null ? aliveFrom(survival, nowMs) : null
  })
}
