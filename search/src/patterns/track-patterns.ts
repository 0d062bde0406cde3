import type { LocalM } from '../frame/position.ts'
import { aboveZero, ahead, patternOf, type SearchPattern } from './search-pattern.ts'

/** A rectangle to be searched on parallel tracks, from one of its corners. */
export interface TrackArea {
  /** The corner the search begins at, `[lng, lat]`. */
  readonly corner: readonly number[]
  /** Bearing of the tracks from that corner, clockwise from north, and the area's extent along them, metres. */
  readonly trackRad: number
  readonly alongM: number
  /** Extent across the tracks, metres, and the side it lies on looking along the first track; default right. */
  readonly acrossM: number
  readonly side?: 'right' | 'left' | undefined
  readonly trackSpacingM: number
}

/**
 * Parallel track (PS): tracks along the long side, the first half a spacing inside the edge and every turn half a spacing
 * inside the ends, so that C = W / S holds to the edge. For a large area of even probability.
 * The number of tracks is the width over the spacing, rounded up; they are laid evenly, so the real spacing (returned) is
 * never wider than asked for. RangeError unless all lengths are above 0 and `alongM` is at least `acrossM`.
 * Source: IAMSAR II, parallel sweep search; commence search point half a track spacing inside [K].
 */
export function parallelTrack(area: TrackArea): SearchPattern {
  if (area.alongM < area.acrossM)
    throw new RangeError('alongM: parallel tracks run along the long side; use creepingLine for the other way')
  return tracks('parallel-track', area)
}

/**
 * Creeping line (CS): like parallel track, with the tracks along the short side, so that the search advances slowly along
 * the long one, from the end where the subject is likelier. RangeError unless `alongM` is at most `acrossM`.
 * Source: IAMSAR II, creeping line search [K].
 */
export function creepingLine(area: TrackArea): SearchPattern {
  if (area.alongM > area.acrossM)
    throw new RangeError('alongM: a creeping line runs along the short side; use parallelTrack for the other way')
  return tracks('creeping-line', area)
}

function tracks(name: 'parallel-track' | 'creeping-line', area: TrackArea): SearchPattern {
  const { corner, trackRad, alongM, acrossM, side = 'right', trackSpacingM } = area
  aboveZero({ alongM, acrossM, trackSpacingM })
  // A hair of tolerance, or an area of exactly ten spacings would get eleven tracks by rounding.
  const count = Math.max(1, Math.ceil(acrossM / trackSpacingM - 1e-9))
  const spacingM = acrossM / count
  const insetM = Math.min(spacingM, alongM) / 2
  const acrossRad = trackRad + (side === 'right' ? Math.PI / 2 : -Math.PI / 2)
  const points: LocalM[] = []
  for (let i = 0; i < count; i++) {
    const edge = ahead([0, 0], acrossRad, (i + 0.5) * spacingM)
    const ends = [ahead(edge, trackRad, insetM), ahead(edge, trackRad, alongM - insetM)]
    points.push(...(i % 2 === 0 ? ends : ends.reverse()))
  }
  return patternOf(name, corner, points, spacingM, (leg) => leg % 2 === 0)
}
