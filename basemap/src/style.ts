import { ATTRIBUTION, BOUNDS } from './area.ts'
import { PLACES } from './places.ts'

/** What of a MapLibre style document this package writes; assignable to MapLibre's StyleSpecification. */
export interface BasemapStyle {
  version: 8
  name: string
  sources: Record<string, Record<string, unknown>>
  layers: Record<string, unknown>[]
}

interface Palette {
  ground: string
  sea: string
  land: string
  coast: string
  text: string
  muted: string
  halo: string
}

const PALETTES: Readonly<Record<'night' | 'day', Palette>> = {
  night: {
    ground: '#0b1115',
    sea: '#131d24',
    land: '#212d34',
    coast: '#4a5f6a',
    text: '#dbe4e8',
    muted: '#9fb0b8',
    halo: '#10181d',
  },
  day: {
    ground: '#d5dadc',
    sea: '#dbe7ef',
    land: '#f4f4ef',
    coast: '#8fa3ac',
    text: '#15242b',
    muted: '#4c6069',
    halo: '#ffffff',
  },
}
const NO_MAP = { zh: '此处无地图', en: 'no map here' } as const

/**
 * Style of the embedded coast. Sea is drawn only where there is a map: outside the bounds the ground shows, with words.
 * There are no glyphs and no sprite, so nothing is fetched: local fonts draw the names.
 * @param tilesUrl source URL that the caller has registered, for example `pmtiles://zhoushan`
 */
export function basemapStyle(options: { theme: 'night' | 'day'; lang: 'zh' | 'en'; tilesUrl: string }): BasemapStyle {
  const { theme, lang, tilesUrl } = options
  const palette = PALETTES[theme]
  const label = (kind: string, ranks: number[], minzoom: number, size: number): Record<string, unknown> => ({
    id: `${kind}-${ranks.join('')}`,
    type: 'symbol',
    source: 'places',
    minzoom,
    filter: ['all', ['==', ['get', 'kind'], kind], ['in', ['get', 'rank'], ['literal', ranks]]],
    layout: {
      'text-field': ['get', lang],
      'text-font': ['Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', 'sans-serif'],
      'text-size': size,
      'text-padding': 4,
      'text-max-width': 12,
    },
    paint: {
      'text-color': kind === 'island' ? palette.text : palette.muted,
      'text-halo-color': palette.halo,
      'text-halo-width': 1.6,
    },
  })
  return {
    version: 8,
    name: `skerry-${theme}`,
    sources: {
      coast: { type: 'vector', url: tilesUrl, attribution: ATTRIBUTION },
      places: { type: 'geojson', data: placesGeoJson() },
      'no-map': { type: 'geojson', data: noMapGeoJson(NO_MAP[lang]) },
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': palette.ground } },
      {
        id: 'sea',
        type: 'fill',
        source: 'coast',
        'source-layer': 'coverage',
        paint: { 'fill-color': palette.sea, 'fill-antialias': false },
      },
      { id: 'land', type: 'fill', source: 'coast', 'source-layer': 'land', paint: { 'fill-color': palette.land } },
      {
        id: 'coast',
        type: 'line',
        source: 'coast',
        'source-layer': 'land',
        paint: { 'line-color': palette.coast, 'line-width': ['interpolate', ['linear'], ['zoom'], 7, 0.6, 12, 1.4] },
      },
      {
        id: 'edge',
        type: 'line',
        source: 'no-map',
        filter: ['==', ['geometry-type'], 'LineString'],
        paint: { 'line-color': palette.muted, 'line-width': 1, 'line-dasharray': [4, 4] },
      },
      {
        id: 'no-map-words',
        type: 'symbol',
        source: 'no-map',
        filter: ['==', ['geometry-type'], 'Point'],
        layout: { 'text-field': ['get', 'words'], 'text-font': ['Noto Sans SC', 'sans-serif'], 'text-size': 13 },
        paint: { 'text-color': palette.muted, 'text-halo-color': palette.ground, 'text-halo-width': 1 },
      },
      label('town', [3], 10, 12),
      label('town', [2], 8.5, 12),
      label('town', [1], 7, 13),
      label('island', [3], 10, 12),
      label('island', [2], 9, 13),
      label('island', [1], 7.5, 14),
    ],
  }
}

function placesGeoJson(): unknown {
  return {
    type: 'FeatureCollection',
    features: PLACES.map(({ position, ...properties }) => ({
      type: 'Feature',
      properties,
      geometry: { type: 'Point', coordinates: position },
    })),
  }
}

/** The border of the map, and words every few degrees over the rest of the world. */
function noMapGeoJson(words: string): unknown {
  const [west, south, east, north] = BOUNDS
  const features: unknown[] = []
  for (let lng = -178; lng < 180; lng += 2)
    for (let lat = -80; lat <= 80; lat += 2) {
      if (lng > west - 0.5 && lng < east + 0.5 && lat > south - 0.5 && lat < north + 0.5) continue
      features.push({ type: 'Feature', properties: { words }, geometry: { type: 'Point', coordinates: [lng, lat] } })
    }
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  features.push({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: ring } })
  return { type: 'FeatureCollection', features }
}
