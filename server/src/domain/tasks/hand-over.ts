import type { Command, DomainEvent } from '@skerry/contract'
import type { Picture } from '../../picture/picture.ts'
import type { DecideContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'
import { sortieDrones } from '../searches/sortie-drones.ts'
import { windFor } from '../wind-at-hand.ts'
import { noFlyFor } from './no-fly.ts'
import { apart } from './apart.ts'
import { draftTask, nextTaskNumber } from './draft.ts'
import { isOver } from './states.ts'

type HandOver = Extract<Command, { type: 'task.hand-over' }>

/**
 * What a task has not covered, as a new task for a drone: for the same one after a battery swap, or for another. What
 * telemetry shows as swept is left out; of a task that never saw ground, everything is left. Lanes that did not fit into its
 * sortie belong to the rest.
 */
export function decideHandOver(picture: Picture, command: HandOver, ctx: DecideContext): Decision<DomainEvent[]> {
  const task = picture.task.get(command.taskId)
  if (!task) return refuse(404, 'unknown-task', `no task ${command.taskId}`)
  const search = picture.search.get(task.searchId)
  if (search?.state !== 'open') return refuse(409, 'search-over', 'the search is over')
  if (!isOver(task) && task.state !== 'returning')
    return refuse(409, 'task-still-flown', `task ${task.number} is ${task.state}`)
  const heir = picture.task.get(task.restFlownBy ?? '')
  if (heir && !(isOver(heir) && heir.state !== 'done'))
    return refuse(409, 'rest-handed-over', `what task ${task.number} left is task ${heir.number}`)
  const lanes = [...(task.achieved?.remainder ?? task.lanes), ...(task.left ?? [])]
  if (lanes.length === 0) return refuse(409, 'nothing-left', `task ${task.number} has left nothing unsearched`)
  const able = sortieDrones(picture, [command.droneId], ctx)
  if (!able.ok) return able
  const drone = able.value[0]!
  const status = ctx.drones.get(drone.id)
  const cover = ctx.maps.cover(search, status, task.clearanceM, task.speedMps)
  const cut = ctx.maps.lanes({
    searchId: search.id,
    drone,
    lanes,
    anyOrder: true,
    laneSpacingM: task.laneSpacingM,
    cover,
    wind: windFor(status, ctx.drones),
    noFly: noFlyFor(picture, search, [drone.id]),
  })
  if (!cut)
    return refuse(409, 'out-of-reach', `${command.droneId} cannot reach what task ${task.number} left and return`)
  const rest = draftTask(picture, search, cut, {
    id: ctx.newId(),
    number: nextTaskNumber(picture, search.id),
    kind: 'sweep',
    candidateId: null,
    clearanceM: task.clearanceM,
    speedMps: task.speedMps,
    cover,
    status,
  })
  return ok([
    {
      type: 'search.tasks-cut',
      searchId: search.id,
      tasks: apart(picture, search, [{ ...rest, restOf: task.id }], ctx),
      replaced: [],
    },
    { type: 'task.handed-over', taskId: task.id, toTaskId: rest.id },
  ])
}
