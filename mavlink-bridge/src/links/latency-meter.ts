/** Round trip to one remote end, from TIMESYNC questions and their answers. */
export interface LatencyMeter {
  /** Questions without an answer yet, by the stamp they carry, with the time they left. */
  readonly asked: readonly { readonly stamp: bigint; readonly atMs: number }[]
  readonly samples: readonly {
    readonly atMs: number
    readonly rttMs: number
    /** The other clock ahead of ours, ms, if the answer was made half-way. */
    readonly offsetMs: number
  }[]
}

/** Queues on the way make single round trips long; the least one of a window is what the way itself takes. */
const WINDOW_MS = 15_000
const MAX_ASKED = 8
const MAX_SAMPLES = 16

export const newLatencyMeter = (): LatencyMeter => ({ asked: [], samples: [] })

export const askedAt = (meter: LatencyMeter, stamp: bigint, atMs: number): LatencyMeter => ({
  ...meter,
  asked: [...meter.asked.slice(1 - MAX_ASKED), { stamp, atMs }],
})

/**
 * Takes an answer. One that belongs to none of our questions (another station's, a second copy) changes nothing.
 * @param remoteNs the other end's clock when it answered (tc1), nanoseconds
 */
export function answeredAt(meter: LatencyMeter, stamp: bigint, remoteNs: bigint, atMs: number): LatencyMeter {
  const question = meter.asked.find((asked) => asked.stamp === stamp)
  if (question === undefined || atMs < question.atMs) return meter
  const rttMs = atMs - question.atMs
  const offsetMs = Number(remoteNs) / 1e6 - (question.atMs + rttMs / 2)
  return {
    asked: meter.asked.filter((asked) => asked !== question),
    samples: [...meter.samples.slice(1 - MAX_SAMPLES), { atMs, rttMs, offsetMs }],
  }
}

/** Least round trip of the last fifteen seconds, ms; null when there was no answer in it. */
export function latencyMs(meter: LatencyMeter, nowMs: number): number | null {
  const recent = meter.samples.filter(({ atMs }) => nowMs - atMs <= WINDOW_MS)
  return recent.length === 0 ? null : Math.min(...recent.map(({ rttMs }) => rttMs))
}

/**
 * How far the other end's clock is ahead of ours, ms, by the answer with the least round trip of the last fifteen
 * seconds: queues make the two ways unequal, and the quickest answer met the fewest. Off by at most half that round
 * trip. Null when there was no answer.
 */
export function clockOffsetMs(meter: LatencyMeter, nowMs: number): number | null {
  const recent = meter.samples.filter(({ atMs }) => nowMs - atMs <= WINDOW_MS)
  const [first, ...rest] = recent
  return first === undefined ? null : rest.reduce((best, one) => (one.rttMs < best.rttMs ? one : best), first).offsetMs
}
