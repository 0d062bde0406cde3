import type { Alarm } from '@skerry/contract'
import { reasonText } from '../format/reason.ts'
import type { Translate } from '../i18n/words.ts'

/** What an alarm names beside its kind: a failed upload ends in a reason, a predicted conflict in two distances. */
export function alarmDetail({ kind, detail }: Pick<Alarm, 'kind' | 'detail'>, t: Translate): string {
  if (kind === 'predicted-conflict') return approach(detail, t)
  const end = detail.indexOf(': ')
  if (kind !== 'upload-failed' || end < 0) return detail
  return t('reason.atStep', { step: detail.slice(0, end), text: reasonText(detail.slice(end + 2), t) })
}

function approach(detail: string, t: Translate): string {
  const [across = '?', height = '?'] = detail.split(' ')
  return height === '?' ? t('alarm.approachFlat', { across }) : t('alarm.approach', { across, height })
}
