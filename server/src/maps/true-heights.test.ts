import type { LngLat } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { trueHeights } from './true-heights.ts'

/** About 965 m eastwards at 30 degrees north. */
const EASTWARDS: LngLat[] = [
  [122, 30],
  [122.01, 30],
]

describe('true heights along a path', () => {
  it('finds a ridge between two points of the path', async () => {
    const ridge = ([lng]: LngLat) => Promise.resolve(Math.abs(lng - 122.004) < 0.0003 ? 80 : 10)
    expect(await trueHeights(EASTWARDS, 110, ridge)).toEqual({ lowestM: 30, highestM: 100, coveredShare: 1 })
  })
  it('says for how much of the way it knows, and takes nothing for sea level where it does not', async () => {
    const west = ([lng]: LngLat) => Promise.resolve(lng < 122.005 ? 20 : null)
    const found = await trueHeights(EASTWARDS, 110, west)
    expect(found).toMatchObject({ lowestM: 90, highestM: 90 })
    expect(found.coveredShare).toBeCloseTo(0.5, 1)
  })
  it('knows nothing without data and without a path', async () => {
    const nothing = { lowestM: null, highestM: null, coveredShare: 0 }
    expect(await trueHeights(EASTWARDS, 110, () => Promise.resolve(null))).toEqual(nothing)
    expect(await trueHeights([], 110, () => Promise.resolve(0))).toEqual(nothing)
  })
  it('asks a bounded number of times however long the path is', async () => {
    let asked = 0
    const count = () => {
      asked++
      return Promise.resolve(0)
    }
    await trueHeights(
      [
        [122, 30],
        [125, 30],
        [122, 30.1],
      ],
      110,
      count,
    )
    expect(asked).toBeLessThan(4100)
  })
})
