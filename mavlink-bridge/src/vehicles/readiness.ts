import type { DroneStatus } from '@skerry/contract'
import type { Vehicle } from './vehicle.ts'

/** ArduPilot repeats what hinders arming every 30 s; a reason older than this no longer stands. */
const REASON_KEPT_MS = 35_000
const REASON = /^(?:pre-?arm|arm|arming|preflight)\b[^:]*[:\s]/i
const FIX_3D = 3

/**
 * May it be armed? A healthy pre-arm bit and a good fix alone are no proof (ArduCopter reports both before its
 * estimator has a position), so "yes" needs the estimator as well; null where that is not known.
 */
export function readinessOf(vehicle: Vehicle, nowMs: number): DroneStatus['readiness'] {
  if (vehicle.armed || !vehicle.armedKnown) return { canArm: null, reasons: [] }
  const said = vehicle.texts
    .filter(({ atMs, severity, text }) => nowMs - atMs < REASON_KEPT_MS && severity <= 4 && REASON.test(text))
    .map(({ text }) => text)
  const reasons = [...new Set([...vehicle.armingReport.reasons, ...said])]
  const estimatorOk = vehicle.estimator?.ok ?? null
  if (vehicle.prearmOk === false || estimatorOk === false) return { canArm: false, reasons }
  const proven = vehicle.prearmOk === true && estimatorOk === true && (vehicle.gps?.fixType ?? 0) >= FIX_3D
  // A proof in telemetry is newer than a text that was said before it.
  return proven ? { canArm: true, reasons: [] } : { canArm: null, reasons }
}
