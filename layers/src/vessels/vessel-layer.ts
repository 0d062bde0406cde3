import { CompositeLayer, type DefaultProps, type LayersList, type UpdateParameters } from '@deck.gl/core'
import { IconLayer, LineLayer } from '@deck.gl/layers'
import { emptyColumns, type MoverColumns } from '@skerry/contract'
import { ICON_DEFS, ICON_MAPPING, symbolAtlas } from '../symbols/atlas.ts'
import type { Theme } from '../theme/palette.ts'
import { vesselAttributes, type VesselAttributes } from './vessel-attributes.ts'

export interface VesselLayerProps {
  /** Columns of the motion plane; index i of a picked object is row i. A new object for every change. */
  columns: MoverColumns
  /** Handle of the vessel that is looked at. @default null */
  selected?: number | null
  /** @default 'night' */
  theme?: Theme
  /** The console's own feed is lost: everything grey. @default false */
  stale?: boolean
  /** Side of a symbol in pixels. @default 18 */
  sizePx?: number
  /** Length of the speed vector: where the vessel will be in so many seconds. @default 360 */
  aheadS?: number
}

const defaultProps: DefaultProps<VesselLayerProps> = {
  columns: { type: 'object', value: emptyColumns(0) },
  selected: { type: 'object', value: null },
  theme: { type: 'object', value: 'night' },
  stale: false,
  sizePx: 18,
  aheadS: 360,
}

/** Vessels, aircraft, buoys and beacons that broadcast AIS, from typed arrays; calm, but for one in distress. */
export class VesselLayer extends CompositeLayer<VesselLayerProps> {
  static override layerName = 'VesselLayer'
  static override defaultProps = defaultProps
  declare state: { attributes: VesselAttributes }

  override updateState({ props, oldProps }: UpdateParameters<this>): void {
    const same =
      props.columns === oldProps.columns &&
      props.selected === oldProps.selected &&
      props.theme === oldProps.theme &&
      props.stale === oldProps.stale &&
      props.aheadS === oldProps.aheadS
    if (same) return
    const { columns, theme, stale, selected, aheadS } = props
    this.setState({
      attributes: vesselAttributes(columns, theme ?? 'night', stale ?? false, selected ?? null, aheadS ?? 360),
    })
  }

  override renderLayers(): LayersList {
    const a = this.state.attributes
    const size = this.props.sizePx ?? 18
    const icons = (id: string, defs: Float32Array, colors: Uint8Array, sizePx: number, turned: boolean) =>
      new IconLayer(this.getSubLayerProps({ id }), {
        data: {
          length: a.length,
          attributes: {
            getPosition: { value: a.positions, size: 2 },
            instanceIconDefs: { value: defs, size: 7 },
            getColor: { value: colors, size: 4, normalized: true },
            ...(turned ? { getAngle: { value: a.angles, size: 1 } } : {}),
          },
        },
        iconAtlas: symbolAtlas() as never,
        iconMapping: ICON_MAPPING as never,
        getSize: sizePx,
        sizeUnits: 'pixels' as const,
        pickable: turned && this.props.pickable,
      })
    return [
      new LineLayer(this.getSubLayerProps({ id: 'ahead' }), {
        data: {
          length: a.length,
          attributes: {
            getSourcePosition: { value: a.positions, size: 2 },
            getTargetPosition: { value: a.ahead, size: 2 },
            getColor: { value: a.vectorColors, size: 4, normalized: true },
          },
        },
        getWidth: 1,
        widthUnits: 'pixels',
        pickable: false,
      }),
      icons('ring', rings(a.length), a.ringColors, size * 1.7, false),
      icons('symbol', a.symbolDefs, a.colors, size, true),
    ]
  }
}

function rings(count: number): Float32Array {
  const defs = new Float32Array(count * 7)
  for (let i = 0; i < count; i++) defs.set(ICON_DEFS['plate-available'], i * 7)
  return defs
}
