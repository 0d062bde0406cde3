import { CompositeLayer, type DefaultProps, type LayersList, type UpdateParameters } from '@deck.gl/core'
import { BitmapLayer } from '@deck.gl/layers'
import type { GridFrame } from '@skerry/contract'
import { gridBounds, probabilityImage, sweptImage, type PixelImage } from './grid-image.ts'
import { rasterOf } from './raster.ts'
import { paletteOf, type Theme } from '../theme/palette.ts'

export interface ProbabilityGridLayerProps {
  /** The map of a search; a new object for every revision. */
  frame: GridFrame | null
  /** Cell value at full brightness; the densest cell of the first map, so that colours keep their meaning. @default densest cell */
  reference?: number | null
}

const gridDefaults: DefaultProps<ProbabilityGridLayerProps> = {
  frame: { type: 'object', value: null },
  reference: { type: 'object', value: null },
}

/** Sharp lines from near; from far the mean of the lines, not a moiré of them. */
const PIXELATED = { minFilter: 'linear', magFilter: 'nearest' } as const
const SMOOTH = { minFilter: 'linear', magFilter: 'linear' } as const

/** Where the person may be: one even ramp from transparent to bright. */
export class ProbabilityGridLayer extends CompositeLayer<ProbabilityGridLayerProps> {
  static override layerName = 'ProbabilityGridLayer'
  static override defaultProps = gridDefaults
  declare state: { image: PixelImage | null }

  override updateState({ props, oldProps }: UpdateParameters<this>): void {
    if (props.frame === oldProps.frame && props.reference === oldProps.reference) return
    const { frame } = props
    if (frame === null) return this.setState({ image: null })
    const densest = frame.poa.reduce((most, value) => Math.max(most, value), 0)
    this.setState({ image: densest > 0 ? probabilityImage(frame, props.reference ?? densest) : null })
  }

  override renderLayers(): LayersList {
    const { frame } = this.props
    if (frame === null || this.state.image === null) return []
    return [bitmap(this, this.state.image, frame, SMOOTH)]
  }
}

export interface SweptLayerProps {
  /** The map of a search with its achieved POD; a new object for every revision. */
  frame: GridFrame | null
  /** @default 'night' */
  theme?: Theme
}

const sweptDefaults: DefaultProps<SweptLayerProps> = {
  frame: { type: 'object', value: null },
  theme: { type: 'object', value: 'night' },
}

/** Ground really seen, as hatching that grows denser with the achieved POD. */
export class SweptLayer extends CompositeLayer<SweptLayerProps> {
  static override layerName = 'SweptLayer'
  static override defaultProps = sweptDefaults
  declare state: { image: PixelImage | null }

  override updateState({ props, oldProps }: UpdateParameters<this>): void {
    if (props.frame === oldProps.frame && props.theme === oldProps.theme) return
    const palette = paletteOf(props.theme ?? 'night', false)
    this.setState({ image: props.frame === null ? null : sweptImage(props.frame, palette.text, palette.plate) })
  }

  override renderLayers(): LayersList {
    const { frame } = this.props
    if (frame === null || this.state.image === null) return []
    return [bitmap(this, this.state.image, frame, PIXELATED)]
  }
}

function bitmap(
  layer: ProbabilityGridLayer | SweptLayer,
  image: PixelImage,
  frame: GridFrame,
  textureParameters: typeof PIXELATED | typeof SMOOTH,
): BitmapLayer {
  return new BitmapLayer(layer['getSubLayerProps']({ id: 'image' }), {
    image: rasterOf(image) as never,
    bounds: gridBounds(frame),
    textureParameters,
    pickable: false,
  })
}
