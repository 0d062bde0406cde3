import { describe, expect, it } from 'vitest'
import { datumSquare, totalProbableErrorM } from './datum-square.ts'

/** Relative effort Z / E^2, half-side / E, coverage, POS, unrestricted optimum: search-science notes 3. */
const TABLE = [
  [0.5, 0.608, 0.338, 0.079, 0.081],
  [1, 0.724, 0.477, 0.139, 0.144],
  [2, 0.862, 0.673, 0.233, 0.242],
  [5, 1.087, 1.057, 0.417, 0.437],
  [10, 1.297, 1.486, 0.59, 0.621],
  [20, 1.549, 2.084, 0.76, 0.796],
  [50, 1.961, 3.251, 0.921, 0.948],
] as const

describe('the square about a datum', () => {
  it('is that of the table, for any size of the error', () => {
    for (const errorM of [1, 300, 5000]) {
      for (const [relative, half, coverage, pos, ceiling] of TABLE) {
        const square = datumSquare(relative * errorM ** 2, errorM)
        expect(square.halfSideM / errorM).toBeCloseTo(half, 3)
        expect(Math.abs(square.coverage - coverage)).toBeLessThan(6e-4)
        expect(Math.abs(square.pos - pos)).toBeLessThan(6e-4)
        expect(Math.abs(square.unrestrictedPos - ceiling)).toBeLessThan(6e-4)
      }
    }
  })

  it('finds less than the unrestricted optimum, and more with more effort; a bad number is named', () => {
    const squares = [0.01, 0.1, 1, 10, 100].map((effort) => datumSquare(effort, 1))
    for (const [i, { pos, unrestrictedPos }] of squares.entries()) {
      expect(pos).toBeLessThan(unrestrictedPos)
      if (i > 0) expect(pos).toBeGreaterThan(squares[i - 1]!.pos)
    }
    expect(() => datumSquare(0, 1)).toThrow('effortM2: must')
    expect(() => datumSquare(1, Number.NaN)).toThrow('probableErrorM: must')
  })
})

it('adds independent errors of a datum as squares', () => {
  expect(totalProbableErrorM({ initialM: 300, driftM: 400, navigationM: 0 })).toBe(500)
  expect(() => totalProbableErrorM({ initialM: -1, driftM: 0, navigationM: 0 })).toThrow('initialM: must')
})
