import { CompositeLayer, type DefaultProps, type LayersList, type UpdateParameters, type Viewport } from '@deck.gl/core'
import { IconLayer, TextLayer } from '@deck.gl/layers'
import type { Checkpoint } from '@skerry/contract'
import { roomForBlocks } from '../labels/free-blocks.ts'
import { textWidthPx } from '../labels/place-labels.ts'
import { viewKey } from '../labels/view-key.ts'
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
const LETTER_PX = 13
const HALF_GATE_PX = 14
/** There are figures that found no room. */
const MORE = '···'
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
 * Where gates lie close together, figures are shown of those that find room (the chosen one, surges, the longest queue
 * first); the others have three dots, and their figures when the map is zoomed in.
 */
export class CheckpointLayer extends CompositeLayer<CheckpointLayerProps> {
  static override layerName = 'CheckpointLayer'
  static override defaultProps = defaultProps
  declare state: { roomy: ReadonlySet<string>; view: string }

  override initializeState(): void {
    this.setState({ roomy: new Set(), view: '' })
  }

  override shouldUpdateState({ changeFlags }: UpdateParameters<this>): boolean {
    return changeFlags.propsOrDataChanged || viewKey(this.context.viewport) !== this.state.view
  }

  override updateState(): void {
    const { viewport } = this.context
    this.setState({ roomy: gatesWithRoom(this.props, viewport), view: viewKey(viewport) })
  }

  override renderLayers(): LayersList {
    const { data, selected, theme, stale, unknownWord = '?', lang = 'zh', counts, personsPerTick = 10 } = this.props
    const palette = paletteOf(theme ?? 'night', stale ?? false)
    const look = [selected, theme, stale]
    const shown = counts === false ? [] : data.filter(({ id }) => this.state.roomy.has(id))
    const crowded = counts === false ? [] : data.filter(({ id }) => !this.state.roomy.has(id))
    const icons = {
      iconAtlas: symbolAtlas() as never,
      iconMapping: ICON_MAPPING as never,
      sizeUnits: 'pixels' as const,
    }
    const getPosition = ({ position }: Pick<Checkpoint, 'position'>) => position
    const words = { getTextAnchor: 'start' as const, getSize: LETTER_PX, ...labelLook(palette) }
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
      crowded.length > 0 &&
        new TextLayer<Checkpoint>(this.getSubLayerProps({ id: 'more' }), {
          pickable: false,
          data: crowded,
          ...words,
          getTextAnchor: 'middle',
          getPosition,
          getText: () => MORE,
          getColor: palette.text,
          getPixelOffset: [0, HALF_GATE_PX + 4],
          updateTriggers: { getColor: look, getBackgroundColor: look },
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

/** Rough, so that two gates of about the same queue do not take turns. */
const queueRank = (checkpoint: Checkpoint): number => {
  const queue = flowFigures(checkpoint).find(({ row }) => row === 'queue')?.value ?? 0
  return Math.round(Math.log2(queue + 1))
}

/** Ids of the gates whose figures and name cover no other gate and no other figures, the more important first. */
function gatesWithRoom(
  { data, selected, lang = 'zh', unknownWord = '?' }: CheckpointLayerProps,
  viewport: Viewport,
): ReadonlySet<string> {
  const ranked = data.toSorted(
    (a, b) =>
      Number(b.id === selected) - Number(a.id === selected) ||
      Number(surges(b)) - Number(surges(a)) ||
      queueRank(b) - queueRank(a) ||
      (a.id < b.id ? -1 : 1),
  )
  const blocks = ranked.map((checkpoint) => {
    const [x, y] = viewport.project([...checkpoint.position]) as [number, number]
    const texts = [checkpoint.name[lang], ...flowFigures(checkpoint).map((figure) => figureText(figure, unknownWord))]
    const widthPx = Math.max(...texts.map((text) => textWidthPx(text, LETTER_PX)))
    return {
      symbol: { left: x - HALF_GATE_PX, right: x + HALF_GATE_PX, top: y - HALF_GATE_PX, bottom: y + HALF_GATE_PX },
      whole: {
        left: x - LEFT - TICKS * TICK_STEP,
        right: x + LEFT + widthPx,
        top: y + NAME_ROW - LETTER_PX * 0.7,
        bottom: y + ROWS.queue + LETTER_PX * 0.7,
      },
    }
  })
  const free = roomForBlocks(blocks)
  return new Set(ranked.filter((_, index) => free[index]).map(({ id }) => id))
}
