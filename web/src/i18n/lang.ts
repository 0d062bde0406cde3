export type Lang = 'zh' | 'en'
export const LANGS = ['zh', 'en'] as const satisfies readonly Lang[]
/** BCP 47 tag for `lang` attributes and Intl. */
export const LOCALE: Record<Lang, string> = { zh: 'zh-CN', en: 'en-GB' }
