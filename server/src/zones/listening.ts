/** A stretch of time in which no server listened, epoch ms. */
export interface Deaf {
  fromMs: number
  toMs: number
}

/** When the server listened. */
export interface Listening {
  /** When silence since `sinceMs` has been listened to for `forMs`: what nobody could hear is no silence of the mover. */
  quietAtMs(sinceMs: number, forMs: number): number
  /** Whether something last heard at `heardAtMs` (null: never) says, at `nowMs`, that the way it came works. */
  works(heardAtMs: number | null, nowMs: number): boolean
}

/** Listened to all but these stretches, which are in order of time and apart from one another. */
export const listeningExcept = (stretches: readonly Deaf[]): Listening => ({
  quietAtMs(sinceMs, forMs) {
    let atMs = sinceMs + forMs
    for (const { fromMs, toMs } of stretches)
      if (sinceMs < toMs && atMs > fromMs) atMs += toMs - Math.max(fromMs, sinceMs)
    return atMs
  },
  works: (heardAtMs, nowMs) =>
    stretches.every(({ fromMs, toMs }) => nowMs <= fromMs || (heardAtMs !== null && heardAtMs >= toMs)),
})

export const ALWAYS_LISTENING = listeningExcept([])
