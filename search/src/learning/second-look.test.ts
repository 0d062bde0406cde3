import { describe, expect, it } from 'vitest'
import { clutterPerKm2, measuredShare } from './detector-rates.ts'
import { secondLook } from './second-look.ts'

const look = { probability: 0.1, pd: 0.8, pfa: 0.05, timeS: 240, planPosPerMin: 0.01 }

describe('secondLook', () => {
  it('weighs what the look may find against what the plan would have found meanwhile', () => {
    const value = secondLook(look)
    expect(value.gain).toBeCloseTo(0.08, 12)
    expect(value.givenUp).toBeCloseTo(0.04, 12)
    expect(value.gainPerMin).toBeCloseTo(0.02, 12)
    expect(value.worthIt).toBe(true)
    expect(value.worthFrom).toBeCloseTo(0.05, 12)
    expect(secondLook({ ...look, probability: 0.049 }).worthIt).toBe(false)
    expect(secondLook({ ...look, probability: 0.051 }).worthIt).toBe(true)
  })

  it('is worth more when time presses, and always when nothing else is flown', () => {
    expect(secondLook({ ...look, probability: 0.03 }).worthIt).toBe(false)
    expect(secondLook({ ...look, probability: 0.03, value: 2 }).worthIt).toBe(true)
    expect(secondLook({ ...look, probability: 0.001, planPosPerMin: 0 }).worthIt).toBe(true)
    expect(secondLook({ ...look, pd: 0 }).worthFrom).toBe(Infinity)
  })

  it('tells both outcomes by the odds, and they average to the probability before', () => {
    const { ifConfirmed, ifNothing } = secondLook(look)
    const confirms = 0.1 * 0.8 + 0.9 * 0.05
    expect(ifConfirmed).toBeCloseTo(0.08 / confirms, 12)
    expect(confirms * ifConfirmed + (1 - confirms) * ifNothing).toBeCloseTo(0.1, 12)
    expect(() => secondLook({ ...look, timeS: 0 })).toThrow(/timeS/)
    expect(() => secondLook({ ...look, pd: 2 })).toThrow(/pd/)
  })
})

describe('measured rates', () => {
  it('stay uncertain after few trials and inside 0 to 1', () => {
    expect(measuredShare(0, 0)).toEqual({ best: 0.5, low: 0, high: 1 })
    const few = measuredShare(3, 3)
    expect(few.low).toBeCloseTo(0.4385, 3)
    expect(few.high).toBe(1)
    const many = measuredShare(700, 1000)
    expect(many.high - many.low).toBeLessThan(0.06)
    expect(() => measuredShare(4, 3)).toThrow(RangeError)
  })

  it('count clutter from dismissals over the ground swept, starting from a guess', () => {
    expect(clutterPerKm2({ dismissed: 0, sweptKm2: 0 })).toBe(5)
    expect(clutterPerKm2({ dismissed: 40, sweptKm2: 2 })).toBeCloseTo(42.5 / 2.5, 12)
    expect(clutterPerKm2({ dismissed: 0, sweptKm2: 100 })).toBeGreaterThan(0)
    expect(() => clutterPerKm2({ dismissed: -1, sweptKm2: 1 })).toThrow(/dismissed/)
  })
})
