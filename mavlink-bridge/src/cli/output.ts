import type { Writable } from 'node:stream'

const BATCH_CHARS = 64 * 1024

/** Lines to a stream, in large writes, no faster than the reader takes them. */
export interface LineOutput {
  /** False when the reader has gone away (as `head` does): nothing more needs to be written. */
  line(text: string): Promise<boolean>
  end(): Promise<void>
}

/** Wraps a stream. An EPIPE ends the output quietly; any other write error is thrown by the next call. */
export function lineOutput(stream: Writable): LineOutput {
  let batch = ''
  let closed = false
  let failure: Error | undefined
  const onError = (error: NodeJS.ErrnoException): void => {
    closed = true
    if (error.code !== 'EPIPE') failure = error
  }
  stream.on('error', onError)

  async function flush(): Promise<void> {
    if (failure !== undefined) throw failure
    if (closed || batch === '') return
    const text = batch
    batch = ''
    // The callback, not 'drain': it also comes when the write fails.
    await new Promise<void>((resolve) => stream.write(text, () => resolve()))
    if (failure !== undefined) throw failure
  }

  return {
    async line(text) {
      batch += `${text}\n`
      if (batch.length >= BATCH_CHARS) await flush()
      return !closed
    },
    end: flush,
  }
}
