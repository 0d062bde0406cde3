import type { DroneStatus } from '@skerry/contract'
import { actsOnLinkLoss } from './safety-params.ts'
import { heardKey, type Vehicle } from './vehicle.ts'

/** A heartbeat comes each second: two missing are a doubt, three are a loss. */
export const DEGRADED_AFTER_MS = 2000
export const LOST_AFTER_MS = 3500
/** From here on somebody has to act: it will not come back by itself in the next moment. */
export const ESCALATED_AFTER_MS = 10_000
/** A satellite link gives one message in some seconds to a minute. */
const HIGH_LATENCY_DEGRADED_MS = 60_000
const HIGH_LATENCY_LOST_MS = 120_000

/** What the autopilots do when nobody set anything: FS_GCS_TIMEOUT and COM_DL_LOSS_T. */
const DEFAULT_FAILSAFE_S = { ardupilot: 5, px4: 10, other: null } as const

export const linkState = (vehicle: Vehicle, nowMs: number): DroneStatus['link']['state'] => {
  const silentMs = nowMs - vehicle.lastHeartbeatAtMs
  if (vehicle.highLatency)
    return silentMs > HIGH_LATENCY_LOST_MS ? 'lost' : silentMs > HIGH_LATENCY_DEGRADED_MS ? 'degraded' : 'live'
  return silentMs > LOST_AFTER_MS ? 'lost' : silentMs > DEGRADED_AFTER_MS ? 'degraded' : 'live'
}

/** ATTITUDE and GLOBAL_POSITION_INT: what the aircraft does. */
const MOTION = [30, 33]

/**
 * Whether nobody sees any more what the aircraft does: neither heartbeat nor motion of its autopilot, or no heartbeat
 * for so long that its mode is a guess. On a link that loses a quarter, three heartbeats in a row go missing every
 * minute while the rest of the telemetry comes in.
 */
export function isUnwatched(vehicle: Vehicle, nowMs: number): boolean {
  if (linkState(vehicle, nowMs) !== 'lost') return false
  if (vehicle.highLatency || nowMs - vehicle.lastHeartbeatAtMs > ESCALATED_AFTER_MS) return true
  const seenAtMs = MOTION.map((id) => vehicle.heardAtMs.get(heardKey(vehicle.autopilotComp, id)) ?? -Infinity)
  return nowMs - Math.max(...seenAtMs) > LOST_AFTER_MS
}

/**
 * Seconds until the aircraft's own lost-link action, counted from its last heartbeat here: a link that is dead one
 * way is taken as dead both ways. Null while it is heard, or when that failsafe is switched off in it.
 */
export function failsafeIn(vehicle: Vehicle, nowMs: number): { inS: number; assumed: boolean } | null {
  if (linkState(vehicle, nowMs) !== 'lost') return null
  const { linkLossAfterS: afterS } = vehicle
  const acts = actsOnLinkLoss(vehicle)
  const timeoutS = afterS ?? DEFAULT_FAILSAFE_S[vehicle.autopilot]
  if (timeoutS === null || acts === false) return null
  // PX4 lands on, whatever it hears.
  if (vehicle.autopilot === 'px4' && vehicle.mode?.kind === 'land') return null
  const inS = Math.max(0, timeoutS - (nowMs - vehicle.lastHeartbeatAtMs) / 1000)
  return { inS, assumed: afterS === null || acts === null }
}

/** Lost for so long that the pilot must be told in other words than "no answer for a moment". */
export const isEscalated = (vehicle: Vehicle, nowMs: number): boolean =>
  linkState(vehicle, nowMs) === 'lost' &&
  nowMs - vehicle.lastHeartbeatAtMs > (vehicle.highLatency ? HIGH_LATENCY_LOST_MS : ESCALATED_AFTER_MS)
