import type { ZoneRule } from '@skerry/contract'
import { hold, released, type Hold } from '../hold.ts'
import type { Membership, Sample } from '../membership.ts'
import { createSayer, pairKey, type Mover, type RuleContext, type RuleWatch } from './rule-watch.ts'

/** A position older than this says nothing about a meeting now, ms. */
const FRESH_MS = 180_000
/** Apart by this much more than they met at, it is over. */
const ENDS_BEYOND = 1.5

interface Inside {
  mover: Mover
  at: Sample
  slow: boolean
  cell: string
}

/** Two inside, close and slow for `forS`. Who is near is looked up in squares of twice the distance. */
export function watchMeeting(ctx: RuleContext<Extract<ZoneRule, { kind: 'meeting' }>>): RuleWatch {
  const say = createSayer(ctx)
  const inside = new Map<string, Inside>()
  const cells = new Map<string, Set<string>>()
  const pairs = new Map<string, { a: string; b: string; met: Hold }>()
  const partners = new Map<string, Set<string>>()
  const { withinM, forS, maxMps } = ctx.rule
  const evidence = { ...ctx.zone.zone.evidence, minTimeS: Math.max(forS, ctx.zone.zone.evidence.minTimeS) }
  const sizeM = withinM * ENDS_BEYOND + 50
  const square = (n: number): number => Math.floor(n / sizeM)

  function leave(key: string): void {
    const known = inside.get(key)
    if (known === undefined) return
    inside.delete(key)
    const cell = cells.get(known.cell)
    cell?.delete(key)
    if (cell?.size === 0) cells.delete(known.cell)
  }
  function put(mover: Mover, at: Sample): Inside {
    leave(mover.key)
    const cell = `${square(at.x)} ${square(at.y)}`
    const { speedMps } = mover.last
    const one: Inside = { mover, at, slow: speedMps === null || speedMps <= maxMps, cell }
    inside.set(mover.key, one)
    const there = cells.get(cell)
    if (there === undefined) cells.set(cell, new Set([mover.key]))
    else there.add(mover.key)
    return one
  }
  /** Those near, and those it is paired with, in the order of their keys: the same whatever came first. */
  function others({ mover, at }: Inside): string[] {
    const found = new Set(partners.get(mover.key))
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++)
        for (const key of cells.get(`${square(at.x) + dx} ${square(at.y) + dy}`) ?? []) found.add(key)
    found.delete(mover.key)
    return [...found].sort()
  }
  function drop(key: string): void {
    const pair = pairs.get(key)
    if (pair === undefined) return
    pairs.delete(key)
    partners.get(pair.a)?.delete(pair.b)
    partners.get(pair.b)?.delete(pair.a)
  }
  function compare(one: Inside, otherKey: string): void {
    const other = inside.get(otherKey)
    const key = pairKey(one.mover.key, otherKey)
    const known = pairs.get(key)
    if (other === undefined || one.at.atMs - other.at.atMs > FRESH_MS) return
    const farM = Math.hypot(one.at.x - other.at.x, one.at.y - other.at.y)
    const close = farM <= withinM && one.slow && other.slow
    const apart = farM > withinM * ENDS_BEYOND || !(one.slow || other.slow)
    if (known === undefined && !close) return
    const pair = known ?? { a: one.mover.key, b: otherKey, met: released() }
    if (known === undefined) {
      pairs.set(key, pair)
      for (const [from, to] of [
        [pair.a, pair.b],
        [pair.b, pair.a],
      ] as const)
        partners.set(from, (partners.get(from) ?? new Set()).add(to))
    }
    const turn = hold(
      pair.met,
      close ? true : apart ? false : null,
      one.at.atMs,
      pair.met.on ? ctx.zone.zone.evidence : evidence,
    )
    const [first, second] = one.mover.key < otherKey ? [one.mover, other.mover] : [other.mover, one.mover]
    if (turn !== null) {
      const about = { atMs: turn.startedAtMs, knownAtMs: one.at.atMs, figure: farM, other: second }
      if (pair.met.on) say.start(key, first, about)
      else say.end(key, first, about)
    }
    if (!pair.met.on && pair.met.run === null) drop(key)
  }
  /** It meets nobody any more. */
  function part(mover: Mover, times: { atMs: number; knownAtMs: number }): void {
    leave(mover.key)
    for (const other of [...(partners.get(mover.key) ?? [])].sort()) {
      const key = pairKey(mover.key, other)
      say.end(key, mover, { ...times, other: ctx.mover(other) ?? null })
      drop(key)
    }
  }
  return {
    standing: say.standing,
    moved(mover, sample, m: Membership) {
      if (m.side !== 'in' || sample.side !== 'in') return
      const one = put(mover, sample)
      for (const other of others(one)) compare(one, other)
    },
    gone: (mover, atMs) => part(mover, { atMs, knownAtMs: atMs }),
    turned(mover, turn) {
      if (turn.to === 'out') part(mover, { atMs: turn.atMs, knownAtMs: mover.last.atMs })
    },
  }
}
