import type { ControlOrder, ReasonCode } from '@skerry/contract'
import { done, failed, type Result } from '../result.ts'
import { controlNow, isOurs, type OperatorControl, REQUEST_OPERATOR_CONTROL } from '../vehicles/operator-control.ts'
import { OWN } from '../vehicles/own.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'
import type { OrderStep, Tell } from './order-step.ts'
import type { NotPossible } from './order-steps.ts'

const RELEASE = 0
const REQUEST = 1
/** MAV_RESULT: not granted; its holder was asked. */
const FAILED = 4
/** How long the station in control is given to hand over, and a station that was let in to take it; 3 to 60 s by the draft. */
const WAITS_S = 20
const OPEN_S = 10
const SEEN_WITHIN_MS = 4000

/**
 * Which ground station the aircraft obeys: asked for, given back, handed to a station that asks. Steps of an order, or
 * why it cannot be. Control of the aircraft is no flight authority in this system (the lease), and the other way round.
 */
export function controlSteps(
  order: ControlOrder,
  vehicle: Vehicle,
  nowMs: number,
): Result<readonly OrderStep[], NotPossible> {
  const control = controlNow(vehicle, nowMs)
  if (control === null) return impossible('control-not-offered')
  switch (order) {
    case 'take-control':
      return done([
        {
          name: 'take-control',
          ways: [request(control, false)],
          reached: after((now) => now.main === OWN.sys && !now.takeoverAllowed),
          pending: (result) => (result === FAILED ? { code: 'control-asked', detail: String(control.main) } : null),
          late: 'control-kept',
          withinMs: WAITS_S * 1000,
        },
      ])
    case 'release-control':
      return control.main === OWN.sys ? done([releaseStep(control)]) : impossible('control-not-ours')
    case 'hand-over-control':
      return control.main === OWN.sys ? done(handOver(control)) : impossible('control-not-ours')
  }
}

export const releaseStep = (control: OperatorControl): OrderStep => ({
  name: 'release-control',
  ways: [tell(control, RELEASE, 0, 0)],
  reached: after((now) => now.main !== OWN.sys),
  withinMs: SEEN_WITHIN_MS,
})

/** The door is opened for whoever asks, and stands open until one has come through. */
const handOver = (control: OperatorControl): readonly OrderStep[] => [
  {
    name: 'allow-takeover',
    ways: [request(control, true)],
    reached: after((now) => now.takeoverAllowed || now.main !== OWN.sys),
    withinMs: SEEN_WITHIN_MS,
  },
  {
    name: 'hand-over',
    ways: [{ by: 'waiting' }],
    reached: after((now) => now.main !== OWN.sys && now.main !== 0),
    late: 'control-not-taken',
    withinMs: OPEN_S * 1000,
  },
]

/** Closes the door that a hand-over has left open; null where nothing stands open that is ours. */
export function closeDoor(vehicle: Vehicle, nowMs: number): Tell | null {
  const control = controlNow(vehicle, nowMs)
  return control?.main === OWN.sys && control.takeoverAllowed ? request(control, false) : null
}

/** Control that nobody has, for who has just taken flight authority; null where it is somebody's, or not offered. */
export function takeFree(vehicle: Vehicle, nowMs: number): Tell | null {
  const control = controlNow(vehicle, nowMs)
  return control?.main === 0 && !isOurs(control) ? request(control, false) : null
}
/** Null where it is not ours to give back. */
export function giveBack(vehicle: Vehicle, nowMs: number): Tell | null {
  const control = controlNow(vehicle, nowMs)
  return control?.main === OWN.sys ? tell(control, RELEASE, 0, 0) : null
}

const request = (control: OperatorControl, letIn: boolean): Tell =>
  tell(control, REQUEST, letIn ? 1 : 0, letIn ? OPEN_S : WAITS_S)
const tell = ({ comp }: OperatorControl, action: number, letIn: number, waitsS: number): Tell => ({
  by: 'command',
  comp,
  command: REQUEST_OPERATOR_CONTROL,
  params: [action, letIn, waitsS, OWN.sys, 0, 0, 0],
})

const after =
  (is: (control: OperatorControl) => boolean): OrderStep['reached'] =>
  ({ control }, sinceMs) =>
    control !== null && control.atMs > sinceMs && is(control)

const impossible = (code: ReasonCode): { ok: false; error: NotPossible } => failed({ kind: 'not-possible', code })
