import { expect, it } from 'vitest'
import { seeded } from './random.ts'
import { createQueueRecord } from './queue-record.ts'

const HOUR_MS = 3_600_000
const usual = [1, 2, 3].map(() => ({ above: 0.5, below: 0.1 }))

/** Queues that are forecast too narrowly: true ones are even on 0..200, the interval is 40..120. */
function lived(hours: number) {
  const rand = seeded(5)
  const record = createQueueRecord(usual)
  const spread = { p05: 40, p50: 80, p95: 120 }
  for (let i = 0; i < hours; i++) {
    record.seen(i * HOUR_MS, Math.floor(rand() * 201))
    record.forecast(
      i * HOUR_MS,
      Array.from({ length: 12 }, () => spread),
    )
  }
  return { record, spread, rand }
}

it('widens an interval that was too narrow until it holds nine of ten, on both sides', () => {
  const { record, spread, rand } = lived(350)
  const { p05, p50, p95 } = record.widened(1, spread)
  const values = Array.from({ length: 4000 }, () => Math.floor(rand() * 201))
  const share = (of: (value: number) => boolean) => values.filter(of).length / values.length
  expect(share((value) => value >= p05 && value <= p95)).toBeGreaterThan(0.87)
  expect([share((value) => value < p05), share((value) => value > p95)].every((out) => out < 0.075)).toBe(true)
  expect(p50).toBe(80)
  expect(share((value) => value >= spread.p05 && value <= spread.p95)).toBeLessThan(0.45)
})
it('says what is usual while its own record is short, and never narrows', () => {
  expect(lived(40).record.misses(1)).toBeNull()
  expect(lived(40).record.widened(2.25, { p05: 40, p50: 80, p95: 120 })).toEqual({ p05: 31, p50: 80, p95: 161 })
  const sure = createQueueRecord(usual)
  for (let i = 0; i < 200; i++) {
    sure.seen(i * HOUR_MS, 80)
    sure.forecast(
      i * HOUR_MS,
      Array.from({ length: 12 }, () => ({ p05: 40, p50: 80, p95: 120 })),
    )
  }
  expect(sure.widened(1, { p05: 40, p50: 80, p95: 120 })).toEqual({ p05: 40, p50: 80, p95: 120 })
})
it('an outcome that comes too late settles nothing', () => {
  const record = createQueueRecord(usual)
  for (let i = 0; i < 200; i++) {
    record.seen(i * HOUR_MS + 20 * 60_000, 999)
    record.forecast(
      i * HOUR_MS,
      Array.from({ length: 12 }, () => ({ p05: 0, p50: 5, p95: 9 })),
    )
  }
  expect(record.misses(1)).toBeNull()
})
