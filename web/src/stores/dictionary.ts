import type { Dictionary, Incident, IncidentLevel } from '@skerry/contract'
import { computed, type ComputedRef } from 'vue'
import { categoryText, dictionaryIn, shownLevel } from '../format/dictionary.ts'
import { useWords } from '../i18n/use-words.ts'
import { usePicture } from './picture.ts'

/** The agency's own words for incidents, in the language of the screen. */
export function useDictionary(): {
  dictionary: ComputedRef<Dictionary>
  categoryName: (incident: Pick<Incident, 'category'>) => string
  level: (incident: Pick<Incident, 'level' | 'priority'>) => IncidentLevel
  levelName: (incident: Pick<Incident, 'level' | 'priority'>) => string
} {
  const { lang } = useWords()
  const picture = usePicture()
  const dictionary = computed(() => dictionaryIn(picture.all))
  const level = (incident: Pick<Incident, 'level' | 'priority'>): IncidentLevel =>
    shownLevel(dictionary.value, incident)
  return {
    dictionary,
    categoryName: ({ category }) => categoryText(dictionary.value, category, lang.value),
    level,
    levelName: (incident) => level(incident).name[lang.value],
  }
}
