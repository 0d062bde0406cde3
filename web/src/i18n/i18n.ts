import { createI18n } from 'vue-i18n'
import { en } from './en/index.ts'
import type { Lang } from './lang.ts'
import { zh } from './zh/index.ts'

/** Chinese is the first language; English is complete, so there is no fallback that could hide a missing key. */
export function createWords(lang: Lang) {
  return createI18n({ legacy: false, locale: lang, fallbackLocale: false, messages: { zh, en }, missingWarn: true })
}
