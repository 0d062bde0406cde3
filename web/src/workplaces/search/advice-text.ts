import type { Advice } from '@skerry/contract'
import type { Translate } from '../../i18n/words.ts'
import { percentText } from './search-view.ts'

/** A gain that may be a loss, with its sign. */
const signed = (share: number): string => (share < 0 ? `−${percentText(-share)}` : `+${percentText(share)}`)

/** What a change buys: where survival weighs, who is found alive comes first, and finds in all may be fewer. */
export function adviceText(
  {
    droneId,
    optionPerMin,
    runningPerMin,
    atS,
    gainPos,
    weighed,
  }: Pick<Advice, 'droneId' | 'optionPerMin' | 'runningPerMin' | 'atS' | 'gainPos' | 'weighed'>,
  t: Translate,
): string {
  const common = {
    drone: droneId,
    option: percentText(optionPerMin),
    running: percentText(runningPerMin),
    minutes: Math.round(atS / 60),
  }
  return weighed
    ? t('search.advice.weighed', { ...common, alive: signed(weighed.gainAlive), gain: signed(gainPos) })
    : t('search.advice.text', { ...common, gain: percentText(gainPos) })
}
