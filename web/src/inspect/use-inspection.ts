import { computed, type ComputedRef } from 'vue'
import { useLive } from '../feed/provide-feed.ts'
import { useWords } from '../i18n/use-words.ts'
import type { ThingRef } from '../map/scene.ts'
import { useDrones } from '../stores/drones.ts'
import { useFeed } from '../stores/feed.ts'
import { useHotspotCells } from '../stores/hotspots.ts'
import { useVessels } from '../stores/vessels.ts'
import { usePicture } from '../stores/picture.ts'
import type { Inspection } from './facts.ts'
import { inspect } from './inspect.ts'

/** The inspection of a thing, alive: it follows the picture and the clock. */
export function useInspection(thing: () => ThingRef | null): ComputedRef<Inspection | null> {
  const { t, lang } = useWords()
  const { movers } = useLive()
  const picture = usePicture()
  const drones = useDrones()
  const feed = useFeed()
  const hotspots = useHotspotCells()
  const vessels = useVessels()
  return computed(() => {
    const ref = thing()
    if (ref === null) return null
    return inspect(ref, {
      picture: picture.all,
      statuses: drones.statuses,
      movers,
      hotspots: hotspots.cells,
      vessels: vessels.facts,
      nowMs: feed.serverNowMs,
      lang: lang.value,
      t,
    })
  })
}
