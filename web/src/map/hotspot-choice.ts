import type { Incident, PastPlaces } from '@skerry/contract'
import type { HotspotView } from '@skerry/layers'

/** Hours back that hotspots may look; null is everything that is known. */
export const HOTSPOT_HOURS = [24, 168, 720, null] as const
export type HotspotHours = (typeof HOTSPOT_HOURS)[number]

export interface HotspotChoice {
  view: HotspotView
  hours: HotspotHours
}
export const HOTSPOT_CHOICE: HotspotChoice = { view: 'clusters', hours: 720 }

/** A saved choice, where it still is one. */
export function readHotspotChoice(saved: unknown): HotspotChoice {
  if (typeof saved !== 'object' || saved === null) return HOTSPOT_CHOICE
  const { view, hours } = saved as Partial<HotspotChoice>
  return {
    view: view === 'density' ? 'density' : HOTSPOT_CHOICE.view,
    hours: hours !== undefined && HOTSPOT_HOURS.includes(hours) ? hours : HOTSPOT_CHOICE.hours,
  }
}

/**
 * Interleaved lng, lat of the incidents that occurred since then. Several reports of one event count once; a repeat counts.
 * @param past those that have left the live picture; one that is in it counts once
 */
export function hotspotPositions(
  incidents: ReadonlyMap<string, Incident>,
  past: PastPlaces['places'],
  hours: HotspotHours,
  nowMs: number,
): Float64Array<ArrayBuffer> {
  const fromMs = hotspotsFromMs(hours, nowMs)
  const live = [...incidents.values()].filter(({ sameAs }) => sameAs?.kind !== 'same-event')
  const gone = past.filter(({ id }) => !incidents.has(id))
  return Float64Array.from(
    [...live, ...gone].filter(({ occurredAtMs }) => occurredAtMs >= fromMs).flatMap(({ position }) => position),
  )
}

/** Epoch ms from which on incidents count. */
export const hotspotsFromMs = (hours: HotspotHours, nowMs: number): number =>
  hours === null ? -Infinity : nowMs - hours * 3_600_000
