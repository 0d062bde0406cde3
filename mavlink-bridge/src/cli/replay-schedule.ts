import type { RecordedFrame } from './frame-source.ts'

/** Longer pauses in a recording (two flights in one log) are not waited for. */
export const LONGEST_PAUSE_US = 60_000_000n
const SHORTENED_PAUSE_US = 1_000_000n

/** When each frame of a recording is due, in milliseconds from the first: its own timing, divided by the speed. */
export interface ReplaySchedule {
  dueMs(record: RecordedFrame): number
  /** Pauses shortened so far. */
  readonly shortened: number
}

/** @param speed 2 plays twice as fast; > 0 */
export function createReplaySchedule(speed: number): ReplaySchedule {
  let previousUs: bigint | undefined
  let elapsedUs = 0n
  let shortened = 0
  return {
    get shortened() {
      return shortened
    },
    dueMs({ atUs }) {
      if (atUs !== null) {
        let step = previousUs === undefined ? 0n : atUs - previousUs
        if (step > LONGEST_PAUSE_US) {
          step = SHORTENED_PAUSE_US
          shortened++
        }
        // A clock that was set back while recording must not send frames into the past.
        if (step > 0n) elapsedUs += step
        previousUs = atUs
      }
      return Number(elapsedUs) / 1000 / speed
    },
  }
}
