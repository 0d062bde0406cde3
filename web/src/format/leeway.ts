import { LEEWAY_OBJECTS } from '@skerry/search'
import { leeway as en } from '../i18n/en/leeway.ts'
import { leeway as zh } from '../i18n/zh/leeway.ts'
import type { Translate } from '../i18n/words.ts'

type Named = keyof typeof zh
const named = (id: string): id is Named => id in zh

/** Kind of drifting object in words; one that has none in this language keeps the name of the taxonomy. */
export const leewayText = (id: string, t: Translate): string =>
  named(id) ? t(`leeway.${id}`) : (LEEWAY_OBJECTS.find((object) => object.id === id)?.label ?? id)

/** Ids of the kinds that hold every asked word in any language or in their id; persons first, as the list has them. */
export function leewayChoices(asked: string): string[] {
  const words = asked.toLowerCase().split(/\s+/).filter(Boolean)
  return LEEWAY_OBJECTS.filter(({ id, label }) => {
    const text = [id, label, ...(named(id) ? [zh[id], en[id]] : [])].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  }).map(({ id }) => id)
}
