import { LngLat } from '@skerry/contract'
import type { ReadResult } from '@skerry/exchange'
import { z } from 'zod'
import { request } from '../../api/request.ts'
import type { TrackPoint } from './track-preview.ts'

const Points = z.array(z.looseObject({ atMs: z.number(), lngLat: LngLat, accuracyM: z.number().nullable() }))

/** Where a unit has been, as its terminal reported it; null where that cannot be read. */
export async function unitTrack(unitId: string, fromMs: number, toMs: number): Promise<TrackPoint[] | null> {
  if (toMs <= fromMs) return []
  const query = new URLSearchParams({ kind: 'unit', id: unitId, fromMs: String(fromMs), toMs: String(toMs) })
  const answer = await request('GET', `/api/tracks?${query}`, undefined, Points)
  return answer.ok ? answer.value.map(({ atMs, lngLat, accuracyM }) => ({ atMs, position: lngLat, accuracyM })) : null
}

/** Timed points of a file, all its tracks together; null where it has none. A way without times says nothing of pace. */
export function pointsOf(read: ReadResult): TrackPoint[] | null {
  if (!read.ok) return null
  const points = read.file.things.flatMap(({ shape }) => (shape.kind === 'track' ? shape.pieces.flat() : []))
  return points.length < 2 ? null : points.map(({ at, atMs }) => ({ atMs, position: at, accuracyM: null }))
}
