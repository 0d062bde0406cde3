import type { Leg, NeedOutcome } from '@skerry/contract'
import { minuteText } from '../../format/time.ts'
import type { Lang } from '../../i18n/lang.ts'
import type { Translate } from '../../i18n/words.ts'

/** Time of travel in whole minutes, never none: what takes 20 s still takes a minute of a dispatcher's plan. */
export const minutesText = (seconds: number, t: Translate): string => {
  const minutes = Math.max(1, Math.ceil(seconds / 60))
  return minutes < 120
    ? t('dispatch.eta.minutes', { n: minutes })
    : t('dispatch.eta.hours', { h: Math.floor(minutes / 60), m: minutes % 60 })
}

/** One leg in a few words: `ferry 09:30 to Putuoshan`, `drive 6 min to Dundou`. */
export function legText(leg: Leg, lang: Lang, t: Translate, callSignOf: (unitId: string) => string): string {
  const to = leg.to === null ? '' : t('dispatch.eta.to', { name: leg.to[lang] })
  const minutes = minutesText((leg.endAtMs - leg.leaveAtMs) / 1000, t)
  switch (leg.mode) {
    case 'ferry':
      return t('dispatch.eta.leg.ferry', { time: minuteText(leg.leaveAtMs, lang), to, minutes })
    case 'lift':
      return t('dispatch.eta.leg.lift', {
        unit: callSignOf(leg.boatId ?? ''),
        time: minuteText(leg.leaveAtMs, lang),
        to,
        minutes,
      })
    case 'bridge':
      return t('dispatch.eta.leg.bridge', { name: leg.to?.[lang] ?? '' })
    default:
      return t(`dispatch.eta.leg.${leg.mode}`, { minutes, to })
  }
}

/** What is missing, in one sentence: `needs a boat: none on duty`. Null where the need is met in time. */
export function shortfallText(outcome: NeedOutcome, lang: Lang, t: Translate): string | null {
  const { need, shortfall, nearest } = outcome
  if (shortfall === null) return null
  const said = t(`dispatch.eta.shortfall.${shortfall}`, { need: need.name[lang], n: need.withinMin })
  if (nearest === null) return said
  return `${said} ${t('dispatch.eta.nearest', { unit: nearest.callSign, minutes: minutesText(nearest.etaS, t) })}`
}
