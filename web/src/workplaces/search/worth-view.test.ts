import type { ScenarioFigures } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { aliveLine, worthRows } from './worth-view.ts'

const figures = (id: string, over: Partial<ScenarioFigures> = {}): ScenarioFigures => ({
  id,
  share: 0.5,
  pos: 0.1,
  restOfWorld: 0.2,
  nextHourPos: 0.3,
  nextHourMeanMin: 52,
  nextHourAlive: 0.2,
  inWater: false,
  ...over,
})
const line = (nextHourPos: number | null, nextHourAlive: number | null, ...scenarioFigures: ScenarioFigures[]) =>
  aliveLine({ nextHourPos, nextHourAlive, scenarioFigures })

describe('what is found alive within the next hour', () => {
  it('is not spoken of while there is nothing to fly', () => {
    expect(line(null, null, figures('a', { nextHourPos: null, nextHourAlive: null }))).toBeNull()
  })
  it('is unknown while nothing is stated that tells of it: not zero, and not all that is found', () => {
    expect(line(0.3, null, figures('a', { nextHourAlive: null }))).toEqual({ of: 'unknown' })
  })
  it('is a ceiling while a scenario that may be true tells nothing, and a figure when all that may be do', () => {
    expect(line(0.3, 0.25, figures('a'), figures('b', { nextHourAlive: null }))).toEqual({ of: 'partly', alive: 0.25 })
    expect(line(0.3, 0.2, figures('a'), figures('b'))).toEqual({ of: 'known', alive: 0.2 })
    expect(line(0.3, 0.2, figures('a'), figures('b', { share: 0, nextHourAlive: null }))?.of).toBe('known')
  })
})

it('a scenario of which nothing is known has no figures, and one that gains nothing has zero', () => {
  const { nextHourAlive: _, nextHourMeanMin: __, ...older } = figures('a')
  expect(worthRows({ scenarioFigures: [older] })[0]).toMatchObject({ gain: 0.3, alive: null, meanMin: null })
  expect(worthRows({ scenarioFigures: [figures('a', { nextHourAlive: 0 })] })[0]!.alive).toBe(0)
})
