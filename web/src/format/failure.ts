import type { Failure } from '../api/request.ts'
import type { Translate } from '../i18n/words.ts'

/** A failure in words: what happened and what to do. */
export function failureText(failure: Failure, t: Translate): string {
  switch (failure.kind) {
    case 'offline':
      return t('problem.offline')
    case 'unreadable':
      return t('problem.unreadable', { status: failure.status })
    case 'problem':
      return t('problem.other', { code: failure.code, detail: failure.detail ?? '' })
  }
}
