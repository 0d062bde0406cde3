import { expect, it } from 'vitest'
import { scaleBar } from './scale-bar.ts'

it('takes the longest round length that fits', () => {
  // At zoom 9 and 30 N one px is 132.4 m, so 120 px are 15.9 km.
  expect(scaleBar(9, 30, 120)).toEqual({ metres: 10_000, widthPx: 76 })
  const { metres, widthPx } = scaleBar(15, 30, 120)
  expect(metres).toBe(200)
  expect(widthPx).toBeLessThanOrEqual(120)
})
it('never grows past its room at any zoom', () => {
  for (let zoom = 4; zoom < 19; zoom += 0.3) expect(scaleBar(zoom, 30, 120).widthPx).toBeLessThanOrEqual(120)
})
