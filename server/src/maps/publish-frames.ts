import type { GridFrame } from '@skerry/contract'
import type { Scheduler } from '../engine/scheduler.ts'
import type { SearchMaps } from './search-maps.ts'

/** A map is sent at most this often: people read it, and it is large. */
const PERIOD_MS = 1000

/** Publishes changed maps, newest only, at most once a second each. */
export function publishFrames(maps: Pick<SearchMaps, 'onChange' | 'frame'>, clock: Scheduler) {
  const listeners = new Set<(searchId: string, frame: GridFrame) => void>()
  const due = new Set<string>()
  const resting = new Map<string, () => void>()

  function publish(searchId: string): void {
    due.delete(searchId)
    const frame = listeners.size > 0 ? maps.frame(searchId) : null
    if (frame) for (const listener of listeners) listener(searchId, frame)
    resting.set(
      searchId,
      clock.after(PERIOD_MS, () => {
        resting.delete(searchId)
        if (due.has(searchId)) publish(searchId)
      }),
    )
  }

  const stopMaps = maps.onChange((searchId) => {
    if (resting.has(searchId)) due.add(searchId)
    else publish(searchId)
  })
  return {
    onFrame(listener: (searchId: string, frame: GridFrame) => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop(): void {
      stopMaps()
      for (const stop of resting.values()) stop()
    },
  }
}
