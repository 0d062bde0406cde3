import type { Plan, Task } from '@skerry/contract'

/** Pitch of a camera that looks straight down. */
const CAMERA_DOWN_DEG = -90

/**
 * The flyable plan of a task: take-off, camera straight down, the path at one height, return. Heights above take-off.
 * @throws RangeError while the height is unknown: such a task has no plan, and must have been refused before
 */
export function planOf(task: Pick<Task, 'path' | 'heightAboveTakeoffM' | 'speedMps'>): Plan {
  const heightM = task.heightAboveTakeoffM
  if (heightM === null) throw new RangeError('a task without a height has no plan')
  return {
    steps: [
      { do: 'takeoff', heightM },
      { do: 'speed', groundSpeedMps: task.speedMps },
      { do: 'gimbal', pitchDeg: CAMERA_DOWN_DEG },
      ...task.path.map((position) => ({ do: 'fly-to' as const, position, heightM })),
      { do: 'return' },
    ],
  }
}
