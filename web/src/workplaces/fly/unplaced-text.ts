import type { Translate } from '../../i18n/words.ts'
import { zh } from '../../i18n/zh/index.ts'

type Reason = keyof typeof zh.fly.unplaced
const known = (reason: string): reason is Reason => Object.hasOwn(zh.fly.unplaced, reason)

/** Why a bridge cannot lay the camera's view on the ground; a reason without words here is shown as it came. */
export function unplacedText(reason: string | null, t: Translate): string | null {
  if (reason === null) return null
  return known(reason) ? t(`fly.unplaced.${reason}`) : reason
}
