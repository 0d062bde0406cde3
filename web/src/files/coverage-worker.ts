import { readCoverage } from '@skerry/exchange'

/** Bytes of a forecast in, its wind and current out: millions of numbers, seconds that the map must not stand still for. */
self.addEventListener('message', (event: MessageEvent<ArrayBuffer>) => {
  self.postMessage(readCoverage(new Uint8Array(event.data)), { transfer: [] })
})
