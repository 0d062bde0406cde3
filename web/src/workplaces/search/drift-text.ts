import type { DriftCurrent, DriftStory, DriftWind, FlowGrid, SetAndRate } from '@skerry/contract'
import { HALF_TIDE_S, nextSlackS } from '@skerry/search'
import { minuteText, stampText } from '../../format/time.ts'
import type { Lang } from '../../i18n/lang.ts'
import type { Translate } from '../../i18n/words.ts'

/** The wind of a drift from the entry on, in the order in which it changes. */
export function windsText({ wind, laterWinds = [] }: DriftStory, t: Translate, lang: Lang): string {
  if ('field' in wind) return t('flowField.wind', { forecast: forecastText(wind.field, t, lang) })
  const text = ({ fromDeg, speedMps }: Exclude<DriftWind, { field: FlowGrid }>): string =>
    t('search.story.windText', { deg: Math.round(fromDeg), speed: speedMps.toFixed(1) })
  const later = laterWinds.map((each) =>
    t('search.drift.windAt', { time: minuteText(each.atMs, lang), wind: text(each) }),
  )
  return [text(wind), ...later].join(' → ')
}

/** The current of a drift: a tide with everything that it was computed from, its period too where nobody stated one. */
export function currentText(current: DriftCurrent, t: Translate, lang: Lang): string {
  if (current.kind === 'field') return t('flowField.current', { forecast: forecastText(current.field, t, lang) })
  if (current.kind === 'steady') return t('search.drift.steadyText', { stream: streamText(current, t) })
  const { ebb, flood, slackAtMs, afterSlack, periodH = (2 * HALF_TIDE_S) / 3600, residual } = current
  const tide = t('search.drift.tideText', {
    ebb: streamText(ebb, t),
    flood: streamText(flood, t),
    time: minuteText(slackAtMs, lang),
    after: t(`search.drift.${afterSlack}`),
    period: Number(periodH.toFixed(2)),
  })
  return residual ? tide + t('search.drift.residualText', { stream: streamText(residual, t) }) : tide
}

/** Where a field comes from, how fine it is, and the time it tells of. */
export function forecastText({ source, lngs, lats, timesMs }: FlowGrid, t: Translate, lang: Lang): string {
  const [first, last] = [timesMs[0]!, timesMs.at(-1)!]
  const nodes = `${lngs.length} × ${lats.length}`
  return timesMs.length === 1
    ? t('flowField.always', { source, nodes, at: stampText(first, lang) })
    : t('flowField.text', { source, nodes, from: stampText(first, lang), to: stampText(last, lang) })
}

const streamText = ({ towardDeg, speedMps }: SetAndRate, t: Translate): string =>
  t('search.drift.stream', { deg: Math.round(towardDeg), speed: speedMps })

/** The first time after `afterMs` at which the tide of a drift turns; null where no tide runs. */
export function nextSlackMs({ current }: Pick<DriftStory, 'current'>, afterMs: number): number | null {
  if (current.kind !== 'tide') return null
  const periodS = current.periodH === undefined ? undefined : current.periodH * 3600
  const atS = nextSlackS({ slackS: [0], periodS }, (afterMs - current.slackAtMs) / 1000)
  return Math.round(current.slackAtMs + atS * 1000)
}
