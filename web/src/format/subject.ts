import type { OwnTable } from '@skerry/contract'
import { zh } from '../i18n/zh/index.ts'
import type { Translate } from '../i18n/words.ts'

type SubjectId = keyof typeof zh.domain.subject
/** Kinds of missing persons that the console has words for. */
export const SUBJECT_IDS = Object.keys(zh.domain.subject) as SubjectId[]

const known = (id: string): id is SubjectId => (SUBJECT_IDS as string[]).includes(id)

/** A kind of missing person in words: the console's own, else as the agency's table calls it, else its id. */
export const subjectText = (id: string, t: Translate, table?: Pick<OwnTable, 'categories'>): string =>
  known(id) ? t(`domain.subject.${id}`) : (table?.categories.find((category) => category.id === id)?.label ?? id)

/** Kinds that a search can be about: those of the agency's table first, then those that it lacks. */
export function subjectIds(table?: Pick<OwnTable, 'categories'>): string[] {
  const own = table?.categories.map(({ id }) => id) ?? []
  return [...own, ...SUBJECT_IDS.filter((id) => !own.includes(id))]
}
