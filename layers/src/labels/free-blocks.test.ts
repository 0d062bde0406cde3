import { expect, it } from 'vitest'
import { roomForBlocks, type FigureBlock } from './free-blocks.ts'

const at = (x: number, y: number): FigureBlock => ({
  symbol: { left: x - 14, right: x + 14, top: y - 14, bottom: y + 14 },
  whole: { left: x - 60, right: x + 120, top: y - 30, bottom: y + 40 },
})

it('gates far from each other all show their figures', () => {
  expect(roomForBlocks([at(0, 0), at(300, 0), at(0, 200)])).toEqual([true, true, true])
})

it('of two gates side by side the first in order keeps its figures, also in the other order', () => {
  const [near, far] = [at(0, 0), at(70, 5)]
  expect(roomForBlocks([near, far])).toEqual([false, false]) // each would cover the gate itself of the other
  const [left, right] = [at(0, 0), at(150, 5)]
  expect(roomForBlocks([left, right])).toEqual([true, false])
  expect(roomForBlocks([right, left])).toEqual([true, false])
})

it('figures that are not shown take no room from the next', () => {
  expect(roomForBlocks([at(0, 0), at(150, 0), at(300, 0)])).toEqual([true, false, true])
})
