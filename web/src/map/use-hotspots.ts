import type { HotspotCell } from '@skerry/layers'
import type { Incident } from '@skerry/contract'
import { useThrottleFn } from '@vueuse/core'
import { onScopeDispose, watch } from 'vue'
import { useHotspotCells } from '../stores/hotspots.ts'

/** At most this often, ms: incidents come a few a minute. */
const PAUSE_MS = 2000

/** Keeps the hotspots of all incidents in the picture up to date, computed in a worker, while `on` is true. */
export function useHotspots(incidents: () => ReadonlyMap<string, Incident>, on: () => boolean): void {
  const store = useHotspotCells()
  let worker: Worker | null = null
  const ask = useThrottleFn(
    () => {
      if (!on()) return
      if (worker === null) {
        worker = new Worker(new URL('./hotspot-worker.ts', import.meta.url), { type: 'module' })
        worker.addEventListener('message', (event: MessageEvent<HotspotCell[]>) => {
          store.take(event.data)
        })
      }
      const positions = Float64Array.from([...incidents().values()].flatMap((incident) => incident.position))
      worker.postMessage(positions, [positions.buffer])
    },
    PAUSE_MS,
    true,
  )
  watch([incidents, on], () => void ask(), { immediate: true })
  onScopeDispose(() => worker?.terminate())
}
