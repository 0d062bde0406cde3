/** Milliseconds since 1970-01-01 UTC; an argument everywhere, so that tests own the time. */
export interface Clock {
  nowMs(): number
}

export const systemClock: Clock = { nowMs: () => Date.now() }
