import { type FlightIntent, type FlightVolume, volumesOverlap } from './flight-volume.ts'

/**
 * Shortest wait before take-off, in whole steps, after which an intent conflicts with none of the others; null when none
 * up to `maxMs` helps (another height or ground is needed). The others have priority: they fly as planned. Exact: every
 * pair of volumes that share ground and height forbids one stretch of waits.
 * RangeError unless stepMs is above 0.
 */
export function startDelayMs(
  intent: FlightIntent,
  others: readonly FlightIntent[],
  options: { readonly stepMs?: number | undefined; readonly maxMs?: number | undefined } = {},
): number | null {
  const { stepMs = 10_000, maxMs = 900_000 } = options
  if (!(stepMs > 0)) throw new RangeError('stepMs: must be above 0')
  const forbidden = others
    .filter(({ droneId }) => droneId !== intent.droneId)
    .flatMap((other) => forbiddenWaits(intent.volumes, other.volumes))
    .sort((a, b) => a.fromMs - b.fromMs)
  let waitMs = 0
  for (const { fromMs, toMs } of forbidden) {
    // Rounded up it may lie in a stretch that comes later; never in one before.
    if (waitMs > fromMs && waitMs < toMs) waitMs = Math.ceil(toMs / stepMs) * stepMs
    if (waitMs > maxMs) return null
  }
  return waitMs
}

/** A stretch of waits, both ends free. */
interface Waits {
  readonly fromMs: number
  readonly toMs: number
}

function forbiddenWaits(a: readonly FlightVolume[], b: readonly FlightVolume[]): Waits[] {
  const always = { fromMs: -Infinity, toMs: Infinity }
  return a.flatMap((p) =>
    b.flatMap((q): Waits[] =>
      volumesOverlap({ ...p, ...always }, { ...q, ...always })
        ? [{ fromMs: q.fromMs - p.toMs, toMs: q.toMs - p.fromMs }]
        : [],
    ),
  )
}
