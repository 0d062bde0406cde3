import type { LngLat } from '@skerry/contract'
import { metresPerDegree } from '../theme/metres-per-degree.ts'

/** Where something was. */
export interface TrackPlace {
  lngLat: LngLat
  atMs: number
}

/** A piece of a track. */
export interface TrackPiece {
  path: LngLat[]
  /** Nothing was heard between the two ends. */
  gap: boolean
}

/** A time on the way. */
export interface TrackMark {
  lngLat: LngLat
  atMs: number
}

/** A stay in one place. */
export interface TrackStop {
  /** Middle of the positions of the stay. */
  lngLat: LngLat
  fromMs: number
  toMs: number
}

/** Cuts a track (oldest first) where nothing was heard for longer than `gapMs`. */
export function trackPieces(track: readonly TrackPlace[], gapMs: number): TrackPiece[] {
  const pieces: TrackPiece[] = []
  for (let i = 1; i < track.length; i++) {
    const [from, to] = [track[i - 1]!, track[i]!]
    const gap = to.atMs - from.atMs > gapMs
    const last = pieces.at(-1)
    if (last !== undefined && !gap && !last.gap) last.path.push(to.lngLat)
    else pieces.push({ path: [from.lngLat, to.lngLat], gap })
  }
  return pieces
}

/**
 * Where it was at a moment, on the straight way between two positions, and for `gapMs` where it was last; null before the
 * first, and where nothing was heard for longer than that.
 */
export function placeAt(track: readonly TrackPlace[], atMs: number, gapMs: number): LngLat | null {
  const after = track.findIndex((place) => place.atMs >= atMs)
  if (after < 0) {
    const last = track.at(-1)
    return last !== undefined && atMs - last.atMs <= gapMs ? last.lngLat : null
  }
  const to = track[after]!
  if (to.atMs === atMs) return to.lngLat
  const from = track[after - 1]
  if (from === undefined || to.atMs - from.atMs > gapMs) return null
  const share = (atMs - from.atMs) / (to.atMs - from.atMs)
  return [
    from.lngLat[0] + (to.lngLat[0] - from.lngLat[0]) * share,
    from.lngLat[1] + (to.lngLat[1] - from.lngLat[1]) * share,
  ]
}

/** Whole multiples of `everyMs` (of the zone that is `offsetMs` ahead of UTC) within a track, where it was then. */
export function trackMarks(track: readonly TrackPlace[], everyMs: number, gapMs: number, offsetMs = 0): TrackMark[] {
  const [first, last] = [track[0], track.at(-1)]
  if (first === undefined || last === undefined) return []
  const marks: TrackMark[] = []
  const start = Math.ceil((first.atMs + offsetMs) / everyMs) * everyMs - offsetMs
  for (let atMs = start; atMs <= last.atMs; atMs += everyMs) {
    const lngLat = placeAt(track, atMs, gapMs)
    if (lngLat !== null) marks.push({ lngLat, atMs })
  }
  return marks
}

/**
 * Stays of at least `leastMs` within `radiusM` of where they began; a silence ends a stay.
 * @param track oldest first
 */
export function trackStops(
  track: readonly TrackPlace[],
  { radiusM, leastMs, gapMs }: { radiusM: number; leastMs: number; gapMs: number },
): TrackStop[] {
  const stops: TrackStop[] = []
  for (let start = 0; start < track.length;) {
    let end = start
    while (end + 1 < track.length && near(track[start]!, track[end + 1]!) && heard(track[end]!, track[end + 1]!)) end++
    const [from, to] = [track[start]!, track[end]!]
    if (to.atMs - from.atMs < leastMs) {
      start++
      continue
    }
    const stay = track.slice(start, end + 1)
    const mean = (k: 0 | 1): number => stay.reduce((sum, { lngLat }) => sum + lngLat[k], 0) / stay.length
    stops.push({ lngLat: [mean(0), mean(1)], fromMs: from.atMs, toMs: to.atMs })
    start = end + 1
  }
  return stops

  function near(a: TrackPlace, b: TrackPlace): boolean {
    const [perLng, perLat] = metresPerDegree(a.lngLat[1])
    return Math.hypot((b.lngLat[0] - a.lngLat[0]) * perLng, (b.lngLat[1] - a.lngLat[1]) * perLat) <= radiusM
  }
  function heard(a: TrackPlace, b: TrackPlace): boolean {
    return b.atMs - a.atMs <= gapMs
  }
}
