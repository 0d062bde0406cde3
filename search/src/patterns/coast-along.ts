import { localFrame } from '../frame/local-frame.ts'
import { ringAreaM2 } from '../frame/polygon.ts'
import type { LngLat, LocalM, MultiPolygonLngLat } from '../frame/position.ts'

/** A stretch of coast, as a shoreline search follows it. */
export interface CoastStretch {
  /** Places along the shore in order; the first again at the end where the stretch goes all the way round. */
  readonly coast: LngLat[]
  /** Side on which the land lies, looking along it. */
  readonly landOn: 'left' | 'right'
  /** From the place that was asked about to the coast, metres. */
  readonly awayM: number
}

/**
 * The coast nearest to a place, `reachM` along the shore to either side of the point nearest to it; an island or a lake
 * shorter round than that is followed all the way round once. Null where there is no land at all.
 * @param land GeoJSON MultiPolygon coordinates; rings may be wound either way
 * @param reachM above 0; RangeError otherwise
 */
export function coastAlong(land: MultiPolygonLngLat, near: readonly number[], reachM: number): CoastStretch | null {
  if (!(reachM > 0)) throw new RangeError('reachM: must be above 0')
  const frame = localFrame(near)
  let best: { ring: LocalM[]; foot: Foot; landOn: 'left' | 'right' } | null = null
  for (const rings of land)
    for (const [number, lngLats] of rings.entries()) {
      const ring = openRing(lngLats.map((p) => frame.toLocal(p)))
      if (ring.length < 3) continue
      const foot = footOn(ring)
      if (best && best.foot.awayM <= foot.awayM) continue
      const counterClockwise = ringAreaM2(ring) > 0
      best = { ring, foot, landOn: counterClockwise === (number === 0) ? 'left' : 'right' }
    }
  if (!best) return null
  const { ring, foot, landOn } = best
  const line = stretchOf(ring, foot, reachM)
  return { coast: line.map((p) => frame.toLngLat(p)), landOn, awayM: foot.awayM }
}

/** Point of a ring nearest to the origin, on the edge from corner `edge`. */
interface Foot {
  readonly edge: number
  readonly at: LocalM
  readonly awayM: number
}

function footOn(ring: readonly LocalM[]): Foot {
  let best: Foot = { edge: 0, at: ring[0]!, awayM: Infinity }
  ring.forEach((a, edge) => {
    const b = ring[(edge + 1) % ring.length]!
    const [x, y] = [b[0] - a[0], b[1] - a[1]]
    const size2 = x * x + y * y
    const share = size2 > 0 ? Math.min(1, Math.max(0, -(a[0] * x + a[1] * y) / size2)) : 0
    const at: LocalM = [a[0] + share * x, a[1] + share * y]
    const awayM = Math.hypot(at[0], at[1])
    if (awayM < best.awayM) best = { edge, at, awayM }
  })
  return best
}

function stretchOf(ring: readonly LocalM[], { edge, at }: Foot, reachM: number): LocalM[] {
  const forward = [...ring.slice(edge + 1), ...ring.slice(0, edge + 1)]
  const roundM = [...forward, at].reduce((sum, p, i) => sum + apart(i === 0 ? at : forward[i - 1]!, p), 0)
  if (roundM <= 2 * reachM) return [at, ...forward, at]
  return [...walk(at, forward.toReversed(), reachM).reverse(), at, ...walk(at, forward, reachM)]
}

/** The first `reachM` of a way, without its start. */
function walk(from: LocalM, corners: readonly LocalM[], reachM: number): LocalM[] {
  const way: LocalM[] = []
  let [last, leftM] = [from, reachM]
  for (const corner of corners) {
    const legM = apart(last, corner)
    if (legM >= leftM) {
      const share = leftM / legM
      way.push([last[0] + share * (corner[0] - last[0]), last[1] + share * (corner[1] - last[1])])
      break
    }
    way.push(corner)
    leftM -= legM
    last = corner
  }
  return way
}

const apart = (a: LocalM, b: LocalM): number => Math.hypot(b[0] - a[0], b[1] - a[1])

/** Corners of a ring, each once. */
function openRing(ring: readonly LocalM[]): LocalM[] {
  return ring.filter((p, i) => {
    const next = ring[(i + 1) % ring.length]!
    return ring.length < 2 || p[0] !== next[0] || p[1] !== next[1]
  })
}
