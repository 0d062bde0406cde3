import { SMALL_N, type KpiGroup, type Percentile, type Percentiles, type Share, type StepTime } from '@skerry/contract'
import { spanText } from '../format/time.ts'
import type { Translate } from '../i18n/words.ts'

type Unit = (value: number) => string

/** `3 min (2 min–6 min)`; an end that the sample cannot bound is open: `(2 min–?)`. */
export function percentileText({ value, low, high }: Percentile, unit: Unit): string {
  return `${unit(value)} (${low === null ? '?' : unit(low)}–${high === null ? '?' : unit(high)})`
}

/** One percentile of a sample; of too few only that they are too few, and of none that it is unknown (null). */
export function quantileText(spread: Percentiles, which: 'p50' | 'p90', unit: Unit, t: Translate): string | null {
  const percentile = spread[which]
  if (percentile !== null) return percentileText(percentile, unit)
  return spread.n === 0 ? null : t('kpi.few', { n: SMALL_N })
}

/** `97.1 % (95.0–98.3 %)`; null without a case. */
export function shareText({ share, interval }: Pick<Share, 'share' | 'interval'>): string | null {
  if (share === null || interval === null) return null
  const percent = (value: number): string => (value * 100).toFixed(1)
  return `${percent(share)} % (${percent(interval[0])}–${percent(interval[1])} %)`
}

export const secondsUnit =
  (t: Translate): Unit =>
  (seconds) =>
    spanText(seconds, t)

export const stepOf = (group: Pick<KpiGroup, 'steps'>, step: StepTime['step']): StepTime =>
  group.steps.find((one) => one.step === step)!
