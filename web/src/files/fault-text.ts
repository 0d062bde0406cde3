import type { FileFault, ReadFile } from '@skerry/exchange'
import type { Translate } from '../i18n/words.ts'

/** Why a file could not be read, with the place that the reader names. */
export const faultText = (fault: FileFault, detail: string | null, t: Translate): string =>
  detail === null || /^\d+$/.test(detail)
    ? t(`file.fault.${fault}`)
    : t('file.detailed', { what: t(`file.fault.${fault}`), detail })

/** What was left out of a file, a line for each reason. */
export const leftTexts = (left: ReadFile['left'], t: Translate): string[] =>
  left.map(({ why, count, first }) => t('file.leftLine', { what: t(`file.left.${why}`), n: count, first }))
