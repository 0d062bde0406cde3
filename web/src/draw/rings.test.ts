import type { LngLat } from '@skerry/contract'
import { expect, it } from 'vitest'
import {
  areaRings,
  isArea,
  nothingDrawn,
  readRings,
  ringsText,
  withCorner,
  withoutCorner,
  type Rings,
} from './rings.ts'

const corners: LngLat[] = [
  [122, 30],
  [122.1, 30],
  [122.1, 30.1],
]
const hole: LngLat[] = [
  [122.05, 30.02],
  [122.06, 30.02],
  [122.06, 30.03],
]

it('adds corners to the ring that was begun last, and takes them back one by one', () => {
  let rings: Rings = nothingDrawn()
  for (const at of corners) rings = withCorner(rings, at)
  expect(rings).toEqual([corners])
  rings = withCorner([...rings, []], hole[0]!)
  expect(rings).toEqual([corners, [hole[0]]])
  rings = withoutCorner(rings)
  expect(rings).toEqual([corners])
  for (let i = 0; i < 5; i++) rings = withoutCorner(rings)
  expect(rings).toEqual(nothingDrawn())
})

it('is an area once every ring has three corners; a hole just begun is none yet', () => {
  expect(isArea(nothingDrawn())).toBe(false)
  expect(isArea([corners])).toBe(true)
  expect(isArea([corners, []])).toBe(true)
  expect(areaRings([corners, []])).toEqual([corners])
  expect(isArea([corners, hole.slice(0, 2)])).toBe(false)
})

it('writes corners as text and reads them back, rings parted by an empty line', () => {
  expect(readRings(ringsText([corners]))).toEqual([corners])
  expect(readRings(ringsText([corners, hole]))).toEqual([corners, hole])
  expect(readRings('122.1, 30.2\n122.3 30')).toEqual([
    [
      [122.1, 30.2],
      [122.3, 30],
    ],
  ])
  for (const wrong of ['122', '300 30', 'a b', '1 2 3']) expect(readRings(wrong)).toBeNull()
  expect(readRings('')).toEqual(nothingDrawn())
})
