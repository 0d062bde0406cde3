import { expect, it } from 'vitest'
import { percentileText, quantileText, shareText } from './kpi-text.ts'

const unit = (value: number): string => `${value} s`
const t = ((key: string, named?: Record<string, unknown>) => `${key} ${JSON.stringify(named ?? {})}`) as never

it('shows a percentile with its interval, and an end that is not bounded as open', () => {
  expect(percentileText({ value: 30, low: 20, high: 45 }, unit)).toBe('30 s (20 s–45 s)')
  expect(percentileText({ value: 30, low: 20, high: null }, unit)).toBe('30 s (20 s–?)')
})
it('shows no percentile of a handful, and of none that nothing is known', () => {
  expect(quantileText({ n: 4, p50: null, p90: null }, 'p50', unit, t)).toContain('kpi.few')
  expect(quantileText({ n: 0, p50: null, p90: null }, 'p50', unit, t)).toBeNull()
})
it('shows a share with its interval, never without a case', () => {
  expect(shareText({ share: 0.034, interval: [0.029, 0.04] })).toBe('3.4 % (2.9–4.0 %)')
  expect(shareText({ share: null, interval: null })).toBeNull()
})
