import { readTlog } from '../tlog/read-tlog.ts'
import type { Frame } from '../wire/frame.ts'
import { createFramer, type FrameCounters } from '../wire/framer.ts'

/** A frame of a file; `atUs` is null when the file holds bare frames. */
export interface RecordedFrame {
  readonly atUs: bigint | null
  readonly frame: Frame
}

/** Good frames of a telemetry log, or with `raw` of bare frames back to back, in batches. */
export async function* recordedFrames(
  chunks: AsyncIterable<Uint8Array>,
  raw: boolean,
  onEnd: (counters: Readonly<FrameCounters>) => void,
): AsyncGenerator<readonly RecordedFrame[], void, undefined> {
  if (!raw) {
    yield* readTlog(chunks, onEnd)
    return
  }
  const framer = createFramer()
  const bare = (frame: Frame): RecordedFrame => ({ atUs: null, frame })
  for await (const chunk of chunks) yield framer.push(chunk).map(bare)
  yield framer.end().map(bare)
  onEnd(framer.counters)
}
