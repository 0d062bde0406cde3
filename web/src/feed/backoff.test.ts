import { expect, it } from 'vitest'
import { backoffMs } from './backoff.ts'

it('tries again within a second the first time, whatever the dice say', () => {
  expect(backoffMs(0, 0)).toBeGreaterThan(100)
  expect(backoffMs(0, 0.999)).toBeLessThan(1000)
})
it('never waits longer than ten seconds', () => {
  for (let attempt = 0; attempt < 2000; attempt += 7) expect(backoffMs(attempt, 0.999)).toBeLessThanOrEqual(10_000)
})
it('grows and spreads, so that consoles do not come back as one', () => {
  expect(backoffMs(3, 0)).toBeGreaterThan(backoffMs(0, 0))
  expect(backoffMs(20, 0.999) - backoffMs(20, 0)).toBeGreaterThan(4000)
})
