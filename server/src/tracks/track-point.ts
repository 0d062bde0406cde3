import type { LngLat, MoverKind } from '@skerry/contract'

/** One stored position of a unit, a drone or a vessel. Unknown values are null. */
export interface TrackPoint {
  kind: MoverKind
  id: string
  atMs: number
  receivedAtMs: number
  lngLat: LngLat
  accuracyM: number | null
  headingDeg: number | null
  speedMps: number | null
  /** Above the take-off point; drones only. */
  heightM: number | null
  /** Feed that brought it. Kept for the newest stretch only; a packed track has forgotten it. */
  feed?: string
}

/** What of a point is not its mover. */
export type TrackFix = Omit<TrackPoint, 'kind' | 'id' | 'feed'>
