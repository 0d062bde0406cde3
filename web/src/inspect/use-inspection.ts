import { computed, type ComputedRef } from 'vue'
import { useLive } from '../feed/provide-feed.ts'
import { useWords } from '../i18n/use-words.ts'
import type { ThingRef } from '../map/scene.ts'
import { useConsignmentPlaces } from '../stores/consignments.ts'
import { useDrones } from '../stores/drones.ts'
import { useFeed } from '../stores/feed.ts'
import { useHotspotAnswer } from '../stores/hotspots.ts'
import { useSailings } from '../stores/sailings.ts'
import { useVessels } from '../stores/vessels.ts'
import { usePicture } from '../stores/picture.ts'
import type { Inspection } from './facts.ts'
import { inspect } from './inspect.ts'

/** The inspection of a thing, alive: it follows the picture and the clock. */
export function useInspection(thing: () => ThingRef | null): ComputedRef<Inspection | null> {
  const look = useInspector()
  return computed(() => {
    const ref = thing()
    return ref === null ? null : look(ref)
  })
}

/** What is known of any thing now; null for one that is gone. Reads reactive state. */
export function useInspector(): (thing: ThingRef) => Inspection | null {
  const { t, lang } = useWords()
  const { movers } = useLive()
  const picture = usePicture()
  const drones = useDrones()
  const feed = useFeed()
  const hotspots = useHotspotAnswer()
  const vessels = useVessels()
  const sailings = useSailings()
  const consignments = useConsignmentPlaces()
  return (thing) =>
    inspect(thing, {
      picture: picture.all,
      statuses: drones.statuses,
      movers,
      hotspots: hotspots.cells,
      vessels: vessels.facts,
      sailings: sailings.all,
      consignmentPlaces: consignments.places,
      placeName: (id) => sailings.nameOf(id, lang.value),
      nowMs: feed.serverNowMs,
      lang: lang.value,
      t,
    })
}
