import type { Zone, ZoneRule } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { createZoneEngine } from './zone-engine.ts'
import type { ZoneEvent, ZoneFix } from './zone-fix.ts'
import { scanZones } from './zone-index.ts'
import { START_MS, fixAt, normal, rule, run, said, seeded, squareZone, straight, still, watching } from './test-kit.ts'

const enter = rule({ kind: 'enter' })
const WINDOW_MS = 5000

describe('going in and out', () => {
  it('tells the time at which the edge was crossed, once the new side has held', () => {
    const events = run(watching([squareZone('z', [enter])]), straight([-400, 0], [400, 0], 10))
    expect(said(events)).toEqual(['start enter u1 20', 'end enter u1 60'])
    expect(events[0]!.knownAtMs - events[0]!.atMs).toBeGreaterThanOrEqual(10_000)
  })
  it('does not flap along the edge: inside the band neither side is certain', () => {
    const random = seeded(3)
    const fixes = Array.from({ length: 600 }, (_, s) => fixAt(s, -200 + normal(random) * 4, 0))
    expect(run(watching([squareZone('z', [enter])]), fixes)).toEqual([])
  })
  it('is not certain of a side with a receiver that is 300 m off', () => {
    const over = { accuracyM: 300 }
    const fixes = [...still([-900, 0], 0, 60, 1, over), ...still([0, 0], 61, 600, 1, over)]
    expect(run(watching([squareZone('z', [enter])]), fixes)).toEqual([])
    const good = [...still([-900, 0], 0, 60), ...still([0, 0], 61, 600)]
    expect(said(run(watching([squareZone('z', [enter])]), good))).toEqual(['start enter u1 61'])
  })
  it('sees a fast boat that crosses between two positions, when it stays beyond', () => {
    const fixes = straight([-3150, 0], [3000, 0], 30, { everyS: 30 })
    expect(said(run(watching([squareZone('z', [enter])]), fixes))).toEqual(['start enter u1 98', 'end enter u1 112'])
  })
  it('sees one that was inside for a few positions only, when it comes out on the other side', () => {
    const small = squareZone('z', [enter], { halfM: 40 })
    expect(said(run(watching([small]), straight([-400, 0], [400, 0], 16)))).toEqual([
      'start enter u1 23',
      'end enter u1 29',
    ])
  })
  it('takes a spike across a narrow zone for what it is: it comes back', () => {
    const narrow = squareZone('z', [enter], { halfM: 50 })
    const fixes = still([-120, 0], 0, 300).map((fix, i) => (i % 40 === 7 ? fixAt(i, 120, 0) : fix))
    expect(run(watching([narrow]), fixes)).toEqual([])
  })
  it('draws no line across an hour of silence', () => {
    const fixes = [...still([-3000, 0], 0, 60), ...still([3000, 0], 3660, 3720)]
    expect(run(watching([squareZone('z', [enter])]), fixes)).toEqual([])
  })
  it('says at once where a zone asks for no more evidence than one position', () => {
    const strict: Zone = { ...squareZone('z', [enter]), evidence: { hysteresisM: 0, minTimeS: 0, minFixes: 1 } }
    const events = run(watching([strict]), straight([-400, 0], [0, 0], 10))
    expect(events).toHaveLength(1)
    expect(events[0]!.knownAtMs - events[0]!.atMs).toBeLessThanOrEqual(1000)
  })
})

describe('a one-hour stationary trace with 200 m spikes', () => {
  const rules: ZoneRule[] = [
    enter,
    rule({ kind: 'exit' }),
    rule({ kind: 'intrusion' }),
    rule({ kind: 'overspeed', limitMps: 14 }),
    rule({ kind: 'corridor' }),
  ]
  /** One position a second, 5 m of noise, a spike of 200 m in any direction with a receiver that claims to be good. */
  const trace = (seed: number, eastM: number, northM: number, share: number): ZoneFix[] => {
    const random = seeded(seed)
    return Array.from({ length: 3600 }, (_, s) => {
      const angle = random() * 2 * Math.PI
      const far = random() < share ? 200 : 0
      return fixAt(
        s,
        eastM + normal(random) * 5 + far * Math.cos(angle),
        northM + normal(random) * 5 + far * Math.sin(angle),
        { accuracyM: 2 },
      )
    })
  }
  it.each([0, -100, -150, -250, -300, -380])(
    'gives no false event %i m east of the middle of zones of any size',
    (eastM) => {
      for (const halfM of [40, 90, 200])
        for (const share of [0.01, 0.05, 0.1]) {
          const zone = squareZone('z', rules, { halfM })
          const events = run(watching([zone]), trace(11 + eastM + halfM, eastM, 0, share))
          // Standing inside from the start is true, and said once.
          const inside = Math.abs(eastM) < halfM - 15
          expect(said(events).map((line) => line.replace(/ \d+$/, ''))).toEqual(
            inside ? ['start enter u1', 'start intrusion u1'] : [],
          )
        }
    },
  )
})

describe('whatever the order of arrival within the window', () => {
  const rulesOf = (random: () => number): ZoneRule[] =>
    [
      enter,
      rule({ kind: 'exit' }),
      rule({ kind: 'dwell', forS: 60 }),
      rule({ kind: 'overspeed', limitMps: 8 }),
      rule({ kind: 'coverage', minUnits: 2, forS: 30, movers: ['unit'] }),
      rule({ kind: 'loiter', forS: 90, radiusM: 120 }),
      rule({ kind: 'gap', forS: 45 }),
      rule({ kind: 'meeting', forS: 30, withinM: 150, maxMps: 50 }),
      rule({ kind: 'corridor', only: ['m1'] }),
    ].filter(() => random() < 0.8)
  function scene(seed: number): { zones: Zone[]; fixes: ZoneFix[] } {
    const random = seeded(seed)
    const zones = Array.from({ length: 8 }, (_, i) =>
      squareZone(`z${i}`, rulesOf(random), {
        east: (random() - 0.5) * 2500,
        north: (random() - 0.5) * 2500,
        halfM: 100 + random() * 400,
      }),
    )
    const fixes: ZoneFix[] = []
    for (let m = 0; m < 12; m++) {
      let [x, y, angle] = [(random() - 0.5) * 2000, (random() - 0.5) * 2000, random() * 6]
      const mps = random() * 12
      for (let s = random(); s < 900; s += 1 + random() * 4) {
        if (random() < 0.01) s += 60
        angle += (random() - 0.5) * 0.6
        x += Math.cos(angle) * mps * 3
        y += Math.sin(angle) * mps * 3
        if (Math.hypot(x, y) > 1800) angle += Math.PI
        const spike = random() < 0.02 ? 200 : 0
        const over = { id: `m${m}`, kind: m < 7 ? 'unit' : 'vessel', available: random() < 0.9 } as const
        fixes.push(fixAt(s, x + spike, y, over))
      }
    }
    return { zones, fixes }
  }
  /** Positions come late by up to the window; time is made final behind it, as the server does it. */
  function arriving(
    zones: Zone[],
    fixes: readonly ZoneFix[],
    seed: number,
    tickMs: number,
    engine = createZoneEngine(),
  ) {
    const random = seeded(seed)
    watching(zones, engine)
    const arrivals = fixes
      .map((fix) => ({ fix, comesMs: fix.atMs + random() * (WINDOW_MS - 1) }))
      .sort((a, b) => a.comesMs - b.comesMs)
    const events: ZoneEvent[] = []
    let next = 0
    for (let nowMs = START_MS; next < arrivals.length || nowMs < START_MS + 1_200_000; nowMs += tickMs) {
      for (; next < arrivals.length && arrivals[next]!.comesMs <= nowMs; next++)
        expect(engine.take(arrivals[next]!.fix)).toBe('waits')
      events.push(...engine.advance(nowMs - WINDOW_MS))
    }
    return events
  }
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('the same events come out (seed %i)', (seed) => {
    const { zones, fixes } = scene(seed)
    const inOrder = arriving(zones, fixes, 1, 500)
    expect(inOrder.length).toBeGreaterThan(20)
    expect(arriving(zones, fixes, 99 + seed, 500)).toEqual(inOrder)
    expect(arriving(zones, [...fixes].reverse(), 7, 1700)).toEqual(inOrder)
    expect(arriving(zones, fixes, 3, 500, createZoneEngine(scanZones))).toEqual(inOrder)
  })
  it.each([11, 12, 13])('starts and ends alternate, beginning with a start (seed %i)', (seed) => {
    const { zones, fixes } = scene(seed)
    const open = new Set<string>()
    for (const { edge, zoneId, rule: kind, mover, other } of arriving(zones, fixes, seed, 500)) {
      const key = [zoneId, kind, ...[mover?.id, other?.id].sort()].join(' ')
      expect(open.has(key), key).toBe(edge === 'end')
      if (edge === 'start') open.add(key)
      else open.delete(key)
    }
  })
  it('refuses to change what is final: a position from before it is late', () => {
    const engine = watching([squareZone('z', [enter])])
    run(engine, straight([-400, 0], [400, 0], 10), 100)
    expect(engine.take(fixAt(50, 900, 900))).toBe('late')
    expect(engine.take(fixAt(101, 900, 900))).toBe('waits')
  })
})

describe('zones that change', () => {
  it('keeps what it knows of a zone whose revision is the same, and starts anew with one that was changed', () => {
    const zone = squareZone('z', [enter])
    const engine = watching([zone])
    expect(said(run(engine, still([0, 0], 0, 60), 60))).toEqual(['start enter u1 0'])
    engine.setZones([zone, squareZone('other', [enter], { east: 5000 })], START_MS + 60_000)
    expect(run(engine, still([0, 0], 61, 120), 120)).toEqual([])
    engine.setZones([{ ...zone, revision: 2 }], START_MS + 120_000)
    expect(said(run(engine, still([0, 0], 121, 180), 180))).toEqual(['start enter u1 121'])
  })
  it('knows nothing of one that is turning to the other side, nor of a stay before it could have been long enough', () => {
    const zone = squareZone('z', [enter, rule({ kind: 'dwell', forS: 100 })])
    const engine = watching([zone])
    const knows = (kind: 'enter' | 'dwell') => engine.knows('z', 'unit/u1', kind)
    run(engine, still([-600, 0], 0, 60), 60)
    expect(knows('enter')).toBe(true)
    run(engine, still([0, 0], 61, 65), 65)
    expect(knows('enter')).toBe(false)
    run(engine, still([0, 0], 66, 90), 90)
    expect([knows('enter'), knows('dwell')]).toEqual([true, false])
    run(engine, still([0, 0], 91, 121), 121)
    expect(knows('dwell')).toBe(true)
  })
  it('says nothing more of a zone that was removed', () => {
    const engine = watching([squareZone('z', [rule({ kind: 'dwell', forS: 100 })])])
    run(engine, still([0, 0], 0, 60), 60)
    engine.setZones([], START_MS + 60_000)
    expect(run(engine, still([0, 0], 61, 300), 400)).toEqual([])
  })
})
