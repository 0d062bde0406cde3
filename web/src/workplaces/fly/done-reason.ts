import type { Translate } from '../../i18n/words.ts'

/** Why a flight ended before its last lane: the order in the language of the screen, who gave it as it stands. */
export function doneReasonText(reason: string, t: Translate): string {
  const found = /^(.+): (return|land)$/.exec(reason)
  if (found === null) return reason
  return `${found[1]}: ${t(`domain.order.${found[2] as 'return' | 'land'}`)}`
}
