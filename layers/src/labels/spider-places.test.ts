import { expect, it } from 'vitest'
import { legsShiftPx, spiderLegs } from './spider-places.ts'

it.each([1, 2, 3, 7, 12])('fans %i names out so that no two touch, half of them to each side', (count) => {
  const legs = spiderLegs(count, 30, 40)
  const at = (side: string) => legs.filter((leg) => leg.side === side).map(({ dyPx }) => dyPx)
  expect(at('right').length - at('left').length).toBe(count % 2)
  for (const rows of [at('left'), at('right')])
    for (const [i, y] of rows.entries()) if (i > 0) expect(y - rows[i - 1]!).toBeGreaterThanOrEqual(30)
  for (const { side, dxPx } of legs) expect(side === 'right' ? dxPx : -dxPx).toBeGreaterThanOrEqual(40)
})
it('takes one side where the other has no room', () => {
  expect(new Set(spiderLegs(5, 30, 40, 'left').map(({ side }) => side))).toEqual(new Set(['left']))
  expect(spiderLegs(5, 30, 40, 'left').map(({ dyPx }) => dyPx)).toEqual([-60, -30, 0, 30, 60])
})
it('moves the names into the window, and shows the first where not all have room', () => {
  const legs = spiderLegs(5, 30, 40, 'left') // rows from -60 to 60
  const shift = (atPx: number, heightPx: number) => legsShiftPx(legs, 30, atPx, heightPx)
  expect(shift(300, 600)).toBe(0)
  expect([shift(75, 600), shift(74, 600), shift(0, 600)]).toEqual([0, 1, 75])
  expect([shift(525, 600), shift(526, 600), shift(600, 600)]).toEqual([0, -1, -75])
  expect(shift(50, 100)).toBe(25)
  expect(legsShiftPx([], 30, 0, 100)).toBe(0)
})
