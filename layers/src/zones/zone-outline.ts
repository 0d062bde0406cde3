import type { LngLat, ZoneShape } from '@skerry/contract'
import { metresPerDegree } from '../theme/metres-per-degree.ts'

/** Corners of the polygon that stands for a circle. */
const CIRCLE_CORNERS = 64

/** Rings of a zone that has an area, first outside then holes, degrees; null for a corridor, which is a line with a width. */
export function zoneRings(shape: ZoneShape): LngLat[][] | null {
  if (shape.kind === 'corridor') return null
  if (shape.kind === 'polygon') return shape.rings
  const [lng, lat] = shape.centre
  const [perLng, perLat] = metresPerDegree(lat)
  return [
    Array.from({ length: CIRCLE_CORNERS }, (_, i): LngLat => {
      const angle = (2 * Math.PI * i) / CIRCLE_CORNERS
      return [lng + (shape.radiusM * Math.sin(angle)) / perLng, lat + (shape.radiusM * Math.cos(angle)) / perLat]
    }),
  ]
}

/** Where the name of a zone stands: the middle of a circle or of a line's corners, else of the outer ring. */
export function zoneNamePlace(shape: ZoneShape): LngLat {
  if (shape.kind === 'circle') return shape.centre
  const points = shape.kind === 'corridor' ? shape.line : shape.rings[0]!
  if (shape.kind === 'corridor') return points[Math.floor(points.length / 2)]!
  const mean = (axis: 0 | 1): number => points.reduce((sum, at) => sum + at[axis], 0) / points.length
  return [mean(0), mean(1)]
}
