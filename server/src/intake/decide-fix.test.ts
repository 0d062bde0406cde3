import { FIX_AGE_LIMIT_MS, type FixReport, type LngLat } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { DUTY_SLACK_MS, NO_MEMORY, decideFix, type FixMemory } from './decide-fix.ts'

const duty = [{ fromMs: -DUTY_SLACK_MS, toMs: null }]
const car: Parameters<typeof decideFix>[1] = { kind: 'car', onDuty: true, duty }
const here: LngLat = [122.1, 29.98]
const far: LngLat = [122.5, 29.98] // 38.5 km east
const fix = (atMs: number, position: LngLat = here, accuracyM?: number): FixReport => ({
  unitId: 'u1',
  atMs,
  position,
  ...(accuracyM === undefined ? {} : { accuracyM }),
})
const NOW = 1_000_000

/** Verdicts of a series, each remembered. */
function series(fixes: FixReport[], unit: Parameters<typeof decideFix>[1] = car): string[] {
  let memory: FixMemory = NO_MEMORY
  return fixes.map((each) => {
    const decided = decideFix(each, unit, memory, NOW)
    memory = decided.memory
    return decided.verdict.kind === 'refused' ? decided.verdict.reason : decided.verdict.kind
  })
}

describe('a reported position', () => {
  it('is refused for a unit that is unknown or off duty, and nothing of it is remembered', () => {
    expect(decideFix(fix(1), undefined, NO_MEMORY, NOW)).toEqual({
      verdict: { kind: 'refused', reason: 'unknown-unit' },
      memory: NO_MEMORY,
    })
    expect(decideFix(fix(1), { kind: 'car', onDuty: false }, NO_MEMORY, NOW).memory).toBe(NO_MEMORY)
    expect(series([fix(1)], { kind: 'car', onDuty: false })).toEqual(['off-duty'])
  })
  it('that was kept from a time off duty is refused though its unit is on duty now, and nothing of it is remembered', () => {
    const spells = [
      { fromMs: 100_000, toMs: 200_000 },
      { fromMs: 400_000, toMs: null },
    ]
    const unit = { ...car, duty: spells }
    const times = [39_999, 40_000, 260_000, 260_001, 300_000, 339_999, 340_000, 500_000]
    expect(
      series(
        times.map((atMs) => fix(atMs)),
        unit,
      ),
    ).toEqual(['off-duty', 'accepted', 'accepted', 'off-duty', 'off-duty', 'off-duty', 'accepted', 'accepted'])
    const memory: FixMemory = { latest: fix(150_000), suspect: null, timesMs: [150_000] }
    expect(decideFix(fix(300_000, far), unit, memory, NOW).memory).toBe(memory)
    expect(series([fix(1000)], { kind: 'car', onDuty: true })).toEqual(['off-duty'])
  })
  it('may run five seconds ahead of our clock and no more', () => {
    expect(series([fix(NOW + 5000)])).toEqual(['accepted'])
    expect(series([fix(NOW + 5001)])).toEqual(['future-clock'])
  })
  it('is refused when its clock is more than a week behind, and is taken late as a batch from a dead zone is', () => {
    const late = FIX_AGE_LIMIT_MS + NOW
    const at = (atMs: number) => decideFix(fix(atMs), car, NO_MEMORY, late).verdict
    expect(at(NOW)).toEqual({ kind: 'accepted' })
    expect(at(NOW - 1)).toEqual({ kind: 'refused', reason: 'past-clock' })
  })
  it('never moves the latest back, and is taken once', () => {
    expect(series([fix(5000), fix(3000), fix(3000), fix(5000), fix(6000)])).toEqual([
      'accepted',
      'late',
      'duplicate',
      'duplicate',
      'accepted',
    ])
  })
  it('cannot be farther than its kind can go in the time', () => {
    expect(series([fix(0), fix(60_000, far)])).toEqual(['accepted', 'impossible-jump'])
    expect(series([fix(0), fix(600_000, far)])).toEqual(['accepted', 'accepted'])
    expect(series([fix(0), fix(600_000, far)], { kind: 'foot', onDuty: true, duty })).toEqual([
      'accepted',
      'impossible-jump',
    ])
  })
  it('may scatter as far as it says that it is inaccurate', () => {
    const near: LngLat = [122.11, 29.98] // 963 m east
    expect(series([fix(0), fix(1000, near)])).toEqual(['accepted', 'impossible-jump'])
    expect(series([fix(0), fix(1000, near, 800)])).toEqual(['accepted', 'accepted'])
  })
  it('is believed against a wrong one before it when three agree', () => {
    const start = fix(0, [0, 0])
    expect(series([start, fix(1000), fix(2000), fix(3000), fix(4000)])).toEqual([
      'accepted',
      'impossible-jump',
      'impossible-jump',
      'accepted',
      'accepted',
    ])
    expect(series([start, fix(1000), fix(2000, far), fix(3000), fix(4000, far)]).slice(1)).toEqual(
      Array(4).fill('impossible-jump'),
    )
  })
})
