import type { EventOf, Incident } from '@skerry/contract'
import { positionText } from '../format/distance.ts'
import type { Translate } from '../i18n/words.ts'

type Facts = Partial<Pick<Incident, 'position' | 'place' | 'text'>>
const FACTS = ['position', 'place', 'text'] as const

const factText = (facts: Facts, field: (typeof FACTS)[number]): string =>
  field === 'position' ? (facts.position ? positionText(facts.position) : '') : `“${facts[field] ?? ''}”`

/** Which fields a source changed; class and level go with category and priority. What a seat had corrected is told in full. */
export function updatedText({ changes, kept = {} }: EventOf<'incident.updated'>, t: Translate): string {
  const fields = (['category', 'priority', 'position', 'place', 'text'] as const).filter((field) => field in changes)
  const words = fields.map((field) => t(`timeline.incident.field.${field}`))
  if (changes.alert !== undefined) words.push(t('timeline.incident.alert', { id: changes.alert.identifier }))
  for (const field of FACTS.filter((one) => one in kept))
    words.push(
      t('timeline.incident.kept', { field: t(`timeline.incident.field.${field}`), text: factText(kept, field) }),
    )
  return words.length === 0 ? t('timeline.incident.field.nothing') : words.join(' · ')
}

/** Every field that a seat corrected, with what stood there before and what stands there now. */
export const correctedText = ({ changes, before }: EventOf<'incident.corrected'>, t: Translate): string =>
  FACTS.filter((field) => field in changes)
    .map((field) => `${t(`timeline.incident.field.${field}`)} ${factText(before, field)} → ${factText(changes, field)}`)
    .join(' · ')
