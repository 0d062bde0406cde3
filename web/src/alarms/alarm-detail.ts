import type { Alarm } from '@skerry/contract'
import { reasonText } from '../format/reason.ts'
import type { Translate } from '../i18n/words.ts'

/** What an alarm names beside its kind. Only that of a failed upload ends in a reason: `#task drone: reason`. */
export function alarmDetail({ kind, detail }: Pick<Alarm, 'kind' | 'detail'>, t: Translate): string {
  const end = detail.indexOf(': ')
  if (kind !== 'upload-failed' || end < 0) return detail
  return t('reason.atStep', { step: detail.slice(0, end), text: reasonText(detail.slice(end + 2), t) })
}
