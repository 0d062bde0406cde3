import type { LngLat } from '@skerry/contract'
import { expect, it } from 'vitest'
import { closed, opened, ringMiddle, signedArea2, wound } from './rings.ts'

const square: LngLat[] = [
  [122, 30],
  [122.2, 30],
  [122.2, 30.2],
  [122, 30.2],
]

it('knows which way a ring runs, and turns outer rings and holes as files want them', () => {
  expect(signedArea2(square)).toBeCloseTo(0.08, 10)
  const [outer, hole] = wound([square.toReversed(), square])
  expect([signedArea2(outer!) > 0, signedArea2(hole!) < 0]).toEqual([true, true])
})
it('opens what it closed, and drops corners that repeat the one before', () => {
  expect(opened(closed(square))).toEqual(square)
  expect(opened([square[0]!, square[0]!, ...square.slice(1)])).toEqual(square)
})
it('has its middle by area, also where corners crowd on one side, and of a flat ring all the same', () => {
  const [lng, lat] = ringMiddle([square[0]!, [122.05, 30], [122.1, 30], ...square.slice(1)])
  expect(lng).toBeCloseTo(122.1, 9)
  expect(lat).toBeCloseTo(30.1, 9)
  expect(ringMiddle([[122, 30], [122.2, 30], [122.1, 30]])).toEqual([122.1, 30].map((at) => expect.closeTo(at, 9))) // oxfmt-ignore
})
