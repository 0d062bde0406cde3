import type { ZoneRule } from '@skerry/contract'
import { hold, released, type Hold } from '../hold.ts'
import type { Sample } from '../membership.ts'
import { createSayer, type RuleContext, type RuleWatch } from './rule-watch.ts'

/** Over the limit it starts, below this share of it it ends. */
const ENDS_BELOW = 0.9
/** Over a longer gap the mean says nothing about the speed, ms. */
const LONGEST_GAP_MS = 30_000

/** Faster than the limit while inside. Without a reported speed: the least that two positions allow for. */
export function watchOverspeed(ctx: RuleContext<Extract<ZoneRule, { kind: 'overspeed' }>>): RuleWatch {
  const say = createSayer(ctx)
  const states = new Map<string, { speeding: Hold; before: Sample | null; topMps: number }>()
  const { limitMps } = ctx.rule
  return {
    standing: say.standing,
    gone(mover, atMs) {
      states.delete(mover.key)
      say.end(mover.key, mover, { atMs, knownAtMs: atMs })
    },
    moved(mover, sample, m) {
      if (m.side !== 'in') return
      const state = states.get(mover.key) ?? { speeding: released(), before: null, topMps: 0 }
      states.set(mover.key, state)
      const speed = mover.last.speedMps ?? leastMps(state.before, sample)
      state.before = sample
      if (speed === null) return
      const over = speed > limitMps ? true : speed < limitMps * ENDS_BELOW ? false : null
      state.topMps = state.speeding.run === null && !state.speeding.on ? speed : Math.max(state.topMps, speed)
      const turn = hold(state.speeding, over, sample.atMs, ctx.zone.zone.evidence)
      if (turn === null) return
      const about = { atMs: turn.startedAtMs, knownAtMs: sample.atMs, figure: state.topMps }
      if (state.speeding.on) say.start(mover.key, mover, about)
      else say.end(mover.key, mover, about)
    },
    turned(mover, turn) {
      if (turn.to !== 'out') return
      states.delete(mover.key)
      say.end(mover.key, mover, { atMs: turn.atMs, knownAtMs: mover.last.atMs })
    },
  }
}

function leastMps(from: Sample | null, to: Sample): number | null {
  if (from === null || to.atMs - from.atMs > LONGEST_GAP_MS) return null
  const leastM = Math.hypot(to.x - from.x, to.y - from.y) - from.accuracyM - to.accuracyM
  return (Math.max(0, leastM) * 1000) / (to.atMs - from.atMs)
}
