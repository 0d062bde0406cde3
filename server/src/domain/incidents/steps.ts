import {
  IncidentState,
  type Change,
  type Incident,
  type Unit,
  type UnitStatus,
  type UnitStep,
  type UnitStepState,
} from '@skerry/contract'
import { patched, type Picture } from '../../picture/picture.ts'

const ORDER = IncidentState.options

/** Status that a step gives the unit that takes it; feedback alone puts nobody anywhere. */
const STATUS_OF_STEP: Readonly<Record<UnitStepState, UnitStatus | null>> = {
  acknowledged: 'assigned',
  'en-route': 'en-route',
  'on-scene': 'on-scene',
  'feedback-given': null,
}

/** The steps of an incident after one more; said again in the same way, it is no other step. */
export function stepsWith(incident: Incident, unit: Unit, step: UnitStep): Pick<Incident, 'steps'> {
  const known = standingSteps(incident, unit).some(
    ({ state, byRadio }) => state === step.state && byRadio === step.byRadio,
  )
  return known ? {} : { steps: [...(incident.steps ?? []), step] }
}

/** A unit's step is kept with the incident that it is out for; nothing where it is out for none. */
export function stepTaken(picture: Picture, step: UnitStep): Change[] {
  const unit = picture.unit.get(step.unitId)
  const incident = picture.incident.get(unit?.assignment?.incidentId ?? '')
  if (unit === undefined || incident === undefined) return []
  const more = stepsWith(incident, unit, step)
  return more.steps === undefined ? [] : patched(picture, 'incident', incident.id, more)
}

/** Steps of a unit that count, since it was last asked or ordered; oldest first. */
export const standingSteps = ({ steps = [] }: Incident, { id, assignment }: Unit): UnitStep[] =>
  steps.filter(
    ({ unitId, atMs, withdrawn }) => unitId === id && withdrawn === undefined && atMs >= (assignment?.orderedAtMs ?? 0),
  )

/**
 * How far an incident is, and since when, had one of its steps never been said. States that no step explains (an order,
 * journals from before steps were kept) stay as they are.
 */
export function withoutStep(incident: Incident, wrong: UnitStep): Required<Pick<Incident, 'state' | 'times'>> {
  const { times = {}, steps = [] } = incident
  const counted = steps.filter(({ withdrawn }) => withdrawn === undefined)
  const reached = [
    ...(Object.entries(times) as [IncidentState, number][])
      .filter(([state, atMs]) => !counted.some((step) => step.state === state && step.atMs === atMs))
      .map(([state, atMs]) => ({ state, atMs })),
    ...counted.filter((step) => step !== wrong),
  ].sort((a, b) => a.atMs - b.atMs || ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
  const found: Required<Pick<Incident, 'state' | 'times'>> = { state: 'received', times: {} }
  for (const { state, atMs } of reached) {
    if (ORDER.indexOf(state) <= ORDER.indexOf(found.state)) continue
    found.state = state
    found.times[state] = atMs
  }
  return found
}

/** Status of a unit without its last step; null where that step is not what its status comes from. */
export function statusWithout({ status }: Unit, wrong: UnitStep, left: readonly UnitStep[]): UnitStatus | null {
  if (STATUS_OF_STEP[wrong.state] !== status) return null
  const before = left.flatMap((step) => STATUS_OF_STEP[step.state] ?? []).at(-1) ?? 'assigned'
  return before === status ? null : before
}

/** A unit has said something of its order: it need not sign any more. */
export function signed(picture: Picture, unitId: string): Pick<Partial<Unit>, 'assignment'> {
  const assignment = picture.unit.get(unitId)?.assignment
  return assignment?.signByMs === undefined ? {} : { assignment: { ...assignment, signByMs: undefined } }
}
