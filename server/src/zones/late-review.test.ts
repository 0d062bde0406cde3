import type { Zone, ZoneRule } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { LATE_WINDOW_MS, createLateReview } from './late-review.ts'
import { START_MS, fixAt, rule, run, said, seeded, squareZone, still, straight, watching } from './test-kit.ts'
import { createZoneEngine } from './zone-engine.ts'
import type { ZoneEvent, ZoneFix } from './zone-fix.ts'

const rules: ZoneRule[] = [
  rule({ kind: 'intrusion' }),
  rule({ kind: 'exit' }),
  rule({ kind: 'dwell', forS: 60 }),
  rule({ kind: 'overspeed', limitMps: 8 }),
]
const zones = [squareZone('z', rules)]
/** Outside, in at 20 s, there until 260 s, out again at 300 s. */
const way: ZoneFix[] = [
  ...straight([-400, 0], [0, 0], 10),
  ...still([0, 0], 41, 240),
  ...straight([0, 0], [-600, 0], 10, { fromS: 241 }),
  ...still([-600, 0], 302, 600),
]

/** Takes each position at the second at which it comes, and judges afterwards every 5 s, as the recorder does. */
function live(coming: readonly { fix: ZoneFix; comesS: number }[], watched: readonly Zone[] = zones, toS = 1100) {
  const engine = watching([...watched])
  const review = createLateReview()
  const events: ZoneEvent[] = []
  let tooLate = 0
  for (let s = 0; s <= toS; s++) {
    const finalMs = START_MS + s * 1000 - 5000
    for (const { fix, comesS } of coming) {
      if (Math.ceil(comesS) !== s) continue
      if (engine.take(fix) === 'waits') review.heard(fix)
      else if (!review.late(fix, finalMs)) tooLate++
    }
    const inTime = engine.advance(finalMs)
    review.said(inTime)
    events.push(...inTime)
    if (s % 5 === 0)
      events.push(
        ...review.review(
          watched.map((zone) => ({ zone, sinceMs: START_MS - 1000 })),
          finalMs,
          engine.standing,
        ),
      )
  }
  return { events, tooLate }
}
/** What is known in the end: of each rule from when to when, after what was corrected. */
function spells(events: readonly ZoneEvent[]): string[] {
  const open = new Map<string, string[]>()
  for (const event of events) {
    const list = open.get(event.rule) ?? []
    open.set(event.rule, list)
    const s = ((event.atMs - START_MS) / 1000).toFixed(1)
    const last = list.at(-1)
    const isOpen = last?.endsWith('–') ?? false
    if (event.corrects) list[list.length - 1] = last!.replace(event.edge === 'start' ? /^\S+/ : /\S+$/, s)
    else if (event.edge === 'start' && !isOpen) list.push(`${s} –`) // one that stands is not begun again
    else if (event.edge === 'end' && isOpen) list[list.length - 1] = `${last} ${s}`
  }
  return [...open].map(([kind, list]) => `${kind}: ${list.join(', ')}`).sort()
}
const inOrder = spells(run(watching(zones, createZoneEngine()), way, 1095))

describe('positions that come after their time is final', () => {
  it('give the intrusion of a gap that a batch fills minutes later, with its own times, marked late', () => {
    const gap = (s: number): boolean => s > 10 && s < 400
    const { events } = live(
      way.map((fix) => {
        const s = (fix.atMs - START_MS) / 1000
        return { fix, comesS: gap(s) ? 420 : s }
      }),
    )
    expect(inOrder).toContain('intrusion: 20.0 – 261.0')
    expect(spells(events)).toEqual(inOrder)
    expect(events.every(({ late }) => late)).toBe(true)
  })
  it.each([1, 2, 3, 4, 5, 6])('give the same in whatever order and pieces they come (seed %i)', (seed) => {
    const random = seeded(seed)
    /** Pieces of a minute, half of them late by as much as six minutes, each position of a piece by a little of its own. */
    const lateByS = Array.from({ length: 10 }, (_, piece) => (piece % 2 === seed % 2 ? 30 + random() * 330 : 0))
    const shuffled = way
      .map((fix) => {
        const s = (fix.atMs - START_MS) / 1000
        const byS = lateByS[Math.min(9, Math.floor(s / 60))]!
        return { fix, comesS: s + (byS === 0 ? 0 : byS + random() * 20), tie: random() }
      })
      .sort((a, b) => a.tie - b.tie)
    expect(spells(live(shuffled).events)).toEqual(inOrder)
  })
  it('are still followed when a device only ever sends late: what goes on ends by its later ones', () => {
    const { events } = live(way.map((fix) => ({ fix, comesS: (fix.atMs - START_MS) / 1000 + 90 })))
    expect(spells(events)).toEqual(inOrder)
    expect(events.filter(({ rule: kind }) => kind === 'intrusion')).toHaveLength(2)
  })
  it('take back what was said of a stay that they show to have been left', () => {
    const dwell = [squareZone('z', [rule({ kind: 'dwell', forS: 300 })])]
    const stay = [...still([-600, 0], 0, 95, 5), ...still([0, 0], 100, 700, 5)]
    const away = still([600, 0], 221.5, 300, 2)
    const isGap = ({ atMs }: ZoneFix): boolean => atMs > START_MS + 220_000 && atMs < START_MS + 302_000
    const { events } = live(
      [
        ...stay.filter((fix) => !isGap(fix)).map((fix) => ({ fix, comesS: (fix.atMs - START_MS) / 1000 })),
        ...away.map((fix) => ({ fix, comesS: 450 })),
      ],
      dwell,
    )
    expect(said(events)).toEqual(['start dwell u1 398', 'end dwell u1 398', 'start dwell u1 603'])
    expect(events.map(({ late }) => late ?? false)).toEqual([false, true, true])
  })
  it('meet no rule beyond the window, and say so', () => {
    const review = createLateReview()
    const at = fixAt(0, 0, 0)
    expect(review.late(at, at.atMs + LATE_WINDOW_MS)).toBe(false)
    expect(review.late(at, at.atMs + LATE_WINDOW_MS - 1)).toBe(true)
    expect(review.late({ ...at, kind: 'vessel', id: 'v' }, at.atMs + 6000)).toBe(false)
  })
  it('meet no rule when they are from a spell of duty that is over: what was said of it has ended', () => {
    const review = createLateReview()
    review.heard(fixAt(10, 0, 0))
    review.forget({ kind: 'unit', id: 'u1' }, START_MS + 20_000)
    expect(review.late(fixAt(15, 0, 0), START_MS + 60_000)).toBe(false)
    expect(review.late(fixAt(21, 0, 0), START_MS + 60_000)).toBe(true)
  })
  it('leave the silence that was heard, meetings and cover as they were', () => {
    const silent = [squareZone('z', [rule({ kind: 'gap', forS: 60 })])]
    const { events } = live(
      still([0, 0], 0, 600).map((fix) => {
        const s = (fix.atMs - START_MS) / 1000
        return { fix, comesS: s > 100 && s < 300 ? 320 : s }
      }),
      silent,
      640,
    )
    expect(said(events)).toEqual(['start gap u1 160', 'end gap u1 300'])
    expect(events.some(({ late }) => late)).toBe(false)
  })
})

it('lets go of what can no longer be judged: spells of hours ago, and a mover that has come to its end', () => {
  const engine = watching([...zones])
  const review = createLateReview()
  const watched = zones.map((zone) => ({ zone, sinceMs: START_MS - 1000 }))
  let most = 0
  const hours = 6
  for (let s = 0; s <= hours * 3600; s++) {
    // In and out every two minutes for three hours, then not a word.
    const fix = fixAt(s, Math.floor(s / 60) % 2 === 0 ? 0 : -400, 0)
    if (s < 3 * 3600 && engine.take(fix) === 'waits') review.heard(fix)
    const finalMs = START_MS + s * 1000 - 5000
    review.said(engine.advance(finalMs))
    if (s % 60 === 0) review.review(watched, finalMs, engine.standing)
    most = Math.max(most, review.held().spells)
  }
  expect(most).toBeGreaterThan(10)
  expect(most).toBeLessThan(60) // half an hour of them, not three
  expect(review.held()).toEqual({ movers: 0, spells: 0 })
})
