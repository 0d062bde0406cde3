import { createSayer, endOf, type RuleContext, type RuleWatch } from './rule-watch.ts'

/** `enter` and `intrusion`: from coming in to going out. */
export function watchInside(ctx: RuleContext): RuleWatch {
  const say = createSayer(ctx)
  return {
    standing: say.standing,
    gone: endOf(say),
    turned(mover, turn) {
      const knownAtMs = mover.last.atMs
      if (turn.to === 'in') say.start(mover.key, mover, { atMs: turn.atMs, knownAtMs })
      else if (turn.to === 'out') say.end(mover.key, mover, { atMs: turn.atMs, knownAtMs })
      else {
        say.start(mover.key, mover, { atMs: turn.enteredAtMs, knownAtMs })
        say.end(mover.key, mover, { atMs: turn.exitedAtMs, knownAtMs })
      }
    },
  }
}

/** `exit` and `corridor`: from going out to coming back in. A named vehicle that is first seen outside its corridor is outside. */
export function watchOutside(ctx: RuleContext): RuleWatch {
  const say = createSayer(ctx)
  const fromTheStart = ctx.rule.kind === 'corridor' && ctx.rule.only.length > 0
  return {
    standing: say.standing,
    gone: endOf(say),
    turned(mover, turn) {
      const knownAtMs = mover.last.atMs
      if (turn.to === 'in') return say.end(mover.key, mover, { atMs: turn.atMs, knownAtMs })
      if (turn.to === 'through') return say.start(mover.key, mover, { atMs: turn.exitedAtMs, knownAtMs })
      if (!turn.first || fromTheStart) say.start(mover.key, mover, { atMs: turn.atMs, knownAtMs })
    },
  }
}
