import { ACCURACY_NOTE, ATTRIBUTION } from '@skerry/basemap'
import type { Lang } from '../i18n/lang.ts'
import type { Translate } from '../i18n/words.ts'

/** Whose data the map is, and what it is worth: stands at the bottom of every map. */
export const mapCredit = (lang: Lang, t: Translate): string =>
  [ATTRIBUTION, ACCURACY_NOTE[lang], t('map.noElevation')].join(' · ')
