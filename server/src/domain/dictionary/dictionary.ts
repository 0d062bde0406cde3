import {
  DEFAULT_DICTIONARY,
  categoryNamed,
  levelOf,
  type CategoryEntry,
  type Change,
  type Dictionary,
  type DomainEvent,
  type EventOf,
  type IncidentLevel,
  type Priority,
} from '@skerry/contract'
import { changed, type Picture } from '../../picture/picture.ts'
import { refuse, type Decision } from '../result.ts'
import { sameJson } from '../same-json.ts'

const ID = 'current'

/** The dictionary that decisions go by: what the journal says, or the defaults where it says nothing yet. */
export const dictionaryOf = (picture: Pick<Picture, 'dictionary'>): Dictionary =>
  picture.dictionary.get(ID) ?? DEFAULT_DICTIONARY

/** The file that the server was started with. Saying the same again records nothing. */
export const declareDictionary = (picture: Picture, dictionary: Dictionary): DomainEvent[] =>
  sameJson(picture.dictionary.get(ID), dictionary) ? [] : [{ type: 'dictionary.declared', dictionary }]

export const evolveDictionary = (event: EventOf<'dictionary.declared'>): Change[] => [
  changed('dictionary', ID, event.dictionary),
]

/** Category and level that a report names, or why not. Without a level it is the first of the priority. */
export function classified(
  picture: Picture,
  given: { category: string; priority: Priority; level?: string | undefined },
): Decision<{ category: CategoryEntry; level: IncidentLevel }> {
  const dictionary = dictionaryOf(picture)
  const category = categoryNamed(dictionary, given.category)
  if (category === null) return refuse(422, 'unknown-incident-category', `no category ${given.category}`)
  const level =
    given.level === undefined
      ? levelOf(dictionary, { priority: given.priority })
      : (dictionary.levels.find(({ id }) => id === given.level) ?? null)
  if (level === null) return refuse(422, 'unknown-level', `no level ${given.level ?? given.priority}`)
  if (level.priority !== given.priority)
    return refuse(422, 'level-differs', `level ${level.id} has priority ${level.priority}, not ${given.priority}`)
  return { ok: true, value: { category, level } }
}
