import { type DroneStatus, stepReached, type Task } from '@skerry/contract'
import { planOf } from '../domain/tasks/plan.ts'

/** The last point of a task's path, counted from 0, that telemetry shows as reached; null where it shows none. Pure. */
export function pointReached(task: Task, status: Pick<DroneStatus, 'mission' | 'mode'>): number | null {
  const { upload, heightAboveTakeoffM } = task
  // Nothing about steps without being sure which plan they are of.
  if (!upload?.planId || status.mission.planId !== upload.planId || status.mission.plan !== 'verified') return null
  const step = stepReached(status)
  if (step === null || heightAboveTakeoffM === null) return null
  const { steps } = planOf(task)
  if (steps.length !== upload.total) return null
  const points = steps.slice(0, step + 1).filter(({ do: what }) => what === 'fly-to').length
  return points === 0 ? null : (task.resumeFrom ?? 0) + points - 1
}
