import { TERMINAL_ALARM_BITS, type Alarm } from '@skerry/contract'
import { reasonText } from '../format/reason.ts'
import type { Lang } from '../i18n/lang.ts'
import type { Translate } from '../i18n/words.ts'

/** What an alarm names beside its kind: a failed upload ends in a reason, a predicted conflict in two distances. */
export function alarmDetail({ kind, detail }: Pick<Alarm, 'kind' | 'detail'>, lang: Lang, t: Translate): string {
  if (kind === 'predicted-conflict') return approach(detail, t)
  if (kind === 'safety-text') return safetyText(detail, t)
  if (kind === 'terminal-alarm') return terminal(detail, t)
  if (kind === 'checkpoint-surge') return surge(detail, lang, t)
  if (kind === 'checkpoint-stranded' || kind === 'checkpoint-silent') return gate(detail, lang, t)
  const end = detail.indexOf(': ')
  if (kind !== 'upload-failed' || end < 0) return detail
  return t('reason.atStep', { step: detail.slice(0, end), text: reasonText(detail.slice(end + 2), t) })
}

/** `CALL SIGN · code`, where the code is one that we know. */
function terminal(detail: string, t: Translate): string {
  const at = detail.lastIndexOf(' · ')
  const code = TERMINAL_ALARM_BITS.find((one) => one === detail.slice(at + 3))
  if (at < 0 || code === undefined || code === 'emergency') return detail
  return `${detail.slice(0, at)} · ${t(`alarm.terminal.${code}`)}`
}

/** `name|MMSI|MMSI that it is to, empty for all|words`. */
function safetyText(detail: string, t: Translate): string {
  const [name, mmsi, to, text] = detail.split('|')
  if (name === undefined || mmsi === undefined || to === undefined || text === undefined) return detail
  const from = name === '' ? `MMSI ${mmsi}` : `${name} · MMSI ${mmsi}`
  return t('alarm.safetyText', { from, to: to === '' ? t('alarm.toAllShips') : `MMSI ${to}`, text })
}

/** `ZH|EN|direction|counts|observed|expected|n`. */
function surge(detail: string, lang: Lang, t: Translate): string {
  const [zh = '', en = '', direction, counts, n = '?', usual = '?'] = detail.split('|')
  if ((direction !== 'in' && direction !== 'out') || (counts !== 'persons' && counts !== 'vehicles')) return detail
  const words = { direction: t(`checkpoint.toward.${direction}`), counts: t(`checkpoint.counts.${counts}`) }
  return t('alarm.surge', { name: lang === 'zh' ? zh : en, ...words, n, usual })
}

/** `ZH|EN|waiting|places|line`, or the names alone. */
function gate(detail: string, lang: Lang, t: Translate): string {
  const [zh = '', en = '', n, places, line = ''] = detail.split('|')
  const name = lang === 'zh' ? zh : en
  if (n === undefined || places === undefined) return name
  return t('alarm.stranded', { name: line === '' ? name : `${name} (${line})`, n, places })
}

function approach(detail: string, t: Translate): string {
  const [across = '?', height = '?'] = detail.split(' ')
  return height === '?' ? t('alarm.approachFlat', { across }) : t('alarm.approach', { across, height })
}
