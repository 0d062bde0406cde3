import type { Incident } from '@skerry/contract'
import type { HotspotAnswer, HotspotQuestion } from '@skerry/layers'
import { useIntervalFn, useThrottleFn } from '@vueuse/core'
import { onScopeDispose, watch } from 'vue'
import { useFeed } from '../stores/feed.ts'
import { useHotspotAnswer } from '../stores/hotspots.ts'
import { useSettings } from '../stores/settings.ts'
import { usePast } from '../stores/past.ts'
import { usePicture } from '../stores/picture.ts'
import { hotspotPositions, hotspotsFromMs } from './hotspot-choice.ts'

/** At most this often, ms: incidents come a few a minute. */
const PAUSE_MS = 2000
/** Incidents leave the window as time goes on, ms. */
const AGEING_MS = 60_000

/** Past incidents are asked for again at most this often after some have left the picture, ms. */
const PAST_PAUSE_MS = 30_000

/** Keeps the hotspots of all incidents, live and past, up to date, computed in a worker, while `on` is true. */
export function useHotspots(incidents: () => ReadonlyMap<string, Incident>, on: () => boolean): void {
  const store = useHotspotAnswer()
  const settings = useSettings()
  const feed = useFeed()
  let worker: Worker | null = null
  const ask = useThrottleFn(
    () => {
      if (!on()) return
      void store.askExposure()
      if (worker === null) {
        worker = new Worker(new URL('./hotspot-worker.ts', import.meta.url), { type: 'module' })
        worker.addEventListener('message', (event: MessageEvent<HotspotAnswer>) => {
          store.take(event.data)
        })
      }
      const { view, hours } = settings.hotspots
      const positions = hotspotPositions(incidents(), past.places?.places ?? [], hours, feed.serverNowMs)
      const question: HotspotQuestion = { view, positions, exposure: store.exposure ?? null }
      worker.postMessage(question, [positions.buffer])
    },
    PAUSE_MS,
    true,
  )
  const past = usePast()
  const askPast = useThrottleFn(
    () => {
      if (on()) void past.askPlaces(hotspotsFromMs(settings.hotspots.hours, feed.serverNowMs))
    },
    PAST_PAUSE_MS,
    true,
  )
  watch([on, () => settings.hotspots.hours], () => void askPast(), { immediate: true })
  onScopeDispose(
    usePicture().onUpdates((updates) => {
      if (updates.some(({ type }) => type === 'incident.archived')) void askPast()
    }),
  )
  watch([incidents, on, () => settings.hotspots, () => store.exposure, () => past.places], () => void ask(), {
    immediate: true,
  })
  useIntervalFn(() => void ask(), AGEING_MS)
  onScopeDispose(() => worker?.terminate())
}
