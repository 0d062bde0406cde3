import { CompositeLayer, type DefaultProps, type LayersList } from '@deck.gl/core'
import { PolygonLayer } from '@deck.gl/layers'
import { cellToBoundary } from 'h3-js'
import { paletteOf, withOpacity, type Theme } from '../theme/palette.ts'
import type { HotspotCell } from './gi-star.ts'

export interface HotspotLayerProps {
  /** Significant cells only, as `hotspots` returns them. */
  data: readonly HotspotCell[]
  /** @default 'night' */
  theme?: Theme
  /** @default false */
  stale?: boolean
}

const defaultProps: DefaultProps<HotspotLayerProps> = {
  data: { type: 'data', value: [] },
  theme: { type: 'object', value: 'night' },
  stale: false,
}

/** Cells with significantly many incidents; the stronger, the more opaque and the wider the line. Elsewhere nothing. */
export class HotspotLayer extends CompositeLayer<HotspotLayerProps> {
  static override layerName = 'HotspotLayer'
  static override defaultProps = defaultProps

  override renderLayers(): LayersList {
    const { data, theme, stale } = this.props
    const palette = paletteOf(theme ?? 'night', stale ?? false)
    const strength = (cell: HotspotCell): number => Math.min(1, Math.max(0, (cell.z - 1.5) / 6))
    return [
      new PolygonLayer<HotspotCell>(this.getSubLayerProps({ id: 'cells' }), {
        data,
        getPolygon: (cell: HotspotCell) => cellToBoundary(cell.cell, true),
        getFillColor: (cell: HotspotCell) => withOpacity(palette.warning, 0.07 + 0.2 * strength(cell)),
        getLineColor: withOpacity(palette.warning, 0.5),
        getLineWidth: (cell: HotspotCell) => 0.5 + 2 * strength(cell),
        lineWidthUnits: 'pixels',
        pickable: this.props.pickable,
        updateTriggers: { getFillColor: [theme, stale], getLineColor: [theme, stale] },
      }),
    ]
  }
}
