import { basemapStyle } from '@skerry/basemap'
import type { StyleSpecification } from 'maplibre-gl'
import type { Lang } from '../i18n/lang.ts'
import type { Theme } from '../theme/theme.ts'
import { TILES } from './tiles.ts'

/** Style of the embedded basemap. The basemap knows no map library, so its document is typed here. */
export const consoleStyle = (theme: Theme, lang: Lang): StyleSpecification =>
  basemapStyle({ theme, lang, tilesUrl: TILES }) as unknown as StyleSpecification
