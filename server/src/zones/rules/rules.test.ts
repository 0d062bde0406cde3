import type { Zone } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { START_MS, fixAt, place, rule, run, said, squareZone, straight, still, watching } from '../test-kit.ts'

const zone = (...rules: Parameters<typeof squareZone>[1]): Zone => squareZone('z', rules)
const OUT: [number, number] = [-600, 0]
const IN: [number, number] = [0, 0]

describe('dwell', () => {
  const dwell = zone(rule({ kind: 'dwell', forS: 300 }))
  it('counts from the crossing and ends with the way out', () => {
    const fixes = [...still(OUT, 0, 60), ...still(IN, 61, 500), ...still(OUT, 501, 560)]
    expect(said(run(watching([dwell]), fixes))).toEqual(['start dwell u1 361', 'end dwell u1 500'])
  })
  it('says nothing of one who left before', () => {
    expect(run(watching([dwell]), [...still(OUT, 0, 60), ...still(IN, 61, 330), ...still(OUT, 331, 600)])).toEqual([])
  })
  it('waits for word from one who has gone silent', () => {
    const silent = [...still(OUT, 0, 30), ...still(IN, 31, 60)]
    const long = zone(rule({ kind: 'dwell', forS: 600 }))
    expect(run(watching([long]), silent, 2000)).toEqual([])
    expect(said(run(watching([long]), [...silent, ...still(IN, 900, 905)], 2000))).toEqual(['start dwell u1 631'])
  })
})

describe('intrusion', () => {
  it('is anyone but those allowed', () => {
    const guarded = zone(rule({ kind: 'intrusion', allowed: ['u2'] }))
    const both = ['u1', 'u2'].flatMap((id) => [...still(OUT, 0, 30, 1, { id }), ...still(IN, 31, 60, 1, { id })])
    expect(said(run(watching([guarded]), both))).toEqual(['start intrusion u1 31'])
  })
})

describe('overspeed', () => {
  const slow = zone(rule({ kind: 'overspeed', limitMps: 10 }))
  it('starts over the limit and ends a tenth below it', () => {
    const speeds = [
      ...Array(40).fill(8),
      ...Array(40).fill(12),
      ...Array(40).fill(9.5),
      ...Array(40).fill(6),
    ] as number[]
    const fixes = speeds.map((speedMps, s) => fixAt(s, 0, 0, { speedMps }))
    expect(said(run(watching([slow]), fixes))).toEqual(['start overspeed u1 40', 'end overspeed u1 120'])
  })
  it('works speed out from positions where the receiver does not say, less what they may be off', () => {
    const wide = squareZone('z', [rule({ kind: 'overspeed', limitMps: 10 })], { halfM: 3000 })
    const at = (mps: number) => straight([-2000, 0], [2000, 0], mps, { everyS: 5 })
    expect(said(run(watching([wide]), at(25)))[0]).toMatch(/^start overspeed/)
    expect(run(watching([wide]), at(9))).toEqual([])
  })
})

describe('corridor', () => {
  const corridor: Zone = {
    ...zone(rule({ kind: 'corridor', only: ['u1'] })),
    shape: { kind: 'corridor', line: [place(0, 0), place(5000, 0), place(5000, 5000)], halfWidthM: 100 },
  }
  it('is left when the vehicle is beyond the half width, and ends when it is back', () => {
    const there = straight([100, 0], [2000, 0], 20)
    const away = straight([2000, 0], [2000, 600], 20, { fromS: 96 })
    const back = straight([2000, 600], [2000, 0], 20, { fromS: 127 })
    const on = straight([2000, 0], [3000, 0], 20, { fromS: 158 })
    expect(said(run(watching([corridor]), [...there, ...away, ...back, ...on]))).toEqual([
      'start corridor u1 101',
      'end corridor u1 152',
    ])
  })
  it('is left by a named vehicle that is first seen far from it', () => {
    expect(said(run(watching([corridor]), still([-9000, 9000], 0, 60)))).toEqual(['start corridor u1 0'])
  })
  it('does not concern another', () => {
    expect(run(watching([corridor]), still([-9000, 9000], 0, 60, 1, { id: 'u9' }))).toEqual([])
  })
})

describe('coverage', () => {
  const covered = zone(rule({ kind: 'coverage', minUnits: 2, forS: 120, movers: ['unit'] }))
  const two = (fromS: number, toS: number) => [
    ...still(IN, fromS, toS, 5),
    ...still([50, 50], fromS, toS, 5, { id: 'u2' }),
  ]
  it('is void when too few are left for long enough, and whole when one comes', () => {
    const fixes = [
      ...two(0, 300),
      ...still(IN, 305, 900, 5),
      ...still(OUT, 305, 600, 5, { id: 'u2' }),
      ...still(IN, 605, 900, 5, { id: 'u2' }),
    ]
    const events = run(watching([covered]), fixes, 900)
    expect(said(events)).toEqual(['start coverage - 315', 'end coverage - 615'])
    expect(events[0]).toMatchObject({ figure: 1, mover: null })
  })
  it('counts only those that are free', () => {
    const fixes = [...two(0, 300), ...still(IN, 305, 600, 5), ...still(IN, 305, 600, 5, { id: 'u2', available: false })]
    expect(said(run(watching([covered]), fixes, 600))).toEqual(['start coverage - 305'])
  })
  it('no longer counts one that has been silent for five minutes', () => {
    const fixes = [...two(0, 300), ...still(IN, 305, 900, 5)]
    expect(said(run(watching([covered]), fixes, 900))).toEqual(['start coverage - 600'])
  })
  it('says nothing while nobody at all is heard: that is a lost feed', () => {
    expect(run(watching([covered]), [], 3600)).toEqual([])
    expect(said(run(watching([covered]), still([9000, 9000], 1000, 1400, 5), 1400))).toHaveLength(1)
  })
})

describe('a unit that leaves duty', () => {
  /** Inside from 61 s on, off duty at 400 s, and then silent. */
  const leaves = (zone: Zone, fixes = [...still(OUT, 0, 60), ...still(IN, 61, 400)], toS = 9000) => {
    const engine = watching([zone])
    engine.release({ kind: 'unit', id: 'u1' }, START_MS + 400_000)
    return said(run(engine, fixes, toS))
  }
  it('is over with what it had begun, at that moment', () => {
    expect(leaves(zone(rule({ kind: 'dwell', forS: 300 }), rule({ kind: 'intrusion' })))).toEqual([
      'start intrusion u1 61',
      'start dwell u1 361',
      'end dwell u1 400',
      'end intrusion u1 400',
    ])
    const slow = rule({ kind: 'overspeed', limitMps: 10 })
    const fast = still(IN, 0, 400, 1, { speedMps: 20 })
    expect(leaves(zone(slow), fast).at(-1)).toBe('end overspeed u1 400')
    const loiter = leaves(zone(rule({ kind: 'loiter', forS: 120, radiusM: 50 })))
    expect(loiter.map((each) => each.split(' ')[0])).toEqual(['start', 'end'])
    const meeting = zone(rule({ kind: 'meeting', forS: 120, withinM: 80, maxMps: 1.5 }))
    const met = leaves(meeting, [...still(IN, 0, 400, 10), ...still([30, 0], 0, 900, 10, { id: 'u2' })])
    expect(met.map((each) => each.split(' ')[0])).toEqual(['start', 'end'])
    expect(met.at(-1)).toMatch(/ 400$/)
    const way: Zone = { ...zone(rule({ kind: 'corridor', only: ['u1'] })) }
    expect(leaves(way, still([-9000, 0], 0, 400))).toEqual(['start corridor u1 0', 'end corridor u1 400'])
  })
  it('is not missed, and may be missed again when it is back', () => {
    const gap = zone(rule({ kind: 'gap', forS: 600 }))
    const fixes = [...still(OUT, 0, 60), ...still(IN, 61, 400)]
    expect(leaves(gap)).toEqual([])
    expect(leaves(gap, [...fixes, ...still(IN, 3000, 3100)])).toEqual(['start gap u1 3700'])
  })
  it('does not count as cover from then on, also where it alone would', () => {
    const covered = (only: string[]) => zone(rule({ kind: 'coverage', minUnits: 1, forS: 120, movers: ['unit'], only }))
    const other = still([9000, 9000], 0, 900, 5, { id: 'u2' })
    expect(leaves(covered([]), [...still(IN, 0, 400), ...other], 900)).toEqual(['start coverage - 400'])
    expect(leaves(covered(['u1']), still(IN, 0, 400), 900)).toEqual(['start coverage - 400'])
  })
  it('is judged by what it did before, in whatever order that came', () => {
    const engine = watching([zone(rule({ kind: 'enter' }))])
    engine.release({ kind: 'unit', id: 'u1' }, START_MS + 100_000)
    const fixes = [...still(OUT, 0, 60), ...still(IN, 61, 100)]
    expect(said(run(engine, fixes.toReversed(), 100))).toEqual(['start enter u1 61', 'end enter u1 100'])
  })
})

describe('vessels', () => {
  const vessel = { kind: 'vessel' } as const
  it('loiter when they stay about one place, also with spikes, and not when they sail on', () => {
    const loiter = squareZone('z', [rule({ kind: 'loiter', forS: 600, radiusM: 100 })], { halfM: 3000 })
    const drifting = Array.from({ length: 90 }, (_, i) =>
      fixAt(i * 10, i % 9 === 4 ? 250 : Math.sin(i) * 40, Math.cos(i) * 40, vessel),
    )
    expect(said(run(watching([loiter]), drifting))).toEqual(['start loiter u1 620'])
    expect(run(watching([loiter]), straight([-2500, 0], [2500, 0], 4, { everyS: 10, over: vessel }))).toEqual([])
  })
  it('leave a gap when they fall silent inside, which ends with their next word', () => {
    const gap = zone(rule({ kind: 'gap', forS: 600 }))
    const fixes = [
      ...still(OUT, 0, 60, 10, vessel),
      ...still(IN, 70, 200, 10, vessel),
      ...still(IN, 1500, 1510, 10, vessel),
    ]
    expect(said(run(watching([gap]), fixes, 1510))).toEqual(['start gap u1 800', 'end gap u1 1500'])
    const left = [...still(IN, 0, 200, 10, vessel), ...still(OUT, 210, 260, 10, vessel)]
    expect(run(watching([gap]), left, 9000)).toEqual([])
  })
  it('meet when two lie close and slow for long enough, whoever reports first', () => {
    const meeting = zone(rule({ kind: 'meeting', forS: 300, withinM: 80, maxMps: 1.5 }))
    const one = still([0, 0], 0, 900, 10, { ...vessel, id: 'a', speedMps: 0.4 })
    const other = still([50, 0], 3, 603, 10, { ...vessel, id: 'b', speedMps: 0.3 })
    const away = straight([50, 0], [180, 0], 1, { everyS: 10, fromS: 613, over: { ...vessel, id: 'b', speedMps: 1 } })
    const events = run(watching([meeting]), [...one, ...other, ...away], 900)
    expect(said(events)).toEqual(['start meeting a b 23', 'end meeting a b 683'])
    const passing = still([50, 0], 3, 603, 10, { ...vessel, id: 'b', speedMps: 6 })
    expect(run(watching([meeting]), [...one, ...passing], 900)).toEqual([])
  })
})
