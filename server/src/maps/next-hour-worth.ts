import type { Task } from '@skerry/contract'
import { nextHour, restrictedMeanTime, type TimeValue, valuedPos } from '@skerry/search'
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
  /** Probability of a find within the hour that comes while the subject lives; null where nothing is known of that. */
  alive: number | null
}

/** Tasks that fly, or that are to be flown; the nearer to the air the later in the list. */
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

/** As they will be flown: what is in the air goes on first, whenever it was drafted. */
const byTurn = (a: Task, b: Task): number => COUNTED.indexOf(b.state) - COUNTED.indexOf(a.state) || a.number - b.number

/**
 * Worth of the tasks that fly or are to be flown, on the whole map and under each scenario; null when there are none. Of a
 * task in the air only what its telemetry has not yet shown as flown counts, in time and in probability. A task that must
 * wait for others before it takes off waits here as well.
 */
export function nextHourWorth(
  map: SearchMap,
  tasks: Iterable<Task>,
  sweptShareOf: (taskId: string) => number,
  aliveByStory: readonly (TimeValue | null)[] = [],
): { whole: Worth; perScenario: Worth[] } | null {
  const flown = [...tasks].filter(counts).toSorted(byTurn)
  if (flown.length === 0) return null
  const stories = map.perScenario()
  const before = new Float64Array(map.seen.pod.length)
  const gains = flown.map((task) => gainsOf(map, task, before))
  const worths = Array.from({ length: stories.length + 1 }, (_, k): Worth => {
    const { gain, curve } = nextHour({
      tasks: flown.map((task, i) => withCurve(task, gains[i]![k]!, sweptShareOf(task.id), waitS(task, flown))),
      horizonS: HOUR_S,
      posSoFar: 0,
    })
    const steps = curve.map(({ atS, pos }) => ({ at: (atS / HOUR_S) * 60, pos }))
    const alive = k > 0 ? aliveByStory[k - 1] : null
    return { gain, meanMin: restrictedMeanTime(steps, 60), alive: alive ? valuedPos(curve, alive) : null }
  })
  const [whole, ...perScenario] = worths
  return { whole: { ...whole!, alive: aliveOfAll(stories, perScenario) }, perScenario }
}

/** Of all stories by their shares; where a story says nothing of survival its finds count in full. */
function aliveOfAll(stories: readonly { readonly share: number }[], worths: readonly Worth[]): number | null {
  if (worths.every(({ alive }) => alive === null)) return null
  return worths.reduce((sum, { alive, gain }, i) => sum + stories[i]!.share * (alive ?? gain), 0)
}

/** Seconds before a task may take off; one that must wait for all others to be down waits for the longest of them. */
function waitS({ id, droneId, state, startAfterS = 0 }: Task, all: readonly Task[]): number {
  if (state === 'flying') return 0
  if (startAfterS !== null) return startAfterS
  const others = all.filter((task) => task.id !== id && task.droneId !== droneId && task.startAfterS !== null)
  return Math.max(0, ...others.map((task) => (task.startAfterS ?? 0) + task.timeS))
}

function withCurve({ droneId, state, timeS, transitS }: Task, gain: number, sweptShare: number, beforeS: number) {
  const outS = beforeS + (state === 'flying' && sweptShare > 0 ? 0 : transitS / 2)
  const lanesS = Math.max(0, timeS - transitS) * (1 - sweptShare)
  const posCurve = Array.from({ length: CURVE_STEPS + 1 }, (_, step) => ({
    atS: outS + (step / CURVE_STEPS) * lanesS,
    pos: (step / CURVE_STEPS) * gain,
  }))
  return { droneId, timeS: outS + lanesS + transitS / 2, posCurve }
}
