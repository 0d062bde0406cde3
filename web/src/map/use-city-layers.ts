import { CheckpointLayer, DensityLayer, HotspotLayer, IncidentLayer, type HotspotCell } from '@skerry/layers'
import type { Checkpoint, Incident } from '@skerry/contract'
import { useTopics } from '../feed/provide-feed.ts'
import { useWords } from '../i18n/use-words.ts'
import { useDictionary } from '../stores/dictionary.ts'
import { useHotspotAnswer } from '../stores/hotspots.ts'
import { usePicture } from '../stores/picture.ts'
import { useSettings } from '../stores/settings.ts'
import { onByDefault, type CityLayerName } from './city-layer-names.ts'
import { motionTopics } from './motion-topics.ts'
import { useSceneLayer, type Scene } from './scene.ts'
import { useConsignmentLayer } from './use-consignment-layer.ts'
import { useDroneLayer } from './use-drone-layer.ts'
import { useHotspots } from './use-hotspots.ts'
import { useSearchLayers } from './use-search-layers.ts'
import { useSailingLayer } from './use-sailing-layer.ts'
import { useVesselLayer } from './use-vessel-layer.ts'
import { useWarningLayer } from './use-warning-layer.ts'
import { useUnitLayer } from './use-unit-layer.ts'
import { useZoneLayer } from './use-zone-layer.ts'

/** Names and counts of checkpoints only where there is room for them. */
const COUNTS_FROM_ZOOM = 9.5
/** Below this, running numbers of incidents would lie over each other. */
const NUMBERS_FROM_ZOOM = 11.8
/** Closed incidents only count for hotspots. */
const isOpen = (incident: Incident): boolean => incident.state !== 'closed'

/**
 * The live picture on a map: units, incidents, hotspots, checkpoints, drones; each with its switch.
 * @param openIncidentId incident whose room is open: marked on the map
 * @param searches also tasks and candidates of running searches; a map that draws them itself leaves them out
 */
export function useCityLayers(
  scene: Scene,
  { searches = false, openIncidentId = () => null }: { searches?: boolean; openIncidentId?: () => string | null } = {},
): void {
  const { t } = useWords()
  const picture = usePicture()
  const settings = useSettings()
  const { dictionary } = useDictionary()
  const found = useHotspotAnswer()
  const on = (name: CityLayerName): boolean => settings.isOn(name, onByDefault(name))
  const chosen = (kind: 'incident' | 'checkpoint'): string | null =>
    scene.selected.value?.kind === kind ? scene.selected.value.id : null

  useTopics('city', () => [...motionTopics(scene.view.value?.box ?? null), 'drones', 'checkpoints', 'sailings'])
  useVesselLayer(scene, () => on('vessels'))
  useSailingLayer(scene, () => on('sailings'))
  useUnitLayer(scene, () => on('units'))
  useDroneLayer(
    scene,
    () => on('drones'),
    () => on('footprints'),
  )
  useZoneLayer(scene, () => on('zones'))
  useConsignmentLayer(scene, () => on('consignments'))
  useWarningLayer(scene, () => on('incidents'))
  if (searches) useSearchLayers(scene, () => on('searches'))

  useHotspots(
    () => picture.incidents,
    () => on('hotspots'),
  )
  useSceneLayer(
    scene,
    {
      id: 'hotspots',
      order: 22,
      build: ({ theme, stale }) =>
        on('hotspots')
          ? [
              new DensityLayer({ id: 'density', grid: found.answer?.density ?? null }),
              new HotspotLayer({ id: 'hotspots', data: found.cells, theme, stale, pickable: true }),
            ]
          : [],
      toThing: ({ object }) => ({ kind: 'hotspot', id: (object as HotspotCell).cell }),
    },
    () => [found.answer, on('hotspots')],
  )
  useSceneLayer(
    scene,
    {
      id: 'checkpoints',
      order: 60,
      build: ({ theme, stale, lang, zoom }) =>
        on('checkpoints') && picture.checkpoints.size > 0
          ? [
              new CheckpointLayer({
                id: 'checkpoints',
                data: [...picture.checkpoints.values()],
                selected: chosen('checkpoint'),
                theme,
                stale,
                lang,
                unknownWord: t('common.unknown'),
                counts: zoom >= COUNTS_FROM_ZOOM,
                pickable: true,
              }),
            ]
          : [],
      toThing: ({ object }) => ({ kind: 'checkpoint', id: (object as Checkpoint).id }),
    },
    () => [picture.checkpoints, on('checkpoints'), chosen('checkpoint')],
  )
  useSceneLayer(
    scene,
    {
      id: 'incidents',
      order: 68,
      build: ({ theme, stale, zoom, lang }) =>
        on('incidents')
          ? [
              new IncidentLayer({
                id: 'incidents',
                data: [...picture.incidents.values()].filter(isOpen),
                selected: chosen('incident') ?? openIncidentId(),
                levels: dictionary.value.levels,
                lang,
                numbers: zoom >= NUMBERS_FROM_ZOOM,
                sizePx: zoom >= NUMBERS_FROM_ZOOM ? 26 : 20,
                theme,
                stale,
                pickable: true,
              }),
            ]
          : [],
      toThing: ({ object }) => ({ kind: 'incident', id: (object as Incident).id }),
    },
    () => [picture.incidents, on('incidents'), chosen('incident'), openIncidentId(), dictionary.value],
  )
}
