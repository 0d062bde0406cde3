import type { DomainEvent } from '@skerry/contract'
import { shelvesOver } from '../domain/alarms/shelf.ts'
import { consignmentsDue, type Heard } from '../domain/consignments/decide.ts'
import { unsignedOrders } from '../domain/incidents/unsigned.ts'
import { timersDue } from '../domain/timers/decide.ts'
import type { Engine } from '../engine/engine.ts'
import type { Scheduler } from '../engine/scheduler.ts'
import type { Picture } from '../picture/picture.ts'
import { feedAlarms, type WatchedFeed } from './feed-watch.ts'
import { offDutyAlarms } from './off-duty.ts'
import type { OverdueWatch } from './overdue.ts'

const TICK_MS = 1000

/**
 * Alarms that time alone raises or ends: silent feeds, units that left duty, overdue incidents, orders that nobody signed for, lone-worker timers, late consignments, shelves
 * that are over. Gives its own undo.
 */
export function startAlarmKeeper(options: {
  engine: Pick<Engine, 'picture' | 'record'>
  clock: Scheduler
  newId: () => string
  /** Feeds of which something is expected all the time. */
  feeds: () => Promise<readonly WatchedFeed[]>
  overdue: OverdueWatch
  /** Whether a position of a consignment has come since this start. */
  heard: Heard['heard']
  onFault: (error: unknown) => void
}): () => void {
  const { engine, clock, newId, feeds, overdue, heard, onFault } = options
  const listeningSinceMs = clock.nowMs()
  let stopped = false
  let stopTick = clock.after(TICK_MS, () => void tick())

  async function tick(): Promise<void> {
    try {
      const watched = await feeds()
      const due = (picture: Picture): DomainEvent[] => {
        const ctx = { nowMs: clock.nowMs(), newId }
        return [
          ...shelvesOver(picture, ctx.nowMs),
          ...feedAlarms(picture, watched, ctx),
          ...offDutyAlarms(picture),
          ...overdue.due(picture, ctx),
          ...unsignedOrders(picture, ctx),
          ...timersDue(picture, ctx),
          ...consignmentsDue(picture, { ...ctx, heard, listeningSinceMs }),
        ]
      }
      if (!stopped && due(engine.picture).length > 0) await engine.record({ kind: 'system', part: 'alarms' }, due)
    } catch (error) {
      onFault(error)
    }
    if (!stopped) stopTick = clock.after(TICK_MS, () => void tick())
  }
  return () => {
    stopped = true
    stopTick()
  }
}
