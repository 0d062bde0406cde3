import type { FlowAhead, FlowStream } from '@skerry/contract'
import { queueTrend } from '@skerry/layers'
import { minuteText, spanText } from '../format/time.ts'
import type { Lang } from '../i18n/lang.ts'
import type { Translate } from '../i18n/words.ts'

const DAY_MIN = 1440

/** `12 min`; a day or more is said as that, unknown stays unknown. */
export function waitText(waitMin: number | null, t: Translate): string | null {
  if (waitMin === null) return null
  return waitMin >= DAY_MIN ? t('checkpoint.waitDay') : spanText(Math.max(waitMin, 2) * 60, t)
}

/** Per minute, with a decimal only where it matters. */
export const perMinText = (perMin: number | null, t: Translate): string | null =>
  perMin === null ? null : t('checkpoint.perMin', { n: perMin < 10 ? perMin.toFixed(1) : perMin.toFixed(0) })

export function usualText({ usual }: Pick<FlowStream, 'usual'>, t: Translate): string {
  if (usual === null) return t('checkpoint.usualNone')
  const { p05, p50, p95 } = usual.perHour
  return t('checkpoint.usual', { n: p50, low: p05, high: p95, weeks: usual.n })
}

/** Who will wait in half an hour, with the interval and where that goes. */
export function trendText(stream: FlowStream, t: Translate): string {
  const trend = queueTrend([stream])
  const at = stream.waitingAtMs === null ? undefined : stream.waitingAtMs + 30 * 60_000
  const later = at === undefined ? null : stream.ahead?.find(({ atMs }) => atMs >= at)?.waiting
  if (later == null || trend === null) return t('checkpoint.trendUnknown')
  const { p05, p50, p95 } = later
  return t('checkpoint.trendText', { n: p50, low: p05, high: p95, trend: t(`checkpoint.trend.${trend}`) })
}

/** A forecast in words: what a chart says to those who do not see it. */
export function aheadText(
  ahead: readonly FlowAhead[],
  of: (each: FlowAhead) => { p05: number; p50: number; p95: number } | null,
  lang: Lang,
  t: Translate,
): string {
  return ahead
    .filter((_, i) => i % 4 === 3)
    .map((each) => {
      const spread = of(each)
      const time = minuteText(each.atMs, lang)
      return spread === null
        ? `${time} ${t('common.unknown')}`
        : t('checkpoint.aheadAt', { time, n: spread.p50, low: spread.p05, high: spread.p95 })
    })
    .join(', ')
}

/** Share as whole per cent; null where there is nothing to share. */
export const shareText = (part: number, whole: number, t: Translate): string | null =>
  whole === 0 ? null : t('common.percent', { n: ((100 * part) / whole).toFixed(1) })
