import { closeSync, openSync, writeSync } from 'node:fs'

/** What was sent and when, for whoever measures how long it takes to arrive. */
export interface SendLog {
  /** @param mover its index within its kind */
  sent(kind: number, mover: number, lng: number, lat: number): void
  close(): void
}
export const NO_LOG: SendLog = { sent: () => undefined, close: () => undefined }

const FIELDS = 5
const FLUSH_ROWS = 4096

/** Rows of five doubles: kind (0 unit, 1 vessel, 2 drone), mover, sent at (monotonic ms of this machine), lng, lat. */
export function openSendLog(file: string): SendLog {
  const handle = openSync(file, 'w')
  let rows = new Float64Array(FLUSH_ROWS * FIELDS)
  let used = 0
  const flush = (): void => {
    writeSync(handle, new Uint8Array(rows.buffer, 0, used * 8))
    used = 0
  }
  return {
    sent(kind, mover, lng, lat) {
      rows.set([kind, mover, monotonicMs(), lng, lat], used)
      used += FIELDS
      if (used === rows.length) flush()
    },
    close() {
      flush()
      closeSync(handle)
      rows = new Float64Array(0)
    },
  }
}

/** The same in every process of one machine, unlike `performance.now`. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6
