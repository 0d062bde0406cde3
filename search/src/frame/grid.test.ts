import { describe, expect, it } from 'vitest'
import { createGrid, gridAround, gridCellCentre, gridCorners, gridFrame, gridIndexOf, gridSum } from './grid.ts'

describe('grid', () => {
  it('puts the asked centre in its middle and is as wide as asked, rounded up to whole cells', () => {
    for (const [halfSizeM, cellM, side] of [
      [5000, 50, 200],
      [5025, 50, 201],
      [5001, 50, 201],
      [2500, 7.5, 667],
      [0.3, 0.1, 6],
      [50, 100, 1],
    ] as const) {
      const shape = gridAround([122.2, 30], halfSizeM, cellM)
      expect([shape.rows, shape.cols]).toEqual([side, side])
      const [eastM, northM] = gridFrame(shape).toLocal([122.2, 30])
      expect(eastM).toBeCloseTo((side * cellM) / 2, 6)
      expect(northM).toBeCloseTo((side * cellM) / 2, 6)
    }
  })

  it('finds every cell by its own centre, row 0 in the south and column 0 in the west', () => {
    const shape = gridAround([122.2, 30], 300, 100)
    for (let row = 0; row < shape.rows; row++) {
      for (let col = 0; col < shape.cols; col++) {
        expect(gridIndexOf(shape, gridCellCentre(shape, row, col))).toBe(row * shape.cols + col)
      }
    }
    expect(gridCellCentre(shape, 0, 0)[1]).toBeLessThan(gridCellCentre(shape, 1, 0)[1])
    expect(gridCellCentre(shape, 0, 0)[0]).toBeLessThan(gridCellCentre(shape, 0, 1)[0])
  })

  it('knows what is outside and where its corners are', () => {
    const shape = gridAround([122.2, 30], 300, 100)
    expect(gridIndexOf(shape, [122.3, 30])).toBe(-1)
    expect(gridCorners(shape)[0][0]).toBeCloseTo(shape.origin[0], 12)
    expect(gridIndexOf(shape, gridCorners(shape)[2])).toBeOneOf([-1, shape.rows * shape.cols - 1])
  })

  it('refuses values that do not fit', () => {
    expect(() => createGrid({ rows: 2, cols: 2, cellM: 1, origin: [0, 0] }, new Float64Array(3))).toThrow(RangeError)
    expect(() => gridAround([0, 0], 10, 20.1)).toThrow(RangeError)
  })

  it('adds a million small numbers exactly', () => {
    expect(gridSum(new Float64Array(1e6).fill(0.1))).toBe(100000)
  })
})
