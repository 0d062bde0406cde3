import { CompositeLayer, type DefaultProps, type LayersList, type UpdateParameters } from '@deck.gl/core'
import { BitmapLayer } from '@deck.gl/layers'
import type { PixelImage } from '../search/grid-image.ts'
import { rampColor } from '../search/probability-ramp.ts'
import { rasterOf } from '../search/raster.ts'
import type { DensityGrid } from './kde.ts'

export interface DensityLayerProps {
  /** As `incidentDensity` returns it; a new object for every computation. */
  grid: DensityGrid | null
}

const defaultProps: DefaultProps<DensityLayerProps> = { grid: { type: 'object', value: null } }

/** Incidents per square kilometre as one even ramp from transparent to bright; nothing where too few are near. */
export class DensityLayer extends CompositeLayer<DensityLayerProps> {
  static override layerName = 'DensityLayer'
  static override defaultProps = defaultProps
  declare state: { image: PixelImage | null }

  override updateState({ props, oldProps }: UpdateParameters<this>): void {
    if (props.grid !== oldProps.grid) this.setState({ image: props.grid === null ? null : densityImage(props.grid) })
  }

  override renderLayers(): LayersList {
    const { grid } = this.props
    const { image } = this.state
    if (grid === null || image === null) return []
    return [
      new BitmapLayer(this.getSubLayerProps({ id: 'raster' }), {
        image: rasterOf(image) as ImageData,
        bounds: grid.bounds,
        opacity: 0.7,
        textureParameters: { minFilter: 'linear', magFilter: 'linear' },
      }),
    ]
  }
}

/** Pixels of the raster, north at the top; null where there is nothing to show. */
export function densityImage({ rows, cols, perKm2, most }: DensityGrid): PixelImage | null {
  if (!(most > 0)) return null
  const data = new Uint8ClampedArray(rows * cols * 4)
  for (let row = 0; row < rows; row++)
    for (let col = 0; col < cols; col++) {
      const value = perKm2[row * cols + col]!
      if (value > 0) data.set(rampColor(value / most), ((rows - 1 - row) * cols + col) * 4)
    }
  return { data, width: cols, height: rows }
}

/** Steps of the legend, from dark to bright: incidents per square kilometre and their colour. */
export const densityLegend = (most: number, count = 4): { perKm2: number; color: readonly number[] }[] =>
  Array.from({ length: count }, (_, i) => {
    const relative = ((i + 1) / count) ** 2
    return { perKm2: most * relative, color: rampColor(relative) }
  })
