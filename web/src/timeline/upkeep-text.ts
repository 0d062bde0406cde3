import type { UpkeepJob, UpkeepOutcome } from '@skerry/contract'
import { reasonText } from '../format/reason.ts'
import type { Translate } from '../i18n/words.ts'

/** What somebody asked of a drone's parameters or mission; a change with its old value and its new one. */
export function upkeepAsked({ ask, by }: Pick<UpkeepJob, 'ask' | 'by'>, t: Translate): string {
  return t(`timeline.drone.upkeepAsked.${ask.do}`, {
    name: by,
    param: 'name' in ask ? ask.name : '',
    was: ask.do === 'set-param' ? (ask.was ?? t('common.unknown')) : '',
    value: ask.do === 'set-param' ? ask.value : '',
  })
}

/** How it ended, by what the drone told. */
export function upkeepEnded(outcome: UpkeepOutcome, t: Translate): string {
  return t(`timeline.drone.upkeepEnded.${outcome.kind}`, { value: endValue(outcome, t) })
}

function endValue(outcome: UpkeepOutcome, t: Translate): string | number {
  switch (outcome.kind) {
    case 'listed':
      return outcome.count
    case 'holds':
    case 'holds-other':
      return outcome.value ?? t('common.unknown')
    case 'empty':
      return ''
    case 'failed':
      return reasonText(outcome.reason, t)
  }
}
