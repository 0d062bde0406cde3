import { CompositeLayer, type DefaultProps, type LayersList } from '@deck.gl/core'
import { IconLayer, ScatterplotLayer, TextLayer } from '@deck.gl/layers'
import type { Candidate, Reading } from '@skerry/contract'
import { ICON_MAPPING, symbolAtlas } from '../symbols/atlas.ts'
import type { SymbolName } from '../symbols/paths.ts'
import { labelLook } from '../theme/label.ts'
import { paletteOf, withOpacity, type Theme } from '../theme/palette.ts'

export interface ReadingLayerProps {
  data: readonly Reading[]
  /** @default 'night' */
  theme?: Theme
}

const readingDefaults: DefaultProps<ReadingLayerProps> = {
  data: { type: 'data', value: [] },
  theme: { type: 'object', value: 'night' },
}

/** Thermal readings on the ground: a small dot, its ring the error radius in metres. A reading is not an alert. */
export class ReadingLayer extends CompositeLayer<ReadingLayerProps> {
  static override layerName = 'ReadingLayer'
  static override defaultProps = readingDefaults

  override renderLayers(): LayersList {
    const { data, theme } = this.props
    const palette = paletteOf(theme ?? 'night', false)
    const getPosition = (reading: Reading) => reading.position
    return [
      new ScatterplotLayer<Reading>(this.getSubLayerProps({ id: 'error' }), {
        data,
        getPosition,
        getRadius: (reading) => reading.errorRadiusM,
        filled: false,
        stroked: true,
        getLineColor: withOpacity(palette.text, 0.5),
        getLineWidth: 1,
        lineWidthUnits: 'pixels',
        pickable: this.props.pickable,
        updateTriggers: { getLineColor: theme },
      }),
      new ScatterplotLayer<Reading>(this.getSubLayerProps({ id: 'dot' }), {
        pickable: this.props.pickable,
        data,
        getPosition,
        getRadius: 2,
        radiusUnits: 'pixels',
        getFillColor: palette.text,
        updateTriggers: { getFillColor: theme },
      }),
    ]
  }
}

export interface CandidateLayerProps {
  data: readonly Candidate[]
  /** Id of the candidate that is looked at. @default null */
  selected?: string | null
  /** @default 'night' */
  theme?: Theme
  /** @default false */
  stale?: boolean
}

const candidateDefaults: DefaultProps<CandidateLayerProps> = {
  data: { type: 'data', value: [] },
  selected: { type: 'object', value: null },
  theme: { type: 'object', value: 'night' },
  stale: false,
}

/** Shape of a candidate: filled waits for judgement, open is being looked at, crossed is done with, ringed is confirmed. */
export function candidateShape({ state }: Pick<Candidate, 'state'>): SymbolName {
  if (state === 'open') return 'candidate'
  if (state === 'confirmed') return 'candidate-confirmed'
  return state === 'dismissed' || state === 'nothing-there' ? 'candidate-done' : 'candidate-open'
}

/** Places where readings stood out over several looks, numbered, with their error circle. */
export class CandidateLayer extends CompositeLayer<CandidateLayerProps> {
  static override layerName = 'CandidateLayer'
  static override defaultProps = candidateDefaults

  override renderLayers(): LayersList {
    const { data, selected, theme, stale } = this.props
    const palette = paletteOf(theme ?? 'night', stale ?? false)
    const look = [selected, theme, stale]
    const done = (candidate: Candidate): boolean => candidateShape(candidate) === 'candidate-done'
    const filled = (candidate: Candidate): boolean => ['open', 'confirmed'].includes(candidate.state)
    const getPosition = (candidate: Candidate) => candidate.position
    const icons = {
      getPosition,
      iconAtlas: symbolAtlas() as never,
      iconMapping: ICON_MAPPING as never,
      getSize: 32,
      sizeUnits: 'pixels' as const,
    }
    return [
      new ScatterplotLayer<Candidate>(this.getSubLayerProps({ id: 'error' }), {
        pickable: false,
        data,
        getPosition,
        getRadius: (candidate) => candidate.errorRadiusM,
        filled: false,
        stroked: true,
        getLineColor: (candidate) =>
          candidate.id === selected
            ? palette.select
            : withOpacity(done(candidate) ? palette.muted : palette.warning, 0.8),
        getLineWidth: (candidate) => (candidate.id === selected ? 3 : 1.5),
        lineWidthUnits: 'pixels',
        updateTriggers: { getLineColor: look, getLineWidth: look },
      }),
      // An open shape has nothing in its middle: what is clicked there, and keeps its number readable, is this.
      new IconLayer<Candidate>(this.getSubLayerProps({ id: 'ground' }), {
        data,
        ...icons,
        getIcon: () => 'candidate',
        getColor: palette.plate,
        pickable: this.props.pickable,
        updateTriggers: { getColor: look },
      }),
      new IconLayer<Candidate>(this.getSubLayerProps({ id: 'shape' }), {
        data,
        ...icons,
        getIcon: candidateShape,
        getColor: (candidate) => (done(candidate) ? palette.muted : palette.warning),
        pickable: this.props.pickable,
        updateTriggers: { getColor: look },
      }),
      data.length > 0 &&
        new TextLayer<Candidate>(this.getSubLayerProps({ id: 'number' }), {
          pickable: false,
          data,
          getPosition,
          getText: (candidate) => String(candidate.number),
          getSize: 14,
          fontWeight: 700,
          ...labelLook(palette),
          background: false,
          getPixelOffset: (candidate) => (done(candidate) ? [-2, 2] : [0, 0]),
          getColor: (candidate) => (filled(candidate) ? palette.plate : done(candidate) ? palette.muted : palette.text),
          updateTriggers: { getColor: look },
        }),
    ]
  }
}
