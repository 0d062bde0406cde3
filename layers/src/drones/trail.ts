import type { LngLat } from '@skerry/contract'

/** A place where a drone was. */
export interface TrailPoint {
  lngLat: LngLat
  atMs: number
}

export interface TrailSegment {
  path: LngLat[]
  /** 0..1, older parts are fainter. */
  opacity: number
  /** Nothing is known between the two ends: the link or the server was away. Drawn thin, in no one's colour. */
  gap: boolean
}

/** A pause between two positions that counts as not known, milliseconds. */
const GAP_MS = 3_000
const SHADES = 4

/** Cuts a trail (oldest first) into pieces of rising opacity, with what is not known as gaps of its own. */
export function trailSegments(trail: readonly TrailPoint[]): TrailSegment[] {
  const segments: TrailSegment[] = []
  if (trail.length < 2) return segments
  const first = trail[0]!.atMs
  const spanMs = Math.max(1, trail.at(-1)!.atMs - first)
  const shade = (atMs: number): number => Math.min(SHADES - 1, Math.floor(((atMs - first) / spanMs) * SHADES))
  for (let i = 1; i < trail.length; i++) {
    const from = trail[i - 1]!
    const to = trail[i]!
    const gap = to.atMs - from.atMs > GAP_MS
    const opacity = 0.25 + (0.65 * (shade(to.atMs) + 1)) / SHADES
    const last = segments.at(-1)
    if (last !== undefined && !gap && !last.gap && last.opacity === opacity) last.path.push(to.lngLat)
    else segments.push({ path: [from.lngLat, to.lngLat], opacity, gap })
  }
  return segments
}
