import type {
  Calibration,
  Candidate,
  DrawnGround,
  EventOf,
  GridFrame,
  JournalEntry,
  LngLat,
  OwnTable,
  Ring,
  ScenarioStory,
  Search,
  SearchSetup,
  Segment,
  WhyHere,
} from '@skerry/contract'
import type { DronesPort, MapsPort, SensorCover, StoriesAhead, UnitFix } from '../domain/context.ts'
import { calibrated } from '../domain/calibrations/evolve.ts'
import { assumed, openedSearch } from '../domain/searches/evolve.ts'
import { firstStory } from '../domain/searches/first-story.ts'
import type { Picture } from '../picture/picture.ts'
import { coastAlong } from '@skerry/search'
import { type CandidateMapEvent, causeOf } from './change-cause.ts'
import { cutLanes, cutRelook, type PlanGround, sweepOver } from './cut-sorties.ts'
import { seedOf } from './drift-scenario.ts'
import { boxAround, type LandSource } from './land-source.ts'
import { segmentEffort } from './ground-effort.ts'
import { CHANGE_OF, judged } from './judged-candidate.ts'
import { stateOf, type MapState } from './map-state.ts'
import { coversOfMap } from './map-covers.ts'
import { type AdviceQuestion, adviceQuestion, groundOf } from './replan.ts'
import { scenarioPriors, type Assumptions, type ScenarioPrior } from './scenario-priors.ts'
import { SearchMap, shapeOf } from './search-map.ts'
import { hiddenOver, sensorCover, sensorGround } from './sensor-cover.ts'
import {
  StoryShelf,
  needsCoast,
  type AskedStory,
  type DrawJob,
  type DrawnStory,
  type StoryBasis,
  type StoryGround,
} from './stories.ts'
import { whyHere } from './why-here.ts'

/** The probability maps of all searches. They follow the journal and answer questions; they write nothing. */
export interface SearchMaps extends MapsPort {
  /** Takes one journal entry, in order. Give it to the engine as a follower: then replay and live are the same. */
  follow(entry: Pick<JournalEntry, 'event'>): void
  /** Figures of a search's map after everything that was seen. */
  figures(searchId: string): { pos: number; restOfWorld: number; revision: number } | null
  /** @param nowMs when the next hour begins; where it is not known nothing is said of who is found alive */
  state(searchId: string, picture: Picture, nowMs?: number | null): MapState | null
  /** Stories of a search (or of one that is to be opened) that nobody has drawn yet, as a job for another thread. */
  undrawn(search: StoriesAhead['search'], stories: readonly AskedStory[]): DrawJob | null
  /** Takes what was drawn ahead, for the command that will ask for it. */
  keep(job: DrawJob, drawn: readonly DrawnStory[]): void
  /** Whether layers tell what grows on the map of a search: sweep width and POD then go by the cover of each cell. */
  hasCovers(searchId: string): boolean
  /**
   * Sweep width and highest POD over each area, by what grows there: means over its cells, each by its probability (all alike
   * where there is none); null where no layer tells the cover.
   */
  sweepOver(
    searchId: string,
    areas: readonly Ring[],
    cover: SensorCover,
  ): (Pick<SensorCover, 'sweepWidthM' | 'podCap'> | null)[]
  /** Exercises so far: what a sensor sees is counted by them. */
  calibrations(): readonly Calibration[]
  /** The map that sorties are cut on, as it is now. */
  ground(searchId: string): PlanGround | null
  /** What the drones in the air could rather fly, as a question for the planner; null where none flies. */
  options(search: Search, picture: Picture, drones: DronesPort, nowMs: number): AdviceQuestion | null
  /** Why the map is bright or dark at a place; null for an unknown search, and off the map. */
  why(searchId: string, at: LngLat): WhyHere | null
  /** The map with all scenarios, or under one of them. */
  frame(searchId: string, scenarioId?: string | null): GridFrame | null
  /** Called with the id of every search whose map has changed. Returns its own undo. */
  onChange(listener: (searchId: string) => void): () => void
}

export function createSearchMaps({ land }: { land: LandSource }): SearchMaps {
  const maps = new Map<string, SearchMap>()
  const assumptions = new Map<string, Assumptions & { setup: SearchSetup }>()
  /** By id; a table never changes, so that a search goes on with the distances that it was opened with. */
  const tables = new Map<string, OwnTable>()
  const candidates = new Map<string, Candidate>()
  const exercises = new Map<string, Calibration>()
  const segments = new Map<string, Segment>()
  /** Segment of each effort. */
  const efforts = new Map<string, string>()
  /** What each search brought into the two, so that it can be taken out again. */
  const segmentsOf = new Map<string, string[]>()
  const effortsOf = new Map<string, string[]>()
  const listeners = new Set<(searchId: string) => void>()
  const shelf = new StoryShelf()

  /** Layers of the ground that made the map of each search, as they were then. */
  const grounds = new Map<string, DrawnGround>()

  const basisOf = (searchId: string, setup: SearchSetup, terrain: DrawnGround | null = null): StoryBasis => ({
    setup,
    terrain: grounds.get(searchId) ?? terrain,
    seed: seedOf(searchId),
  })
  const landOf = ({ planningPoint, halfSizeM }: SearchSetup) => land(boxAround(planningPoint, halfSizeM))
  const coastKnown = (setup: SearchSetup): boolean => landOf(setup) !== null
  const storyGround = (basis: StoryBasis): StoryGround => ({
    ...basis,
    table: tables.get(basis.setup.tableId ?? ''),
    land: landOf(basis.setup),
  })
  const drawnOf = (searchId: string, basis: StoryBasis, stories: readonly AskedStory[]): DrawnStory[] =>
    shelf.take(searchId, basis, stories, () => storyGround(basis))

  function priorsOf(searchId: string, setup: SearchSetup, known: Assumptions): ScenarioPrior[] {
    const basis = basisOf(searchId, setup)
    const drawn = drawnOf(searchId, basis, known.scenarios)
    shelf.hold(searchId, basis, known.scenarios, drawn)
    return scenarioPriors(known, drawn, (id) => maps.get(searchId)?.learned(id)?.missed)
  }

  const hasCovers = (searchId: string): boolean => Boolean(maps.get(searchId)?.seen.covers)

  return {
    follow({ event }) {
      switch (event.type) {
        case 'search.opened': {
          const { setup, scenarios, sightings, id } = openedSearch(event.search)
          assumptions.set(id, { setup, scenarios, sightings })
          if (event.ground) grounds.set(id, event.ground)
          const priors = priorsOf(id, setup, { scenarios, sightings })
          const [drawn] = shelf.held(id, basisOf(id, setup), scenarios) ?? []
          const covers = coversOfMap(event.search, event.ground, priors[0]!.grid, drawn)
          maps.set(id, new SearchMap(priors, hiddenOver(setup.terrain), covers))
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
        case 'distance-table.declared':
          tables.set(event.table.id, event.table)
          return
        case 'candidate.raised':
        case 'candidate.strengthened':
        case 'candidate.rated':
        case 'candidate.looking-again':
        case 'candidate.team-sent':
        case 'candidate.dismissed':
        case 'candidate.nothing-there':
          followCandidate(event)
          return
        case 'calibration.laid-out':
        case 'calibration.pass-recorded':
        case 'calibration.false-alarm-recorded':
        case 'calibration.pass-undone':
        case 'calibration.finished':
        case 'calibration.withdrawn': {
          const id = event.type === 'calibration.laid-out' ? event.calibration.id : event.calibrationId
          const known = event.type === 'calibration.laid-out' ? event.calibration : exercises.get(id)
          // When it was finished moves no number of a map.
          if (known) exercises.set(id, calibrated(known, event, 0))
          return
        }
        case 'search.found':
        case 'search.ended':
          // Nothing is assumed of it any more.
          shelf.drop(event.searchId)
          return
        case 'incident.archived':
          for (const searchId of event.searchIds) forget(searchId)
          return
        case 'search.swept':
          maps.get(event.searchId)?.sweep(event.droneId, event.taskId, event.looks, event)
          return
        case 'search.segment-added':
          segments.set(event.segment.id, event.segment)
          addTo(segmentsOf, event.searchId, event.segment.id)
          return
        case 'search.ground-searched':
          followEffort(event)
          return
        case 'search.effort-withdrawn': {
          const about = segments.get(efforts.get(event.effortId) ?? '')?.name ?? ''
          maps.get(event.searchId)?.withdrawGround(event.effortId, { kind: 'effort-withdrawn', about })
          return
        }
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
    state(searchId, picture, nowMs = null) {
      const map = maps.get(searchId)
      return map ? stateOf(map, searchId, picture, nowMs) : null
    },
    calibrations: () => [...exercises.values()],
    ground(searchId) {
      const map = maps.get(searchId)
      return map ? groundOf(map) : null
    },
    options(search, picture, drones, nowMs) {
      const map = maps.get(search.id)
      return map ? adviceQuestion(map, search, picture, { drones, calibrations: [...exercises.values()], nowMs }) : null
    },
    why(searchId, at) {
      const [map, known] = [maps.get(searchId), assumptions.get(searchId)]
      if (!map || !known) return null
      const basis = basisOf(searchId, known.setup)
      return whyHere(
        map,
        {
          assumptions: known,
          table: tables.get(known.setup.tableId ?? ''),
          ground: grounds.get(searchId) ?? null,
          drawn: shelf.held(searchId, basis, known.scenarios),
        },
        at,
      )
    },
    frame: (searchId, scenarioId = null) => maps.get(searchId)?.frame(scenarioId) ?? null,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    undrawn({ id, setup, ground }, stories) {
      const basis = basisOf(id, setup, ground)
      // What needs a coast that nobody knows is refused, and not drawn.
      const drawable = stories.filter(({ story }) => !needsCoast(story) || coastKnown(setup))
      const missing = shelf.missing(id, basis, drawable)
      return missing.length > 0 ? { ground: storyGround(basis), stories: missing } : null
    },
    keep: (job, drawn) => shelf.keep(job, drawn),
    prior(setup, ground) {
      const prior = only('', basisOf('', setup, ground), firstStory(setup))
      // A planning point without any ground around it leaves nothing to search here.
      if (prior.restOfWorld >= 1) return null
      return { shape: shapeOf(prior.grid), restOfWorld: prior.restOfWorld, coastKnown: prior.on !== 'unknown' }
    },
    scenario({ id, setup }, story, mapAtMs) {
      if (needsCoast(story) && !coastKnown(setup)) return 'no-coast'
      const { restOfWorld, on } = only(id, basisOf(id, setup), story, mapAtMs)
      if (story.kind === 'drift' && !story.fromShore && on === 'land') return 'entry-on-land'
      if (story.kind === 'drift' && story.fromShore && on === 'water') return 'starts-in-water'
      return restOfWorld < 1 ? 'drawn' : 'nowhere'
    },
    coast({ setup }, near, reachM) {
      const known = landOf(setup)
      return known && coastAlong(known, near, reachM)
    },
    lanes(request) {
      const map = maps.get(request.searchId)
      return map ? cutLanes(groundOf(map), request) : null
    },
    relook(request) {
      const map = maps.get(request.searchId)
      return cutRelook(request, map ? { grid: map.prior.grid, covers: map.seen.covers ?? undefined } : null)
    },
    effort(searchId, segment, fixes, sensor) {
      const map = maps.get(searchId)
      if (!map) return null
      const searched = segmentEffort(map.prior.grid, map.frameM, segment, fixes, sensor)
      // What is journaled is counted: the thinned fixes alone.
      const { effort, ...figures } = segmentEffort(map.prior.grid, map.frameM, segment, searched.fixes, sensor)
      return { ...figures, pos: map.gainOfGround(effort) }
    },
    cover: (search, status, heightM, speedMps) =>
      sensorCover(status, { ...sensorGround(search), heightM, speedMps, maxC: null, covers: hasCovers(search.id) }, [
        ...exercises.values(),
      ]),
    hasCovers,
    sweepOver(searchId, areas, cover) {
      const map = maps.get(searchId)
      if (!map?.seen.covers) return areas.map(() => null)
      const ground = { grid: map.posterior().grid, covers: map.seen.covers, podCap: map.podCap }
      return areas.map((area) => sweepOver(ground, area, cover))
    },
  }

  /** The search has left the live picture: its map is kept elsewhere. */
  function forget(searchId: string): void {
    for (const segment of segmentsOf.get(searchId) ?? []) segments.delete(segment)
    for (const effort of effortsOf.get(searchId) ?? []) efforts.delete(effort)
    for (const held of [maps, assumptions, grounds, segmentsOf, effortsOf]) held.delete(searchId)
    for (const [id, candidate] of candidates) if (candidate.searchId === searchId) candidates.delete(id)
    shelf.drop(searchId)
  }

  function followEffort({ searchId, effort, fixes }: EventOf<'search.ground-searched'>): void {
    const map = maps.get(searchId)
    const segment = segments.get(effort.segmentId)
    if (!map || !segment) return
    efforts.set(effort.id, segment.id)
    addTo(effortsOf, searchId, effort.id)
    const given = fixes.map(([atMs, lng, lat]): UnitFix => ({ atMs, position: [lng, lat], accuracyM: null }))
    const searched = segmentEffort(map.prior.grid, map.frameM, segment.area, given, effort.sensor)
    map.searchGround(effort.id, searched.effort, { kind: 'ground-searched', about: segment.name })
  }

  function followCandidate(event: CandidateMapEvent): void {
    const id = 'candidate' in event ? event.candidate.id : event.candidateId
    const known = candidates.get(id)
    const now = judged(known, event)
    if (!now) return
    candidates.set(id, now)
    maps.get(now.searchId)?.take(now, CHANGE_OF[event.type])
  }

  /** The map of one story alone. */
  function only(searchId: string, basis: StoryBasis, story: ScenarioStory, mapAtMs?: number): ScenarioPrior {
    const scenario = { id: 'only', story, weight: 1, ...(mapAtMs === undefined ? {} : { mapAtMs }) }
    const drawn = drawnOf(searchId, basis, [scenario])
    return scenarioPriors({ scenarios: [scenario], sightings: [] }, drawn, () => undefined)[0]!
  }
}

function addTo(lists: Map<string, string[]>, key: string, id: string): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [id])
  else list.push(id)
}
