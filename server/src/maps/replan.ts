import type { Advice, AdviceWeighed, Calibration, LngLat, Search } from '@skerry/contract'
import {
  type AssignmentOption,
  type PosCurve,
  reassignments,
  type ReassignStory,
  type RunningTask,
} from '@skerry/search'
import type { DronesPort, SortieCut, SortieDrone } from '../domain/context.ts'
import { distanceM } from '../domain/geo.ts'
import { sameJson } from '../domain/same-json.ts'
import { survivalsOf } from '../domain/searches/survival.ts'
import { LANE_SPEED_MPS, airborneDrone } from '../domain/tasks/draft.ts'
import { noFlyFor } from '../domain/tasks/no-fly.ts'
import { isOver } from '../domain/tasks/states.ts'
import { windFor } from '../domain/wind-at-hand.ts'
import type { Picture } from '../picture/picture.ts'
import type { PlanGround } from './cut-sorties.ts'
import type { PlanJob } from './planner/plan-job.ts'
import type { SearchMap } from './search-map.ts'
import { sensorCover, sensorGround } from './sensor-cover.ts'
import { gainsOf, taskCoverage } from './task-ground.ts'

/** What was declined is proposed again only when it has become worth this many times as much. */
const ASK_AGAIN = 1.5
/** What each drone in the air flies now, and what has to be cut to know what it could fly instead. */
export interface AdviceQuestion {
  running: RunningTask[]
  /** Whose option each request of the job is, and at which height it would be flown. */
  asked: { droneId: string; taskId: string; clearanceM: number }[]
  job: PlanJob
  /** Scenarios of the map, in the order of `byStory` of what is running; finds are weighed by how long each lets one live. */
  stories: { scenarioId: string; survival: ReassignStory | null }[]
}

/** The map as plain data. */
export function groundOf(map: SearchMap): PlanGround {
  const stories = map.perScenario()
  return {
    grid: map.posterior().grid,
    // Of one story alone nothing could be weighed against another.
    stories:
      stories.length > 1
        ? stories.map(({ id, share, grid }) => ({ scenarioId: id, poa: grid.values.map((p) => share * p) }))
        : undefined,
    // A copy: a cut that waits its turn must not see ground swept after its map was drawn.
    coverage: map.seen.views.down.slice(),
    podCap: map.podCap,
    ...(map.seen.covers ? { covers: map.seen.covers } : {}),
  }
}

/**
 * Null where no drone is on a task. Options are cut afresh on the map as it is, outside the ground of all other tasks, and by
 * what finds are worth in time, as other cuts are.
 */
export function adviceQuestion(
  map: SearchMap,
  search: Search,
  picture: Picture,
  { drones, calibrations, nowMs }: { drones: DronesPort; calibrations: readonly Calibration[]; nowMs: number },
): AdviceQuestion | null {
  const ofSearch = [...picture.task.values()].filter((task) => task.searchId === search.id)
  const ground = groundOf(map)
  const weighed = survivalsOf(search, nowMs)
  const scenarios = map.perScenario()
  const stories = scenarios.map(({ id }) => {
    const known = weighed.survivals?.find(({ scenarioId }) => scenarioId === id)
    return { scenarioId: id, survival: known ? { survival: known.conditions, sinceS: known.sinceS } : null }
  })
  const question: AdviceQuestion = { running: [], asked: [], job: { ground, requests: [] }, stories }
  for (const task of ofSearch) {
    const { droneId, clearanceM } = task
    const status = drones.get(droneId)
    const drone = task.state === 'flying' ? airborneDrone(droneId, status) : null
    if (!drone) continue
    const lanesS = Math.max(0, task.timeS - task.transitS) * (1 - (taskCoverage(map, task)?.sweptShare ?? 0))
    const [left, ...leftIf] = gainsOf(map, task)
    const curve = (pos: number): PosCurve => (lanesS > 0 ? [{ atS: lanesS, pos }] : [])
    question.running.push({
      droneId,
      taskId: task.id,
      usableS: drone.enduranceS - drone.reserveS,
      posCurve: curve(left!),
      byStory: scenarios.map(({ share }, k) => curve(share * leftIf[k]!)),
    })
    question.asked.push({ droneId, taskId: task.id, clearanceM })
    question.job.requests.push({
      drones: [
        {
          ...drone,
          cover: sensorCover(
            status,
            {
              ...sensorGround(search),
              heightM: clearanceM,
              speedMps: LANE_SPEED_MPS,
              maxC: null,
              covers: map.seen.covers !== null,
            },
            calibrations,
          ),
          wind: windFor(status, drones),
        },
      ],
      taken: ofSearch.filter((other) => other.id !== task.id && !isOver(other)).map(({ area }) => area),
      noFly: noFlyFor(picture, search, [droneId]),
      ...weighed,
    })
  }
  return question.running.length > 0 ? question : null
}

/**
 * The best change of what a drone in the air flies, by what finds are worth per minute: each by its time where it is known
 * of any story how long the subject may live. Null where going on is as good. Nothing here commands anything: a person
 * decides.
 * @param cuts answer to the question's job
 */
export function adviceFrom(
  { running, asked, job, stories }: AdviceQuestion,
  cuts: readonly SortieCut[][],
  before: Advice | null,
): Omit<Advice, 'id' | 'answer'> | null {
  const weighs = stories.some(({ survival }) => survival !== null)
  const options = asked.flatMap(({ droneId, clearanceM }, i) =>
    (cuts[i] ?? []).map(({ posByStory, ...cut }): AssignmentOption & { cut: SortieCut; clearanceM: number } => {
      const { outS, backS } = waysOf(cut, job.requests[i]!.drones[0]!)
      const curve = (pos: number): PosCurve => [
        { atS: outS, pos: 0 },
        { atS: Math.max(outS, cut.timeS - backS), pos },
      ]
      // A map of one story is not cut by stories: all of it is that one's.
      const posOf = (id: string): number =>
        stories.length === 1 ? cut.expectedPos : (posByStory?.find(({ scenarioId }) => scenarioId === id)?.pos ?? 0)
      return {
        id: `option ${droneId}`,
        droneId,
        timeS: cut.timeS,
        posCurve: curve(cut.expectedPos),
        byStory: stories.map(({ scenarioId }) => curve(posOf(scenarioId))),
        cut,
        clearanceM,
      }
    }),
  )
  const changes = reassignments({
    running,
    options,
    stories: weighs ? stories.map(({ survival }) => survival ?? { survival: {}, sinceS: 0 }) : undefined,
  })
  for (const { droneId, taskId, optionId, gainWorth, gainAlive, ...figures } of changes) {
    const { cut, clearanceM } = options.find(({ id }) => id === optionId)!
    const weighed: AdviceWeighed | null =
      gainAlive === null ? null : { gainWorth, gainAlive, partly: stories.some(({ survival }) => survival === null) }
    const advice = { droneId, taskId, ...figures, ...(weighed ? { weighed } : {}), cut, clearanceM }
    const declined = before?.answer === 'declined' && before.taskId === taskId ? before : null
    if (declined && sameBasis(declined, advice) && gainOf(advice) < ASK_AGAIN * gainOf(declined)) continue
    return advice
  }
  return null
}

type Gain = Pick<Advice, 'gainPos' | 'weighed'>

/** What a change gains in the measure that it was chosen by. */
const gainOf = ({ gainPos, weighed }: Gain): number => weighed?.gainWorth ?? gainPos

/** Gains by survival and without it cannot be compared. */
const sameBasis = (a: Gain, b: Gain): boolean => (a.weighed === undefined) === (b.weighed === undefined)

/**
 * Seconds from where the drone is to its first lane, and from its last one home: a drone in the air begins elsewhere than
 * it lands, so the time of both ways is shared by their lengths.
 */
function waysOf({ path, lanes, transitS }: SortieCut, { startLngLat, landLngLat = startLngLat }: SortieDrone) {
  const [first, last] = [lanes[0]?.[0], lanes.at(-1)?.at(-1)]
  const entry = path.findIndex((point) => sameJson(point, first))
  const exit = path.findLastIndex((point) => sameJson(point, last))
  // Ways that cannot be told from the lanes are taken to lie before them: the option is then rather underrated.
  if (entry < 0 || exit < 0) return { outS: transitS, backS: 0 }
  const outM = lengthM([startLngLat, ...path.slice(0, entry + 1)])
  const backM = lengthM([...path.slice(exit), landLngLat])
  const outS = outM + backM > 0 ? (transitS * outM) / (outM + backM) : 0
  return { outS, backS: transitS - outS }
}

const lengthM = (points: readonly LngLat[]): number =>
  points.slice(1).reduce((sum, point, i) => sum + distanceM(points[i]!, point), 0)

/** Whether the tasks that a question was about still fly, no zone has changed and nobody has been given ground meanwhile. */
export function stillAsked({ asked, job }: AdviceQuestion, search: Search, picture: Picture): boolean {
  const ofSearch = [...picture.task.values()].filter((task) => task.searchId === search.id)
  return asked.every(({ taskId, droneId }, i) => {
    const taken = ofSearch.filter((other) => other.id !== taskId && !isOver(other)).map(({ area }) => area)
    return (
      picture.task.get(taskId)?.state === 'flying' &&
      sameJson(taken, job.requests[i]!.taken) &&
      sameJson(noFlyFor(picture, search, [droneId]), job.requests[i]!.noFly)
    )
  })
}

/** Whether a new piece of advice says anything that the one on the screen does not. */
export function saysOther(known: Advice | null, now: Omit<Advice, 'id' | 'answer'> | null): boolean {
  const open = known?.answer === null ? known : null
  if (!open || !now) return (open === null) !== (now === null)
  if (open.taskId !== now.taskId || !sameBasis(open, now)) return true
  return Math.abs(gainOf(open) - gainOf(now)) > 0.2 * gainOf(open)
}
