import { UnitLayer } from '@skerry/layers'
import { computed, onScopeDispose, watch } from 'vue'
import { useLive } from '../feed/provide-feed.ts'
import { useFeed } from '../stores/feed.ts'
import { usePicture } from '../stores/picture.ts'
import { useSceneLayer, type Scene } from './scene.ts'

/** How often units are drawn again only because they grew older, ms. */
const AGEING_MS = 5000
const FULL_SIZE_FROM_ZOOM = 10.5

/** Patrol units from the motion columns: they never pass through Vue. */
export function useUnitLayer(scene: Scene, on: () => boolean): void {
  const { movers } = useLive()
  const picture = usePicture()
  const feed = useFeed()
  let drawn = new Uint16Array(0)
  const idOf = computed(() => new Map([...picture.units.values()].map((unit) => [unit.handle, unit.id])))
  const selected = (): number | null => {
    const thing = scene.selected.value
    return thing?.kind === 'unit' ? (picture.units.get(thing.id)?.handle ?? null) : null
  }
  useSceneLayer(
    scene,
    {
      id: 'units',
      order: 64,
      build: ({ theme, stale, zoom }) => {
        if (!on()) return []
        const columns = movers.columns('unit', feed.serverNowMs)
        drawn = columns.handle.slice()
        const sizePx = zoom >= FULL_SIZE_FROM_ZOOM ? 30 : 22
        return [new UnitLayer({ id: 'units', columns, sizePx, selected: selected(), theme, stale, pickable: true })]
      },
      toThing: ({ index }) => {
        const id = idOf.value.get(drawn[index] ?? -1)
        return id === undefined ? null : { kind: 'unit', id }
      },
    },
    () => [on(), selected()],
  )
  onScopeDispose(movers.onChange((kind) => kind === 'unit' && scene.invalidate('units')))
  watch(
    () => Math.floor(feed.serverNowMs / AGEING_MS),
    () => scene.invalidate('units'),
  )
}
