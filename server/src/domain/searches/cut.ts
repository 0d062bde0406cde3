import { type Command, type DomainEvent, reasonOf, type Task } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import type { CutRequest, DecideContext } from '../context.ts'
import { assumedOf, stillHolds } from '../planned.ts'
import { clearAlarm } from '../alarms/rules.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { sameJson } from '../same-json.ts'
import { LANE_SPEED_MPS, draftTask, nextTaskNumber } from '../tasks/draft.ts'
import { apart } from '../tasks/apart.ts'
import { noFlyFor } from '../tasks/no-fly.ts'
import { rederived } from '../tasks/rederive.ts'
import { droneOut, isOver } from '../tasks/states.ts'
import { survivalsOf } from './survival.ts'
import { equipped, sortieDrones } from './sortie-drones.ts'

type Cut = Extract<Command, { type: 'search.cut-tasks' }>
type SetGround = Extract<Command, { type: 'search.set-highest-ground' }>

/** What has to be planned before the command can be decided, or why it cannot be taken. */
export function cutRequest(
  picture: Picture,
  command: Cut,
  ctx: Pick<DecideContext, 'maps' | 'drones' | 'nowMs'>,
): Decision<CutRequest> {
  const search = picture.search.get(command.searchId)
  if (!search) return refuse(404, 'unknown-search', `no search ${command.searchId}`)
  if (search.state !== 'open') return refuse(409, 'search-over', 'the search is over')
  const able = sortieDrones(picture, command.droneIds, ctx)
  if (!able.ok) return able
  const drones = equipped(search, able.value, command.clearanceM, ctx)
  return ok({
    searchId: search.id,
    drones,
    taken: tasksOf(picture, search.id).standing.map(({ area }) => area),
    noFly: noFlyFor(
      picture,
      search,
      drones.map(({ id }) => id),
    ),
    ...survivalsOf(search, ctx.nowMs),
  })
}

/** Drafts of an earlier cut are replaced; ground of what else stands is not cut again. */
function tasksOf(picture: Picture, searchId: string): { replaced: Task[]; standing: Task[] } {
  const ofSearch = [...picture.task.values()].filter((task) => task.searchId === searchId)
  const replaced = ofSearch.filter(
    ({ state, kind, pattern, restOf, insteadOf }) =>
      state === 'drafted' && kind === 'sweep' && !pattern && !restOf && !insteadOf,
  )
  return { replaced, standing: ofSearch.filter((task) => !isOver(task) && !replaced.includes(task)) }
}

/** Cuts what is still worth searching into one sortie per drone, as it was planned a moment ago if that still holds. */
export function decideCut(picture: Picture, command: Cut, ctx: DecideContext): Decision<DomainEvent[]> {
  const asked = cutRequest(picture, command, ctx)
  if (!asked.ok) return asked
  const search = picture.search.get(command.searchId)!
  const { planned } = ctx
  if (!planned || !sameJson(planned.assumed, assumedOf(search)) || !stillHolds(planned, asked.value))
    return refuse(409, 'plan-stale', 'what was planned no longer holds')
  const { cuts } = planned
  if (cuts.length === 0) return refuse(409, 'nothing-to-cut', 'no drone can reach ground that is still worth searching')
  const { replaced } = tasksOf(picture, search.id)
  const number = nextTaskNumber(picture, search.id)
  const tasks = cuts.map((cut, i) =>
    draftTask(picture, search, cut, {
      id: ctx.newId(),
      number: number + i,
      kind: 'sweep',
      candidateId: null,
      clearanceM: command.clearanceM,
      speedMps: LANE_SPEED_MPS,
      cover: asked.value.drones.find(({ id }) => id === cut.droneId)!.cover,
      status: ctx.drones.get(cut.droneId),
    }),
  )
  return ok([
    ...replaced.flatMap(({ id }) => clearAlarm(picture, 'offer-unanswered', id)),
    {
      type: 'search.tasks-cut',
      searchId: search.id,
      tasks: apart(picture, search, tasks, ctx),
      replaced: replaced.map(({ id }) => id),
    },
  ])
}

/**
 * Someone answers for the highest ground. Drafts get their heights from it. A task that people have already agreed on at
 * another height, and that is not in the air yet, is taken back: nobody flies a height that was agreed for other ground.
 */
export function decideSetGround(picture: Picture, command: SetGround, ctx: DecideContext): Decision<DomainEvent[]> {
  const { searchId, highestGroundAmslM } = command
  const search = picture.search.get(searchId)
  if (!search) return refuse(404, 'unknown-search', `no search ${searchId}`)
  if (search.state !== 'open') return refuse(409, 'search-over', 'the search is over')
  if (search.highestGroundAmslM === highestGroundAmslM) return ok([])
  const ofSearch = [...picture.task.values()].filter((task) => task.searchId === searchId)
  const drafted = ofSearch.filter(({ state }) => state === 'drafted')
  // Layers are given anew: how many there are below the ceiling depends on the ground.
  const layered = drafted.filter(({ layer }) => layer !== undefined)
  const drafts = [
    ...drafted.filter(({ layer }) => layer === undefined),
    ...apart(picture, { ...search, highestGroundAmslM }, layered, ctx),
  ].map((task) => rederived(picture, task, highestGroundAmslM, ctx))
  const agreed = ofSearch.filter(
    (task) => ['offered', 'seen', 'accepted', 'uploading', 'ready'].includes(task.state) && !droneOut(task, ctx.drones),
  )
  return ok([
    { type: 'search.ground-set', searchId, highestGroundAmslM },
    ...(drafts.length > 0 ? [{ type: 'search.tasks-cut' as const, searchId, tasks: drafts, replaced: [] }] : []),
    ...agreed.map(({ id }) => ({
      type: 'task.withdrawn' as const,
      taskId: id,
      reason: reasonOf('highest-ground-changed'),
    })),
  ])
}
