import type { LngLat } from '@skerry/contract'
import type { Picture } from '../../stores/apply-changes.ts'

/** A place worth a look, because something there is not normal. */
export interface TourStop {
  key: string
  centre: LngLat
  zoom: number
}

const STAY_MS = 20_000

/** What is abnormal now: running searches, then critical incidents that nobody has reached. */
export function tourStops(picture: Pick<Picture, 'incident' | 'search'>): TourStop[] {
  const stops: TourStop[] = []
  for (const search of picture.search.values())
    if (search.state === 'open')
      stops.push({ key: `search ${search.id}`, centre: search.setup.planningPoint, zoom: 12.5 })
  for (const incident of picture.incident.values())
    if (incident.priority === 'critical' && (incident.state === 'received' || incident.state === 'dispatched'))
      stops.push({ key: `incident ${incident.id}`, centre: incident.position, zoom: 12 })
  return stops
}

/** Stop at a moment, or null for home: every round begins with a look at the whole area. */
export function tourAt(stops: readonly TourStop[], nowMs: number): TourStop | null {
  const turn = Math.floor(nowMs / STAY_MS) % (stops.length + 1)
  return stops[turn - 1] ?? null
}
