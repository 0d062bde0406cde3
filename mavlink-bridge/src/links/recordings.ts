import path from 'node:path'
import { type Clock, every } from '../clock.ts'
import { createTlogWriter, type TlogWriter } from '../tlog/tlog-writer.ts'
import { recordOf, tlogRecord } from '../tlog/tlog-record.ts'
import type { Frame } from '../wire/frame.ts'
import type { StrayFrame } from '../wire/stray-frames.ts'

export interface RecordingOptions {
  readonly folder: string
  readonly fileMegabytes: number
  readonly totalMegabytes: number
  readonly clock: Clock
  readonly onFault: (link: string, error: unknown) => void
}
export interface Recordings {
  /** One link's log: all frames both ways, without signatures and without messages that carry a key. */
  of(link: string): {
    add(frame: Frame, atMs: number): void
    addStrays(frames: readonly StrayFrame[], atMs: number): void
  }
  close(): Promise<void>
}

const FLUSH_MS = 1000
const usOf = (atMs: number): bigint => BigInt(Math.round(atMs * 1000))

/** A log of its own for each link, written once a second. */
export function createRecordings(options: RecordingOptions): Recordings {
  const { clock } = options
  const writers: TlogWriter[] = []
  const stop = every(clock, FLUSH_MS, () => {
    for (const writer of writers) void writer.flush()
  })
  return {
    of(link) {
      const writer = createTlogWriter(
        {
          folder: path.join(options.folder, link),
          name: link,
          maxFileBytes: options.fileMegabytes * 1e6,
          maxTotalBytes: options.totalMegabytes * 1e6,
          onFault: (error) => options.onFault(link, error),
        },
        clock.nowMs,
      )
      writers.push(writer)
      return {
        add(frame, atMs) {
          const record = tlogRecord(usOf(atMs), frame)
          if (record !== undefined) writer.add(record)
        },
        addStrays(frames, atMs) {
          for (const { raw } of frames) writer.add(recordOf(usOf(atMs), raw))
        },
      }
    },
    async close() {
      stop()
      await Promise.all(writers.map((writer) => writer.close()))
    },
  }
}
