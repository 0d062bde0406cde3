import { hotspots } from '@skerry/layers'

/** Interleaved lng, lat in; significant cells out. The statistic is too slow for the thread that draws. */
self.addEventListener('message', (event: MessageEvent<Float64Array>) => {
  const positions: [number, number][] = []
  for (let i = 0; i + 1 < event.data.length; i += 2) positions.push([event.data[i]!, event.data[i + 1]!])
  self.postMessage(hotspots(positions), { transfer: [] })
})
