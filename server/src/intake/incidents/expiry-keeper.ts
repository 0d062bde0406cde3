import { expiredAlerts } from '../../domain/incidents/alert.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Scheduler } from '../../engine/scheduler.ts'

const EVERY_MS = 15_000

/** Ends warnings that no longer hold. Returns what stops it. */
export function startExpiryKeeper(parts: {
  engine: Pick<Engine, 'picture' | 'record'>
  clock: Scheduler
  onFault: (error: unknown) => void
}): () => void {
  const { engine, clock, onFault } = parts
  let stopped = false
  async function look(): Promise<void> {
    if (expiredAlerts(engine.picture, clock.nowMs()).length === 0) return
    await engine.record({ kind: 'system', part: 'warnings' }, (picture) => expiredAlerts(picture, clock.nowMs()))
  }
  function tick(): void {
    look()
      .catch(onFault)
      .finally(() => {
        if (!stopped) disarm = clock.after(EVERY_MS, tick)
      })
  }
  let disarm = clock.after(EVERY_MS, tick)
  return () => {
    stopped = true
    disarm()
  }
}
