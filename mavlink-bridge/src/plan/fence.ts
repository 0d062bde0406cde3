import type { LngLat } from '@skerry/contract'
import { done, failed, type Result } from '../result.ts'
import { CMD, FRAME, type MissionItem } from './mission-item.ts'

/** A zone to stay in or to stay out of. PX4 wants home inside every zone to stay in; ArduPilot does not look. */
export type FenceZone =
  | { readonly stay: 'inside' | 'outside'; readonly ring: readonly LngLat[] }
  | { readonly stay: 'inside' | 'outside'; readonly centre: LngLat; readonly radiusM: number }

export interface FenceError {
  readonly kind: 'too-few-vertices' | 'not-a-radius'
  /** Index of the zone. */
  readonly zone: number
}

/**
 * Items of a fence: the vertices of a polygon in a row, each saying how many there are. An autopilot that takes a broken
 * polygon flies without a fence, so a ring of fewer than three vertices is refused here.
 */
export function toFence(zones: readonly FenceZone[]): Result<readonly MissionItem[], FenceError> {
  const bodies: { command: number; param1: number; at: LngLat }[] = []
  for (const [zone, one] of zones.entries()) {
    const inside = one.stay === 'inside'
    if ('ring' in one) {
      if (one.ring.length < 3) return failed({ kind: 'too-few-vertices', zone })
      const command = inside ? CMD.fenceInclusionVertex : CMD.fenceExclusionVertex
      bodies.push(...one.ring.map((at) => ({ command, param1: one.ring.length, at })))
    } else {
      if (!(one.radiusM > 0)) return failed({ kind: 'not-a-radius', zone })
      const command = inside ? CMD.fenceInclusionCircle : CMD.fenceExclusionCircle
      bodies.push({ command, param1: one.radiusM, at: one.centre })
    }
  }
  return done(bodies.map(({ at, ...body }, seq) => itemAt(seq, at, 0, FRAME.globalInt, body)))
}

/** Items of rally points: places to return to instead of home, heights above home. */
export const toRally = (points: readonly { at: LngLat; heightM: number }[]): readonly MissionItem[] =>
  points.map(({ at, heightM }, seq) =>
    itemAt(seq, at, heightM, FRAME.globalRelativeInt, { command: CMD.rallyPoint, param1: 0 }),
  )

const itemAt = (
  seq: number,
  [lng, lat]: LngLat,
  z: number,
  frame: number,
  body: { command: number; param1: number },
): MissionItem => ({
  ...body,
  seq,
  frame,
  current: 0,
  autocontinue: 1,
  param2: 0,
  param3: 0,
  param4: 0,
  x: Math.round(lat * 1e7),
  y: Math.round(lng * 1e7),
  z,
})
