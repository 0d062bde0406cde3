import { CompositeLayer, type Accessor, type DefaultProps, type LayersList } from '@deck.gl/core'
import { IconLayer, TextLayer } from '@deck.gl/layers'
import type { Incident } from '@skerry/contract'
import { ICON_MAPPING, symbolAtlas } from '../symbols/atlas.ts'
import type { SymbolName } from '../symbols/paths.ts'
import { labelLook } from '../theme/label.ts'
import { paletteOf, type Theme } from '../theme/palette.ts'

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
  /** Show the running number beside the shape. @default true */
  numbers?: boolean
}

const defaultProps: DefaultProps<IncidentLayerProps> = {
  data: { type: 'data', value: [] },
  selected: { type: 'object', value: null },
  theme: { type: 'object', value: 'night' },
  stale: false,
  sizePx: 26,
  numbers: true,
}

/** Shape of an incident: its priority while it lives, a ring when it is closed. */
export const incidentShape = (incident: Incident): SymbolName =>
  incident.state === 'closed' ? 'closed' : incident.priority

const searched = ({ category, state }: Incident): boolean => category === 'missing-person' && state !== 'closed'

/** Incidents by priority shape and colour; a missing person also carries the search symbol. */
export class IncidentLayer extends CompositeLayer<IncidentLayerProps> {
  static override layerName = 'IncidentLayer'
  static override defaultProps = defaultProps

  override renderLayers(): LayersList {
    const { data, selected, theme, stale, sizePx = 26, numbers } = this.props
    const palette = paletteOf(theme ?? 'night', stale ?? false)
    const getPosition: Accessor<Incident, [number, number]> = (incident) => [incident.position[0], incident.position[1]]
    const icons = {
      iconAtlas: symbolAtlas() as never,
      iconMapping: ICON_MAPPING as never,
      sizeUnits: 'pixels' as const,
      getPosition,
    }
    const persons = data.filter(searched)
    const look = [theme, stale, selected]
    const numbered = numbers === false ? [] : data.filter((incident) => incident.state !== 'closed')
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
        getIcon: incidentShape,
        getColor: (incident) => (incident.state === 'closed' ? palette.muted : palette[incident.priority]),
        getSize: (incident) => (searched(incident) ? sizePx * 1.5 : sizePx),
        pickable: this.props.pickable,
        updateTriggers: { getColor: look },
      }),
      new IconLayer<Incident>(this.getSubLayerProps({ id: 'person' }), {
        pickable: false,
        data: persons,
        ...icons,
        getIcon: () => 'person-search',
        getColor: palette.plate,
        getSize: sizePx * 0.8,
        getPixelOffset: (incident) => [0, incident.priority === 'critical' ? sizePx * 0.24 : 0],
        updateTriggers: { getColor: look },
      }),
      numbered.length > 0 &&
        new TextLayer<Incident>(this.getSubLayerProps({ id: 'number' }), {
          pickable: false,
          data: numbered,
          getPosition,
          getText: (incident) => String(incident.number),
          getSize: 12,
          getColor: palette.text,
          getPixelOffset: [sizePx * 1.15, 0],
          getTextAnchor: 'start',
          ...labelLook(palette),
          updateTriggers: { getColor: look },
        }),
    ]
  }
}
