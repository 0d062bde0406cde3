import { ConsignmentLayer, type ConsignmentOnMap } from '@skerry/layers'
import { computed } from 'vue'
import { consignmentsOnMap } from '../consignments/consignment-view.ts'
import { useTopics } from '../feed/provide-feed.ts'
import { useWords } from '../i18n/use-words.ts'
import { useConsignmentPlaces } from '../stores/consignments.ts'
import { useFeed } from '../stores/feed.ts'
import { usePicture } from '../stores/picture.ts'
import { useSession } from '../stores/session.ts'
import { useSceneLayer, type Scene } from './scene.ts'

const NAMES_FROM_ZOOM = 9
/** Drawn again this often only because positions grew older, ms. */
const AGEING_MS = 10_000

/** Whether this seat is told where consignments are on their way. */
export function useSeesConsignments(): () => boolean {
  const session = useSession()
  return () => session.role === 'dispatcher' || session.role === 'coordinator'
}

/** Consignments of dangerous goods: corridors for every console, vehicles for those who answer for incidents. */
export function useConsignmentLayer(scene: Scene, on: () => boolean): void {
  const { t } = useWords()
  const picture = usePicture()
  const feed = useFeed()
  const store = useConsignmentPlaces()
  const sees = useSeesConsignments()
  const ageing = computed(() => Math.floor(feed.serverNowMs / AGEING_MS))
  const selected = (): string | null => (scene.selected.value?.kind === 'consignment' ? scene.selected.value.id : null)
  useTopics('consignments', () => (sees() && on() ? ['consignments'] : []))
  useSceneLayer(
    scene,
    {
      id: 'consignments',
      order: 57,
      build: ({ theme, stale, zoom, nowMs }) =>
        on() && picture.consignments.size > 0
          ? [
              new ConsignmentLayer({
                id: 'consignments',
                data: consignmentsOnMap(
                  picture.consignments.values(),
                  store.places,
                  [...picture.alarms.values()],
                  nowMs,
                ),
                selected: selected(),
                names: zoom >= NAMES_FROM_ZOOM,
                theme,
                stale,
                unknownWord: t('common.unknown'),
                pickable: true,
              }),
            ]
          : [],
      toThing: ({ object }) => ({ kind: 'consignment', id: (object as ConsignmentOnMap).id }),
    },
    () => [picture.consignments, picture.alarms, store.places, on(), selected(), ageing.value],
  )
}
