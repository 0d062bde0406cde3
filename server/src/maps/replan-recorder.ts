import type { Actor, DomainEvent } from '@skerry/contract'
import type { DronesPort } from '../domain/context.ts'
import type { Engine } from '../engine/engine.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import { saysOther } from './replan.ts'
import type { SearchMaps } from './search-maps.ts'

/** While drones search, their assignments are looked at this often even when nothing but the map has changed. */
const PERIOD_MS = 30_000
/** Changes that come together are answered together. */
const PAUSE_MS = 1500

/** What can make another assignment the better one. */
const TURNS: readonly DomainEvent['type'][] = [
  'search.scenario-added',
  'search.scenario-weighed',
  'search.scenario-removed',
  'search.sighting-added',
  'search.sighting-withdrawn',
  'task.flying',
  'task.returning',
  'task.done',
  'task.failed',
]

/** Looks at the assignments of drones in the air after each change, and journals advice. It orders nothing. */
export function startReplanRecorder(options: {
  engine: Engine
  maps: Pick<SearchMaps, 'advice'>
  drones: DronesPort
  clock: Scheduler
  newId: () => string
  onFault: (error: unknown) => void
}): { stop(): void } {
  const { engine, maps, drones, clock, newId, onFault } = options
  const actor: Actor = { kind: 'system', part: 'replan' }
  let soon: (() => void) | null = null

  function consider(): void {
    soon = null
    const idle = [...engine.picture.search.values()].every(
      ({ state, advice }) => state !== 'open' || !(advice || flies()),
    )
    if (idle) return
    engine
      .record(actor, (picture) =>
        [...picture.search.values()].flatMap((search): DomainEvent[] => {
          if (search.state !== 'open') return []
          const now = maps.advice(search, picture, drones)
          if (!saysOther(search.advice, now)) return []
          return [{ type: 'search.advised', searchId: search.id, advice: now && { ...now, id: newId(), answer: null } }]
        }),
      )
      .catch(onFault)
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
