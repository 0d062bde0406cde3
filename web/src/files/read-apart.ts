import { type CoverageResult, MOST_COVERAGE_BYTES, MOST_FILE_BYTES, type ReadResult } from '@skerry/exchange'

/** Reads a file in a thread of its own, which ends with it. A file beyond the limit is not even loaded. */
export async function readApart(file: File): Promise<ReadResult> {
  if (file.size > MOST_FILE_BYTES) return { ok: false, fault: 'too-large', detail: String(file.size) }
  const worker = new Worker(new URL('./read-worker.ts', import.meta.url), { type: 'module' })
  return (await answerOf<ReadResult>(worker, file)) ?? { ok: false, fault: 'too-large', detail: null }
}

/** Reads wind and current of a forecast file, as `readApart`. */
export async function readForecastApart(file: File): Promise<CoverageResult> {
  const tooLarge = { ok: false, fault: 'too-large', detail: `${MOST_COVERAGE_BYTES / 1_000_000} MB` } as const
  if (file.size > MOST_COVERAGE_BYTES) return tooLarge
  const worker = new Worker(new URL('./coverage-worker.ts', import.meta.url), { type: 'module' })
  return (await answerOf<CoverageResult>(worker, file)) ?? tooLarge
}

/** What a thread makes of a file; null where it ran out of memory. The thread ends here. */
async function answerOf<T>(worker: Worker, file: File): Promise<T | null> {
  try {
    const bytes = await file.arrayBuffer()
    return await new Promise<T>((resolve, reject) => {
      worker.addEventListener('message', (event: MessageEvent<T>) => resolve(event.data))
      worker.addEventListener('error', reject)
      worker.postMessage(bytes, [bytes])
    })
  } catch {
    return null
  } finally {
    worker.terminate()
  }
}
