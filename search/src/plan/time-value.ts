/**
 * What a find at a time is worth to a plan, seconds from the start of the search; never rising with time. A plan is the
 * better the higher the sum of dPOS(t) V(t) is (notes 1.2): with V = horizon - t that is the smallest restricted mean
 * time, with V = S(t) the highest probability to find the subject alive.
 */
export type TimeValue = (atS: number) => number

/** A find is worth the time it leaves until the horizon; without a horizon every find is worth the same. */
export const soonestFound =
  (horizonS: number): TimeValue =>
  (atS) =>
    Number.isFinite(horizonS) ? Math.max(0, horizonS - atS) : 1

/** Mean worth of finds that come evenly over a flight. */
export function meanValue(valueAt: TimeValue, fromS: number, lastsS: number): number {
  const parts = 12
  let sum = 0
  for (let k = 0; k < parts; k++) sum += valueAt(fromS + ((k + 0.5) / parts) * lastsS)
  return sum / parts
}
