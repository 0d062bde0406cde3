import {
  DEFAULT_DICTIONARY,
  categoryNamed,
  classOf,
  levelOf,
  type CategoryEntry,
  type Dictionary,
  type Incident,
  type IncidentLevel,
} from '@skerry/contract'
import type { Lang } from '../i18n/lang.ts'
import type { Picture } from '../stores/apply-changes.ts'

/** Words, levels and colours of this agency, as the picture has them; the defaults until it is there. */
export const dictionaryIn = (picture: Pick<Picture, 'dictionary'>): Dictionary =>
  picture.dictionary.get('current') ?? DEFAULT_DICTIONARY

/** A category's name; one that the dictionary no longer has is called by its id. */
export const categoryText = (dictionary: Dictionary, category: string, lang: Lang): string =>
  categoryNamed(dictionary, category)?.name[lang] ?? category

/** The first category of a class. */
export const firstOf = ({ categories }: Dictionary, of: CategoryEntry['class']): CategoryEntry =>
  categories.find((entry) => entry.class === of) ?? categories[0]!

/** A level as it is shown, also where the dictionary no longer has it. */
export const shownLevel = (dictionary: Dictionary, incident: Pick<Incident, 'level' | 'priority'>): IncidentLevel =>
  levelOf(dictionary, incident) ?? levelOf(DEFAULT_DICTIONARY, { priority: incident.priority })!

/** Place of an incident's level in the order of urgency, 0 for the most urgent. */
export const rankOf = (dictionary: Dictionary, incident: Pick<Incident, 'level' | 'priority'>): number =>
  dictionary.levels.indexOf(shownLevel(dictionary, incident))

export const isMissingPerson = (incident: Pick<Incident, 'category' | 'class'>): boolean =>
  classOf(incident) === 'missing-person'
