import { CompositeLayer, type DefaultProps, type LayersList } from '@deck.gl/core'
import { ScatterplotLayer } from '@deck.gl/layers'
import type { LngLat } from '@skerry/contract'
import { NamesLayer, type DrawnThere } from '../labels/names-layer.ts'
import { paletteOf, withOpacity, type Theme } from '../theme/palette.ts'

/** A place that the map rests on: a planning point of a scenario, a sighting, a clue. */
export interface Evidence {
  id: string
  position: LngLat
  /** Short words beside it. */
  label: string
  /** One standard deviation of where the subject may be because of it, metres; 0 for a stated point. */
  spreadM: number
}

export interface EvidenceLayerProps {
  data: readonly Evidence[]
  /** @default 'night' */
  theme?: Theme
  /** @default false */
  stale?: boolean
  /** What no name is to cover. @default [] */
  keepClear?: readonly DrawnThere[]
}

const defaults: DefaultProps<EvidenceLayerProps> = {
  data: { type: 'data', value: [] },
  theme: { type: 'object', value: 'night' },
  stale: false,
  keepClear: { type: 'data', value: [] },
}

/** Planning points, sightings and clues: a ringed point with its name, and the circle of its spread in metres. */
export class EvidenceLayer extends CompositeLayer<EvidenceLayerProps> {
  static override layerName = 'EvidenceLayer'
  static override defaultProps = defaults

  override renderLayers(): LayersList {
    const { data, theme, stale } = this.props
    const palette = paletteOf(theme ?? 'night', stale ?? false)
    const getPosition = (evidence: Evidence) => evidence.position
    const triggers = [theme, stale]
    const named = data.filter(({ label }) => label !== '')
    return [
      new ScatterplotLayer<Evidence>(this.getSubLayerProps({ id: 'spread' }), {
        data: data.filter(({ spreadM }) => spreadM > 0),
        getPosition,
        getRadius: (evidence) => evidence.spreadM,
        filled: false,
        stroked: true,
        getLineColor: withOpacity(palette.text, 0.6),
        getLineWidth: 1.5,
        lineWidthUnits: 'pixels',
        updateTriggers: { getLineColor: triggers },
      }),
      new ScatterplotLayer<Evidence>(this.getSubLayerProps({ id: 'point' }), {
        data,
        getPosition,
        getRadius: 5,
        radiusUnits: 'pixels',
        filled: true,
        stroked: true,
        getFillColor: palette.plate,
        getLineColor: palette.text,
        getLineWidth: 2,
        lineWidthUnits: 'pixels',
        updateTriggers: { getFillColor: triggers, getLineColor: triggers },
      }),
      new NamesLayer(this.getSubLayerProps({ id: 'label' }), {
        data: named.map(({ position, label }) => ({ position, text: label })),
        pickable: false,
        theme: theme ?? 'night',
        stale: stale ?? false,
        sizePx: 13,
        clearPx: 11,
        keepClear: this.props.keepClear ?? [],
      }),
    ]
  }
}
