import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { SETTLE_MS, useSettled } from './use-settled.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('takes no press for a card that has only just come, and takes it once it has been seen', () => {
  const scope = effectScope()
  const settled = scope.run(() => useSettled())!
  expect(settled.value).toBe(false)
  vi.advanceTimersByTime(SETTLE_MS - 1)
  expect(settled.value).toBe(false)
  vi.advanceTimersByTime(1)
  expect(settled.value).toBe(true)
  scope.stop()
})

it('leaves no timer behind when the card goes', () => {
  const scope = effectScope()
  scope.run(() => useSettled())
  scope.stop()
  expect(vi.getTimerCount()).toBe(0)
})
