import { CompositeLayer, type Accessor, type DefaultProps, type LayersList } from '@deck.gl/core'
import { IconLayer } from '@deck.gl/layers'
import { DEFAULT_DICTIONARY, classOf, levelOf, type Incident, type IncidentLevel } from '@skerry/contract'
import { NamesLayer } from '../labels/names-layer.ts'
import { ICON_MAPPING, symbolAtlas } from '../symbols/atlas.ts'
import type { SymbolName } from '../symbols/paths.ts'
import { paletteOf, toRgba, type Rgba, type Theme } from '../theme/palette.ts'

export interface IncidentLayerProps {
  data: readonly Incident[]
  /** Id of the incident that is looked at. @default null */
  selected?: string | null
  /** @default 'night' */
  theme?: Theme
  /** @default false */
  stale?: boolean
  /** Side of the priority shape in pixels; a missing person's is half as large again. @default 26 */
  sizePx?: number
  /** Show the running number and the name of the level beside the shape, none over another. @default true */
  numbers?: boolean
  /** Levels with their shapes and colours, most urgent first. @default those of the default dictionary */
  levels?: readonly IncidentLevel[]
  /** Language of the level's name. @default 'zh' */
  lang?: 'zh' | 'en'
}

const defaultProps: DefaultProps<IncidentLayerProps> = {
  data: { type: 'data', value: [] },
  selected: { type: 'object', value: null },
  theme: { type: 'object', value: 'night' },
  stale: false,
  sizePx: 26,
  numbers: true,
  levels: { type: 'array', value: DEFAULT_DICTIONARY.levels },
  lang: { type: 'object', value: 'zh' },
}

const SYMBOL_OF: Readonly<Record<IncidentLevel['shape'], SymbolName>> = {
  triangle: 'critical',
  diamond: 'warning',
  circle: 'notice',
  square: 'square',
  pentagon: 'pentagon',
  hexagon: 'hexagon',
}

/** How an incident is drawn: shape, colour and name of its level while it lives, a ring when it is closed. */
export interface IncidentLook {
  symbol: SymbolName
  colour: Rgba
  /** Name of the level; empty where the dictionary no longer has it. */
  word: string
}

/** Looks of incidents under a dictionary. Without a feed everything has the one grey; the shape and the word stay. */
export function incidentLook(
  incident: Pick<Incident, 'state' | 'priority' | 'level'>,
  { levels, theme, stale, lang }: { levels: readonly IncidentLevel[]; theme: Theme; stale: boolean; lang: 'zh' | 'en' },
): IncidentLook {
  const palette = paletteOf(theme, stale)
  const level = levelOf({ levels: [...levels] }, incident)
  const word = level?.name[lang] ?? ''
  if (incident.state === 'closed') return { symbol: 'closed', colour: palette.muted, word }
  if (level === null) return { symbol: incident.priority, colour: palette[incident.priority], word }
  return { symbol: SYMBOL_OF[level.shape], colour: stale ? palette.stale : toRgba(level.colour[theme]), word }
}

const searched = (incident: Incident): boolean => classOf(incident) === 'missing-person' && incident.state !== 'closed'

/** More names than this are no help on any map: the most urgent, and of those the newest, keep theirs. */
const MOST_NAMED = 200

/** Incidents that carry their number on the map, in the order in which they keep their place: level, then the newest. */
export function namedIncidents(data: readonly Incident[], levels: readonly IncidentLevel[]): Incident[] {
  const rankOf = (incident: Incident): number => {
    const level = levelOf({ levels: [...levels] }, incident)
    return level === null ? levels.length : levels.findIndex(({ id }) => id === level.id)
  }
  return data
    .filter(({ state }) => state !== 'closed')
    .map((incident) => ({ incident, rank: rankOf(incident) }))
    .sort((a, b) => a.rank - b.rank || b.incident.number - a.incident.number)
    .slice(0, MOST_NAMED)
    .map(({ incident }) => incident)
}

/** Incidents by shape and colour of their level; a missing person also carries the search symbol. */
export class IncidentLayer extends CompositeLayer<IncidentLayerProps> {
  static override layerName = 'IncidentLayer'
  static override defaultProps = defaultProps

  override renderLayers(): LayersList {
    const { data, selected, theme = 'night', stale = false, sizePx = 26, numbers, lang = 'zh' } = this.props
    const levels = this.props.levels ?? DEFAULT_DICTIONARY.levels
    const palette = paletteOf(theme, stale)
    const lookOf = (incident: Incident): IncidentLook => incidentLook(incident, { levels, theme, stale, lang })
    const getPosition: Accessor<Incident, [number, number]> = (incident) => [incident.position[0], incident.position[1]]
    const icons = {
      iconAtlas: symbolAtlas() as never,
      iconMapping: ICON_MAPPING as never,
      sizeUnits: 'pixels' as const,
      getPosition,
    }
    const persons = data.filter(searched)
    const look = [theme, stale, selected, levels, lang]
    const named = numbers === false ? [] : namedIncidents(data, levels)
    return [
      new IconLayer<Incident>(this.getSubLayerProps({ id: 'chosen' }), {
        pickable: false,
        data: data.filter((incident) => incident.id === selected),
        ...icons,
        getIcon: () => 'plate-on-scene',
        getColor: palette.select,
        getSize: sizePx * 1.9,
      }),
      new IconLayer<Incident>(this.getSubLayerProps({ id: 'shape' }), {
        data,
        ...icons,
        getIcon: (incident) => lookOf(incident).symbol,
        getColor: (incident) => lookOf(incident).colour,
        getSize: (incident) => (searched(incident) ? sizePx * 1.5 : sizePx),
        pickable: this.props.pickable,
        updateTriggers: { getColor: look, getIcon: look },
      }),
      new IconLayer<Incident>(this.getSubLayerProps({ id: 'person' }), {
        pickable: false,
        data: persons,
        ...icons,
        getIcon: () => 'person-search',
        getColor: palette.plate,
        getSize: sizePx * 0.8,
        // The middle of a triangle lies lower than that of its box.
        getPixelOffset: (incident) => [0, lookOf(incident).symbol === 'critical' ? sizePx * 0.24 : 0],
        updateTriggers: { getColor: look, getPixelOffset: look },
      }),
      named.length > 0 &&
        new NamesLayer(this.getSubLayerProps({ id: 'number' }), {
          pickable: false,
          data: named.map((incident) => ({
            position: incident.position,
            text: `${incident.number} ${lookOf(incident).word}`.trim(),
          })),
          theme,
          stale,
          clearPx: sizePx * 1.15,
        }),
    ]
  }
}
