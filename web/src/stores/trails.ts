import type { DroneStatus, LngLat } from '@skerry/contract'

export interface TrailPoint {
  lngLat: LngLat
  atMs: number
}

const KEPT_MS = 15 * 60_000
const SPACING_MS = 900
const STILL_DEG = 0.000005 // about half a metre: a drone that stands leaves no knot

/** Where each drone was in the last quarter of an hour, oldest first. New lists for drones that moved, same ones else. */
export function extendTrails(
  trails: ReadonlyMap<string, readonly TrailPoint[]>,
  batch: readonly DroneStatus[],
): ReadonlyMap<string, readonly TrailPoint[]> {
  let next: Map<string, readonly TrailPoint[]> | null = null
  for (const { droneId, position } of batch) {
    if (position === null) continue
    const held = trails.get(droneId) ?? []
    const last = held.at(-1)
    const moved =
      last === undefined ||
      Math.abs(last.lngLat[0] - position.lngLat[0]) + Math.abs(last.lngLat[1] - position.lngLat[1]) > STILL_DEG
    if (!moved || (last !== undefined && position.atMs - last.atMs < SPACING_MS)) continue
    const kept = held.filter((point) => position.atMs - point.atMs <= KEPT_MS)
    next ??= new Map(trails)
    next.set(droneId, [...kept, { lngLat: position.lngLat, atMs: position.atMs }])
  }
  return next ?? trails
}
