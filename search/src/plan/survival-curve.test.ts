import { describe, expect, it } from 'vitest'
import { aliveShare, foundAlive, survivalKnown, valuedPos } from './survival-curve.ts'
import { waterSurvival } from './survival.ts'

describe('the share alive', () => {
  it('is one where nothing is known, at every hour', () => {
    for (const hours of [0, 1, 100]) expect(aliveShare({}, hours)).toBe(1)
    expect(aliveShare({ category: 'hiker' }, 50)).toBe(1)
    expect(survivalKnown({ category: 'hiker' })).toBe(false)
    expect(survivalKnown({ category: 'dementia' })).toBe(true)
  })

  it('has no cliff in cold air, and tells nothing where the model does not', () => {
    expect(aliveShare({ airC: -19.9 }, 240)).toBeLessThan(1.05 * aliveShare({ airC: -20 }, 240))
    expect(aliveShare({ airC: -12 }, 240)).toBeLessThan(0.01)
    expect(survivalKnown({ airC: -10.1 })).toBe(true)
    for (const airC of [-10, 0, 15]) {
      expect(survivalKnown({ airC })).toBe(false)
      expect(survivalKnown({ airC, category: 'dementia' })).toBe(true)
      expect(aliveShare({ airC, category: 'dementia' }, 240)).toBe(0.6)
    }
  })

  it('is not known in warm water, where exhaustion decides and not the cold', () => {
    expect(survivalKnown({ waterC: 20 })).toBe(true)
    for (const waterC of [20.1, 27.7, 40]) {
      expect(survivalKnown({ waterC })).toBe(false)
      expect(aliveShare({ waterC }, 48)).toBe(1)
      expect(survivalKnown({ waterC, category: 'dementia' })).toBe(true)
      expect(aliveShare({ waterC, category: 'dementia' }, 48)).toBe(aliveShare({ category: 'dementia' }, 48))
    }
    expect(() => survivalKnown({ waterC: 41 })).toThrow('waterC')
  })

  it('never rises with time, and never ends: there is always something left to find', () => {
    for (const conditions of [
      { category: 'despondent' },
      { waterC: 10 },
      { airC: -20 },
      { waterC: 13, category: 'dementia' },
    ]) {
      const shares = Array.from({ length: 200 }, (_, i) => aliveShare(conditions, i / 2))
      expect(shares[0]).toBe(1)
      for (const [i, share] of shares.slice(1).entries()) expect(share).toBeLessThanOrEqual(shares[i]!)
      expect(shares.at(-1)!).toBeGreaterThan(0)
    }
  })

  it('is half at the hours of the cold-water model, and by a category what the record of finds says', () => {
    expect(aliveShare({ waterC: 10 }, waterSurvival(10).minutes / 60)).toBeCloseTo(0.5, 12)
    expect(aliveShare({ category: 'dementia' }, 36)).toBeCloseTo(0.77, 12)
    expect(aliveShare({ category: 'dementia' }, 24)).toBeCloseTo(0.86, 12)
    expect(aliveShare({ category: 'despondent' }, 500)).toBe(0.32)
  })

  it('is the lowest of what is known, not a product', () => {
    const both = { waterC: 10, category: 'dementia' }
    expect(aliveShare(both, 4)).toBe(Math.min(aliveShare({ waterC: 10 }, 4), aliveShare({ category: 'dementia' }, 4)))
  })

  it('follows an own curve along straight lines and keeps its last share; a bad one is refused by its place', () => {
    const points = [
      [2, 0.8],
      [6, 0.4],
    ] as const
    expect([0, 1, 4, 9].map((hours) => aliveShare({ points }, hours))).toEqual([1, 0.9, expect.closeTo(0.6, 12), 0.4])
    expect(() =>
      aliveShare(
        {
          points: [
            [2, 0.5],
            [1, 0.4],
          ],
        },
        0,
      ),
    ).toThrow('points[1]: hours')
    expect(() =>
      aliveShare(
        {
          points: [
            [2, 0.5],
            [3, 0.6],
          ],
        },
        0,
      ),
    ).toThrow('points[1]: share alive')
    expect(() => aliveShare({}, Number.NaN)).toThrow(RangeError)
  })
})

describe('finds weighed by time', () => {
  const steps = [
    { atS: 3600, pos: 0.2 },
    { atS: 7200, pos: 0.5 },
  ]

  it('add up to POS where every find counts one', () => {
    expect(valuedPos(steps, () => 1)).toBeCloseTo(0.5, 12)
    expect(valuedPos(steps, foundAlive({}, 5 * 3600))).toBeCloseTo(0.5, 12)
  })

  it('count by the chance to be alive, from when the subject went missing', () => {
    const points = [[4, 0]] as const
    expect(valuedPos(steps, foundAlive({ points }, 0))).toBeCloseTo(0.2 * 0.75 + 0.3 * 0.5, 12)
    expect(valuedPos(steps, foundAlive({ points }, 3600))).toBeCloseTo(0.2 * 0.5 + 0.3 * 0.25, 12)
  })
})
