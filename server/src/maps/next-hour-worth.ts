import type { Task } from '@skerry/contract'
import { nextHour, restrictedMeanTime } from '@skerry/search'
import type { SearchMap } from './search-map.ts'
import { gainsOf } from './task-ground.ts'

const HOUR_S = 3600
/** Points of the curve by which a task finds, between its first and its last lane. */
const CURVE_STEPS = 12

/** What flying for an hour buys, given that nobody was found so far. */
export interface Worth {
  /** Probability of a find within the hour, 0..1. */
  gain: number
  /** Mean of the time to the find, minutes; an hour without a find counts 60. */
  meanMin: number
}

/** Tasks that fly, or that are to be flown. */
const COUNTED: readonly Task['state'][] = [
  'drafted',
  'offered',
  'seen',
  'accepted',
  'uploading',
  'ready',
  'starting',
  'flying',
]
const counts = ({ state }: Task): boolean => COUNTED.includes(state)

/**
 * Worth of the tasks that fly or are to be flown, on the whole map and under each scenario; null when there are none. Of a
 * task in the air only what its telemetry has not yet shown as flown counts, in time and in probability.
 */
export function nextHourWorth(
  map: SearchMap,
  tasks: Iterable<Task>,
  sweptShareOf: (taskId: string) => number,
): { whole: Worth; perScenario: Worth[] } | null {
  const flown = [...tasks].filter(counts)
  if (flown.length === 0) return null
  const maps = [map.posterior(), ...map.perScenario()].map(({ grid }) => grid)
  const before = new Float64Array(maps[0]!.values.length)
  const gains = flown.map((task) => gainsOf(map, task, maps, before))
  const worths = maps.map((_, k): Worth => {
    const { gain, curve } = nextHour({
      tasks: flown.map((task, i) => withCurve(task, gains[i]![k]!, sweptShareOf(task.id))),
      horizonS: HOUR_S,
      posSoFar: 0,
    })
    const steps = curve.map(({ atS, pos }) => ({ at: (atS / HOUR_S) * 60, pos }))
    return { gain, meanMin: restrictedMeanTime(steps, 60) }
  })
  return { whole: worths[0]!, perScenario: worths.slice(1) }
}

function withCurve({ droneId, state, timeS, transitS }: Task, gain: number, sweptShare: number) {
  const outS = state === 'flying' && sweptShare > 0 ? 0 : transitS / 2
  const lanesS = Math.max(0, timeS - transitS) * (1 - sweptShare)
  const posCurve = Array.from({ length: CURVE_STEPS + 1 }, (_, step) => ({
    atS: outS + (step / CURVE_STEPS) * lanesS,
    pos: (step / CURVE_STEPS) * gain,
  }))
  return { droneId, timeS: outS + lanesS + transitS / 2, posCurve }
}
