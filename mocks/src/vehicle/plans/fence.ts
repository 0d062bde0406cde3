import type { LngLat } from '@skerry/contract'
import { FENCE } from '../mavlink.ts'
import type { PlanItem } from './plan-item.ts'

const isVertex = (item: PlanItem): boolean =>
  item.command === FENCE.inclusionVertex || item.command === FENCE.exclusionVertex

/** Polygons of a fence: consecutive vertices of one kind, as many as each of them says. */
function polygonsOf(items: readonly PlanItem[]): { inclusion: boolean; ring: LngLat[] }[] | null {
  const polygons: { inclusion: boolean; ring: LngLat[] }[] = []
  for (let i = 0; i < items.length;) {
    const first = items[i]!
    if (!isVertex(first)) {
      i++
      continue
    }
    const vertices = items.slice(i, i + first.params[0])
    const whole =
      vertices.length === first.params[0] &&
      vertices.every((v) => v.command === first.command && v.params[0] === first.params[0])
    if (!whole || vertices.length < 3) return null
    const ring = vertices.map((v): LngLat => [v.y / 1e7, v.x / 1e7])
    polygons.push({ inclusion: first.command === FENCE.inclusionVertex, ring })
    i += vertices.length
  }
  return polygons
}

/** What is wrong with a fence on any autopilot, or null: polygons of at least three vertices, whole and consecutive. */
export const fenceFault = (items: readonly PlanItem[]): 'polygon' | null =>
  polygonsOf(items) === null ? 'polygon' : null

/** Whether home lies in every inclusion polygon, as PX4 wants it. */
export const holdsHome = (items: readonly PlanItem[], home: LngLat): boolean =>
  (polygonsOf(items) ?? []).every(({ inclusion, ring }) => !inclusion || isInside(ring, home))

/** Even-odd rule; a fence is small enough for a plane. */
function isInside(ring: readonly LngLat[], [lng, lat]: LngLat): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [aLng, aLat] = ring[i]!
    const [bLng, bLat] = ring[j]!
    if (aLat > lat !== bLat > lat && lng < ((bLng - aLng) * (lat - aLat)) / (bLat - aLat) + aLng) inside = !inside
  }
  return inside
}
