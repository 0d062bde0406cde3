import type { Advice, Command, DomainEvent, Search } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import type { DecideContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { LANE_SPEED_MPS, draftTask, nextTaskNumber } from '../tasks/draft.ts'
import { apart } from '../tasks/apart.ts'
import { OFFER_MS, offersItself } from '../tasks/offer.ts'

type Take = Extract<Command, { type: 'search.take-advice' }>
type Decline = Extract<Command, { type: 'search.decline-advice' }>

function openAdvice(
  picture: Picture,
  { searchId, adviceId }: Take | Decline,
): Decision<{ search: Search; advice: Advice }> {
  const search = picture.search.get(searchId)
  if (!search) return refuse(404, 'unknown-search', `no search ${searchId}`)
  if (search.state !== 'open') return refuse(409, 'search-over', 'the search is over')
  const { advice } = search
  if (advice?.id !== adviceId || advice.answer !== null)
    return refuse(409, 'advice-old', 'this advice no longer stands')
  return ok({ search, advice })
}

/**
 * Drafts the other assignment and offers it to the drone's pilot where nothing stands in its way. The drone goes on with
 * its task until the pilot has accepted and started the new path.
 */
export function decideTakeAdvice(picture: Picture, command: Take, ctx: DecideContext): Decision<DomainEvent[]> {
  const found = openAdvice(picture, command)
  if (!found.ok) return found
  const { search, advice } = found.value
  const { cut, clearanceM, droneId, id: adviceId } = advice
  const status = ctx.drones.get(droneId)
  const task = draftTask(picture, search, cut, {
    id: ctx.newId(),
    number: nextTaskNumber(picture, search.id),
    kind: 'sweep',
    candidateId: null,
    clearanceM,
    speedMps: LANE_SPEED_MPS,
    cover: ctx.maps.cover(search, status, clearanceM, LANE_SPEED_MPS),
    status,
  })
  const tasks = apart(picture, search, [{ ...task, insteadOf: advice.taskId }], ctx)
  return ok([
    { type: 'search.tasks-cut', searchId: search.id, tasks, replaced: [] },
    { type: 'search.advice-answered', searchId: search.id, adviceId, answer: 'taken', reason: null },
    ...(!tasks.every(offersItself) || !status
      ? []
      : [{ type: 'task.offered' as const, taskId: task.id, expiresAtMs: ctx.nowMs + OFFER_MS }]),
  ])
}

export function decideDeclineAdvice(picture: Picture, command: Decline): Decision<DomainEvent[]> {
  const found = openAdvice(picture, command)
  if (!found.ok) return found
  const { searchId, adviceId, reason } = command
  return ok([{ type: 'search.advice-answered', searchId, adviceId, answer: 'declined', reason }])
}
