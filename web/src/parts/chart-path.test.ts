import { expect, it } from 'vitest'
import { bandPath, chartBars, linePath, niceMax } from './chart-path.ts'

const box = { width: 100, height: 50, max: 10 }

it('breaks a line where a value is not known', () => {
  expect(linePath([0, 5, null, 10, 10], box)).toBe('M0 50L25 25M75 0L100 0')
  expect(linePath([null, null], box)).toBe('')
})
it('keeps what is beyond the scale on it', () => {
  expect(linePath([20, -3], box)).toBe('M0 0L100 50')
})
it('draws a band for each run of known values', () => {
  const band = (low: number, high: number) => ({ low, high })
  expect(bandPath([band(0, 10), band(5, 10), null], box)).toBe('M0 0L50 0L50 25L0 50Z')
  expect(bandPath([null], box)).toBe('')
})
it('draws what is not known as such, never as an empty bar', () => {
  const [none, zero] = chartBars([null, 0], box)
  expect(none).toMatchObject({ unknown: true, height: 50 })
  expect(zero).toMatchObject({ unknown: false, height: 0 })
})
it('takes round scales that do not jump with every count', () => {
  expect([[3], [11], [24], [26], [420], [], [null]].map((values) => niceMax(values))).toEqual([
    10, 20, 25, 50, 500, 10, 10,
  ])
})
