import type { DroneStatus } from '@skerry/contract'

/** A bridge speaks five times a second; after this long without a word nothing it said counts as now. */
const BRIDGE_SILENT_AFTER_MS = 3000

/** Off the ground, as far as telemetry says; null where it does not say. */
export function inAir(status: DroneStatus | null): boolean | null {
  if (status === null) return null
  if (status.landed !== null) return status.landed !== 'on-ground'
  if (status.armed === false) return false
  if (status.armed === null) return null
  const heightM = status.position?.heightAboveTakeoffM ?? null
  return heightM === null ? null : heightM > 2
}

/** On the ground with its motors off, and known to be: the only state in which flight orders mean nothing. */
export const standsDisarmed = (status: DroneStatus | null): boolean =>
  inAir(status) === false && status?.armed === false

/**
 * The link to an aircraft as its pilot must see it. `silent` is not the aircraft's doing: the bridge itself says nothing,
 * so its last word about the link is old.
 */
export interface LinkView {
  at: 'unknown' | 'live' | 'degraded' | 'lost' | 'silent'
  /** Since the aircraft's last sign of life, seconds; null where none was ever heard. */
  ageS: number | null
  /** Until the aircraft's own lost-link action, seconds, 0 when it is due; null where nobody knows. */
  failsafeInS: number | null
  /** The failsafe time is the autopilot's usual one, not read from this aircraft. */
  failsafeAssumed: boolean
  /** Lost for so long that it will not come back by itself in the next moment. */
  escalated: boolean
}

export function linkView(status: DroneStatus | null, nowMs: number): LinkView {
  if (status === null) return { at: 'unknown', ageS: null, failsafeInS: null, failsafeAssumed: false, escalated: false }
  const { link } = status
  const heldForMs = Math.max(0, nowMs - status.atMs)
  return {
    at: heldForMs > BRIDGE_SILENT_AFTER_MS ? 'silent' : link.state,
    ageS: link.lastHeartbeatAtMs === null ? null : Math.max(0, (nowMs - link.lastHeartbeatAtMs) / 1000),
    failsafeInS: link.failsafeInS === null ? null : Math.max(0, link.failsafeInS - heldForMs / 1000),
    failsafeAssumed: link.failsafeAssumed === true,
    escalated: link.escalated === true,
  }
}
