import type { LngLat } from '@skerry/contract'
import type { View } from '../../map/scene.ts'

const CLOSEST_ZOOM = 17
/** Room that is left around what is shown, as a share of the view. */
const MARGIN = 1.5

/** Where to look so that all places are in sight, north up; null where there is none or the map has no size yet. */
export function fitView(places: readonly LngLat[], view: View | null): { centre: LngLat; zoom: number } | null {
  if (places.length === 0 || view === null) return null
  const lngs = places.map(([lng]) => lng)
  const lats = places.map(([, lat]) => lat)
  const [west, east] = [Math.min(...lngs), Math.max(...lngs)]
  const [south, north] = [Math.min(...lats), Math.max(...lats)]
  const [viewWest, viewSouth, viewEast, viewNorth] = view.box
  const share = Math.max((east - west) / (viewEast - viewWest), (north - south) / (viewNorth - viewSouth)) * MARGIN
  if (!Number.isFinite(share)) return null
  const zoom = share <= 0 ? CLOSEST_ZOOM : Math.min(CLOSEST_ZOOM, view.zoom - Math.log2(share))
  return { centre: [(west + east) / 2, (south + north) / 2], zoom }
}
