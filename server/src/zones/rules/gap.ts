import type { ZoneRule } from '@skerry/contract'
import { createSayer, endOf, type RuleContext, type RuleWatch } from './rule-watch.ts'

/** Was certainly inside, not on its way out, and has been silent for `forS`. Its next position ends it. */
export function watchGap(ctx: RuleContext<Extract<ZoneRule, { kind: 'gap' }>>): RuleWatch {
  const say = createSayer(ctx)
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
      if (m.side === 'in' && !waiting.has(mover.key)) wait(mover.key, sample.atMs + forMs)
    },
    due(key, atMs) {
      waiting.delete(key)
      const mover = ctx.mover(key)
      const m = ctx.membership(key)
      if (mover === undefined || m?.side !== 'in') return
      if (mover.last.atMs + forMs > atMs) return wait(key, mover.last.atMs + forMs)
      if (m.run === null) say.start(key, mover, { atMs, knownAtMs: atMs, figure: forMs / 1000 })
    },
  }
}
