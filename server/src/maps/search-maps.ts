import type {
  AssumptionChange,
  Calibration,
  GridFrame,
  JournalEntry,
  ScenarioFigures,
  ScenarioStory,
  Search,
  SearchSetup,
  TaskCoverage,
} from '@skerry/contract'
import type { DronesPort, MapsPort } from '../domain/context.ts'
import { calibrated } from '../domain/calibrations/evolve.ts'
import { assumed, openedSearch } from '../domain/searches/evolve.ts'
import type { Picture } from '../picture/picture.ts'
import { coastAlong } from '@skerry/search'
import { causeOf } from './assumption-cause.ts'
import { cutLanes, cutRelook, type PlanGround } from './cut-sorties.ts'
import { seedOf } from './drift-scenario.ts'
import { boxAround, type LandSource } from './land-source.ts'
import { nextHourWorth } from './next-hour-worth.ts'
import { type AdviceQuestion, adviceQuestion, groundOf } from './replan.ts'
import { scenarioPriors, type Assumptions, type ScenarioPrior } from './scenario-priors.ts'
import { SearchMap, shapeOf } from './search-map.ts'
import { hiddenOver, sensorCover } from './sensor-cover.ts'
import { taskCoverage } from './task-ground.ts'

/** Everything that a search's map says at a moment. */
export interface MapState {
  pos: number
  restOfWorld: number
  /** Expected gain of the tasks that fly or are to be flown, within the next hour; null when there are none. */
  nextHourPos: number | null
  nextHourMeanMin: number | null
  scenarios: ScenarioFigures[]
  /** Of every task that has seen ground. */
  tasks: TaskCoverage[]
  /** The newest change of an assumption, and what those not yet told of have moved; null while there was none. */
  assumption: Pick<AssumptionChange, 'number' | 'kind' | 'about' | 'movedShare'> | null
}

/** The probability maps of all searches. They follow the journal and answer questions; they write nothing. */
export interface SearchMaps extends MapsPort {
  /** Takes one journal entry, in order. Give it to the engine as a follower: then replay and live are the same. */
  follow(entry: Pick<JournalEntry, 'event'>): void
  /** Figures of a search's map after everything that was seen. */
  figures(searchId: string): { pos: number; restOfWorld: number; revision: number } | null
  state(searchId: string, picture: Picture): MapState | null
  /** Exercises so far: what a sensor sees is counted by them. */
  calibrations(): readonly Calibration[]
  /** The map that sorties are cut on, as it is now. */
  ground(searchId: string): PlanGround | null
  /** What the drones in the air could rather fly, as a question for the planner; null where none flies. */
  options(search: Search, picture: Picture, drones: DronesPort): AdviceQuestion | null
  /** The map with all scenarios, or under one of them. */
  frame(searchId: string, scenarioId?: string | null): GridFrame | null
  /** Called with the id of every search whose map has changed. Returns its own undo. */
  onChange(listener: (searchId: string) => void): () => void
}

export function createSearchMaps({ land }: { land: LandSource }): SearchMaps {
  const maps = new Map<string, SearchMap>()
  const assumptions = new Map<string, Assumptions & { setup: SearchSetup }>()
  const exercises = new Map<string, Calibration>()
  const listeners = new Set<(searchId: string) => void>()
  // The priors of a search are asked for when it is decided on and again when it is journaled: a moment apart.
  let newest: { key: string; priors: ScenarioPrior[] } | null = null

  function priorsOf(searchId: string, setup: SearchSetup, { scenarios, sightings }: Assumptions): ScenarioPrior[] {
    const map = maps.get(searchId)
    const moves = scenarios.map(({ id }) => map?.learned(id)?.moves ?? 0)
    const key = JSON.stringify([searchId, setup, scenarios, sightings, moves])
    if (newest?.key !== key) {
      const box = boxAround(setup.planningPoint, setup.halfSizeM)
      const chance = { seed: seedOf(searchId), weightsOf: (id: string) => map?.learned(id)?.missed }
      newest = { key, priors: scenarioPriors(setup, { scenarios, sightings }, land(box), chance) }
    }
    return newest.priors
  }

  return {
    follow({ event }) {
      switch (event.type) {
        case 'search.opened': {
          const { setup, scenarios, sightings, id } = openedSearch(event.search)
          assumptions.set(id, { setup, scenarios, sightings })
          maps.set(id, new SearchMap(priorsOf(id, setup, { scenarios, sightings }), hiddenOver(setup.terrain)))
          for (const listener of listeners) listener(id)
          return
        }
        case 'search.scenario-added':
        case 'search.scenario-weighed':
        case 'search.scenario-moved':
        case 'search.scenario-removed':
        case 'search.sighting-added':
        case 'search.sighting-withdrawn': {
          const known = assumptions.get(event.searchId)
          if (!known) return
          // When something was withdrawn moves no number of the map.
          const next = { ...known, ...assumed(known, event, 0) }
          assumptions.set(event.searchId, next)
          const map = maps.get(event.searchId)
          if (event.type === 'search.scenario-moved') map?.beforeMove(event.scenarioId)
          map?.assume(priorsOf(event.searchId, next.setup, next), causeOf(event, known))
          return
        }
        case 'calibration.laid-out':
        case 'calibration.pass-recorded':
        case 'calibration.pass-undone':
        case 'calibration.finished':
        case 'calibration.withdrawn': {
          const id = event.type === 'calibration.laid-out' ? event.calibration.id : event.calibrationId
          const known = event.type === 'calibration.laid-out' ? event.calibration : exercises.get(id)
          // When it was finished moves no number of a map.
          if (known) exercises.set(id, calibrated(known, event, 0))
          return
        }
        case 'search.swept':
          maps.get(event.searchId)?.sweep(event.droneId, event.taskId, event.looks, event.sweepWidthM, event.swathM)
          return
        case 'search.map-changed': {
          const map = maps.get(event.searchId)
          if (!map) return
          map.revision = event.mapRevision
          if (event.change) map.settle()
          for (const listener of listeners) listener(event.searchId)
        }
      }
    },
    figures(searchId) {
      const map = maps.get(searchId)
      if (!map) return null
      return { ...map.figures(), revision: map.revision }
    },
    state(searchId, picture) {
      const map = maps.get(searchId)
      return map ? stateOf(map, searchId, picture) : null
    },
    calibrations: () => [...exercises.values()],
    ground(searchId) {
      const map = maps.get(searchId)
      return map ? groundOf(map) : null
    },
    options(search, picture, drones) {
      const map = maps.get(search.id)
      return map ? adviceQuestion(map, search, picture, { drones, calibrations: [...exercises.values()] }) : null
    },
    frame: (searchId, scenarioId = null) => maps.get(searchId)?.frame(scenarioId) ?? null,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    prior(setup) {
      const { planningPoint, category, terrain } = setup
      const prior = only('', setup, { name: '-', kind: 'radial', planningPoint, category, terrain })
      // A planning point without any ground around it leaves nothing to search here.
      return prior.restOfWorld >= 1 ? null : { shape: shapeOf(prior.grid), restOfWorld: prior.restOfWorld }
    },
    scenario({ id, setup }, story, mapAtMs) {
      const { restOfWorld, entryOnLand } = only(id, setup, story, mapAtMs)
      if (entryOnLand) return 'entry-on-land'
      return restOfWorld < 1 ? 'drawn' : 'nowhere'
    },
    coast({ setup }, near, reachM) {
      const known = land(boxAround(setup.planningPoint, setup.halfSizeM))
      return known && coastAlong(known, near, reachM)
    },
    lanes(request) {
      const map = maps.get(request.searchId)
      return map ? cutLanes(map, request) : null
    },
    relook: cutRelook,
    cover: ({ setup }, status, heightM, speedMps) =>
      sensorCover(status, { terrain: setup.terrain, heightM, speedMps, maxC: null }, [...exercises.values()]),
  }

  /** The map of one story alone. */
  function only(searchId: string, setup: SearchSetup, story: ScenarioStory, mapAtMs?: number): ScenarioPrior {
    const scenario = { id: 'only', story, weight: 1, ...(mapAtMs === undefined ? {} : { mapAtMs }) }
    return priorsOf(searchId, setup, { scenarios: [scenario], sightings: [] })[0]!
  }
}

function stateOf(map: SearchMap, searchId: string, picture: Picture): MapState {
  const ofSearch = [...picture.task.values()].filter((task) => task.searchId === searchId)
  const tasks = ofSearch.flatMap((task) => taskCoverage(map, task) ?? [])
  const swept = new Map(tasks.map(({ taskId, sweptShare }) => [taskId, sweptShare]))
  const worth = nextHourWorth(map, ofSearch, (taskId) => swept.get(taskId) ?? 0)
  const { pos, restOfWorld } = map.figures()
  return {
    pos,
    restOfWorld,
    nextHourPos: worth?.whole.gain ?? null,
    nextHourMeanMin: worth?.whole.meanMin ?? null,
    scenarios: map.perScenario().map((scenario, i) => ({
      id: scenario.id,
      share: scenario.share,
      pos: scenario.pos,
      restOfWorld: scenario.restOfWorld,
      nextHourPos: worth?.perScenario[i]?.gain ?? null,
      nextHourMeanMin: worth?.perScenario[i]?.meanMin ?? null,
      ...(scenario.strandedShare === null ? {} : { strandedShare: scenario.strandedShare }),
      inWater: scenario.inWater,
    })),
    tasks,
    assumption: map.cause && { number: map.assumptions, ...map.cause, movedShare: map.movedShare() },
  }
}
