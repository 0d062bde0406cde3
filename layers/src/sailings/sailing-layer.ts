import { CompositeLayer, type DefaultProps, type LayersList } from '@deck.gl/core'
import { IconLayer, PathLayer, TextLayer } from '@deck.gl/layers'
import type { LngLat, SailingState } from '@skerry/contract'
import { ICON_MAPPING, symbolAtlas } from '../symbols/atlas.ts'
import type { SymbolName } from '../symbols/paths.ts'
import { labelLook } from '../theme/label.ts'
import { paletteOf, withOpacity, type Palette, type Rgba, type Theme } from '../theme/palette.ts'
import { middleOf } from './middle-of.ts'

/** One sailing as it is drawn. */
export interface SailingOnMap {
  id: string
  /** From quay to quay over water, at least two places. */
  path: LngLat[]
  state: SailingState
  /** Where its boat is; null where nobody knows. */
  position: LngLat | null
  /** Degrees clockwise from north; null where it is not known. */
  headingDeg: number | null
  /** Departure against the timetable, minutes; null where nobody knows. */
  delayMin: number | null
  /** Where to and when, in the language of the screen. */
  label: string
}

export interface SailingLayerProps {
  data: readonly SailingOnMap[]
  /** Id of the sailing that is looked at. @default null */
  selected?: string | null
  /** From so many minutes on a boat is late. @default 10 */
  lateFromMin?: number
  /** Names of the sailings; leave them out where there is no room. @default true */
  labels?: boolean
  /** @default 'night' */
  theme?: Theme
  /** @default false */
  stale?: boolean
  /** Word for a place that is not known. @default '?' */
  unknownWord?: string
}

const defaultProps: DefaultProps<SailingLayerProps> = {
  data: { type: 'data', value: [] },
  selected: { type: 'object', value: null },
  lateFromMin: 10,
  labels: true,
  theme: { type: 'object', value: 'night' },
  stale: false,
  unknownWord: '?',
}

const isLate = ({ delayMin }: SailingOnMap, fromMin: number): boolean => delayMin !== null && delayMin >= fromMin

/** Where to, when, and by how much it is late; a place that nobody knows is said. */
export function sailingText(sailing: SailingOnMap, lateFromMin: number, unknown: string): string {
  const { label, state, position, delayMin } = sailing
  if (state === 'cancelled') return `× ${label}`
  const lost = state === 'unknown' || (state === 'under-way' && position === null) ? ` · ${unknown}` : ''
  return `${label}${isLate(sailing, lateFromMin) ? ` +${delayMin!.toFixed(0)}′` : ''}${lost}`
}

/**
 * Ferries: the way of each sailing over water and its boat. On time is quiet; late has the diamond and the colour of a
 * warning and its minutes; cancelled has a cross; a boat that nobody sees is not drawn anywhere, and its name says so.
 */
export class SailingLayer extends CompositeLayer<SailingLayerProps> {
  static override layerName = 'SailingLayer'
  static override defaultProps = defaultProps

  override renderLayers(): LayersList {
    const { data, selected, lateFromMin = 10, labels, theme, stale, unknownWord = '?' } = this.props
    const palette = paletteOf(theme ?? 'night', stale ?? false)
    const look = [selected, theme, stale, lateFromMin]
    const colour = (sailing: SailingOnMap): Rgba => colourOf(palette, sailing, selected ?? null, lateFromMin)
    const boats = data.filter(({ position }) => position !== null)
    const icons = {
      iconAtlas: symbolAtlas() as never,
      iconMapping: ICON_MAPPING as never,
      sizeUnits: 'pixels' as const,
    }
    const getPosition = ({ position }: SailingOnMap): LngLat => position!
    return [
      new PathLayer<SailingOnMap>(this.getSubLayerProps({ id: 'way' }), {
        data,
        getPath: ({ path }) => path,
        getColor: (sailing) => withOpacity(colour(sailing), sailing.state === 'under-way' ? 0.75 : 0.4),
        getWidth: ({ id }) => (id === selected ? 3 : 1.5),
        widthUnits: 'pixels',
        pickable: this.props.pickable,
        updateTriggers: { getColor: look, getWidth: look },
      }),
      new IconLayer<SailingOnMap>(this.getSubLayerProps({ id: 'plate' }), {
        data: boats,
        ...icons,
        getPosition,
        getIcon: () => 'plate',
        getSize: 24,
        getColor: palette.plate,
        pickable: this.props.pickable,
        updateTriggers: { getColor: look },
      }),
      new IconLayer<SailingOnMap>(this.getSubLayerProps({ id: 'boat' }), {
        pickable: false,
        data: boats,
        ...icons,
        getPosition,
        getIcon: ({ headingDeg }): SymbolName => (headingDeg === null ? 'ferry' : 'vessel'),
        getAngle: ({ headingDeg }) => -(headingDeg ?? 0),
        getSize: 18,
        getColor: colour,
        updateTriggers: { getColor: look },
      }),
      new IconLayer<SailingOnMap>(this.getSubLayerProps({ id: 'late' }), {
        pickable: false,
        data: boats.filter((sailing) => isLate(sailing, lateFromMin)),
        ...icons,
        getPosition,
        getIcon: () => 'warning',
        getSize: 13,
        getPixelOffset: [10, -10],
        getColor: palette.warning,
        updateTriggers: { getColor: look },
      }),
      labels !== false &&
        data.length > 0 &&
        new TextLayer<SailingOnMap>(this.getSubLayerProps({ id: 'label' }), {
          pickable: false,
          data,
          getPosition: ({ position, path }) => position ?? middleOf(path),
          getText: (sailing) => sailingText(sailing, lateFromMin, unknownWord),
          getSize: 12,
          getTextAnchor: 'start',
          getPixelOffset: [14, 10],
          getColor: colour,
          ...labelLook(palette),
          updateTriggers: { getText: [lateFromMin, unknownWord], getColor: look, getBackgroundColor: look },
        }),
    ]
  }
}

function colourOf(palette: Palette, sailing: SailingOnMap, selected: string | null, lateFromMin: number): Rgba {
  if (sailing.id === selected) return palette.select
  if (sailing.state === 'cancelled' || isLate(sailing, lateFromMin)) return palette.warning
  return sailing.state === 'unknown' ? palette.muted : palette.text
}
