import type { Candidate as TriageCandidate } from '@skerry/search'
import { expect, it } from 'vitest'
import { figuresOf } from './candidate-merge.ts'

const found = (likelihoodRatio: number, missedRatio = 1, looks = 2): TriageCandidate =>
  ({
    position: [122, 30],
    errorRadiusM: 6,
    looks,
    opportunities: 2,
    likelihoodRatio,
    missedRatio,
    firstSeenMs: 5,
    lastSeenMs: 9,
  }) as TriageCandidate
const earlier = { looks: 3, opportunities: 3, likelihoodRatio: 50, passes: 1, firstSeenAtMs: 1 }
const now = (here: TriageCandidate, before: typeof earlier | null) =>
  figuresOf(here, before, { maxC: 30, contrastSd: 8 }, 1)

it('looks of before and after a restart count together, each once', () => {
  expect(now(found(20), null).likelihoodRatio).toBe(20)
  expect(now(found(2), { ...earlier, likelihoodRatio: 10 })).toMatchObject({
    likelihoodRatio: 20,
    looks: 5,
    opportunities: 5,
    passes: 2,
    firstSeenAtMs: 1,
  })
})

it('a pass that showed nothing is not made good by many looks that agree, before a restart or after it', () => {
  expect(now(found(0.3, 0.3, 0), earlier).likelihoodRatio).toBeCloseTo(15, 9)
  expect(now(found(35), { ...earlier, opportunities: 5, likelihoodRatio: 15 }).likelihoodRatio).toBeCloseTo(15, 9)
})

it('says who told how the camera looked at the reading that its temperature is from, where that is known', () => {
  const figures = (attitudeFrom?: 'gimbal' | 'camera') =>
    figuresOf(found(20), null, { maxC: 30, contrastSd: 8, ...(attitudeFrom && { attitudeFrom }) }, 1)
  expect(figures('camera').attitudeFrom).toBe('camera')
  expect(figures('gimbal').attitudeFrom).toBe('gimbal')
  expect(figures()).not.toHaveProperty('attitudeFrom')
})
