import { CompositeLayer, type DefaultProps, type LayersList } from '@deck.gl/core'
import { PathLayer, PolygonLayer } from '@deck.gl/layers'
import type { LngLat, Priority, Zone } from '@skerry/contract'
import { NamesLayer } from '../labels/names-layer.ts'
import { paletteOf, withOpacity, type Palette, type Rgba, type Theme } from '../theme/palette.ts'
import { zoneNamePlace, zoneRings } from './zone-outline.ts'

/** What is drawn of a zone; one without a name has none written beside it. */
export type ZoneOnMap = Pick<Zone, 'id' | 'name' | 'shape'>

export interface ZoneLayerProps {
  data: readonly ZoneOnMap[]
  /** Id of the zone that is looked at. @default null */
  selected?: string | null
  /** Highest priority of a standing alarm by zone id; a zone without one is drawn grey. @default {} */
  alarms?: Readonly<Record<string, Priority>>
  /** Names; leave them out where there is no room. @default true */
  names?: boolean
  /** @default 'night' */
  theme?: Theme
  /** @default false */
  stale?: boolean
}

const defaultProps: DefaultProps<ZoneLayerProps> = {
  data: { type: 'data', value: [] },
  selected: { type: 'object', value: null },
  alarms: { type: 'object', value: {} },
  names: true,
  theme: { type: 'object', value: 'night' },
  stale: false,
}

/** Zones with their names: grey while all is well, in the colour and with a heavier edge while an alarm of theirs stands. */
export class ZoneLayer extends CompositeLayer<ZoneLayerProps> {
  static override layerName = 'ZoneLayer'
  static override defaultProps = defaultProps

  override renderLayers(): LayersList {
    const { data, selected, alarms = {}, names, theme, stale } = this.props
    const palette = paletteOf(theme ?? 'night', stale ?? false)
    const look = [selected, alarms, theme, stale]
    const colour = ({ id }: ZoneOnMap): Rgba => colourOf(palette, id === selected, alarms[id])
    const weight = ({ id }: ZoneOnMap): number => (id === selected || alarms[id] !== undefined ? 3 : 1.5)
    const areas = data.filter(({ shape }) => shape.kind !== 'corridor')
    const corridors = data.filter(({ shape }) => shape.kind === 'corridor')
    return [
      new PolygonLayer<ZoneOnMap>(this.getSubLayerProps({ id: 'area' }), {
        data: areas,
        getPolygon: ({ shape }: ZoneOnMap) => zoneRings(shape)!,
        getFillColor: (zone: ZoneOnMap) => withOpacity(colour(zone), alarms[zone.id] === undefined ? 0.05 : 0.09),
        getLineColor: colour,
        getLineWidth: weight,
        lineWidthUnits: 'pixels',
        pickable: this.props.pickable,
        updateTriggers: { getFillColor: look, getLineColor: look, getLineWidth: look },
      }),
      new PathLayer<ZoneOnMap>(this.getSubLayerProps({ id: 'corridor' }), {
        data: corridors,
        getPath: lineOf,
        getColor: (zone) => withOpacity(colour(zone), 0.22),
        getWidth: ({ shape }) => (shape.kind === 'corridor' ? shape.halfWidthM * 2 : 0),
        widthUnits: 'meters',
        widthMinPixels: 4,
        capRounded: true,
        jointRounded: true,
        pickable: this.props.pickable,
        updateTriggers: { getColor: look },
      }),
      new PathLayer<ZoneOnMap>(this.getSubLayerProps({ id: 'axis' }), {
        pickable: false,
        data: corridors,
        getPath: lineOf,
        getColor: colour,
        getWidth: weight,
        widthUnits: 'pixels',
        updateTriggers: { getColor: look, getWidth: look },
      }),
      names !== false &&
        new NamesLayer(this.getSubLayerProps({ id: 'names' }), {
          data: data.flatMap(({ name, shape }) =>
            name === '' ? [] : [{ position: zoneNamePlace(shape), text: name }],
          ),
          pickable: false,
          theme: theme ?? 'night',
          stale: stale ?? false,
          clearPx: 6,
        }),
    ]
  }
}

function colourOf(palette: Palette, chosen: boolean, priority: Priority | undefined): Rgba {
  if (priority !== undefined) return palette[priority]
  return chosen ? palette.select : palette.muted
}

const lineOf = ({ shape }: ZoneOnMap): LngLat[] => (shape.kind === 'corridor' ? shape.line : [])
