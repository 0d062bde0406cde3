import { VesselLayer } from '@skerry/layers'
import { onScopeDispose, watch } from 'vue'
import { useLive } from '../feed/provide-feed.ts'
import { useFeed } from '../stores/feed.ts'
import { useVessels } from '../stores/vessels.ts'
import { useSceneLayer, type Scene } from './scene.ts'

/** How often vessels are drawn again only because they grew older, ms. */
const AGEING_MS = 15_000
/** What a vessel that is looked at says of itself is asked for again this often, ms. */
const ASK_MS = 10_000

/** Vessels from the motion columns: they never pass through Vue. The id of a vessel is its number there. */
export function useVesselLayer(scene: Scene, on: () => boolean): void {
  const { movers } = useLive()
  const feed = useFeed()
  const vessels = useVessels()
  let drawn = new Uint16Array(0)
  const selected = (): number | null =>
    scene.selected.value?.kind === 'vessel' ? Number(scene.selected.value.id) : null
  useSceneLayer(
    scene,
    {
      id: 'vessels',
      order: 61,
      build: ({ theme, stale }) => {
        if (!on()) return []
        const columns = movers.columns('vessel', feed.serverNowMs)
        drawn = columns.handle.slice()
        return [new VesselLayer({ id: 'vessels', columns, selected: selected(), theme, stale, pickable: true })]
      },
      toThing: ({ index }) => {
        const handle = drawn[index]
        return handle === undefined ? null : { kind: 'vessel', id: String(handle) }
      },
    },
    () => [on(), selected()],
  )
  onScopeDispose(movers.onChange((kind) => kind === 'vessel' && scene.invalidate('vessels')))
  watch(
    () => Math.floor(feed.serverNowMs / AGEING_MS),
    () => scene.invalidate('vessels'),
  )
  watch(
    () => [selected(), Math.floor(feed.serverNowMs / ASK_MS)] as const,
    ([handle]) => {
      if (handle !== null) void vessels.ask(handle)
    },
    { immediate: true },
  )
}
