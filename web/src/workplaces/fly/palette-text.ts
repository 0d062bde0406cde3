import type { Lang } from '../../i18n/lang.ts'
import type { Translate } from '../../i18n/words.ts'
import { zh } from '../../i18n/zh/index.ts'

type Known = keyof typeof zh.fly.palette
const known = (key: string): key is Known => Object.hasOwn(zh.fly.palette, key)

/** Name of a camera's option: palettes that everybody has in the pilot's language, anything else in the camera's words. */
export function optionText(option: { text: string; textZh: string | null }, lang: Lang, t: Translate): string {
  const key = option.text.toLowerCase().replaceAll(/[\s_-]/g, '')
  if (known(key)) return t(`fly.palette.${key}`)
  return lang === 'zh' ? (option.textZh ?? option.text) : option.text
}
