/** A value with the time it came in, epoch ms. */
export interface Timed {
  readonly atMs: number
}

/** Long enough to look back from a frame that is judged when its neighbours are in; short enough for every vehicle. */
const KEPT = 12

/** Newest last. Times never go back: a sample out of order is left out. */
export function remember<T extends Timed>(samples: readonly T[], sample: T): readonly T[] {
  const last = samples.at(-1)
  if (last !== undefined && sample.atMs < last.atMs) return samples
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
