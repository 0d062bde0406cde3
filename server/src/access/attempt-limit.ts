import type { Clock } from '../clock.ts'

/** How many failed tries within a window, and then none until it has passed. */
export interface AttemptPolicy {
  tries: number
  windowMs: number
}

/** Counts failed sign-ins by a key (an account, an address). Bounded: the oldest keys are forgotten first. */
export interface AttemptLimit {
  /** Milliseconds until the next try is looked at; 0 when it is now. */
  waitMs(key: string): number
  failed(key: string): void
  succeeded(key: string): void
}

const KEPT_KEYS = 10_000

export function createAttemptLimit(policy: AttemptPolicy, clock: Clock): AttemptLimit {
  const failures = new Map<string, number[]>()
  const recent = (key: string): number[] => {
    const since = clock.nowMs() - policy.windowMs
    return (failures.get(key) ?? []).filter((atMs) => atMs > since)
  }
  return {
    waitMs(key) {
      const times = recent(key)
      const first = times.at(-policy.tries)
      return first === undefined ? 0 : Math.max(0, first + policy.windowMs - clock.nowMs())
    },
    failed(key) {
      const times = [...recent(key), clock.nowMs()].slice(-policy.tries)
      failures.delete(key)
      failures.set(key, times)
      const oldest = failures.keys().next()
      if (failures.size > KEPT_KEYS && oldest.done !== true) failures.delete(oldest.value)
    },
    succeeded: (key) => void failures.delete(key),
  }
}
