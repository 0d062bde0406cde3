import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import type { Lang } from '../i18n/lang.ts'
import { HOTSPOT_CHOICE, readHotspotChoice, type HotspotChoice } from '../map/hotspot-choice.ts'
import type { Theme } from '../theme/theme.ts'

const KEY = 'skerry.console'

/** Choices of this workplace that survive a reload: language, theme, map switches. Kept in the browser, not per person. */
export const useSettings = defineStore('settings', () => {
  const saved = read()
  const lang = ref<Lang>(saved.lang ?? 'zh')
  const theme = ref<Theme>(saved.theme ?? 'night')
  /** Map switches by layer name; a name that is missing shows its layer's own default. */
  const switches = ref<Record<string, boolean>>(saved.switches ?? {})

  /** What the hotspots of the map are of. */
  const hotspots = ref<HotspotChoice>(saved.hotspots ?? HOTSPOT_CHOICE)

  watch(
    [lang, theme, switches, hotspots],
    () => write({ lang: lang.value, theme: theme.value, switches: switches.value, hotspots: { ...hotspots.value } }),
    { deep: true },
  )

  const isOn = (name: string, byDefault = true): boolean => switches.value[name] ?? byDefault
  const turn = (name: string, on: boolean): void => {
    switches.value = { ...switches.value, [name]: on }
  }
  return { lang, theme, switches, hotspots, isOn, turn }
})

interface Saved {
  lang?: Lang
  theme?: Theme
  switches?: Record<string, boolean>
  hotspots?: HotspotChoice
}

function read(): Saved {
  try {
    const value = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Saved
    return {
      ...(value.lang === 'zh' || value.lang === 'en' ? { lang: value.lang } : {}),
      ...(value.theme === 'night' || value.theme === 'day' ? { theme: value.theme } : {}),
      ...(typeof value.switches === 'object' && value.switches !== null ? { switches: value.switches } : {}),
      hotspots: readHotspotChoice(value.hotspots),
    }
  } catch {
    return {}
  }
}

function write(saved: Saved): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(saved))
  } catch {
    // A browser that refuses storage still works; only the choices are forgotten.
  }
}
