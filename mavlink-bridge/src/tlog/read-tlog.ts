import type { FrameCounters } from '../wire/framer.ts'
import { createTlogParser, type TlogRecord } from './tlog-parser.ts'

/**
 * Records of a log of any size, in batches of one chunk: holds one chunk at a time.
 * @param onEnd gets the counts when the log has been read to its end
 */
export async function* readTlog(
  chunks: AsyncIterable<Uint8Array>,
  onEnd: (counters: Readonly<FrameCounters>) => void = () => {},
): AsyncGenerator<TlogRecord[], void, undefined> {
  const parser = createTlogParser()
  for await (const chunk of chunks) yield parser.push(chunk)
  yield parser.end()
  onEnd(parser.counters)
}
