import { type AircraftCommand, type DomainEvent, type DroneStatus, reasonOf, type Task } from '@skerry/contract'
import { inAir } from '../domain/tasks/states.ts'
import { pointReached } from './reached.ts'

/**
 * What a vehicle's telemetry says about the task it is on. Pure. Telemetry of a lost link is old and says nothing.
 * @param orders the vehicle's ledger, for the reason why a flight ended early
 */
export function taskProgress(task: Task, status: DroneStatus, orders: Iterable<AircraftCommand>): DomainEvent[] {
  if (status.link.state === 'lost') return []
  return [...reachedNow(task, status), ...turned(task, status, orders)]
}

/** Points are told while the task is flown; one that was reached stays so, also after it goes on from an earlier one. */
function reachedNow(task: Task, status: DroneStatus): DomainEvent[] {
  if (!['flying', 'returning', 'unknown'].includes(task.state)) return []
  const point = pointReached(task, status)
  return point === null || point <= (task.reached ?? -1) ? [] : [{ type: 'task.reached', taskId: task.id, point }]
}

function turned(task: Task, status: DroneStatus, orders: Iterable<AircraftCommand>): DomainEvent[] {
  const air = inAir(status)
  const mode = status.mode?.kind ?? null
  const itsPlan =
    task.upload !== null && (status.mission.planId === null || status.mission.planId === task.upload.planId)
  // The last step of every plan is the return; an autopilot that flies it from its mission stays in mission mode.
  const onReturnStep =
    mode === 'auto' &&
    itsPlan &&
    task.upload !== null &&
    status.mission.current !== null &&
    status.mission.current >= task.upload.total - 1
  const goingHome = air === true && (mode === 'return' || mode === 'land' || onReturnStep)
  const down = air === false && status.armed === false
  const taskId = task.id
  switch (task.state) {
    case 'starting':
      return air === true && mode === 'auto' && itsPlan ? [{ type: 'task.flying', taskId }] : []
    case 'flying':
      if (down) return [done(task, orders)]
      return goingHome ? [{ type: 'task.returning', taskId }] : []
    case 'returning':
      if (down) return [done(task, orders)]
      return air === true && mode === 'auto' && itsPlan && !onReturnStep ? [{ type: 'task.flying', taskId }] : []
    case 'unknown': {
      // Only a plan that is known to be the task's own brings a task back from the unknown.
      const sure = task.upload?.planId !== null && task.upload?.planId === status.mission.planId
      if (task.startedAtMs !== null && down) return [done(task, orders)]
      return sure && air === true && mode === 'auto' ? [{ type: 'task.flying', taskId }] : []
    }
    default:
      return []
  }
}

function done(task: Task, orders: Iterable<AircraftCommand>): DomainEvent {
  for (const order of orders)
    if (order.taskId === task.id && (order.order === 'return' || order.order === 'land'))
      return { type: 'task.done', taskId: task.id, reason: reasonOf('ordered-down', order.by, order.order) }
  return { type: 'task.done', taskId: task.id }
}
