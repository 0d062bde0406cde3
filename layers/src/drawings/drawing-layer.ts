import { CompositeLayer, type DefaultProps, type LayersList } from '@deck.gl/core'
import { PathLayer, PolygonLayer, ScatterplotLayer } from '@deck.gl/layers'
import type { DrawnShape, LngLat } from '@skerry/contract'
import { NamesLayer } from '../labels/names-layer.ts'
import { paletteOf, withOpacity, type Theme } from '../theme/palette.ts'

/** A shape with its name; one without a name has none written beside it. */
export interface DrawnThing {
  id: string
  name: string
  shape: DrawnShape
}

export interface DrawingLayerProps {
  data: readonly DrawnThing[]
  /** Drawn as what is being worked on: not yet taken over, for example. @default false */
  chosen?: boolean
  /** Names beside the shapes. @default true */
  names?: boolean
  /** @default 'night' */
  theme?: Theme
  /** @default false */
  stale?: boolean
}

const defaultProps: DefaultProps<DrawingLayerProps> = {
  data: { type: 'data', value: [] },
  chosen: false,
  names: true,
  theme: { type: 'object', value: 'night' },
  stale: false,
}

/** Points, lines and areas that somebody drew elsewhere: quiet outlines with their names, under what the search itself says. */
export class DrawingLayer extends CompositeLayer<DrawingLayerProps> {
  static override layerName = 'DrawingLayer'
  static override defaultProps = defaultProps

  override renderLayers(): LayersList {
    const { data, chosen, names, theme, stale } = this.props
    const palette = paletteOf(theme ?? 'night', stale ?? false)
    const colour = chosen === true ? palette.select : palette.muted
    const of = <K extends DrawnShape['kind']>(kind: K) =>
      data.flatMap(({ shape }) => (shape.kind === kind ? [shape as Extract<DrawnShape, { kind: K }>] : []))
    return [
      new PolygonLayer(this.getSubLayerProps({ id: 'areas' }), {
        data: of('area'),
        getPolygon: ({ rings }) => rings,
        getFillColor: withOpacity(colour, 0.06),
        getLineColor: colour,
        getLineWidth: 2,
        lineWidthUnits: 'pixels',
        pickable: false,
      }),
      new PathLayer(this.getSubLayerProps({ id: 'lines' }), {
        data: of('line'),
        getPath: ({ line }) => line,
        getColor: colour,
        getWidth: 2,
        widthUnits: 'pixels',
        capRounded: true,
        jointRounded: true,
        pickable: false,
      }),
      new ScatterplotLayer(this.getSubLayerProps({ id: 'points' }), {
        data: of('point'),
        getPosition: ({ at }) => at,
        getRadius: 5,
        radiusUnits: 'pixels',
        stroked: true,
        filled: true,
        getFillColor: palette.plate,
        getLineColor: colour,
        getLineWidth: 2,
        lineWidthUnits: 'pixels',
        pickable: false,
      }),
      names !== false &&
        new NamesLayer(this.getSubLayerProps({ id: 'names' }), {
          data: data
            .filter(({ name }) => name !== '')
            .map(({ name, shape }) => ({ position: namePlace(shape), text: name })),
          pickable: false,
          theme: theme ?? 'night',
          stale: stale ?? false,
          clearPx: 9,
        }),
    ]
  }
}

/** Where a name stands: at a point, half way along a line, in the middle of the corners of an area. */
export function namePlace(shape: DrawnShape): LngLat {
  if (shape.kind === 'point') return shape.at
  if (shape.kind === 'line') return shape.line[Math.floor(shape.line.length / 2)]!
  const [ring] = shape.rings
  const mean = (axis: 0 | 1): number => ring!.reduce((sum, at) => sum + at[axis], 0) / ring!.length
  return [mean(0), mean(1)]
}
