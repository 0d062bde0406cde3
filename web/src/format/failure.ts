import type { Failure } from '../api/request.ts'
import { zh } from '../i18n/zh/index.ts'
import type { Translate } from '../i18n/words.ts'

type Code = keyof typeof zh.problem.code
const known = (code: string): code is Code => Object.hasOwn(zh.problem.code, code)

/** A failure in words: what happened and what to do. A code without words shows the server's own. */
export function failureText(failure: Failure, t: Translate): string {
  switch (failure.kind) {
    case 'offline':
      return t('problem.offline')
    case 'unreadable':
      return t('problem.unreadable', { status: failure.status })
    case 'problem':
      if (known(failure.code)) return t(`problem.code.${failure.code}`, { detail: failure.detail ?? '' })
      return t('problem.other', { code: failure.code, detail: failure.detail ?? '' })
  }
}
