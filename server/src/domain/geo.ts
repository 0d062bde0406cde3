import { localFrame } from '@skerry/search'
import type { LngLat } from '@skerry/contract'

/** Distance over ground, metres; good to 0.01 % within 30 km (local metric frame on WGS-84). */
export function distanceM(a: LngLat, b: LngLat): number {
  const [eastM, northM] = localFrame(a).toLocal(b)
  return Math.hypot(eastM, northM)
}

/** Distance from a place to the nearest point of a line, metres. A line of one point is that point. */
export function distanceToLineM(place: LngLat, line: readonly LngLat[]): number {
  const frame = localFrame(place)
  const points = line.map((point) => frame.toLocal(point))
  let nearest = Infinity
  points.forEach((a, i) => {
    const [ax, ay] = a
    const [bx, by] = points[i + 1] ?? a
    const lengthSquared = (bx - ax) ** 2 + (by - ay) ** 2
    const t = lengthSquared === 0 ? 0 : Math.max(0, Math.min(1, -(ax * (bx - ax) + ay * (by - ay)) / lengthSquared))
    nearest = Math.min(nearest, Math.hypot(ax + t * (bx - ax), ay + t * (by - ay)))
  })
  return nearest
}
