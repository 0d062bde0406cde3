import { seededRandom } from '../frame/seeded-random.ts'

/** One pass of a sensor by one target of the exercise. */
export interface TargetPass {
  /** Distance of the target from the track, to either side, metres. */
  readonly lateralM: number
  readonly detected: boolean
  /** Which target it was; passes by the same target are not independent and are drawn together. */
  readonly targetId: string
}

/** Measured sweep width with its 95 % interval (bootstrap over targets). */
export interface MeasuredSweepWidth {
  readonly sweepWidthM: number
  readonly low: number
  readonly high: number
  readonly passes: number
  readonly detections: number
  readonly targets: number
  /** What makes the number less worthy of trust. Empty: nothing found. */
  readonly doubts: CalibrationDoubt[]
}

export type CalibrationDoubt =
  /** Fewer than 20 targets or 30 passes: the interval is wide and itself unsure. */
  | 'few-targets'
  /** Targets do not lie evenly over the lateral range: the cross-over counts would lean to where they are many. */
  | 'uneven-range'
  /** Detections still come at the far end: the targets did not lie far enough out, W is a lower limit. */
  | 'not-far-enough'

/**
 * Sweep width by the cross-over method: W is twice the lateral range at which the number of misses inside equals the
 * number of detections outside. Needs targets laid evenly over the lateral range, out to where none is found any more.
 * Between neighbouring ranges the cross-over is read by straight line; when everything is found W is twice the farthest
 * range, when nothing is found 0.
 * Interval: 2.5 and 97.5 % of `rounds` bootstrap samples of whole targets; the same seed, the same interval.
 * RangeError for no passes, or a lateral range that is not a number of 0 or above.
 * Source: Robe & Frost 2002 (DTIC ADA513088); search-science notes 1.3.
 */
export function crossOverSweepWidth(
  passes: readonly TargetPass[],
  options: { readonly seed?: number | undefined; readonly rounds?: number | undefined } = {},
): MeasuredSweepWidth {
  const { seed = 1, rounds = 1000 } = options
  if (passes.length === 0) throw new RangeError('passes: need at least one')
  if (!passes.every(({ lateralM }) => lateralM >= 0 && Number.isFinite(lateralM)))
    throw new RangeError('passes.lateralM: must be 0 or above')
  const byTarget = new Map<string, TargetPass[]>()
  for (const pass of passes) byTarget.set(pass.targetId, [...(byTarget.get(pass.targetId) ?? []), pass])
  const targets = [...byTarget.values()]
  const random = seededRandom(seed)
  const drawn = Array.from({ length: rounds }, () =>
    crossOver(targets.flatMap(() => targets[Math.floor(random() * targets.length)]!)),
  ).sort((a, b) => a - b)
  const sweepWidthM = crossOver(passes)
  const quantile = (share: number): number => drawn[Math.min(rounds - 1, Math.floor(share * rounds))] ?? sweepWidthM
  return {
    sweepWidthM,
    low: Math.min(sweepWidthM, quantile(0.025)),
    high: Math.max(sweepWidthM, quantile(0.975)),
    passes: passes.length,
    detections: passes.filter(({ detected }) => detected).length,
    targets: targets.length,
    doubts: doubtsOf(passes, targets.length),
  }
}

function crossOver(passes: readonly TargetPass[]): number {
  const rangesM = Float64Array.from(passes, ({ lateralM }) => lateralM).sort()
  const detections = passes.reduce((sum, { detected }) => sum + Number(detected), 0)
  // Going out, every pass adds one miss inside or takes one detection from outside. So the two counts meet after as many
  // passes as there were detections, whatever their order.
  if (detections === 0) return 0
  const hereM = rangesM[detections - 1]!
  // The cross-over lies anywhere up to the next range: take the middle, or this one when it is the last.
  return hereM + (rangesM[detections] ?? hereM)
}

function doubtsOf(passes: readonly TargetPass[], targets: number): CalibrationDoubt[] {
  const doubts: CalibrationDoubt[] = []
  const sorted = passes.toSorted((a, b) => a.lateralM - b.lateralM)
  if (targets < 20 || passes.length < 30) doubts.push('few-targets')
  // Kolmogorov's distance from an even spread, at its 1 % critical value.
  const farM = sorted[sorted.length - 1]!.lateralM
  const gap = sorted.reduce(
    (worst, { lateralM }, i) => Math.max(worst, Math.abs((i + 0.5) / sorted.length - lateralM / (farM || 1))),
    0,
  )
  if (gap > 1.63 / Math.sqrt(sorted.length)) doubts.push('uneven-range')
  const outer = sorted.slice(Math.floor(sorted.length * 0.85))
  if (outer.filter(({ detected }) => detected).length > 0.1 * outer.length) doubts.push('not-far-enough')
  return doubts
}

/**
 * Where to lay targets for the exercise: one in each of `targets` even slices of the lateral range 0 to `rangeM`, at a
 * random place in it, on a random side, in random order along the track, `spacingM` apart with jitter so that the pilot
 * cannot learn a rhythm. Lay them out to 1.5 times half the swath or more.
 * RangeError unless targets, range and spacing are above 0.
 */
export function calibrationLayout(input: {
  readonly targets: number
  readonly rangeM: number
  readonly spacingM: number
  readonly seed: number
}): { readonly alongM: number; readonly lateralM: number; readonly side: 'left' | 'right' }[] {
  const { targets, rangeM, spacingM, seed } = input
  if (!(Number.isInteger(targets) && targets > 0)) throw new RangeError('targets: must be a whole number above 0')
  if (!(rangeM > 0 && spacingM > 0)) throw new RangeError('rangeM, spacingM: must be above 0')
  const random = seededRandom(seed)
  const slices = Array.from({ length: targets }, (_, i) => i)
  for (let i = targets - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[slices[i], slices[j]] = [slices[j]!, slices[i]!]
  }
  return slices.map((slice, i) => ({
    alongM: (i + 0.5 + 0.6 * (random() - 0.5)) * spacingM,
    lateralM: ((slice + random()) / targets) * rangeM,
    side: random() < 0.5 ? 'left' : 'right',
  }))
}
