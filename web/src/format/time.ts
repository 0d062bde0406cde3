import { LOCALE, type Lang } from '../i18n/lang.ts'
import type { Translate } from '../i18n/words.ts'

/** Zone of every clock in the console. China has one; the console shows it beside the clock. */
export const ZONE = 'Asia/Shanghai'

const cache = new Map<string, Intl.DateTimeFormat>()
function formatter(lang: Lang, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = lang + JSON.stringify(options)
  let made = cache.get(key)
  if (made === undefined) cache.set(key, (made = new Intl.DateTimeFormat(LOCALE[lang], { timeZone: ZONE, ...options })))
  return made
}

/** `14:03:27`, 24 h. */
export const clockText = (atMs: number, lang: Lang): string =>
  formatter(lang, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(atMs)

/** `14:03`, 24 h. */
export const minuteText = (atMs: number, lang: Lang): string =>
  formatter(lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(atMs)

/** Date and weekday. */
export const dateText = (atMs: number, lang: Lang): string =>
  formatter(lang, { year: 'numeric', month: '2-digit', day: '2-digit', weekday: 'short' }).format(atMs)

/** Date without weekday and clock, for things that may lie days back. */
export const stampText = (atMs: number, lang: Lang): string =>
  formatter(lang, {
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(atMs)

/** A span in words: seconds below 2 min, minutes below 2 h, then hours, then days. Null and infinite are unknown. */
export function spanText(seconds: number | null, t: Translate): string {
  if (seconds === null || !Number.isFinite(seconds)) return t('common.unknown')
  const s = Math.max(0, seconds)
  if (s < 120) return t('common.age.seconds', { n: Math.floor(s) })
  const minutes = Math.floor(s / 60)
  if (minutes < 120) return t('common.age.minutes', { n: minutes })
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return t('common.age.hours', { h: hours, m: minutes % 60 })
  return t('common.age.days', { d: Math.floor(hours / 24), h: hours % 24 })
}

/** How long ago, in words; unknown stays unknown. */
export function agoText(seconds: number | null, t: Translate): string {
  if (seconds === null || !Number.isFinite(seconds)) return t('common.unknown')
  return t('common.age.ago', { age: spanText(seconds, t) })
}
