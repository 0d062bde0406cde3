/** A value with the time it came in, epoch ms. */
export interface Timed {
  readonly atMs: number
}

/** With the spacing below, half a second at the least: as old as a sample may be that a frame is placed with. */
const KEPT = 12
/** Faster streams are thinned: their newest sample takes the place of the one before. */
const SPACING_MS = 45

/** Newest last. Times never go back: a sample out of order is left out. */
export function remember<T extends Timed>(samples: readonly T[], sample: T): readonly T[] {
  const last = samples.at(-1)
  if (last !== undefined && sample.atMs < last.atMs) return samples
  const before = samples.at(-2)
  if (last !== undefined && before !== undefined && last.atMs - before.atMs < SPACING_MS)
    return [...samples.slice(0, -1), sample]
  return [...samples.slice(-(KEPT - 1)), sample]
}

/** The samples on both sides of a moment; `after` is null when the newest one is older than the moment. */
export function around<T extends Timed>(samples: readonly T[], atMs: number): { before: T; after: T | null } | null {
  let before: T | null = null
  for (const sample of samples) {
    if (sample.atMs <= atMs) before = sample
    else return before === null ? { before: sample, after: null } : { before, after: sample }
  }
  return before === null ? null : { before, after: null }
}
