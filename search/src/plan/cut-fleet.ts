import { cellsInRing } from '../frame/cells-in-ring.ts'
import { type CutTasksInput, cutTasks, type SearchDrone, type SearchSensor, type TaskPlan } from './cut-tasks.ts'

/** Drones that carry the same sensor. */
export interface SensorGroup {
  readonly sensor: SearchSensor
  readonly drones: readonly SearchDrone[]
}

export interface CutFleetInput extends Omit<CutTasksInput, 'drones' | 'sensor' | 'maxTasks'> {
  /** Every drone once; no group is empty. */
  readonly groups: readonly SensorGroup[]
}

/**
 * `cutTasks` for drones with unlike sensors: one sortie each, every task with the lane spacing and the sweep width of its own
 * drone. Groups choose ground one after another, the wider sweep width first (in the mean over the map, per drone; then as
 * given), each on what those before have left; then each but the last is cut again on what all the others leave, and the new
 * cut is kept where what it finds is worth more. Ground of a task is closed to other groups by the cells whose middle lies in
 * its area.
 * Limits: as `cutTasks`; ground is not exchanged between groups. Deterministic. RangeError as `cutTasks`.
 */
export function cutFleet({ groups, ...input }: CutFleetInput): TaskPlan {
  const order = groups.toSorted((a, b) => meanWidthM(b.sensor) - meanWidthM(a.sensor))
  const plans: TaskPlan[] = order.map(() => ({ tasks: [], idle: [] }))
  const planned = (i: number): TaskPlan => {
    const closed = plans.flatMap(({ tasks }, k) => (k === i ? [] : tasks.map(({ area }) => area)))
    return cutTasks({ ...outside(input, closed), ...order[i]! })
  }
  order.forEach((_, i) => (plans[i] = planned(i)))
  for (let i = 0; i + 1 < order.length; i++) {
    const again = planned(i)
    if (worthOf(again) > worthOf(plans[i]!)) plans[i] = again
  }
  return {
    tasks: plans.flatMap(({ tasks }) => tasks).toSorted((a, b) => b.expectedPos - a.expectedPos),
    idle: plans.flatMap(({ idle }) => idle),
  }
}

const worthOf = ({ tasks }: TaskPlan): number => tasks.reduce((sum, { worth }) => sum + worth, 0)

function meanWidthM({ sweepWidthM }: SearchSensor): number {
  if (typeof sweepWidthM === 'number') return sweepWidthM
  let sum = 0
  for (let i = 0; i < sweepWidthM.length; i++) sum += sweepWidthM[i]!
  return sum / sweepWidthM.length
}

/** The map, and the stories that it is the sum of, without the ground of areas. */
function outside<T extends Pick<CutTasksInput, 'grid' | 'stories'>>(
  input: T,
  areas: readonly (readonly (readonly (readonly number[])[])[])[],
): T {
  if (areas.length === 0) return input
  const { grid, stories } = input
  const cells = areas.flatMap(([ring = []]) => cellsInRing(grid, ring))
  const without = (poa: ArrayLike<number>): Float64Array => {
    const left = Float64Array.from(poa)
    for (const cell of cells) left[cell] = 0
    return left
  }
  return {
    ...input,
    grid: { ...grid, values: without(grid.values) },
    stories: stories?.map((story) => ({ ...story, poa: without(story.poa) })),
  }
}
