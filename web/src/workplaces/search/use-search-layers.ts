import {
  CandidateLayer,
  EvidenceLayer,
  ProbabilityGridLayer,
  ReadingLayer,
  SweptLayer,
  TaskLayer,
  ZoneLayer,
  type DrawnThere,
  paletteOf,
  ringCentre,
} from '@skerry/layers'
import type { Candidate, GridFrame, Line, LngLat, Search, Task } from '@skerry/contract'
import { PathLayer, ScatterplotLayer } from '@deck.gl/layers'
import type { PickingInfo } from '@deck.gl/core'
import { computed, type ComputedRef } from 'vue'
import { scenarioName } from '../../format/scenario.ts'
import { useTopics } from '../../feed/provide-feed.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useSceneLayer, type Scene, type ThingRef } from '../../map/scene.ts'
import { useSearchMaps } from '../../stores/searches.ts'
import { useSettings } from '../../stores/settings.ts'

/** Map switches of the search workplace; the names under which the choice is kept. */
export const SEARCH_SWITCHES = [
  'probability',
  'swept',
  'tasks',
  'readings',
  'candidates',
  'evidence',
  'teams',
  'drawings',
  'segments',
] as const
export type SearchSwitch = (typeof SEARCH_SWITCHES)[number]

export interface SearchOnMap {
  search: () => Search | null
  tasks: () => readonly Task[]
  candidates: () => readonly Candidate[]
  /** Planning point that is shown: of the search, or of the form. */
  planningPoint: () => LngLat | null
  /** Scenario that the map is shown under; null for all together. */
  scenario: () => string | null
  /** Place that was clicked for a form. */
  placed: () => LngLat | null
  selectedTask: () => string | null
  selectedCandidate: () => string | null
}

/** Everything of one search on a map: probability, swept ground, tasks, readings, candidates, planning point. */
export function useSearchLayers(
  scene: Scene,
  on: SearchOnMap,
): {
  reference: ComputedRef<number | null>
  frame: ComputedRef<GridFrame | null>
  /** The map with all scenarios, whichever is shown. */
  whole: ComputedRef<GridFrame | null>
} {
  const maps = useSearchMaps()
  const settings = useSettings()
  const id = (): string | null => on.search()?.id ?? null
  const isOn = (name: SearchSwitch): boolean => settings.isOn(`search.${name}`)
  const { t } = useWords()
  const mapId = (): string | null => {
    const [searchId, scenarioId] = [id(), on.scenario()]
    return searchId === null || scenarioId === null ? searchId : `${searchId}/${scenarioId}`
  }
  const grid = () => maps.grids.get(mapId() ?? '') ?? null
  const readings = () => maps.readings.get(id() ?? '') ?? []
  // The brightness of the brightest map so far is kept, so that a colour means the same from start to end.
  const references = new Map<string, number>()
  const reference = computed(() => {
    const frame = grid()
    const key = mapId()
    if (frame === null || key === null) return null
    const densest = frame.poa.reduce((most, value) => Math.max(most, value), references.get(key) ?? 0)
    references.set(key, densest)
    return densest > 0 ? densest : null
  })

  useTopics('search', () => (id() === null ? ['drones'] : ['drones', `search/${mapId()}`, `readings/${id()}`]))
  useSceneLayer(
    scene,
    {
      id: 'search-probability',
      order: 21,
      build: () =>
        isOn('probability')
          ? [new ProbabilityGridLayer({ id: 'search-probability', frame: grid(), reference: reference.value })]
          : [],
    },
    () => [grid(), isOn('probability')],
  )
  useSceneLayer(
    scene,
    {
      id: 'search-swept',
      order: 22,
      build: ({ theme }) => (isOn('swept') ? [new SweptLayer({ id: 'search-swept', frame: grid(), theme })] : []),
    },
    () => [grid(), isOn('swept')],
  )
  useSceneLayer(
    scene,
    {
      id: 'search-tasks',
      order: 40,
      build: ({ theme, stale }) =>
        isOn('tasks')
          ? [
              new TaskLayer({
                id: 'search-tasks',
                data: on.tasks(),
                selected: on.selectedTask(),
                theme,
                stale,
                pickable: true,
              }),
            ]
          : [],
      toThing: thing('task'),
    },
    () => [on.tasks(), on.selectedTask(), isOn('tasks')],
  )
  useSceneLayer(
    scene,
    {
      id: 'search-remainder',
      order: 41,
      build: ({ theme, stale }) => {
        const waiting = on.tasks().filter(({ restFlownBy }) => restFlownBy === undefined)
        const data = waiting.flatMap(({ state, achieved, left = [] }) => [
          ...(state === 'flying' ? [] : (achieved?.remainder ?? [])),
          ...left,
        ])
        if (!isOn('tasks') || data.length === 0) return []
        return [
          new PathLayer({
            id: 'search-remainder',
            data,
            getPath: (line: Line) => line,
            getColor: paletteOf(theme, stale).warning,
            getWidth: 3,
            widthUnits: 'pixels',
          }),
        ]
      },
    },
    () => [on.tasks(), isOn('tasks')],
  )
  useSceneLayer(
    scene,
    {
      id: 'search-segments',
      order: 39,
      build: ({ theme, stale }) => {
        const { segments = [], efforts = [] } = on.search() ?? {}
        const drawn = segments.filter(({ removed }) => !removed)
        if (!isOn('segments') || drawn.length === 0) return []
        return [
          new ZoneLayer({
            id: 'search-segments-area',
            data: drawn.map(({ id: key, number, name, area }) => ({
              id: key,
              name: `#${number} ${name}`,
              shape: { kind: 'polygon' as const, rings: [area] },
            })),
            theme,
            stale,
          }),
          new PathLayer({
            id: 'search-segments-tracks',
            data: efforts.filter(({ withdrawn }) => !withdrawn).map(({ track }) => track),
            getPath: (line: Line) => line,
            getColor: paletteOf(theme, stale).muted,
            getWidth: 2,
            widthUnits: 'pixels',
          }),
        ]
      },
    },
    () => [on.search()?.segments, on.search()?.efforts, isOn('segments')],
  )
  useSceneLayer(
    scene,
    {
      id: 'search-readings',
      order: 62,
      build: ({ theme }) =>
        isOn('readings') ? [new ReadingLayer({ id: 'search-readings', data: readings().slice(-300), theme })] : [],
    },
    () => [readings(), isOn('readings')],
  )
  useSceneLayer(
    scene,
    {
      id: 'search-candidates',
      order: 75,
      build: ({ theme, stale }) =>
        isOn('candidates')
          ? [
              new CandidateLayer({
                id: 'search-candidates',
                data: on.candidates(),
                selected: on.selectedCandidate(),
                theme,
                stale,
                pickable: true,
              }),
            ]
          : [],
      toThing: thing('candidate'),
    },
    () => [on.candidates(), on.selectedCandidate(), isOn('candidates')],
  )
  useSceneLayer(
    scene,
    {
      id: 'search-evidence',
      order: 73,
      build: ({ theme, stale }) => {
        const search = on.search()
        if (search === null || !isOn('evidence')) return []
        const points = search.scenarios.slice(1).map((scenario) => ({
          id: scenario.id,
          position: scenario.story.planningPoint,
          label: scenarioName(scenario, t),
          spreadM: 0,
        }))
        const reports = search.sightings
          .filter(({ withdrawn }) => withdrawn === null)
          .map(({ id: key, number, report }) => ({
            id: key,
            position: report.position,
            label: `${t(`search.sighting.kind.${report.kind}`)} ${number}`,
            spreadM: Math.hypot(report.errorM, report.movedM),
          }))
        const at = on.placed()
        const placed = at === null ? [] : [{ id: 'placed', position: at, label: '', spreadM: 0 }]
        return [
          new EvidenceLayer({
            id: 'search-evidence',
            data: [...points, ...reports, ...placed],
            theme,
            stale,
            keepClear: drawnThere(search, on.tasks()),
          }),
        ]
      },
    },
    () => [
      on.search()?.scenarios,
      on.search()?.sightings,
      on.tasks(),
      on.placed(),
      isOn('evidence'),
      t('search.scenario.all'),
    ],
  )
  useSceneLayer(
    scene,
    {
      id: 'search-point',
      order: 74,
      build: ({ theme, stale }) => {
        const at = on.planningPoint()
        const palette = paletteOf(theme, stale)
        if (at === null) return []
        return [
          new ScatterplotLayer({
            id: 'search-point',
            data: [at],
            getPosition: (d: LngLat) => d,
            getRadius: 7,
            radiusUnits: 'pixels',
            filled: true,
            stroked: true,
            getFillColor: palette.plate,
            getLineColor: palette.text,
            getLineWidth: 3,
            lineWidthUnits: 'pixels',
          }),
        ]
      },
    },
    () => on.planningPoint(),
  )
  return { reference, frame: computed(grid), whole: computed(() => maps.grids.get(id() ?? '') ?? null) }
}

/** Symbols and numbers that other layers draw on the ground of a search: its incident, and its tasks. */
function drawnThere(search: Search, tasks: readonly Task[]): DrawnThere[] {
  return [
    { position: search.setup.planningPoint, leftPx: 18, rightPx: 56, halfHeightPx: 16 },
    ...tasks.map(({ area }) => ({ position: ringCentre(area), leftPx: 10, rightPx: 10, halfHeightPx: 11 })),
  ]
}

const thing =
  (kind: 'task' | 'candidate') =>
  (info: PickingInfo): ThingRef | null => {
    const picked = info.object as { id?: string } | undefined
    return picked?.id === undefined ? null : { kind, id: picked.id }
  }
