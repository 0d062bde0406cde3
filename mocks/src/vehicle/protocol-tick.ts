import { disarm } from './arming.ts'
import { COMP, type Saying, SEVERITY, statusText } from './mavlink.ts'
import { paramValueOf, plansOf } from './hears.ts'
import { failsafeTo, lowBatteryMode } from './set-mode.ts'
import { dueStreams } from './streams.ts'
import { heartbeat, telemetry } from './telemetry.ts'
import { bootMs, figuresOfVehicle, isReady, type Step, type Vehicle } from './vehicle.ts'
import { eventSequence } from './voice.ts'

const HEARTBEAT_MS = 1000
const TIMESYNC_MS = 10_000
const PARAMS_PER_TICK = 4
/** PX4 says the number of its last event, so that a station sees which it missed. */
const EVENT_SEQUENCE_MS = 3000

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
  const words = v.setup.autopilot === 'px4' ? 'Ready for takeoff!' : 'EKF3 IMU0 is using GPS'
  return [{ ...v, saidReady: true }, statusText(SEVERITY.info, words)]
}

const uploads: Part = (v, wallMs) => {
  const [transfer, ...says] = plansOf(v).waits(v.transfer, wallMs)
  return [transfer === v.transfer ? v : { ...v, transfer }, ...says]
}

const params: Part = (v) => {
  if (v.paramsToSend === 0) return [v]
  const names = Object.keys(v.params)
  const first = names.length - v.paramsToSend
  const says = names.slice(first, first + PARAMS_PER_TICK).map((name) => paramValueOf(v, name))
  return [{ ...v, paramsToSend: Math.max(0, v.paramsToSend - PARAMS_PER_TICK) }, ...says]
}

/** Only after a ground station that counts has been heard once. */
const lostGcs: Part = (v, wallMs) => {
  const { lostGcsS } = figuresOfVehicle(v)
  if (v.gcsSeenMs === null || lostGcsS === null) return [v]
  const px4 = v.setup.autopilot === 'px4'
  const silent = wallMs - v.gcsSeenMs > lostGcsS * 1000
  if (!silent) return v.gcsFailsafe ? [{ ...v, gcsFailsafe: false }, statusText(SEVERITY.warning, gcsBack(px4))] : [v]
  if (v.gcsFailsafe || !v.armed) return [v]
  const marked: Vehicle = { ...v, gcsFailsafe: true }
  if (v.onGround) {
    const [next, ...says] = disarm(marked, false).step
    const words = px4 ? 'GCS connection lost' : 'GCS Failsafe - Disarming'
    return [next, statusText(SEVERITY.warning, words), ...says]
  }
  return v.mode === 'LAND' ? [marked] : failsafeTo(marked, 'RTL', px4 ? 'GCS connection lost' : 'GCS', wallMs)
}
const gcsBack = (px4: boolean): string => (px4 ? 'GCS connection regained' : 'GCS Failsafe Cleared')

const battery: Part = (v, wallMs) => {
  if (!v.armed) return [v]
  const { lowShare, criticalShare } = figuresOfVehicle(v)
  const { share } = v.battery
  const level = share < criticalShare ? 'critical' : share < lowShare ? 'low' : 'none'
  if (level === 'none' || level === v.batteryFailsafe || v.batteryFailsafe === 'critical') return [v]
  const marked: Vehicle = { ...v, batteryFailsafe: level }
  const mode = lowBatteryMode(v, level)
  // A return that is already flown is not started again; landing here cuts a return short.
  if (mode === null && v.setup.autopilot === 'px4') return [marked, statusText(SEVERITY.warning, 'Low battery level')]
  if (mode === null || v.onGround || v.mode === 'LAND' || (mode === 'RTL' && isReturning(v))) return [marked]
  return failsafeTo(marked, mode, 'Battery', wallMs)
}
const isReturning = (v: Vehicle): boolean => v.nav.do === 'return' || v.nav.do === 'land'

const idleOnGround: Part = (v, wallMs) => {
  if (!v.armed || !v.onGround || v.armedIdleSinceMs === null) return [v]
  const delayMs = figuresOfVehicle(v).idleDisarmS * 1000
  return delayMs > 0 && wallMs - v.armedIdleSinceMs > delayMs ? disarm(v, false).step : [v]
}

const streams: Part = (v, wallMs) => {
  const { due, next } = dueStreams(v.streams, wallMs)
  if (due.length === 0) return [v]
  const says = due.filter((s) => s.comp === COMP.autopilot).flatMap((s) => telemetry(v, s.messageId, wallMs) ?? [])
  return [{ ...v, streams: next }, ...says]
}

const events: Part = (v, wallMs) => {
  if (v.setup.autopilot !== 'px4' || wallMs < v.eventSeqAtMs) return [v]
  return [{ ...v, eventSeqAtMs: wallMs + EVENT_SEQUENCE_MS }, eventSequence(v)]
}

const PARTS: readonly Part[] = [
  events,
  beat,
  timesync,
  readiness,
  uploads,
  params,
  lostGcs,
  battery,
  idleOnGround,
  streams,
]
