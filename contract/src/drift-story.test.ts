import { describe, expect, it } from 'vitest'
import { DriftStory, MOST_LATER_WINDS } from './drift-story.ts'
import { ScenarioStory } from './scenarios.ts'

const ENTERED_MS = 1_700_000_000_000
/** As drifts were stored before a wind could change and a tide had a period of its own. */
const STEADY = {
  name: '落水',
  kind: 'drift',
  planningPoint: [122.2, 30],
  entryErrorM: 100,
  enteredAtMs: ENTERED_MS,
  objectId: 'PIW-1',
  wind: { fromDeg: 20, speedMps: 6 },
  current: { kind: 'steady', towardDeg: 120, speedMps: 0.3 },
}
const TIDE = {
  kind: 'tide',
  ebb: { towardDeg: 100, speedMps: 0.9 },
  flood: { towardDeg: 280, speedMps: 0.7 },
  slackAtMs: ENTERED_MS - 3_600_000,
  afterSlack: 'flood',
}
const wind = (min: number) => ({ atMs: ENTERED_MS + min * 60_000, fromDeg: 200, speedMps: 8 })
const taken = (over: object): boolean => DriftStory.safeParse({ ...STEADY, ...over }).success

describe('the story of a drift', () => {
  it('is read as it was stored before winds changed and tides had a period', () => {
    for (const story of [STEADY, { ...STEADY, current: TIDE }]) {
      expect(DriftStory.parse(story)).toEqual(story)
      expect(ScenarioStory.parse(story)).toEqual(story)
    }
  })

  it('may have a wind that changes after the entry, in the order of time', () => {
    expect(taken({ laterWinds: [wind(10), wind(60)] })).toBe(true)
    expect(taken({ laterWinds: [wind(60), wind(10)] })).toBe(false)
    expect(taken({ laterWinds: [wind(10), wind(10)] })).toBe(false)
    expect(taken({ laterWinds: [wind(0)] })).toBe(false)
    expect(taken({ laterWinds: [wind(-5)] })).toBe(false)
    const many = Array.from({ length: MOST_LATER_WINDS + 1 }, (_, i) => wind(i + 1))
    expect(taken({ laterWinds: many })).toBe(false)
    expect(taken({ laterWinds: many.slice(1) })).toBe(true)
    expect(ScenarioStory.safeParse({ ...STEADY, laterWinds: [wind(-5)] }).success).toBe(false)
  })

  it('may have a tide with a period of its own, and a current beside it', () => {
    const residual = { towardDeg: 90, speedMps: 0.2 }
    expect(taken({ current: { ...TIDE, periodH: 24.84, residual } })).toBe(true)
    expect(taken({ current: { ...TIDE, periodH: 0 } })).toBe(false)
    expect(taken({ current: { ...TIDE, periodH: 200 } })).toBe(false)
    expect(taken({ current: { ...TIDE, residual: { towardDeg: 90, speedMps: 9 } } })).toBe(false)
  })
})
