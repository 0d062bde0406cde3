import type { MoverKind } from '@skerry/contract'
import { placeAt, trackStops, type TrackPlace, type TrackStop } from '@skerry/layers'

/** Spans that can be asked for, hours. */
export const SPANS_H = [0.25, 1, 6, 24] as const
export type SpanH = (typeof SPANS_H)[number]

/** Ships at anchor speak every three minutes; the others every few seconds. */
export const gapMsOf = (kind: MoverKind): number => (kind === 'vessel' ? 7 * 60_000 : 90_000)

/** Times are written on the way this often: some six to twelve of them. */
export const markEveryMs = (spanH: SpanH): number => ({ 0.25: 2, 1: 10, 6: 60, 24: 180 })[spanH] * 60_000

/** A stay is five minutes or more within sixty metres, the scatter of a parked car between houses. */
const STOP = { radiusM: 60, leastMs: 5 * 60_000 }

export interface TrackView {
  track: readonly TrackPlace[]
  /** Moment that the slider stands at. */
  atMs: number
  /** Where it was then; null: not heard. */
  place: [number, number] | null
  stops: TrackStop[]
  /** Share of the span in which it was heard, 0..1. */
  heardShare: number
}

/** What is said of a track. @param share of the span that the slider stands at, 0..1 */
export function viewTrack(
  track: readonly TrackPlace[],
  span: { fromMs: number; toMs: number },
  share: number,
  kind: MoverKind,
): TrackView {
  const gapMs = gapMsOf(kind)
  const atMs = span.fromMs + (span.toMs - span.fromMs) * share
  let heardMs = 0
  for (let i = 1; i < track.length; i++) {
    const stepMs = track[i]!.atMs - track[i - 1]!.atMs
    if (stepMs <= gapMs) heardMs += stepMs
  }
  return {
    track,
    atMs,
    place: placeAt(track, atMs, gapMs),
    stops: trackStops(track, { ...STOP, gapMs }),
    heardShare: Math.min(1, heardMs / Math.max(1, span.toMs - span.fromMs)),
  }
}
