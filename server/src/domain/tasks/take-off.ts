import type { LngLat, TakeOffWait, Task } from '@skerry/contract'
import {
  flightIntent,
  intentConflicts,
  type LevelFlight,
  localFrame,
  type OtherFlight,
  takeOffWait,
} from '@skerry/search'
import type { Picture } from '../../picture/picture.ts'
import type { DecideContext } from '../context.ts'
import { takeoffPoint } from './draft.ts'
import { pathLeft } from './plan.ts'
import { droneOut } from './states.ts'

/** Agreed with a pilot and not yet in the air. */
const ABOUT_TO_START: readonly Task['state'][] = ['accepted', 'uploading', 'ready']

type Ctx = Pick<DecideContext, 'drones' | 'nowMs'>

/**
 * Whether a task's drone may take off now. It waits for what is in the air, of any search, until its own climb, way and
 * descent stay clear of theirs, counted from when they really took off; for its place in the order that was agreed (the
 * shown wait after the first of its group); and for the one before it in that order while its pilot is about to start. What
 * is not known of another flight counts as being in the way.
 */
export function takeOffWaitOf(picture: Pick<Picture, 'task'>, task: Task, ctx: Ctx): TakeOffWait {
  const own = flightOf(task, ctx)
  if (!own) return { kind: 'clear', untilMs: null, behind: null }
  const others = [...picture.task.values()].filter(({ id, droneId }) => id !== task.id && droneId !== task.droneId)
  const out = others.filter((other) => droneOut(other, ctx.drones))
  const flights = out.flatMap((other): OtherFlight[] => {
    const flight = flightOf(other, ctx)
    return flight ? [{ flight, tookOffMs: tookOffMs(other, ctx) }] : []
  })
  const behind = (id: string): TakeOffWait['behind'] => {
    const found = others.find((other) => other.id === id)!
    return { taskId: id, number: found.number, droneId: found.droneId }
  }
  const real = takeOffWait(own, flights, ctx.nowMs)
  if (real.waitMs === null) return { kind: 'until-down', untilMs: null, behind: behind(real.behind!) }

  const before = others.filter(
    (other) => other.searchId === task.searchId && waitOf(other) < waitOf(task) && meet(task, other, ctx),
  )
  const first = before.find(({ state }) => ABOUT_TO_START.includes(state))
  if (first) return { kind: 'goes-first', untilMs: null, behind: behind(first.id) }
  // The wait that everyone was told counts from the first of them.
  const agreed = before
    .filter((other) => out.includes(other) && Number.isFinite(waitOf(task)))
    .map((other) => ({ id: other.id, untilMs: (tookOffMs(other, ctx) ?? ctx.nowMs) + 1000 * waitOf(task) }))
    .reduce<{ id: string; untilMs: number } | null>((a, b) => (a && a.untilMs <= b.untilMs ? a : b), null)
  const untilMs = Math.max(ctx.nowMs + real.waitMs, agreed?.untilMs ?? 0)
  if (untilMs <= ctx.nowMs) return { kind: 'clear', untilMs: null, behind: null }
  return {
    kind: 'apart',
    untilMs,
    behind: behind(agreed?.untilMs === untilMs ? agreed.id : real.behind!),
  }
}

/** Seconds after the first of its group; null: after all of them. */
const waitOf = ({ startAfterS = 0 }: Task): number => startAfterS ?? Infinity

/** When a task's drone left the ground, while it keeps to its times; null where nobody can say how it goes on. */
function tookOffMs({ state, droneId, startedAtMs }: Task, { drones, nowMs }: Ctx): number | null {
  if (state === 'starting') return nowMs
  const status = drones.get(droneId)
  if (state !== 'flying' || !status || status.link.state === 'lost' || status.mode?.kind !== 'auto') return null
  return startedAtMs
}

/** Heights above mean sea level; a column over a home reaches down to the sea. Null where its home is not known at all. */
function flightOf(task: Task, { drones }: Ctx): LevelFlight | null {
  const home: LngLat | undefined = takeoffPoint(drones.get(task.droneId))?.lngLat ?? pathLeft(task)[0]
  if (!home) return null
  const { id, droneId, speedMps, highestGroundAmslM, clearanceM } = task
  return {
    id,
    droneId,
    home,
    path: pathLeft(task),
    speedMps,
    groundM: 0,
    levelM: (highestGroundAmslM ?? 0) + clearanceM,
  }
}

/** Whether the ways of two tasks share air at all, whenever they are flown. */
function meet(a: Task, b: Task, ctx: Ctx): boolean {
  const [p, q] = [flightOf(a, ctx), flightOf(b, ctx)]
  if (!p || !q) return true
  const frame = localFrame(p.home)
  const intents = [p, q].map((flight) =>
    flightIntent(flight, 0, (lngLat) => frame.toLocal(lngLat), { timeMs: Infinity }),
  )
  return intentConflicts(intents).length > 0
}
