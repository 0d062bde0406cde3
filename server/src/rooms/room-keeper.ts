import type { Actor, DomainEvent } from '@skerry/contract'
import { actsDue } from '../domain/acts/decide.ts'
import { roomFollows, roomsDue } from '../domain/rooms/keep.ts'
import type { Engine } from '../engine/engine.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import { everyMs } from '../live/every.ts'
import type { Picture } from '../picture/picture.ts'

const TICK_MS = 1000
const ACTOR: Actor = { kind: 'system', part: 'rooms' }

/** Lets rooms follow their incidents: opened, joined and left by rule, closed; and does what time alone does to them. Gives its own undo. */
export function startRoomKeeper(parts: {
  engine: Pick<Engine, 'picture' | 'record' | 'onUpdate'>
  clock: Scheduler
  newId: () => string
  onFault: (error: unknown) => void
}): () => void {
  const { engine, clock, newId, onFault } = parts
  /** Incidents of which something happened since they were looked at. */
  let touched = new Set(openOnes(engine.picture))
  let looking = false

  const follow = (picture: Picture, ids: ReadonlySet<string>): DomainEvent[] =>
    [...ids].flatMap((id) => roomFollows(picture, id))

  async function look(): Promise<void> {
    const ids = touched
    touched = new Set()
    if (follow(engine.picture, ids).length > 0) await engine.record(ACTOR, (picture) => follow(picture, ids))
  }
  function lookSoon(): void {
    if (looking) return
    looking = true
    // Not at once: the entries of one command are told one by one, and belong together.
    queueMicrotask(() => {
      looking = false
      look().catch(onFault)
    })
  }
  const undo = engine.onUpdate(({ incidentId, changes }) => {
    if (incidentId !== null) touched.add(incidentId)
    if (changes.some(({ kind }) => kind === 'dictionary')) for (const id of openOnes(engine.picture)) touched.add(id)
    if (touched.size > 0) lookSoon()
  })
  lookSoon()

  let busy = false
  const stopTick = everyMs(clock, TICK_MS, () => {
    const due = (picture: Picture): DomainEvent[] => [
      ...roomsDue(picture, { nowMs: clock.nowMs(), newId }),
      ...actsDue(picture, clock.nowMs()),
    ]
    if (busy || due(engine.picture).length === 0) return
    busy = true
    engine
      .record(ACTOR, due)
      .catch(onFault)
      .finally(() => (busy = false))
  })
  return () => {
    undo()
    stopTick()
  }
}

const openOnes = (picture: Picture): string[] =>
  [...picture.incident.values()].filter(({ state }) => state !== 'closed').map(({ id }) => id)
