import type { ZoneRule } from '@skerry/contract'
import type { ZoneFix } from '../zone-fix.ts'
import { createSayer, endOf, type RuleContext, type RuleWatch } from './rule-watch.ts'

/** Whether what brought a mover has been heard again after a restart is looked at again so often, ms. */
const AGAIN_MS = 1000

/**
 * Was certainly inside, not on its way out, and has been silent for `forS`. Its next position ends it. While the server was
 * down nobody could hear it: that time does not count, and until its feed has been heard again it is not said, unless it was
 * listened to for as long as the rule asks.
 */
export function watchGap(
  ctx: RuleContext<Extract<ZoneRule, { kind: 'gap' }>> & {
    /** Source time of the newest position that came the same way as this one, null for none. */
    sameWayHeardAtMs: (fix: ZoneFix) => number | null
  },
): RuleWatch {
  const say = createSayer(ctx)
  const { quietAtMs, works } = ctx.listening
  /** Movers for which a deadline is out: one at a time, moved on when it comes too early. */
  const waiting = new Set<string>()
  const forMs = ctx.rule.forS * 1000
  const wait = (key: string, atMs: number): void => {
    waiting.add(key)
    ctx.wake(atMs, key)
  }
  return {
    standing: say.standing,
    gone: endOf(say),
    moved(mover, sample, m) {
      say.end(mover.key, mover, { atMs: sample.atMs, knownAtMs: sample.atMs })
      if (m.side === 'in' && !waiting.has(mover.key)) wait(mover.key, quietAtMs(sample.atMs, forMs))
    },
    due(key, atMs) {
      waiting.delete(key)
      const mover = ctx.mover(key)
      const m = ctx.membership(key)
      if (mover === undefined || m?.side !== 'in') return
      const dueMs = quietAtMs(mover.last.atMs, forMs)
      if (dueMs > atMs) return wait(key, dueMs)
      const heard = works(ctx.sameWayHeardAtMs(mover.last), atMs) || works(atMs - forMs, atMs)
      if (!heard) return wait(key, atMs + AGAIN_MS)
      if (m.run === null) say.start(key, mover, { atMs, knownAtMs: atMs, figure: forMs / 1000 })
    },
  }
}
