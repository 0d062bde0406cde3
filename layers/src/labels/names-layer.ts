import { CompositeLayer, type DefaultProps, type LayersList, type UpdateParameters, type Viewport } from '@deck.gl/core'
import { TextLayer } from '@deck.gl/layers'
import type { LngLat } from '@skerry/contract'
import { labelLook } from '../theme/label.ts'
import { paletteOf, type Theme } from '../theme/palette.ts'
import { placeLabels, textWidthPx, type LabelPlace } from './place-labels.ts'
import type { Rect } from './rect.ts'
import { viewKey } from './view-key.ts'

/** A name of something on the map. */
export interface NameOnMap {
  position: LngLat
  /** Not empty. */
  text: string
}

/** Something that another layer draws at a place, with its reach from there, pixels. */
export interface DrawnThere {
  position: LngLat
  leftPx: number
  rightPx: number
  /** Above and below. */
  halfHeightPx: number
}

export interface NamesLayerProps {
  /** The more important first: earlier ones keep their place. At most some hundreds; the rest belongs in a list. */
  data: readonly NameOnMap[]
  /** @default 'night' */
  theme?: Theme
  /** @default false */
  stale?: boolean
  /** Height of the letters in pixels. @default 12 */
  sizePx?: number
  /** From the middle of the symbol to its name, pixels. @default 24 */
  clearPx?: number
  /** What no name is to cover. @default [] */
  keepClear?: readonly DrawnThere[]
}

const defaults: DefaultProps<NamesLayerProps> = {
  data: { type: 'data', value: [] },
  theme: { type: 'object', value: 'night' },
  stale: false,
  sizePx: 12,
  clearPx: 24,
  keepClear: { type: 'data', value: [] },
}

interface Placed extends NameOnMap {
  place: LabelPlace
}

/** Names beside symbols, none over another: they are placed anew when something moves or the map is turned or zoomed. */
export class NamesLayer extends CompositeLayer<NamesLayerProps> {
  static override layerName = 'NamesLayer'
  static override defaultProps = defaults
  declare state: { placed: Placed[]; view: string }

  override initializeState(): void {
    this.setState({ placed: [], view: '' })
  }

  override shouldUpdateState({ changeFlags }: UpdateParameters<this>): boolean {
    return changeFlags.propsOrDataChanged || viewKey(this.context.viewport) !== this.state.view
  }

  override updateState(): void {
    const { viewport } = this.context
    this.setState({ placed: placeNames(this.props, viewport), view: viewKey(viewport) })
  }

  override renderLayers(): LayersList {
    const { placed } = this.state
    if (placed.length === 0) return [] // see `labelLook`
    const { theme, stale, sizePx = 12 } = this.props
    const palette = paletteOf(theme ?? 'night', stale ?? false)
    return [
      new TextLayer<Placed>(this.getSubLayerProps({ id: 'text' }), {
        pickable: false,
        data: placed,
        getPosition: ({ position }) => position,
        getText: ({ text }) => text,
        getSize: sizePx,
        getColor: palette.text,
        getPixelOffset: ({ place }) => [place.dxPx, place.dyPx],
        getTextAnchor: ({ place }) => place.anchor,
        ...labelLook(palette),
        updateTriggers: { getColor: [theme, stale], getBackgroundColor: [theme, stale] },
      }),
    ]
  }
}

function placeNames(
  { data, sizePx = 12, clearPx = 24, keepClear = [] }: NamesLayerProps,
  viewport: Viewport,
): Placed[] {
  const boxes = data.map(({ position, text }) => {
    const [x, y] = viewport.project([...position]) as [number, number]
    return { x, y, widthPx: textWidthPx(text, sizePx) + PAD_PX, heightPx: sizePx * 1.25 + 2, clearPx }
  })
  const drawn = keepClear.map(({ position, leftPx, rightPx, halfHeightPx }): Rect => {
    const [x, y] = viewport.project([...position]) as [number, number]
    return { left: x - leftPx, right: x + rightPx, top: y - halfHeightPx, bottom: y + halfHeightPx }
  })
  const places = placeLabels(boxes, drawn)
  return data.map((name, index) => ({ ...name, place: places[index]! }))
}

/** The plate behind the words is wider than they are. */
const PAD_PX = 6
