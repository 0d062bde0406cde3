import { TERMINAL_ALARM_BITS, type Alarm } from '@skerry/contract'
import { reasonText } from '../format/reason.ts'
import type { Translate } from '../i18n/words.ts'

/** What an alarm names beside its kind: a failed upload ends in a reason, a predicted conflict in two distances. */
export function alarmDetail({ kind, detail }: Pick<Alarm, 'kind' | 'detail'>, t: Translate): string {
  if (kind === 'predicted-conflict') return approach(detail, t)
  if (kind === 'terminal-alarm') return terminal(detail, t)
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

function approach(detail: string, t: Translate): string {
  const [across = '?', height = '?'] = detail.split(' ')
  return height === '?' ? t('alarm.approachFlat', { across }) : t('alarm.approach', { across, height })
}
