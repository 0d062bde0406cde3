import { latLngToCell } from 'h3-js'
import { HOTSPOT_POLICY, hotspots, type Exposure, type HotspotCell } from './gi-star.ts'
import { incidentDensity, type DensityGrid } from './kde.ts'

/** `clusters`: cells with significantly many incidents (Gi*). `density`: incidents per square kilometre (KDE). */
export type HotspotView = 'clusters' | 'density'

/** What a worker is asked; every part can be transferred. */
export interface HotspotQuestion {
  view: HotspotView
  /** Interleaved lng, lat of incidents, degrees. */
  positions: Float64Array
  /** Triples of lng, lat and how many are there; null compares clusters with the ground alone. */
  exposure: Float64Array | null
}

export interface HotspotAnswer {
  view: HotspotView
  /** Incidents that were asked about. */
  n: number
  /** Of those, the ones where nobody is exposed: they cannot be judged, and count nowhere. */
  unjudged: number
  cells: HotspotCell[]
  density: DensityGrid | null
  /** Whether clusters were compared with how many are where. */
  exposed: boolean
}

/** Answers for a worker; too slow for a thread that draws. */
export function computeHotspots({ view, positions, exposure }: HotspotQuestion): HotspotAnswer {
  const places: [number, number][] = []
  for (let i = 0; i + 1 < positions.length; i += 2) places.push([positions[i]!, positions[i + 1]!])
  const none = { view, n: places.length, unjudged: 0, cells: [], density: null, exposed: false }
  if (view === 'density') return { ...none, density: incidentDensity(places) }
  if (exposure === null) return { ...none, cells: hotspots(places) }
  const map = exposureCells(exposure)
  const unjudged = places.filter(([lng, lat]) => !map.has(latLngToCell(lat, lng, HOTSPOT_POLICY.resolution))).length
  return { ...none, unjudged, cells: hotspots(places, HOTSPOT_POLICY, map), exposed: true }
}

/** How many are in each cell; cells with nobody are left out. */
function exposureCells(places: Float64Array): Exposure {
  const cells = new Map<string, number>()
  for (let i = 0; i + 2 < places.length; i += 3) {
    if (places[i + 2]! <= 0) continue
    const cell = latLngToCell(places[i + 1]!, places[i]!, HOTSPOT_POLICY.resolution)
    cells.set(cell, (cells.get(cell) ?? 0) + places[i + 2]!)
  }
  return cells
}
