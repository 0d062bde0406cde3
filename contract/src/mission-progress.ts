import type { DroneStatus } from './fleet.ts'

/**
 * The last step of its plan, counted from 0, that a vehicle shows as done; null where it shows none.
 *
 * One that flies its plan and is on its way to a step has done those before it: that a step was reached is told once, and
 * may be lost. A step that is told as reached counts only below the one that it flies to, or at it: what was told in a
 * flight before means nothing, and neither does a step that somebody named while the plan was not flown.
 */
export function stepReached({ mission, mode }: Pick<DroneStatus, 'mission' | 'mode'>): number | null {
  if (mission.current === null) return null
  // PX4 leaves its mission mode for the return that ends a plan.
  const onItsReturn = mode?.kind === 'return' && mission.total !== null && mission.current === mission.total - 1
  const passed = mode?.kind === 'auto' || onItsReturn ? mission.current - 1 : -1
  const told = mission.reached !== null && mission.reached <= mission.current ? mission.reached : -1
  const done = Math.max(passed, told)
  return done < 0 ? null : done
}
