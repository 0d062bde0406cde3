import type { ZoneRule } from '@skerry/contract'
import { createSayer, type RuleContext, type RuleWatch } from './rule-watch.ts'

/** Not heard for longer than this, a unit no longer counts as there, ms. */
export const COUNTS_FOR_MS = 300_000
const ZONE = 'zone'

/**
 * Fewer than `minUnits` available inside for `forS`. Where nobody of these kinds is heard at all, nothing is said: that is a
 * lost feed, not an empty zone. Time in which the server did not listen counts for nothing.
 */
export function watchCoverage(
  ctx: RuleContext<Extract<ZoneRule, { kind: 'coverage' }>> & {
    /** Source time of the newest position of any mover that the rule is about, null for none yet. */
    heardAtMs: () => number | null
    /** Source time from which the zone has been watched. */
    sinceMs: number
  },
): RuleWatch {
  const say = createSayer(ctx)
  const { quietAtMs, works } = ctx.listening
  /** Inside by their own account, with the time of their newest position; and those of them that are free. */
  const inside = new Map<string, number>()
  const free = new Set<string>()
  const forMs = ctx.rule.forS * 1000
  let shortSinceMs: number | null = null
  let wakeAtMs = 0
  const wakeAgain = (atMs: number): void => {
    wakeAtMs = quietAtMs(atMs, forMs)
    ctx.wake(wakeAtMs, ZONE)
  }

  function judge(nowMs: number): void {
    if (free.size >= ctx.rule.minUnits) {
      shortSinceMs = null
      return say.end(ZONE, null, { atMs: nowMs, knownAtMs: nowMs, figure: free.size })
    }
    if (shortSinceMs === null) {
      shortSinceMs = nowMs
      wakeAgain(nowMs)
    }
    const heardAtMs = ctx.heardAtMs()
    const known = heardAtMs !== null && works(heardAtMs, nowMs) && nowMs <= quietAtMs(heardAtMs, COUNTS_FOR_MS)
    if (known && nowMs >= quietAtMs(shortSinceMs, forMs))
      say.start(ZONE, null, { atMs: shortSinceMs, knownAtMs: nowMs, figure: free.size })
  }
  function leave(key: string): void {
    inside.delete(key)
    free.delete(key)
  }
  judge(ctx.sinceMs)
  return {
    standing: say.standing,
    gone({ key }, atMs) {
      if (!inside.has(key)) return
      leave(key)
      judge(atMs)
    },
    fine: () => free.size >= ctx.rule.minUnits,
    moved(mover, sample, m) {
      if (m.side !== 'in') return
      const { key, last } = mover
      if (!inside.has(key)) ctx.wake(quietAtMs(sample.atMs, COUNTS_FOR_MS) + 1, key)
      inside.set(key, sample.atMs)
      if (free.has(key) === last.available) return
      if (last.available) free.add(key)
      else free.delete(key)
      judge(sample.atMs)
    },
    turned(mover, turn) {
      if (turn.to !== 'out') return
      leave(mover.key)
      judge(mover.last.atMs)
    },
    due(key, atMs) {
      const heardAtMs = inside.get(key)
      if (heardAtMs !== undefined) {
        const countsUntilMs = quietAtMs(heardAtMs, COUNTS_FOR_MS)
        if (atMs > countsUntilMs) leave(key)
        else ctx.wake(countsUntilMs + 1, key)
      }
      judge(atMs)
      // Nobody at all was heard when it fell due: looked at again later.
      if (key === ZONE && atMs >= wakeAtMs && shortSinceMs !== null && say.standing.size === 0) wakeAgain(atMs)
    },
  }
}
