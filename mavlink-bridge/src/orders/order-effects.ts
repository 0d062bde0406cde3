import type { ModeKind } from '@skerry/contract'
import { landedState } from '../vehicles/landed.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'
import type { OrderStep, StepLost } from './order-step.ts'

const STILL_MPS = 0.5

type Seen = OrderStep['reached']
export const inMode =
  (...kinds: ModeKind[]): Seen =>
  (now, sinceMs) =>
    now.lastHeartbeatAtMs > sinceMs && now.mode !== null && kinds.includes(now.mode.kind)
/** Guided mode is a hold only where it stands still: it may as well be climbing or on its way somewhere. */
export const holds: Seen = (now, sinceMs, nowMs) =>
  inMode('hold')(now, sinceMs, nowMs) ||
  (inMode('guided')(now, sinceMs, nowMs) &&
    now.groundSpeedMps !== null &&
    now.groundSpeedMps < STILL_MPS &&
    now.climbMps !== null &&
    Math.abs(now.climbMps) < STILL_MPS)
export const standsDisarmed: Seen = (now, sinceMs, nowMs) =>
  now.lastHeartbeatAtMs > sinceMs && !now.armed && landedState(now, nowMs) === 'on-ground'
export const either =
  (a: Seen, b: Seen): Seen =>
  (now, sinceMs, nowMs) =>
    a(now, sinceMs, nowMs) || b(now, sinceMs, nowMs)
export const leftMode =
  (kind: ModeKind) =>
  (now: Vehicle, sinceMs: number): StepLost | null =>
    now.lastHeartbeatAtMs > sinceMs && now.mode?.kind !== kind
      ? { code: 'mode-changed', detail: now.mode?.name ?? '' }
      : null

/** The mode is neither the one in which the order found it nor the one that the order sets. */
export const otherHand =
  (before: Vehicle) =>
  (now: Vehicle, sinceMs: number): StepLost | null =>
    now.lastHeartbeatAtMs > sinceMs && now.customMode !== before.customMode
      ? { code: 'mode-changed', detail: now.mode?.name ?? '' }
      : null
