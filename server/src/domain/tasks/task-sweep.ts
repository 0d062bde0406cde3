import type { CoverShare, SweepBasis, Task } from '@skerry/contract'
import { podCap, podCapped } from '@skerry/search'
import type { SensorCover } from '../context.ts'

export type TaskSweep = Pick<Task, 'sweepWidthM' | 'sweepRangeM' | 'sweepBasis' | 'sweepAssumed' | 'sweepByCover'>

/** From the least that is known to the most. */
const BASES: readonly SweepBasis[] = ['assumed', 'transferred', 'measured']

/**
 * What a task's sensor sweeps over its ground. Where layers tell what grows there: means over it, with the sweep width over
 * each cover; and no better founded than over the cover of which least is known.
 * @param shares of the task's ground; missing: no layer tells of any cover
 */
export function taskSweep(cover: SensorCover, shares: readonly CoverShare[] | undefined): TaskSweep {
  const { byCover, assumed, sweepWidthM, rangeM, basis } = cover
  const whole = { sweepWidthM, sweepRangeM: rangeM, sweepBasis: basis, ...(assumed ? { sweepAssumed: assumed } : {}) }
  if (!byCover || !shares || shares.length === 0) return whole
  const untold: CoverShare[] = shares.some((one) => one.cover === null) ? [] : [{ cover: null, share: 0 }]
  const parts = [...shares, ...untold].map((one) => ({ ...one, over: one.cover === null ? cover : byCover[one.cover] }))
  const mean = (valueOf: (over: (typeof parts)[number]['over']) => number): number =>
    parts.reduce((sum, { share, over }) => sum + share * valueOf(over), 0)
  const known = parts.filter(({ share }) => share > 0).map(({ over }) => BASES.indexOf(over.basis))
  return {
    ...whole,
    sweepWidthM: mean((over) => over.sweepWidthM),
    sweepRangeM: [mean((over) => over.rangeM[0]), mean((over) => over.rangeM[1])],
    sweepBasis: BASES[Math.min(...known)]!,
    sweepByCover: parts.map(({ cover: name, share, over }) => ({
      cover: name,
      share,
      sweepWidthM: over.sweepWidthM,
      rangeM: over.rangeM,
    })),
  }
}

/**
 * Sweep width of a task over a cover, metres; null: ground of which no layer tells it.
 */
export const sweepOver = (
  { sweepWidthM, sweepByCover }: Pick<Task, 'sweepWidthM' | 'sweepByCover'>,
  cover: CoverShare['cover'],
): number =>
  sweepByCover
    ? (sweepByCover.find((one) => one.cover === cover) ?? sweepByCover.find((one) => one.cover === null))!.sweepWidthM
    : sweepWidthM

/**
 * POD that flying all lanes of a task gives its ground, in the mean: C = W / S over each cover, under what it hides.
 * @param untoldCap highest POD over ground of which no layer tells the cover
 */
export function plannedPod(
  task: Pick<Task, 'sweepWidthM' | 'sweepByCover' | 'laneSpacingM'>,
  untoldCap: number,
): number {
  const { sweepWidthM, sweepByCover, laneSpacingM } = task
  if (!(laneSpacingM > 0)) return 0
  if (!sweepByCover) return podCapped(sweepWidthM / laneSpacingM, untoldCap)
  return sweepByCover.reduce(
    (sum, { cover, share, sweepWidthM: over }) =>
      sum + share * podCapped(over / laneSpacingM, cover === null ? untoldCap : podCap(cover)),
    0,
  )
}
