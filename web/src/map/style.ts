import type { StyleSpecification } from 'maplibre-gl'
import type { Lang } from '../i18n/lang.ts'
import type { Theme } from '../theme/theme.ts'

const GROUND: Record<Theme, string> = { night: '#10181d', day: '#eef2f3' }

/** Ground of the map: the colour of "no map here". */
export function consoleStyle(theme: Theme, _lang: Lang): StyleSpecification {
  return {
    version: 8,
    sources: {},
    layers: [{ id: 'ground', type: 'background', paint: { 'background-color': GROUND[theme] } }],
  }
}
