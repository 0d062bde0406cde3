import { CompositeLayer, type DefaultProps, type LayersList } from '@deck.gl/core'
import { IconLayer, PathLayer } from '@deck.gl/layers'
import type { ConsignmentState, LngLat, Priority } from '@skerry/contract'
import { NamesLayer } from '../labels/names-layer.ts'
import { middleOf } from '../sailings/middle-of.ts'
import { ICON_MAPPING, symbolAtlas } from '../symbols/atlas.ts'
import { paletteOf, withOpacity, type Palette, type Rgba, type Theme } from '../theme/palette.ts'
import { freshness } from '../theme/staleness.ts'

/** One consignment as it is drawn. */
export interface ConsignmentOnMap {
  id: string
  state: ConsignmentState
  /** Line and half width, metres, that its vehicle keeps to. */
  corridor: { line: LngLat[]; halfWidthM: number }
  /** Where its vehicle is; null where nobody knows. */
  position: LngLat | null
  /** Age of that position, seconds; null where it is not known. */
  ageS: number | null
  /** Highest priority of its standing alarms; null for none. */
  alarm: Priority | null
  /** Call sign and class, in no language. */
  label: string
}

export interface ConsignmentLayerProps {
  data: readonly ConsignmentOnMap[]
  /** Id of the consignment that is looked at. @default null */
  selected?: string | null
  /** Names; leave them out where there is no room. @default true */
  names?: boolean
  /** @default 'night' */
  theme?: Theme
  /** @default false */
  stale?: boolean
  /** Word for a place that is not known. @default '?' */
  unknownWord?: string
}

const defaultProps: DefaultProps<ConsignmentLayerProps> = {
  data: { type: 'data', value: [] },
  selected: { type: 'object', value: null },
  names: true,
  theme: { type: 'object', value: 'night' },
  stale: false,
  unknownWord: '?',
}

const ON_ROAD: readonly ConsignmentState[] = ['under-way', 'accident']

/** What is written beside it: a vehicle on the road that nobody sees says so, an accident is marked without colour too. */
export function consignmentText({ label, state, position }: ConsignmentOnMap, unknown: string): string {
  const lost = ON_ROAD.includes(state) && position === null ? ` · ${unknown}` : ''
  return `${state === 'accident' ? '▲ ' : ''}${label}${lost}`
}

/**
 * Consignments of dangerous goods: the corridor as a band, wide as it is on the ground, and the vehicle as a placard that
 * fades with the age of its position. Quiet on its way; in the colour and with the shape of its alarm where one stands.
 */
export class ConsignmentLayer extends CompositeLayer<ConsignmentLayerProps> {
  static override layerName = 'ConsignmentLayer'
  static override defaultProps = defaultProps

  override renderLayers(): LayersList {
    const { data, selected, names, theme, stale, unknownWord = '?' } = this.props
    const palette = paletteOf(theme ?? 'night', stale ?? false)
    const look = [selected, theme, stale, data]
    const colour = (one: ConsignmentOnMap): Rgba => colourOf(palette, one, selected ?? null)
    const seen = data.filter(({ position }) => position !== null)
    const placeOf = ({ position, corridor }: ConsignmentOnMap): LngLat => position ?? middleOf(corridor.line)
    const icons = {
      iconAtlas: symbolAtlas() as never,
      iconMapping: ICON_MAPPING as never,
      sizeUnits: 'pixels' as const,
      data: seen,
      getPosition: placeOf,
    }
    return [
      new PathLayer<ConsignmentOnMap>(this.getSubLayerProps({ id: 'corridor' }), {
        data,
        getPath: ({ corridor }) => corridor.line,
        getColor: (one) => withOpacity(colour(one), ON_ROAD.includes(one.state) ? 0.2 : 0.1),
        getWidth: ({ corridor }) => corridor.halfWidthM * 2,
        widthUnits: 'meters',
        widthMinPixels: 4,
        capRounded: true,
        jointRounded: true,
        pickable: this.props.pickable,
        updateTriggers: { getColor: look },
      }),
      new PathLayer<ConsignmentOnMap>(this.getSubLayerProps({ id: 'axis' }), {
        pickable: false,
        data,
        getPath: ({ corridor }) => corridor.line,
        getColor: colour,
        getWidth: (one) => (one.id === selected || one.alarm !== null ? 3 : ON_ROAD.includes(one.state) ? 1.5 : 0.75),
        widthUnits: 'pixels',
        updateTriggers: { getColor: look, getWidth: look },
      }),
      new IconLayer<ConsignmentOnMap>(this.getSubLayerProps({ id: 'plate' }), {
        ...icons,
        getIcon: () => 'plate',
        getSize: 28,
        getColor: palette.plate,
        pickable: this.props.pickable,
        updateTriggers: { getColor: look },
      }),
      new IconLayer<ConsignmentOnMap>(this.getSubLayerProps({ id: 'placard' }), {
        ...icons,
        pickable: false,
        getIcon: () => 'placard',
        getSize: 22,
        getColor: (one) => withOpacity(colour(one), 0.4 + 0.6 * freshness(one.ageS ?? Infinity)),
        updateTriggers: { getColor: look },
      }),
      new IconLayer<ConsignmentOnMap>(this.getSubLayerProps({ id: 'alarm' }), {
        ...icons,
        pickable: false,
        data: seen.filter(({ alarm }) => alarm !== null),
        getIcon: ({ alarm }) => alarm!,
        getSize: 13,
        getPixelOffset: [13, -13],
        getColor: ({ alarm }) => palette[alarm!],
        updateTriggers: { getIcon: look, getColor: look },
      }),
      names !== false &&
        new NamesLayer(this.getSubLayerProps({ id: 'names' }), {
          data: data.map((one) => ({ position: placeOf(one), text: consignmentText(one, unknownWord) })),
          pickable: false,
          theme: theme ?? 'night',
          stale: stale ?? false,
          clearPx: 18,
        }),
    ]
  }
}

function colourOf(palette: Palette, { id, state, alarm }: ConsignmentOnMap, selected: string | null): Rgba {
  if (state === 'accident') return palette.critical
  if (alarm !== null) return palette[alarm]
  if (id === selected) return palette.select
  return ON_ROAD.includes(state) ? palette.text : palette.muted
}
