import { MOST_FILE_BYTES, type ReadResult } from '@skerry/exchange'

/** Reads a file in a thread of its own, which ends with it. A file beyond the limit is not even loaded. */
export async function readApart(file: File): Promise<ReadResult> {
  if (file.size > MOST_FILE_BYTES) return { ok: false, fault: 'too-large', detail: String(file.size) }
  const bytes = await file.arrayBuffer()
  const worker = new Worker(new URL('./read-worker.ts', import.meta.url), { type: 'module' })
  try {
    return await new Promise((resolve, reject) => {
      worker.addEventListener('message', (event: MessageEvent<ReadResult>) => resolve(event.data))
      worker.addEventListener('error', reject)
      worker.postMessage(bytes, [bytes])
    })
  } catch {
    return { ok: false, fault: 'too-large', detail: null } // the thread ran out of memory
  } finally {
    worker.terminate()
  }
}
