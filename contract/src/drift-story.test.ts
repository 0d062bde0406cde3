import { describe, expect, it } from 'vitest'
import { DriftStory, MOST_FLOW_SAMPLES, MOST_LATER_WINDS } from './drift-story.ts'
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

  it('may have wind and current of a forecast, whose numbers fit its axes and which has times of its own', () => {
    const field = {
      source: 'forecast.covjson',
      lngs: [122, 122.4],
      lats: [29.8, 30.2],
      timesMs: [ENTERED_MS],
      eastMps: [0.1, null, 0.3, 0.4],
      northMps: [0, null, 0, 0],
    }
    expect(taken({ wind: { field }, current: { kind: 'field', field } })).toBe(true)
    expect(taken({ wind: { field: { ...field, eastMps: [0.1] } } })).toBe(false)
    expect(taken({ wind: { field: { ...field, lngs: [122.4, 122] } } })).toBe(false)
    expect(taken({ wind: { field: { ...field, timesMs: [ENTERED_MS, ENTERED_MS] } } })).toBe(false)
    expect(taken({ wind: { field: { ...field, eastMps: [99, null, 0.3, 0.4] } } })).toBe(false)
    expect(taken({ wind: { field }, laterWinds: [wind(10)] })).toBe(false)
    const most = MOST_FLOW_SAMPLES / 4 + 1
    const many = {
      ...field,
      timesMs: Array.from({ length: most }, (_, i) => ENTERED_MS + i),
      eastMps: Array.from({ length: 4 * most }, () => 0),
      northMps: Array.from({ length: 4 * most }, () => 0),
    }
    expect(taken({ wind: { field: many } })).toBe(false)
  })
})
