import { CompositeLayer, type DefaultProps, type LayersList, type UpdateParameters } from '@deck.gl/core'
import { IconLayer, LineLayer } from '@deck.gl/layers'
import type { MoverColumns } from '@skerry/contract'
import { emptyColumns } from '@skerry/contract'
import { ICON_DEFS, ICON_MAPPING, symbolAtlas } from '../symbols/atlas.ts'
import type { Theme } from '../theme/palette.ts'
import { unitAttributes, type UnitAttributes } from './unit-attributes.ts'

export interface UnitLayerProps {
  /** Columns of the motion plane; index i of a picked object is row i. A new object for every change. */
  columns: MoverColumns
  /** Handle of the unit that is looked at. @default null */
  selected?: number | null
  /** @default 'night' */
  theme?: Theme
  /** The console's own feed is lost: everything grey. @default false */
  stale?: boolean
  /** Side of a symbol's plate in pixels. @default 30 */
  sizePx?: number
  /** Length of the speed vector: where the unit will be in so many seconds. @default 60 */
  aheadS?: number
}

const defaultProps: DefaultProps<UnitLayerProps> = {
  columns: { type: 'object', value: emptyColumns(0) },
  selected: { type: 'object', value: null },
  theme: { type: 'object', value: 'night' },
  stale: false,
  sizePx: 30,
  aheadS: 60,
}

/** Patrol units from typed arrays: symbol by kind, plate shape by status, notch by heading, vector by speed, fading by age. */
export class UnitLayer extends CompositeLayer<UnitLayerProps> {
  static override layerName = 'UnitLayer'
  static override defaultProps = defaultProps
  declare state: { attributes: UnitAttributes }

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
      attributes: unitAttributes(columns, theme ?? 'night', stale ?? false, selected ?? null, aheadS ?? 60),
    })
  }

  override renderLayers(): LayersList {
    const a = this.state.attributes
    const size = this.props.sizePx ?? 30
    const row = (
      id: string,
      defs: Float32Array,
      colors: Uint8Array,
      sizePx: number,
      turned: boolean,
      pickable: boolean,
    ) =>
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
        pickable: pickable && this.props.pickable,
      })
    return [
      new LineLayer(this.getSubLayerProps({ id: 'ahead' }), {
        data: {
          length: a.length,
          attributes: {
            getSourcePosition: { value: a.positions, size: 2 },
            getTargetPosition: { value: a.ahead, size: 2 },
            getColor: { value: a.notchColors, size: 4, normalized: true },
          },
        },
        getWidth: 1.5,
        widthUnits: 'pixels',
        pickable: false,
      }),
      row('notch', same(a.length, 'notch'), a.notchColors, size * 1.55, true, false),
      row('ground', same(a.length, 'plate'), a.groundColors, size, false, true),
      row('plate', a.plateDefs, a.plateColors, size, false, true),
      row('symbol', a.symbolDefs, a.symbolColors, size * 0.74, false, false),
    ]
  }
}

const kept = new Map<string, Float32Array>()

/** Icon rows of `count` units that all have the same icon; kept, for the number of units seldom changes. */
function same(count: number, name: 'plate' | 'notch'): Float32Array {
  const key = `${name} ${count}`
  const known = kept.get(key)
  if (known !== undefined) return known
  const made = new Float32Array(count * 7)
  for (let i = 0; i < count; i++) made.set(ICON_DEFS[name], i * 7)
  if (kept.size > 64) kept.clear()
  kept.set(key, made)
  return made
}
