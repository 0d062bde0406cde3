/** Pauses between tries to open a link again: half a second, doubled each time, ten seconds at most. */
const FIRST_MS = 500
const LONGEST_MS = 10_000

/**
 * @param tries failures so far, 1 or more
 * @param random 0..1: spreads the tries of several links, by up to a fifth either way
 */
export const backoffMs = (tries: number, random: number): number =>
  Math.round(Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(tries - 1, 10)) * (0.8 + 0.4 * random))
