import type { ZoneRule } from '@skerry/contract'
import { hold, released, type Hold } from '../hold.ts'
import type { Sample } from '../membership.ts'
import { createSayer, type RuleContext, type RuleWatch } from './rule-watch.ts'

interface Stay {
  /** Where the stay began. */
  at: Sample
  away: Hold
  /** First position of those that may have left. */
  left: Sample | null
}

/** Within `radiusM` of one place for `forS` while inside. Some positions elsewhere are no leaving: spikes come back. */
export function watchLoiter(ctx: RuleContext<Extract<ZoneRule, { kind: 'loiter' }>>): RuleWatch {
  const say = createSayer(ctx)
  const stays = new Map<string, Stay>()
  const { radiusM, forS } = ctx.rule
  const begin = (key: string, at: Sample): void => {
    stays.set(key, { at, away: released(), left: null })
    ctx.wake(at.atMs + forS * 1000, key)
  }
  return {
    standing: say.standing,
    gone(mover, atMs) {
      stays.delete(mover.key)
      say.end(mover.key, mover, { atMs, knownAtMs: atMs })
    },
    moved(mover, sample, m) {
      if (m.side !== 'in') return
      const stay = stays.get(mover.key)
      if (stay === undefined) return begin(mover.key, sample)
      const farM = Math.hypot(sample.x - stay.at.x, sample.y - stay.at.y)
      const away = farM > radiusM + sample.accuracyM ? true : farM <= radiusM ? false : null
      if (away === true) stay.left ??= sample
      else if (away === false) stay.left = null
      const turn = hold(stay.away, away, sample.atMs, ctx.zone.zone.evidence)
      if (turn !== null) {
        say.end(mover.key, mover, { atMs: turn.startedAtMs, knownAtMs: sample.atMs })
        return begin(mover.key, stay.left ?? sample)
      }
      judge(mover.key, sample.atMs)
    },
    turned(mover, turn) {
      if (turn.to !== 'out') return
      stays.delete(mover.key)
      say.end(mover.key, mover, { atMs: turn.atMs, knownAtMs: mover.last.atMs })
    },
    due: judge,
  }

  /** A stay is long enough once positions reach its end: silence is no loitering. */
  function judge(key: string, nowMs: number): void {
    const stay = stays.get(key)
    const mover = ctx.mover(key)
    if (stay === undefined || mover === undefined || stay.left !== null || ctx.membership(key)?.run != null) return
    const atMs = stay.at.atMs + forS * 1000
    if (nowMs < atMs || mover.last.atMs < atMs) return
    say.start(key, mover, { atMs, knownAtMs: nowMs, figure: forS })
  }
}
