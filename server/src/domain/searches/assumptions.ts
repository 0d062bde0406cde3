import {
  flowTellsOf,
  DRIFT_AHEAD_MS,
  LONGEST_DRIFT_MS,
  type Command,
  type DomainEvent,
  type DriftStory,
  type LngLat,
  type OwnTable,
  type Scenario,
  type ScenarioStory,
  type Search,
} from '@skerry/contract'
import { LEEWAY_OBJECTS, localFrame } from '@skerry/search'
import type { Picture } from '../../picture/picture.ts'
import type { DecideContext } from '../context.ts'
import { knownIn } from '../distance-tables/distances.ts'
import { ok, refuse, type Decision } from '../result.ts'

type Of<T extends Command['type']> = Extract<Command, { type: T }>

/** More stories than this side by side help nobody, and each costs a map. */
const MOST_SCENARIOS = 8
const MOST_SIGHTINGS = 50
/** A report may lie this far ahead of our clock before it is taken for a slip of the pen, milliseconds. */
const FUTURE_SLACK_MS = 60_000

/** The search while it is open. */
export function openSearch(picture: Picture, searchId: string): Decision<Search> {
  const search = picture.search.get(searchId)
  if (!search) return refuse(404, 'unknown-search', `no search ${searchId}`)
  if (search.state !== 'open') return refuse(409, 'search-over', 'the search is over')
  return ok(search)
}

/** Whether a place lies on the map of a search. */
export function onMap({ grid }: Pick<Search, 'grid'>, position: LngLat): boolean {
  const [eastM, northM] = localFrame(grid.origin).toLocal(position)
  return eastM >= 0 && northM >= 0 && eastM < grid.cols * grid.cellM && northM < grid.rows * grid.cellM
}

/** The search that a story can be added to, as far as no map is needed to know it. */
export function addable(picture: Picture, command: Of<'search.add-scenario'>, nowMs: number): Decision<Search> {
  const found = openSearch(picture, command.searchId)
  if (!found.ok) return found
  const search = found.value
  const { story } = command
  if (search.scenarios.length >= MOST_SCENARIOS)
    return refuse(409, 'too-many-scenarios', `at most ${MOST_SCENARIOS} scenarios a search`)
  if (!onMap(search, story.planningPoint)) return refuse(422, 'outside-map', 'the planning point lies outside the map')
  const table = picture.distanceTable.get(search.setup.tableId ?? '')
  const sound = soundStory(story, nowMs, table)
  return sound.ok ? ok(search) : sound
}

/** A drift begins with the map for the moment in which it was added. */
export const driftMoment = (story: ScenarioStory, nowMs: number): { mapAtMs?: number } =>
  story.kind === 'drift' ? { mapAtMs: Math.max(nowMs, story.enteredAtMs) } : {}

/** Another story beside those that the search has. What was flown so far counts under it as well. */
export function decideAddScenario(
  picture: Picture,
  command: Of<'search.add-scenario'>,
  ctx: DecideContext,
): Decision<DomainEvent[]> {
  const found = addable(picture, command, ctx.nowMs)
  if (!found.ok) return found
  const search = found.value
  const { story, weight } = command
  const moment = driftMoment(story, ctx.drawnForMs ?? ctx.nowMs)
  const drawn = drawnAt(search, story, moment.mapAtMs, ctx)
  if (!drawn.ok) return drawn
  return ok([
    { type: 'search.scenario-added', searchId: search.id, scenario: { id: ctx.newId(), story, weight, ...moment } },
  ])
}

function soundStory(story: ScenarioStory, nowMs: number, table: OwnTable | undefined): Decision<null> {
  if (story.kind !== 'drift')
    return knownIn(table, story.category)
      ? ok(null)
      : refuse(422, 'unknown-category', `no lost-person category ${story.category}`)
  if (story.fromShore && !knownIn(table, story.fromShore.category))
    return refuse(422, 'unknown-category', `no lost-person category ${story.fromShore.category}`)
  if (!LEEWAY_OBJECTS.some(({ id }) => id === story.objectId))
    return refuse(422, 'unknown-drift-object', `no leeway class ${story.objectId}`)
  if (story.enteredAtMs > nowMs + FUTURE_SLACK_MS)
    return refuse(422, 'future-time', 'enteredAtMs: a drift cannot begin in the future')
  return soundMoment(story, nowMs, nowMs)
}

function soundMoment(story: DriftStory, mapAtMs: number, nowMs: number): Decision<null> {
  const { enteredAtMs } = story
  const tooEarly = mapAtMs < Math.min(enteredAtMs, nowMs)
  if (tooEarly || mapAtMs > nowMs + DRIFT_AHEAD_MS || mapAtMs > enteredAtMs + LONGEST_DRIFT_MS)
    return refuse(422, 'drift-time', 'mapAtMs: from the entry to 72 h after it, and at most 6 h from now')
  return soundFields(story, mapAtMs)
}

/** A forecast must tell of the entry and of the time up to the map: what it leaves unknown would count as nowhere. */
function soundFields(
  { wind, current, planningPoint: [lng, lat], enteredAtMs }: DriftStory,
  mapAtMs: number,
): Decision<null> {
  const fields = {
    wind: 'field' in wind ? wind.field : null,
    current: current.kind === 'field' ? current.field : null,
  }
  for (const [name, field] of Object.entries(fields)) {
    if (field === null) continue
    const { lngs, lats } = field
    const holds = (axis: readonly number[], at: number): boolean => at >= axis[0]! && at <= axis.at(-1)!
    if (!holds(lngs, lng) || !holds(lats, lat))
      return refuse(422, 'field-elsewhere', `${name}.field: must hold the planning point`)
    if (!flowTellsOf(field, Math.min(enteredAtMs, mapAtMs), mapAtMs))
      return refuse(422, 'field-other-times', `${name}.field: must hold the time from the entry to the map`)
  }
  return ok(null)
}

function drawnAt(
  search: Search,
  story: ScenarioStory,
  mapAtMs: number | undefined,
  { maps }: DecideContext,
): Decision<null> {
  const verdict = maps.scenario(search, story, mapAtMs)
  if (verdict === 'entry-on-land') return refuse(422, 'entry-on-land', 'the place of entry lies on land')
  if (verdict === 'starts-in-water')
    return refuse(422, 'starts-in-water', 'planningPoint: must be on land, from where the shore is reached on foot')
  if (verdict === 'no-coast') return refuse(422, 'no-coast', 'nobody knows where the shore is')
  if (verdict === 'nowhere') return refuse(422, 'no-map', 'nothing can be searched on this map under such a scenario')
  return ok(null)
}

/** The drift whose map can be moved to a moment. */
export function movable(
  picture: Picture,
  command: Of<'search.move-scenario'>,
  nowMs: number,
): Decision<{ search: Search; scenario: Scenario; story: DriftStory }> {
  const found = openSearch(picture, command.searchId)
  if (!found.ok) return found
  const { scenarioId, mapAtMs } = command
  const scenario = found.value.scenarios.find(({ id }) => id === scenarioId)
  if (!scenario) return refuse(404, 'unknown-scenario', `no scenario ${scenarioId} in this search`)
  const { story } = scenario
  if (story.kind !== 'drift') return refuse(422, 'not-a-drift', 'only the map of a drift holds for a moment')
  const sound = scenario.mapAtMs === mapAtMs ? ok(null) : soundMoment(story, mapAtMs, nowMs)
  return sound.ok ? ok({ search: found.value, scenario, story }) : sound
}

/** Another moment for the map of a drift. It changes by a person's word alone: plans rest on the map that they saw. */
export function decideMoveScenario(
  picture: Picture,
  command: Of<'search.move-scenario'>,
  ctx: DecideContext,
): Decision<DomainEvent[]> {
  const found = movable(picture, command, ctx.nowMs)
  if (!found.ok) return found
  const { searchId, scenarioId, mapAtMs } = command
  if (found.value.scenario.mapAtMs === mapAtMs) return ok([])
  return ok([{ type: 'search.scenario-moved', searchId, scenarioId, mapAtMs }])
}

export function decideSetConditions(picture: Picture, command: Of<'search.set-conditions'>): Decision<DomainEvent[]> {
  const found = openSearch(picture, command.searchId)
  if (!found.ok) return found
  const { searchId, conditions } = command
  return ok([{ type: 'search.conditions-set', searchId, conditions }])
}

export function decideSetLight(picture: Picture, command: Of<'search.set-light'>): Decision<DomainEvent[]> {
  const found = openSearch(picture, command.searchId)
  if (!found.ok) return found
  const { searchId, light } = command
  const known = picture.search.get(searchId)?.light ?? 'by-sun'
  return ok(known === light ? [] : [{ type: 'search.light-set', searchId, light }])
}

export function decideWeighScenario(picture: Picture, command: Of<'search.weigh-scenario'>): Decision<DomainEvent[]> {
  const found = openSearch(picture, command.searchId)
  if (!found.ok) return found
  const scenario = found.value.scenarios.find(({ id }) => id === command.scenarioId)
  if (!scenario) return refuse(404, 'unknown-scenario', `no scenario ${command.scenarioId} in this search`)
  if (scenario.weight === command.weight) return ok([])
  const { searchId, scenarioId, weight } = command
  return ok([{ type: 'search.scenario-weighed', searchId, scenarioId, weight }])
}

export function decideRemoveScenario(picture: Picture, command: Of<'search.remove-scenario'>): Decision<DomainEvent[]> {
  const found = openSearch(picture, command.searchId)
  if (!found.ok) return found
  const { scenarios } = found.value
  if (!scenarios.some(({ id }) => id === command.scenarioId))
    return refuse(404, 'unknown-scenario', `no scenario ${command.scenarioId} in this search`)
  if (scenarios.length === 1) return refuse(409, 'last-scenario', 'a search needs one scenario at least')
  const { searchId, scenarioId, reason } = command
  return ok([{ type: 'search.scenario-removed', searchId, scenarioId, reason }])
}

/** A sighting or a clue. It weighs places and scenarios, and can be withdrawn, but never vanishes. */
export function decideAddSighting(
  picture: Picture,
  command: Of<'search.add-sighting'>,
  ctx: DecideContext,
): Decision<DomainEvent[]> {
  const found = openSearch(picture, command.searchId)
  if (!found.ok) return found
  const search = found.value
  const { report } = command
  if (search.sightings.length >= MOST_SIGHTINGS)
    return refuse(409, 'too-many-sightings', `at most ${MOST_SIGHTINGS} sightings a search`)
  if (report.atMs > ctx.nowMs + FUTURE_SLACK_MS)
    return refuse(422, 'future-time', 'atMs: a sighting cannot lie in the future')
  if (!onMap(search, report.position)) return refuse(422, 'outside-map', 'the sighting lies outside the map')
  const number = search.sightings.length + 1
  return ok([
    {
      type: 'search.sighting-added',
      searchId: search.id,
      sighting: { id: ctx.newId(), number, report, withdrawn: null },
    },
  ])
}

export function decideWithdrawSighting(
  picture: Picture,
  command: Of<'search.withdraw-sighting'>,
): Decision<DomainEvent[]> {
  const found = openSearch(picture, command.searchId)
  if (!found.ok) return found
  const { searchId, sightingId, reason } = command
  const sighting = found.value.sightings.find(({ id }) => id === sightingId)
  if (!sighting) return refuse(404, 'unknown-sighting', `no sighting ${sightingId} in this search`)
  if (sighting.withdrawn) return refuse(409, 'sighting-withdrawn', `sighting ${sighting.number} is withdrawn already`)
  return ok([{ type: 'search.sighting-withdrawn', searchId, sightingId, reason }])
}
