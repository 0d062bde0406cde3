import { CompositeLayer, type DefaultProps, type LayersList } from '@deck.gl/core'
import { PathLayer, ScatterplotLayer } from '@deck.gl/layers'
import type { LngLat } from '@skerry/contract'
import { NamesLayer } from '../labels/names-layer.ts'
import { paletteOf, withOpacity, type Theme } from '../theme/palette.ts'
import { placeAt, trackMarks, trackPieces, type TrackMark, type TrackPiece, type TrackPlace } from './track-rows.ts'

export interface TrackLayerProps {
  /** Where it was, oldest first. */
  track: readonly TrackPlace[]
  /** Moment at which it is marked where it was, ms since 1970; null marks nothing. @default null */
  atMs?: number | null
  /** A longer pause between two positions means that nothing was heard, ms. @default 90000 */
  gapMs?: number
  /** Times on the way are marked at whole multiples of this, ms. @default 600000 */
  markEveryMs?: number
  /** How far the zone of those times is ahead of UTC, ms. @default 28800000 */
  offsetMs?: number
  /** Words of a marked time. @default hours and minutes of that zone */
  timeText?: ((atMs: number) => string) | null
  /** @default 'night' */
  theme?: Theme
}

const CHINA_MS = 8 * 3_600_000
const defaultProps: DefaultProps<TrackLayerProps> = {
  track: { type: 'data', value: [] },
  atMs: { type: 'object', value: null },
  gapMs: 90_000,
  markEveryMs: 600_000,
  offsetMs: CHINA_MS,
  timeText: { type: 'object', value: null },
  theme: { type: 'object', value: 'night' },
}

/** Where something was: its way, thin where nothing was heard, with times on it and a ring at the moment that is asked for. */
export class TrackLayer extends CompositeLayer<TrackLayerProps> {
  static override layerName = 'TrackLayer'
  static override defaultProps = defaultProps

  override renderLayers(): LayersList {
    const {
      track,
      atMs = null,
      gapMs = 90_000,
      markEveryMs = 600_000,
      offsetMs = CHINA_MS,
      timeText,
      theme,
    } = this.props
    if (track.length === 0) return []
    const palette = paletteOf(theme ?? 'night', false)
    const marks = trackMarks(track, markEveryMs, gapMs, offsetMs)
    const words = timeText ?? ((at: number) => new Date(at + offsetMs).toISOString().slice(11, 16))
    const here = atMs === null ? null : placeAt(track, atMs, gapMs)
    const dots = { radiusUnits: 'pixels' as const, lineWidthUnits: 'pixels' as const, pickable: false }
    return [
      new PathLayer<TrackPiece>(this.getSubLayerProps({ id: 'way' }), {
        pickable: false,
        data: trackPieces(track, gapMs),
        getPath: ({ path }) => path,
        getColor: ({ gap }) => (gap ? withOpacity(palette.muted, 0.55) : withOpacity(palette.select, 0.9)),
        getWidth: ({ gap }) => (gap ? 1 : 2.5),
        widthUnits: 'pixels',
        jointRounded: true,
        updateTriggers: { getColor: [theme] },
      }),
      new ScatterplotLayer<TrackMark>(this.getSubLayerProps({ id: 'mark' }), {
        ...dots,
        data: marks,
        getPosition: ({ lngLat }) => lngLat,
        getRadius: 3.5,
        getFillColor: palette.select,
        updateTriggers: { getFillColor: [theme] },
      }),
      new NamesLayer(this.getSubLayerProps({ id: 'time' }), {
        pickable: false,
        data: marks.map((mark) => ({ position: mark.lngLat, text: words(mark.atMs) })),
        theme: theme ?? 'night',
        sizePx: 11,
        clearPx: 9,
      }),
      new ScatterplotLayer<LngLat>(this.getSubLayerProps({ id: 'here' }), {
        ...dots,
        data: here === null ? [] : [here],
        getPosition: (place) => place,
        getRadius: 11,
        filled: false,
        stroked: true,
        getLineColor: palette.select,
        getLineWidth: 3,
        updateTriggers: { getLineColor: [theme] },
      }),
    ]
  }
}
