import { CandidateLayer, TaskLayer, paletteOf } from '@skerry/layers'
import { PathLayer, ScatterplotLayer, TextLayer } from '@deck.gl/layers'
import { onScopeDispose, shallowRef } from 'vue'
import type { Candidate, DroneStatus, ListedSite, LngLat, Task } from '@skerry/contract'
import { useSceneLayer, type Scene } from '../../map/scene.ts'
import { useDroneLayer } from '../../map/use-drone-layer.ts'
import { nextCorner } from './flight-leg.ts'
import { WARM_TASK } from './warm-task.ts'

export interface FlyOnMap {
  status: () => DroneStatus | null
  tasks: () => readonly Task[]
  /** Task that the card is about. */
  selectedTask: () => string | null
  flight: () => Task | null
  candidates: () => readonly Candidate[]
  sites: () => readonly ListedSite[]
  /** Place that the gimbal was told to look at. */
  lookAt: () => LngLat | null
}

/** The first picture comes before anything is drawn only to be ready, ms. */
const WARM_AFTER_MS = 2500

/** What a pilot needs on the map: aircraft with trail and footprint, lanes, the next corner, home, listed sites. */
export function useFlyLayers(scene: Scene, on: FlyOnMap): void {
  const warming = shallowRef(false)
  const timer = setTimeout(() => (warming.value = true), WARM_AFTER_MS)
  onScopeDispose(() => clearTimeout(timer))
  useDroneLayer(
    scene,
    () => true,
    () => true,
  )
  useSceneLayer(
    scene,
    {
      id: 'fly-sites',
      order: 24,
      build: ({ theme, stale }) => {
        const palette = paletteOf(theme, stale)
        const sites = { data: on.sites(), getPosition: (site: ListedSite) => site.position }
        return [
          new ScatterplotLayer<ListedSite>({
            id: 'fly-sites-area',
            ...sites,
            getRadius: (site) => site.radiusM,
            radiusUnits: 'meters',
            stroked: true,
            filled: false,
            getLineColor: palette.warning,
            getLineWidth: 1,
            lineWidthUnits: 'pixels',
          }),
          new TextLayer<ListedSite>({
            id: 'fly-sites-name',
            ...sites,
            getText: (site) => site.name,
            getSize: 12,
            getColor: palette.text,
            characterSet: 'auto',
            fontFamily: "system-ui, 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif",
          }),
        ]
      },
    },
    () => on.sites(),
  )
  useSceneLayer(
    scene,
    {
      id: 'fly-tasks',
      order: 40,
      build: ({ theme, stale }) => [
        new TaskLayer({
          id: 'fly-tasks',
          data: on.tasks().length > 0 || !warming.value ? on.tasks() : [WARM_TASK],
          selected: on.selectedTask(),
          theme,
          stale,
        }),
      ],
    },
    () => [on.tasks(), on.selectedTask(), warming.value],
  )
  useSceneLayer(
    scene,
    {
      id: 'fly-leg',
      order: 56,
      build: ({ theme, stale }) => {
        const palette = paletteOf(theme, stale)
        const status = on.status()
        const home = status?.home ?? null
        const corner = nextCorner(on.flight(), status?.mission ?? null)
        const from = status?.position?.lngLat
        return [
          new PathLayer<LngLat[]>({
            id: 'fly-leg-line',
            data: corner === null || from === undefined ? [] : [[from, corner]],
            getPath: (path) => path,
            getColor: palette.select,
            getWidth: 2,
            widthUnits: 'pixels',
          }),
          new ScatterplotLayer<LngLat>({
            id: 'fly-leg-home',
            data: home === null ? [] : [home.lngLat],
            getPosition: (at) => at,
            getRadius: 11,
            radiusUnits: 'pixels',
            stroked: true,
            getFillColor: palette.plate,
            getLineColor: palette.text,
            getLineWidth: 2,
            lineWidthUnits: 'pixels',
          }),
          new TextLayer<LngLat>({
            id: 'fly-leg-h',
            data: home === null ? [] : [home.lngLat],
            getPosition: (at) => at,
            getText: () => 'H',
            getSize: 14,
            getColor: palette.text,
            fontWeight: 600,
          }),
        ]
      },
    },
    () => [on.status(), on.flight()],
  )
  useSceneLayer(
    scene,
    {
      id: 'fly-look',
      order: 70,
      build: ({ theme, stale }) => {
        const palette = paletteOf(theme, stale)
        const at = on.lookAt()
        const data = at === null ? [] : [at]
        const getPosition = (place: LngLat): LngLat => place
        return [
          new ScatterplotLayer<LngLat>({
            id: 'fly-look-ring',
            data,
            getPosition,
            getRadius: 14,
            radiusUnits: 'pixels',
            stroked: true,
            filled: false,
            getLineColor: palette.select,
            getLineWidth: 3,
            lineWidthUnits: 'pixels',
          }),
          new TextLayer<LngLat>({
            id: 'fly-look-plus',
            data,
            getPosition,
            getText: () => '+',
            getSize: 20,
            getColor: palette.select,
          }),
        ]
      },
    },
    () => on.lookAt(),
  )
  useSceneLayer(
    scene,
    {
      id: 'fly-candidates',
      order: 72,
      build: ({ theme, stale }) => [new CandidateLayer({ id: 'fly-candidates', data: on.candidates(), theme, stale })],
    },
    () => on.candidates(),
  )
}
