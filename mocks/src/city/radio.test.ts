import { FixReport } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { seeded } from '../base/rand.ts'
import { makeRadio, type Radio, transmit } from './radio.ts'

const reading = {
  unitId: 'c101',
  at: [122.3, 29.95] as [number, number],
  headingDeg: 90,
  speedMps: 9,
  status: 'available' as const,
  accuracyM: 5,
}

/** Everything that a terminal delivers in an hour, with the wall time of delivery. */
function hour(gapEveryS: number): { fix: FixReport; atMs: number }[] {
  const rand = seeded(3)
  let radio: Radio = { ...makeRadio(rand, 0), gapEveryS }
  const out: { fix: FixReport; atMs: number }[] = []
  for (let nowMs = 0; nowMs < 3_600_000; nowMs += 200) {
    const step = transmit(radio, reading, nowMs, rand)
    radio = step.radio
    out.push(...step.fixes.map((fix) => ({ fix, atMs: nowMs })))
  }
  return out
}

describe('a terminal', () => {
  it('reports every one to two seconds with positions that the contract takes', () => {
    const sent = hour(Infinity)
    expect(sent.length).toBeGreaterThan(1700)
    expect(sent.length).toBeLessThan(3800)
    for (const { fix } of sent) expect(FixReport.parse(fix)).toEqual(fix)
  })

  it('falls silent for minutes on a poor network, and then delivers the newest first and the rest late', () => {
    const sent = hour(300)
    const gaps = sent.filter((s, i) => i > 0 && s.atMs - sent[i - 1]!.atMs > 30_000)
    expect(gaps.length).toBeGreaterThan(3)
    const after = sent.findIndex((s, i) => i > 0 && s.atMs - sent[i - 1]!.atMs > 60_000)
    const delivery = sent.filter((s) => s.atMs === sent[after]!.atMs)
    expect(delivery.length).toBeGreaterThan(2)
    expect(delivery[0]!.fix.atMs).toBeGreaterThan(delivery[1]!.fix.atMs)
  })

  it('delivers some messages twice', () => {
    const sent = hour(Infinity)
    const twice = sent.filter((s, i) => i > 0 && s.fix.atMs === sent[i - 1]!.fix.atMs)
    expect(twice.length).toBeGreaterThan(0)
    expect(twice.length / sent.length).toBeLessThan(0.02)
  })
})
