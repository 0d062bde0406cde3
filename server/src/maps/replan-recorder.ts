import type { Actor, DomainEvent, Search } from '@skerry/contract'
import type { DronesPort } from '../domain/context.ts'
import type { Engine } from '../engine/engine.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import type { Planning } from './planner/planning.ts'
import { adviceFrom, saysOther, stillAsked } from './replan.ts'
import { ASSUMPTION_EVENTS, CANDIDATE_EVENTS, EFFORT_EVENTS } from './change-cause.ts'
import type { SearchMaps } from './search-maps.ts'

/** While drones search, their assignments are looked at this often even when nothing but the map has changed. */
const PERIOD_MS = 30_000
/** Changes that come together are answered together. */
const PAUSE_MS = 1500

/** What can make another assignment the better one. */
const TURNS: readonly DomainEvent['type'][] = [
  ...ASSUMPTION_EVENTS,
  ...EFFORT_EVENTS,
  ...CANDIDATE_EVENTS,
  'search.conditions-set',
  'task.flying',
  'task.returning',
  'task.done',
  'task.failed',
]

/** Looks at the assignments of drones in the air after each change, and journals advice. It orders nothing. */
export function startReplanRecorder(options: {
  engine: Pick<Engine, 'picture' | 'onUpdate' | 'record'>
  maps: Pick<SearchMaps, 'options'>
  planning: Pick<Planning, 'options'>
  drones: DronesPort
  clock: Scheduler
  newId: () => string
  onFault: (error: unknown) => void
}): { stop(): void } {
  const { engine, maps, planning, drones, clock, newId, onFault } = options
  const actor: Actor = { kind: 'system', part: 'replan' }
  let soon: (() => void) | null = null

  function consider(): void {
    soon = null
    for (const search of engine.picture.search.values())
      if (search.state === 'open' && (search.advice || flies())) void advise(search).catch(onFault)
  }

  /** Asks beside the events plane, and journals the answer where the question still stands when it comes. */
  async function advise(search: Search): Promise<void> {
    const question = maps.options(search, engine.picture, drones, clock.nowMs())
    const cuts = question ? await planning.options(search.id, question.job) : null
    // A newer question is on its way, or planning failed and has said so.
    if (cuts && !cuts.ok) return
    await engine.record(actor, (picture): DomainEvent[] => {
      const known = picture.search.get(search.id)
      if (known?.state !== 'open' || (question && !stillAsked(question, known, picture))) return []
      const now = question && cuts ? adviceFrom(question, cuts.value, known.advice) : null
      if (!saysOther(known.advice, now)) return []
      return [{ type: 'search.advised', searchId: known.id, advice: now && { ...now, id: newId(), answer: null } }]
    })
  }
  const flies = (): boolean => [...engine.picture.task.values()].some(({ state }) => state === 'flying')

  const stopUpdates = engine.onUpdate((_update, event) => {
    if (TURNS.includes(event.type)) soon ??= clock.after(PAUSE_MS, consider)
  })
  let stopTick = clock.after(PERIOD_MS, tick)
  function tick(): void {
    stopTick = clock.after(PERIOD_MS, tick)
    consider()
  }
  return {
    stop() {
      stopUpdates()
      stopTick()
      soon?.()
    },
  }
}
