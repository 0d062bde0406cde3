import { computeHotspots, type HotspotQuestion } from '@skerry/layers'

/** The statistics are too slow for the thread that draws. */
self.addEventListener('message', (event: MessageEvent<HotspotQuestion>) => {
  self.postMessage(computeHotspots(event.data), { transfer: [] })
})
