import { describe, expect, it } from 'vitest'
import { outlineOf } from './outline.ts'
import { ringAreaM2 } from './polygon.ts'

describe('outlineOf', () => {
  it('goes round squares, corners merged, with holes', () => {
    const block = [0, 1, 2, 10, 12, 20, 21, 22]
    const [outer, hole] = outlineOf(block, 10)
    expect(outer).toHaveLength(5)
    expect(Math.abs(ringAreaM2(outer!))).toBe(9)
    expect(Math.abs(ringAreaM2(hole!))).toBe(1)
  })

  it('stays one ring where squares of one region meet at a corner', () => {
    // A U whose arms touch diagonally at one corner.
    const rings = outlineOf([0, 1, 2, 10, 12, 20, 31, 30, 32, 22], 10)
    expect(rings).toHaveLength(2)
    expect(Math.abs(ringAreaM2(rings[0]!)) - Math.abs(ringAreaM2(rings[1]!))).toBe(10)
  })
})
