import type { ComputedRef } from 'vue'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Lang } from './lang.ts'
import type { Translate } from './words.ts'

/** Words of the screen's language. Keys are typed; see `WordKey`. */
export function useWords(): { t: Translate; lang: ComputedRef<Lang> } {
  const i18n = useI18n({ useScope: 'global' })
  return {
    t: (key, named) => (named === undefined ? i18n.t(key) : i18n.t(key, named)),
    lang: computed(() => (i18n.locale.value === 'en' ? 'en' : 'zh')),
  }
}
