const FIRST_MS = 400
const CAP_MS = 10_000

/**
 * Pause before reconnecting, ms. Half of it is random, so that a hundred consoles do not come back as one;
 * the first is always under a second.
 * @param attempt 0 for the first retry
 * @param random in [0, 1)
 */
export function backoffMs(attempt: number, random: number): number {
  const full = Math.min(CAP_MS, FIRST_MS * 2 ** Math.min(attempt, 10) * 2)
  return full / 2 + (full / 2) * random
}
