import { describe, expect, it } from 'vitest'
import { mapScoreCases } from '../../bench/mapscore-cases.ts'
import { scoreCases } from '../../bench/mapscore-study.ts'
import { mapScore, mapScoreOf } from './map-score.ts'
import { NO_VECTORS, testVectors } from '../vectors/test-vectors.ts'

const vectors = testVectors()
const cases = mapScoreCases().filter(({ inBox }) => inBox)
const why = cases.length > 0 ? '' : ' (skipped: ../shared/data/search/mapscore_arizona_half.csv is not here)'

describe('mapScore', () => {
  it.skipIf(!vectors)(`has its reference values${vectors ? '' : ` (${NO_VECTORS})`}`, () => {
    for (const { cells, higher, equal, R } of vectors!.mapscore_R)
      expect(mapScore(cells, higher, equal)).toBeCloseTo(R, 9)
  })

  it('counts cells that hold more and as much', () => {
    expect(mapScoreOf([1, 2, 3, 4], 3)).toBeCloseTo(0.75, 12)
    expect(mapScoreOf([5, 5, 5, 5], 1)).toBe(0)
    expect(() => mapScoreOf([1], 1)).toThrow(/^findIndex/)
  })

  it.skipIf(cases.length === 0)(
    `reproduces the smooth radial reference to 0.002 on every case in the box${why}`,
    () => {
      for (const { id, ours, smooth } of scoreCases(cases))
        expect([id, Math.abs(ours - smooth) <= 0.002]).toEqual([id, true])
    },
    120_000,
  )
})
