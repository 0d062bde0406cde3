import { expect, it } from 'vitest'
import { lineDistanceM, parsePosition, positionText } from './distance.ts'

it('measures one minute of latitude as a nautical mile, within the error of the sphere', () => {
  expect(lineDistanceM([122, 30], [122, 30 + 1 / 60])).toBeGreaterThan(1843)
  expect(lineDistanceM([122, 30], [122, 30 + 1 / 60])).toBeLessThan(1862)
})
it('writes latitude first, as people say it, and reads it back', () => {
  expect(positionText([122.20456, 30.00123])).toBe('30.00123 N 122.20456 E')
  expect(parsePosition('30.00123 N 122.20456 E')).toEqual([122.20456, 30.00123])
  expect(parsePosition('30.00123, 122.20456')).toEqual([122.20456, 30.00123])
  expect(parsePosition('E122.2 N30.0')).toEqual([122.2, 30])
})
it('reads southern and western places and refuses what is none', () => {
  expect(parsePosition('33.9 S 18.4 W')).toEqual([-18.4, -33.9])
  expect(parsePosition('Dinghai')).toBeNull()
  expect(parsePosition('30.0')).toBeNull()
  expect(parsePosition('122.2 30.0')).toBeNull()
})
