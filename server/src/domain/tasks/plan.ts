import type { LngLat, Plan, PlanStep, Task } from '@skerry/contract'
import { LANE_SPEED_MPS } from './draft.ts'

/** Pitch of a camera that looks straight down. */
const CAMERA_DOWN_DEG = -90

/** The part of its path that a task's plan goes along: all of it, or what was left when it was resumed. */
export const pathLeft = ({ path, resumeFrom = 0 }: Pick<Task, 'path' | 'resumeFrom'>): LngLat[] =>
  path.slice(resumeFrom)

/**
 * The flyable plan of a task: take-off, camera straight down, the path at one height, return; of a task that goes on after
 * a break, the same with the path that is left. Heights above take-off. The way to a slow path and back from it is flown at
 * the speed of lanes.
 * @throws RangeError while the height is unknown: such a task has no plan, and must have been refused before
 */
export function planOf(task: Pick<Task, 'path' | 'heightAboveTakeoffM' | 'speedMps' | 'resumeFrom'>): Plan {
  const heightM = task.heightAboveTakeoffM
  if (heightM === null) throw new RangeError('a task without a height has no plan')
  const flyTo = (position: LngLat): PlanStep => ({ do: 'fly-to', position, heightM })
  const slow: PlanStep = { do: 'speed', groundSpeedMps: task.speedMps }
  const fast: PlanStep = { do: 'speed', groundSpeedMps: LANE_SPEED_MPS }
  const [first, ...rest] = pathLeft(task)
  return {
    steps: [
      { do: 'takeoff', heightM },
      fast,
      { do: 'gimbal', pitchDeg: CAMERA_DOWN_DEG },
      ...(first ? [flyTo(first)] : []),
      ...(task.speedMps === LANE_SPEED_MPS ? [] : [slow]),
      ...rest.map(flyTo),
      ...(task.speedMps === LANE_SPEED_MPS ? [] : [fast]),
      { do: 'return' },
    ],
  }
}
