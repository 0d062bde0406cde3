import { CompositeLayer, type DefaultProps, type LayersList } from '@deck.gl/core'
import { IconLayer, TextLayer } from '@deck.gl/layers'
import type { Checkpoint } from '@skerry/contract'
import { ICON_MAPPING, symbolAtlas } from '../symbols/atlas.ts'
import { paletteOf, type Theme } from '../theme/palette.ts'

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
  /** Show the counts beside the gate (false: only the gate). @default true */
  counts?: boolean
}

const defaultProps: DefaultProps<CheckpointLayerProps> = {
  data: { type: 'data', value: [] },
  selected: { type: 'object', value: null },
  theme: { type: 'object', value: 'night' },
  stale: false,
  unknownWord: '?',
  lang: { type: 'object', value: 'zh' },
  counts: true,
}

/** Persons per minute in and out, and the queue, as one short line; what is not known is said, never 0. */
export function checkpointLine(checkpoint: Pick<Checkpoint, 'flow' | 'latest'>, unknown: string): string {
  const figure = (value: number | null | undefined): string =>
    value === null || value === undefined ? unknown : value.toFixed(0)
  const { flow, latest } = checkpoint
  return `→${figure(flow?.inPersonsPerMin)} ←${figure(flow?.outPersonsPerMin)} ⋮${figure(latest?.queuePersons)}`
}

/** Ferry gates and bridge checkpoints with flow per direction and queue. */
export class CheckpointLayer extends CompositeLayer<CheckpointLayerProps> {
  static override layerName = 'CheckpointLayer'
  static override defaultProps = defaultProps

  override renderLayers(): LayersList {
    const { data, selected, theme, stale, unknownWord = '?', lang = 'zh', counts } = this.props
    const palette = paletteOf(theme ?? 'night', stale ?? false)
    const look = [selected, theme, stale]
    const icons = {
      getPosition: (checkpoint: Checkpoint) => checkpoint.position,
      iconAtlas: symbolAtlas() as never,
      iconMapping: ICON_MAPPING as never,
      sizeUnits: 'pixels' as const,
    }
    const text = {
      getPosition: (checkpoint: Checkpoint) => checkpoint.position,
      getTextAnchor: 'start' as const,
      fontFamily: "system-ui, 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif",
      characterSet: 'auto' as const,
      outlineWidth: 3,
      outlineColor: palette.plate,
      fontSettings: { sdf: true },
      updateTriggers: { getColor: look, getText: [lang, unknownWord] },
    }
    return [
      new IconLayer<Checkpoint>(this.getSubLayerProps({ id: 'plate' }), {
        data,
        ...icons,
        getIcon: () => 'plate',
        getSize: 24,
        getColor: (checkpoint) => (checkpoint.id === selected ? palette.select : palette.plate),
        pickable: this.props.pickable,
        updateTriggers: { getColor: look },
      }),
      new IconLayer<Checkpoint>(this.getSubLayerProps({ id: 'gate' }), {
        data,
        ...icons,
        getIcon: () => 'gate',
        getSize: 16,
        getColor: palette.text,
        updateTriggers: { getColor: look },
      }),
      new TextLayer<Checkpoint>(this.getSubLayerProps({ id: 'counts' }), {
        data: counts === false ? [] : data,
        ...text,
        getText: (checkpoint) => checkpointLine(checkpoint, unknownWord),
        getSize: 12,
        getColor: palette.text,
        getPixelOffset: [16, 7],
      }),
      new TextLayer<Checkpoint>(this.getSubLayerProps({ id: 'name' }), {
        data: counts === false ? [] : data,
        ...text,
        getText: (checkpoint) => checkpoint.name[lang],
        getSize: 12,
        getColor: palette.muted,
        getPixelOffset: [16, -8],
      }),
    ]
  }
}
