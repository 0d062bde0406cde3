import { disarm } from './arming.ts'
import { COMP, type Saying, SEVERITY, statusText } from './mavlink.ts'
import { paramValue } from './params.ts'
import { paramValueOf } from './hears.ts'
import { failsafeTo, lowBatteryMode } from './set-mode.ts'
import { dueStreams } from './streams.ts'
import { heartbeat, telemetry } from './telemetry.ts'
import { transferWaits } from './transfer.ts'
import { bootMs, isReady, type Step, type Vehicle } from './vehicle.ts'

const HEARTBEAT_MS = 1000
const TIMESYNC_MS = 10_000
const PARAMS_PER_TICK = 4

type Part = (v: Vehicle, wallMs: number) => Step

/** Everything of the protocol that happens by itself. Wall clock only: these timers are never scaled. */
export function protocolTick(v: Vehicle, wallMs: number): Step {
  const says: Saying[] = []
  let next = v
  for (const part of PARTS) {
    const [after, ...said] = part(next, wallMs)
    next = after
    says.push(...said)
  }
  return [next, ...says]
}

const beat: Part = (v, wallMs) => {
  if (wallMs < v.heartbeatAtMs) return [v]
  return [{ ...v, heartbeatAtMs: Math.max(v.heartbeatAtMs + HEARTBEAT_MS, wallMs) }, heartbeat(v)]
}

const timesync: Part = (v, wallMs) => {
  if (wallMs < v.timesyncAtMs) return [v]
  const fields = { tc1: 0n, ts1: BigInt(bootMs(v, wallMs)) * 1_000_000n + 1001n, target_system: 0, target_component: 0 }
  return [
    { ...v, timesyncAtMs: wallMs + TIMESYNC_MS },
    { comp: COMP.autopilot, name: 'TIMESYNC', fields },
  ]
}

const readiness: Part = (v, wallMs) => {
  if (v.saidReady || !isReady(v, wallMs)) return [v]
  return [{ ...v, saidReady: true }, statusText(SEVERITY.info, 'EKF3 IMU0 is using GPS')]
}

const uploads: Part = (v, wallMs) => {
  const [transfer, ...says] = transferWaits(v.transfer, wallMs)
  return [transfer === v.transfer ? v : { ...v, transfer }, ...says]
}

const params: Part = (v) => {
  if (v.paramsToSend === 0) return [v]
  const names = Object.keys(v.params)
  const first = names.length - v.paramsToSend
  const says = names.slice(first, first + PARAMS_PER_TICK).map((name) => paramValueOf(v.params, name))
  return [{ ...v, paramsToSend: Math.max(0, v.paramsToSend - PARAMS_PER_TICK) }, ...says]
}

/** Only the ground station that the parameters name counts, and only after it has been heard once. */
const lostGcs: Part = (v, wallMs) => {
  if (v.gcsSeenMs === null || paramValue(v.params, 'FS_GCS_ENABLE') === 0) return [v]
  const silent = wallMs - v.gcsSeenMs > paramValue(v.params, 'FS_GCS_TIMEOUT') * 1000
  if (!silent)
    return v.gcsFailsafe ? [{ ...v, gcsFailsafe: false }, statusText(SEVERITY.warning, 'GCS Failsafe Cleared')] : [v]
  if (v.gcsFailsafe || !v.armed) return [v]
  const marked: Vehicle = { ...v, gcsFailsafe: true }
  if (v.onGround) {
    const [next, ...says] = disarm(marked, false).step
    return [next, statusText(SEVERITY.warning, 'GCS Failsafe - Disarming'), ...says]
  }
  return v.mode === 'LAND' ? [marked] : failsafeTo(marked, 'RTL', 'GCS', wallMs)
}

const battery: Part = (v, wallMs) => {
  if (!v.armed) return [v]
  const leftMah = v.battery.share * paramValue(v.params, 'BATT_CAPACITY')
  const level =
    leftMah < paramValue(v.params, 'BATT_CRT_MAH')
      ? 'critical'
      : leftMah < paramValue(v.params, 'BATT_LOW_MAH')
        ? 'low'
        : 'none'
  if (level === 'none' || level === v.batteryFailsafe || v.batteryFailsafe === 'critical') return [v]
  const marked: Vehicle = { ...v, batteryFailsafe: level }
  const mode = lowBatteryMode(v, level)
  // A return that is already flown is not started again; landing here cuts a return short.
  if (mode === null || v.onGround || v.mode === 'LAND' || (mode === 'RTL' && isReturning(v))) return [marked]
  return failsafeTo(marked, mode, 'Battery', wallMs)
}
const isReturning = (v: Vehicle): boolean => v.nav.do === 'return' || v.nav.do === 'land'

const idleOnGround: Part = (v, wallMs) => {
  if (!v.armed || !v.onGround || v.armedIdleSinceMs === null) return [v]
  const delayMs = paramValue(v.params, 'DISARM_DELAY') * 1000
  return delayMs > 0 && wallMs - v.armedIdleSinceMs > delayMs ? disarm(v, false).step : [v]
}

const streams: Part = (v, wallMs) => {
  const { due, next } = dueStreams(v.streams, wallMs)
  if (due.length === 0) return [v]
  const says = due.filter((s) => s.comp === COMP.autopilot).flatMap((s) => telemetry(v, s.messageId, wallMs) ?? [])
  return [{ ...v, streams: next }, ...says]
}

const PARTS: readonly Part[] = [beat, timesync, readiness, uploads, params, lostGcs, battery, idleOnGround, streams]
