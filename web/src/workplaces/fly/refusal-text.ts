import type { Failure } from '../../api/request.ts'
import { failureText } from '../../format/failure.ts'
import type { Translate } from '../../i18n/words.ts'
import { zh } from '../../i18n/zh/index.ts'

type Code = keyof typeof zh.fly.refusal
const known = (code: string): code is Code => Object.hasOwn(zh.fly.refusal, code)

/**
 * Why the server refused. Where another pilot was first, that pilot is named: whom to talk to is the next question.
 * @param holder who has the task or the drone now
 */
export function refusalText(failure: Failure, holder: string | null, t: Translate): string {
  if (holder === null || failure.kind !== 'problem' || !known(failure.code)) return failureText(failure, t)
  return t(`fly.refusal.${failure.code}`, { name: holder })
}
