import { type Command, type DomainEvent, reasonOf } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import { clearAlarmsOf } from '../alarms/rules.ts'
import type { DecideContext } from '../context.ts'
import { newOrder } from '../fleet/order.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { droneOut, isRecallable } from '../tasks/states.ts'

type ConfirmFound = Extract<Command, { type: 'search.confirm-found' }>
type End = Extract<Command, { type: 'search.end' }>

/** The coordinator's word that the person is found. Ends the search, calls every drone of it home. */
export function decideFound(picture: Picture, command: ConfirmFound, ctx: DecideContext): Decision<DomainEvent[]> {
  const search = picture.search.get(command.searchId)
  if (!search) return refuse(404, 'unknown-search', `no search ${command.searchId}`)
  if (search.state !== 'open') return refuse(409, 'search-over', 'the search is over')
  const candidate = command.candidateId === null ? null : picture.candidate.get(command.candidateId)
  if (candidate === undefined || (candidate && candidate.searchId !== search.id))
    return refuse(404, 'unknown-candidate', `no candidate ${command.candidateId} in this search`)
  return ok([
    {
      type: 'search.found',
      searchId: search.id,
      candidateId: command.candidateId,
      position: command.position,
      outcome: command.outcome,
      unitId: candidate?.unitId ?? null,
    },
    ...(candidate ? [{ type: 'candidate.confirmed' as const, candidateId: candidate.id }] : []),
    ...windUp(picture, search.id, search.incidentId, reasonOf('person-found'), ctx),
  ])
}

export function decideEnd(picture: Picture, command: End, ctx: DecideContext): Decision<DomainEvent[]> {
  const search = picture.search.get(command.searchId)
  if (!search) return refuse(404, 'unknown-search', `no search ${command.searchId}`)
  if (search.state !== 'open') return refuse(409, 'search-over', 'the search is over')
  return ok([
    { type: 'search.ended', searchId: search.id, as: command.as, reason: command.reason },
    ...windUp(picture, search.id, search.incidentId, command.reason, ctx),
  ])
}

/** What is left of a search that ends: tasks on the ground are taken back, drones that are out are ordered home. */
function windUp(
  picture: Picture,
  searchId: string,
  incidentId: string,
  reason: string,
  ctx: DecideContext,
): DomainEvent[] {
  const tasks = [...picture.task.values()].filter((task) => task.searchId === searchId)
  const home = new Set(
    tasks.filter((task) => task.state !== 'unknown' && droneOut(task, ctx.drones)).map(({ droneId }) => droneId),
  )
  return [
    ...clearAlarmsOf(picture, incidentId, [
      'person-located',
      'distress-signal',
      'candidate-raised',
      'offer-unanswered',
      'upload-failed',
    ]),
    ...tasks
      .filter((task) => isRecallable(task) && !['refused', 'failed', 'unknown'].includes(task.state))
      .map(({ id }): DomainEvent => ({ type: 'task.withdrawn', taskId: id, reason })),
    ...[...home].map((droneId): DomainEvent => ({
      type: 'drone.ordered',
      command: newOrder(picture, droneId, 'return', ctx),
    })),
  ]
}
