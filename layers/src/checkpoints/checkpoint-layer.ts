import { CompositeLayer, type DefaultProps, type LayersList } from '@deck.gl/core'
import { IconLayer, TextLayer } from '@deck.gl/layers'
import type { Checkpoint } from '@skerry/contract'
import { ICON_MAPPING, symbolAtlas } from '../symbols/atlas.ts'
import { labelLook } from '../theme/label.ts'
import { paletteOf, type Theme } from '../theme/palette.ts'
import { flowFigures, flowTicks, TICKS, type FlowFigure, type FlowTick } from './checkpoint-rows.ts'

export interface CheckpointLayerProps {
  data: readonly Checkpoint[]
  /** Id of the checkpoint that is looked at. @default null */
  selected?: string | null
  /** @default 'night' */
  theme?: Theme
  /** @default false */
  stale?: boolean
  /** Word for a count that is not known. @default '?' */
  unknownWord?: string
  /** Language of the names. @default 'zh' */
  lang?: 'zh' | 'en'
  /** Show bars, figures and name beside the gate (false: only the gate). @default true */
  counts?: boolean
  /** Persons per minute that one of the eight ticks of a bar stands for. @default 10 */
  personsPerTick?: number
}

const defaultProps: DefaultProps<CheckpointLayerProps> = {
  data: { type: 'data', value: [] },
  selected: { type: 'object', value: null },
  theme: { type: 'object', value: 'night' },
  stale: false,
  unknownWord: '?',
  lang: { type: 'object', value: 'zh' },
  counts: true,
  personsPerTick: 10,
}

/** Pixels from the gate to its figures, from tick to tick, and from row to row. */
const LEFT = 20
const TICK_STEP = 5
const ROWS = { in: -2, out: 14, queue: 30 } as const
const NAME_ROW = -20
const A_DAY_MIN = 1440
const ARROWS = { in: '→', out: '←', queue: '⋮' } as const

const TRENDS = { up: ' ▲', down: ' ▼', level: '' } as const

/** One line of a gate: direction or queue sign, and the figure or the word for unknown; never 0 for unknown. */
export function figureText(
  { row, value, waitMin, trend }: Pick<FlowFigure, 'row' | 'value' | 'waitMin' | 'trend'>,
  unknown: string,
): string {
  const wait = waitMin === null ? '' : waitMin >= A_DAY_MIN ? ' · >24 h' : ` · ${waitMin.toFixed(0)}′`
  return `${ARROWS[row]} ${value === null ? unknown : value.toFixed(0)}${wait}${trend === null ? '' : TRENDS[trend]}`
}

/**
 * Ferry gates and bridge checkpoints: persons per minute in and out as two bars with figures, the queue with its longest
 * wait and where it goes. A surge has the diamond and the colour of a warning; a gate that is no longer heard is grey.
 */
export class CheckpointLayer extends CompositeLayer<CheckpointLayerProps> {
  static override layerName = 'CheckpointLayer'
  static override defaultProps = defaultProps

  override renderLayers(): LayersList {
    const { data, selected, theme, stale, unknownWord = '?', lang = 'zh', counts, personsPerTick = 10 } = this.props
    const palette = paletteOf(theme ?? 'night', stale ?? false)
    const look = [selected, theme, stale]
    const shown = counts === false ? [] : data
    const icons = {
      iconAtlas: symbolAtlas() as never,
      iconMapping: ICON_MAPPING as never,
      sizeUnits: 'pixels' as const,
    }
    const getPosition = ({ position }: Pick<Checkpoint, 'position'>) => position
    const words = { getTextAnchor: 'start' as const, getSize: 13, ...labelLook(palette) }
    return [
      new IconLayer<Checkpoint>(this.getSubLayerProps({ id: 'plate' }), {
        data,
        ...icons,
        getPosition,
        getIcon: () => 'plate',
        getSize: 28,
        getColor: palette.plate,
        pickable: this.props.pickable,
        updateTriggers: { getColor: look },
      }),
      new IconLayer<Checkpoint>(this.getSubLayerProps({ id: 'chosen' }), {
        pickable: false,
        data: data.filter(({ id }) => id === selected),
        ...icons,
        getPosition,
        getIcon: () => 'plate-assigned',
        getSize: 36,
        getColor: palette.select,
        updateTriggers: { getColor: look },
      }),
      new IconLayer<Checkpoint>(this.getSubLayerProps({ id: 'gate' }), {
        pickable: false,
        data,
        ...icons,
        getPosition,
        getIcon: ({ kind }) => (kind === 'ferry' ? 'ferry' : 'gate'),
        getSize: 20,
        getColor: (checkpoint) => (isHeard(checkpoint) ? palette.text : palette.stale),
        updateTriggers: { getColor: look },
      }),
      new IconLayer<Checkpoint>(this.getSubLayerProps({ id: 'surge' }), {
        pickable: false,
        data: data.filter(surges),
        ...icons,
        getPosition,
        getIcon: () => 'warning',
        getSize: 15,
        getPixelOffset: [11, -11],
        getColor: palette.warning,
        updateTriggers: { getColor: look },
      }),
      shown.length > 0 &&
        new TextLayer<Checkpoint>(this.getSubLayerProps({ id: 'name' }), {
          pickable: false,
          data: shown,
          ...words,
          getPosition,
          getText: (checkpoint) => checkpoint.name[lang],
          getColor: palette.text,
          getPixelOffset: [LEFT, NAME_ROW],
          updateTriggers: { getText: lang, getColor: look, getBackgroundColor: look },
        }),
      shown.length > 0 &&
        new TextLayer<FlowFigure>(this.getSubLayerProps({ id: 'figures' }), {
          pickable: false,
          data: shown.flatMap(flowFigures),
          ...words,
          getPosition,
          getText: (figure) => figureText(figure, unknownWord),
          getColor: ({ surge }) => (surge ? palette.warning : palette.text),
          getPixelOffset: ({ row }) => [LEFT, ROWS[row]],
          updateTriggers: { getText: unknownWord, getColor: look, getBackgroundColor: look },
        }),
      new IconLayer<FlowTick>(this.getSubLayerProps({ id: 'ticks' }), {
        pickable: false,
        data: shown.flatMap((checkpoint) => flowTicks(checkpoint, personsPerTick)),
        ...icons,
        getPosition,
        getIcon: ({ filled }) => (filled ? 'tick' : 'tick-open'),
        getSize: 10,
        getColor: palette.text,
        getPixelOffset: ({ direction, index }) => [-LEFT - (TICKS - 1 - index) * TICK_STEP, ROWS[direction]],
        updateTriggers: { getColor: look },
      }),
    ]
  }
}

const surges = ({ streams }: Checkpoint): boolean => streams.some(({ surge }) => surge?.stands === true)
const isHeard = ({ state }: Checkpoint): boolean => state === 'live' || state === 'behind'
