import { readFile } from '@skerry/exchange'

/** Bytes of a file in, what is in it out. Large tracks take seconds, which the thread that draws does not have. */
self.addEventListener('message', (event: MessageEvent<ArrayBuffer>) => {
  self.postMessage(readFile(new Uint8Array(event.data)), { transfer: [] })
})
