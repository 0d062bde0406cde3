import type { ZoneRule } from '@skerry/contract'
import { createSayer, type RuleContext, type RuleWatch } from './rule-watch.ts'

/** Not heard for longer than this, nobody knows whether it is still there, ms. */
const HEARD_WITHIN_MS = 300_000

/** Inside for `forS`. A deadline that falls into a doubt waits until the doubt is settled. */
export function watchDwell(ctx: RuleContext<Extract<ZoneRule, { kind: 'dwell' }>>): RuleWatch {
  const say = createSayer(ctx)
  /** Deadline by mover. */
  const dueAt = new Map<string, number>()
  const judge = (key: string, nowMs: number): void => {
    const atMs = dueAt.get(key)
    const mover = ctx.mover(key)
    const m = ctx.membership(key)
    if (atMs === undefined || mover === undefined || m?.side !== 'in' || atMs > nowMs) return
    if (m.run !== null || nowMs - mover.last.atMs > HEARD_WITHIN_MS) return
    dueAt.delete(key)
    say.start(key, mover, { atMs, knownAtMs: nowMs, figure: (atMs - m.sinceMs) / 1000 })
  }
  return {
    standing: say.standing,
    gone(mover, atMs) {
      dueAt.delete(mover.key)
      say.end(mover.key, mover, { atMs, knownAtMs: atMs })
    },
    turned(mover, turn) {
      if (turn.to === 'in') {
        const atMs = turn.atMs + ctx.rule.forS * 1000
        dueAt.set(mover.key, atMs)
        ctx.wake(atMs, mover.key)
      } else if (turn.to === 'out') {
        dueAt.delete(mover.key)
        say.end(mover.key, mover, { atMs: turn.atMs, knownAtMs: mover.last.atMs })
      } else if (turn.exitedAtMs - turn.enteredAtMs >= ctx.rule.forS * 1000) {
        const knownAtMs = mover.last.atMs
        say.start(mover.key, mover, { atMs: turn.enteredAtMs + ctx.rule.forS * 1000, knownAtMs })
        say.end(mover.key, mover, { atMs: turn.exitedAtMs, knownAtMs })
      }
    },
    moved: (mover) => judge(mover.key, mover.last.atMs),
    due: judge,
  }
}
