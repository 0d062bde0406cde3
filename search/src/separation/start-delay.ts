import { type FlightIntent, intentConflicts } from './flight-volume.ts'

/**
 * Shortest wait before take-off, in whole steps, after which an intent conflicts with none of the others; null when none
 * up to `maxMs` helps (another height or ground is needed). The others have priority: they fly as planned.
 * RangeError unless stepMs is above 0.
 */
export function startDelayMs(
  intent: FlightIntent,
  others: readonly FlightIntent[],
  options: { readonly stepMs?: number | undefined; readonly maxMs?: number | undefined } = {},
): number | null {
  const { stepMs = 10_000, maxMs = 900_000 } = options
  if (!(stepMs > 0)) throw new RangeError('stepMs: must be above 0')
  for (let waitMs = 0; waitMs <= maxMs; waitMs += stepMs) {
    const later = {
      ...intent,
      volumes: intent.volumes.map((v) => ({ ...v, fromMs: v.fromMs + waitMs, toMs: v.toMs + waitMs })),
    }
    if (!others.some((other) => intentConflicts([later, other]).length > 0)) return waitMs
  }
  return null
}
