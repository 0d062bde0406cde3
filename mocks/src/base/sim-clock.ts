/** Wall clock, milliseconds since 1970; an argument everywhere, so that tests own the time. */
export type WallClock = () => number

/**
 * How fast the simulated world runs. It turns wall time that has passed into world time; protocol timers
 * (heartbeats, retries, failsafe time-outs) never come here.
 */
export interface SimClock {
  readonly speed: number
  /** World seconds in `wallMs` of wall time. */
  worldS(wallMs: number): number
  /** World time of a wall time: both agree at the start, then the world runs `speed` times as fast. */
  worldMs(wallMs: number): number
}

/** RangeError unless 0 < speed <= 100. */
export function createSimClock(startMs: number, speed: number): SimClock {
  if (!(speed > 0 && speed <= 100)) throw new RangeError(`speed must be over 0 and at most 100, not ${speed}`)
  return {
    speed,
    worldS: (wallMs) => (wallMs / 1000) * speed,
    worldMs: (wallMs) => startMs + (wallMs - startMs) * speed,
  }
}
