import { zh } from '../i18n/zh/index.ts'
import type { Translate } from '../i18n/words.ts'

type SubjectId = keyof typeof zh.domain.subject
/** Kinds of missing persons that the console has words for. */
export const SUBJECT_IDS = Object.keys(zh.domain.subject) as SubjectId[]

const known = (id: string): id is SubjectId => (SUBJECT_IDS as string[]).includes(id)

/** A kind of missing person in words; a kind that only the server knows keeps its id. */
export const subjectText = (id: string, t: Translate): string => (known(id) ? t(`domain.subject.${id}`) : id)
