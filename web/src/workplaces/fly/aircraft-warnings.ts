import type { DroneStatus } from '@skerry/contract'
import { inAir } from './aircraft-state.ts'

export type WarningKind =
  | 'deserted'
  | 'signing'
  | 'forged'
  | 'control'
  | 'controlAsked'
  | 'controlOpen'
  | 'plan'
  | 'estimator'
  | 'failures'
  | 'arming'
  | 'linkGuardOff'
  | 'batteryGuardOff'
  | 'guardsUnread'
  | 'satellite'
  | 'oneWay'

/** Something about the aircraft that its pilot has to know without asking. Words: `fly.warn.KIND`. */
export interface AircraftWarning {
  readonly kind: WarningKind
  readonly priority: 'critical' | 'warning' | 'notice'
  /** What the words have places for. */
  readonly values: Readonly<Record<string, string | number>>
}

const ORDER = ['critical', 'warning', 'notice'] as const
/** A way that was not heard for so long does not carry anything now. */
export const WAY_SILENT_MS = 3500
/** So long after the last word in its name that was not its own there is still reason to look. */
const FORGED_SHOWN_MS = 300_000

/**
 * What stands out about an aircraft, gravest first. What the bridge has not said makes no warning: absence of a fault
 * is not shown as health, and absence of knowledge not as a fault.
 */
export function aircraftWarnings(status: DroneStatus): AircraftWarning[] {
  const flies = inAir(status) === true || status.armed === true
  const found: AircraftWarning[] = []
  const warn = (priority: AircraftWarning['priority'], kind: WarningKind, values: AircraftWarning['values'] = {}) =>
    found.push({ kind, priority, values })
  const { signing, ways = [], highLatency } = status.link

  if (status.link.heartbeatStopped === true) warn('critical', 'deserted')
  if (signing?.state === 'read-only') warn('critical', 'signing')
  if (signing !== undefined && signing.refused > 0 && (signing.lastRefusedAgeMs ?? 0) < FORGED_SHOWN_MS)
    warn('warning', 'forged', { n: signing.refused })
  const { control } = status
  if (control?.ours === false && control.main !== 0) warn('critical', 'control', { station: control.main })
  if (control?.asked != null)
    warn('warning', 'controlAsked', { station: control.asked.station, left: Math.ceil(control.asked.leftS) })
  if (control?.ours === true && control.takeoverAllowed) warn('warning', 'controlOpen')
  if (status.mission.plan === 'differs') warn(flies ? 'critical' : 'warning', 'plan')
  if (status.estimator?.ok === false) warn(flies ? 'critical' : 'warning', 'estimator')
  if ((status.failures ?? []).length > 0) warn(flies ? 'critical' : 'warning', 'failures')
  if (!flies && status.readiness.canArm === false) warn('warning', 'arming')
  for (const guard of status.guards ?? []) {
    if (guard.state !== 'off') continue
    if (guard.guards === 'link') warn('warning', 'linkGuardOff')
    if (guard.guards === 'battery') warn('warning', 'batteryGuardOff')
  }
  if (status.guards?.some(({ guards, state }) => guards === 'link' && state === 'unread') === true)
    warn('notice', 'guardsUnread')
  if (highLatency === true) warn('notice', 'satellite')
  const silent = ways.filter(({ ageMs }) => ageMs > WAY_SILENT_MS).length
  if (ways.length > 1 && silent > 0) warn('notice', 'oneWay', { n: ways.length - silent, total: ways.length })
  return found.sort((a, b) => ORDER.indexOf(a.priority) - ORDER.indexOf(b.priority))
}
