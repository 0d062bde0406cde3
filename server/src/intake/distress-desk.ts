import type { Clock } from '../clock.ts'
import { decideDistress, type DistressCall } from '../domain/incidents/distress.ts'
import type { Engine } from '../engine/engine.ts'

/** Where feeds bring calls for help. */
export interface DistressDesk {
  call(feed: string, call: DistressCall): Promise<void>
}

export function createDistressDesk(parts: {
  engine: Pick<Engine, 'picture' | 'record'>
  clock: Clock
  newId: () => string
}): DistressDesk {
  const { engine, clock, newId } = parts
  return {
    async call(feed, call) {
      const ctx = { nowMs: clock.nowMs(), newId, feed }
      // Beacons repeat themselves for days: most calls need no turn in the engine's queue.
      if (decideDistress(engine.picture, call, ctx).length === 0) return
      await engine.record({ kind: 'feed', feed }, (picture) => decideDistress(picture, call, ctx))
    },
  }
}
