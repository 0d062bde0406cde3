import {
  WITHDRAW_STEP_MS,
  type Change,
  type Command,
  type DomainEvent,
  type EventOf,
  type Incident,
} from '@skerry/contract'
import { patched, type Picture } from '../../picture/picture.ts'
import type { DecideContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { ANSWER_MS } from './offer.ts'
import { standingSteps, statusWithout, withoutStep } from './steps.ts'

type Withdraw = Extract<Command, { type: 'incident.withdraw-step' }>

/**
 * Takes back the last step of a unit that a desk entered by mistake. What the unit said of itself stands, and so does
 * what was entered too long ago: others have acted on it. An offer whose answer it was waits for an answer again, and an order
 * for its signature, from now on.
 */
export function decideWithdrawStep(picture: Picture, command: Withdraw, ctx: DecideContext): Decision<DomainEvent[]> {
  const incident = picture.incident.get(command.incidentId)
  if (!incident) return refuse(404, 'unknown-incident', `no incident ${command.incidentId}`)
  const unit = picture.unit.get(command.unitId)
  if (!unit) return refuse(404, 'unknown-unit', `no unit ${command.unitId} on the roster`)
  if (incident.state === 'closed') return refuse(409, 'incident-closed', `incident ${incident.number} is closed`)
  if (unit.assignment?.incidentId !== incident.id)
    return refuse(409, 'unit-not-assigned', `${unit.callSign} is not assigned to incident ${incident.number}`)
  const standing = standingSteps(incident, unit)
  const last = standing.at(-1)
  if (last === undefined) return refuse(409, 'no-step', `${unit.callSign} has said nothing that could be taken back`)
  if (last.state !== command.step || last.atMs !== command.atMs)
    return refuse(409, 'step-changed', `the last step of ${unit.callSign} is ${last.state}, not the one that was meant`)
  if (!last.byRadio) return refuse(409, 'step-said-by-unit', `${unit.callSign} said itself that it is ${last.state}`)
  if (ctx.nowMs - last.atMs > WITHDRAW_STEP_MS)
    return refuse(409, 'step-too-old', `a step can be taken back for ${WITHDRAW_STEP_MS / 60_000} min`)
  const left = standing.slice(0, -1)
  return ok([
    {
      type: 'incident.step-withdrawn',
      incidentId: incident.id,
      unitId: unit.id,
      step: last.state,
      stepAtMs: last.atMs,
      by: ctx.seat.name,
      reason: command.reason,
      ...withoutStep(incident, last),
      status: statusWithout(unit, last, left),
      answerByMs: left.length === 0 ? ctx.nowMs + ANSWER_MS[incident.priority] : null,
    },
  ])
}

/** The newest offer to a unit, where it said yes. */
function acceptedOffer({ offers = [] }: Incident, unitId: string): NonNullable<Incident['offers']>[number] | undefined {
  const newest = offers.findLast((offer) => offer.unitId === unitId)
  return newest?.state === 'accepted' ? newest : undefined
}

/** The step stays on record, with who took it back and why; what it had moved is as it was. */
export function evolveStepWithdrawn(
  picture: Picture,
  incident: Incident,
  event: EventOf<'incident.step-withdrawn'>,
  atMs: number,
): Change[] {
  const { unitId, step, stepAtMs, by, reason, state, times, status, answerByMs } = event
  const assignment = picture.unit.get(unitId)?.assignment
  const offer = answerByMs === null || !assignment?.asked ? undefined : acceptedOffer(incident, unitId)
  const of = incident.steps?.findLast(
    (one) => one.unitId === unitId && one.state === step && one.atMs === stepAtMs && one.byRadio === true,
  )
  return [
    ...patched(picture, 'incident', incident.id, {
      state,
      times,
      steps: (incident.steps ?? []).map((one) => (one === of ? { ...one, withdrawn: { atMs, by, reason } } : one)),
      ...(offer === undefined || answerByMs === null
        ? {}
        : {
            offers: incident.offers!.map((one) =>
              one === offer ? { ...one, state: 'open' as const, answeredAtMs: null, answerByMs } : one,
            ),
          }),
    }),
    ...patched(picture, 'unit', unitId, {
      ...(status === null ? {} : { status }),
      ...(assignment && answerByMs !== null
        ? { assignment: { ...assignment, [assignment.asked ? 'answerByMs' : 'signByMs']: answerByMs } }
        : {}),
    }),
  ]
}
