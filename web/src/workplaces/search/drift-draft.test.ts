import { DriftStory } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { driftStoryOf, newDriftDraft, windsClash } from './drift-draft.ts'

const NOW_MS = 1_700_000_000_000
const where = { name: '落水', planningPoint: [122.2, 30] as [number, number], nowMs: NOW_MS }

describe('a draft of a drift', () => {
  it('becomes a story that the contract takes, once wind and current are stated', () => {
    const draft = newDriftDraft(90, { fromDeg: 44.6, speedMps: 5.23 })
    expect(driftStoryOf(draft, where)).toBeNull()
    const story = driftStoryOf({ ...draft, towardDeg: 120, speedMps: 0 }, where)
    expect(DriftStory.parse(story)).toMatchObject({
      enteredAtMs: NOW_MS - 5_400_000,
      wind: { fromDeg: 45, speedMps: 5.2 },
      current: { kind: 'steady', towardDeg: 120, speedMps: 0 },
    })
  })

  it('takes no wind for a calm, and no cleared field for zero', () => {
    const draft = { ...newDriftDraft(90, null), towardDeg: 120, speedMps: 0.4 }
    expect(driftStoryOf(draft, where)).toBeNull()
    expect(driftStoryOf({ ...draft, windFromDeg: 0, windMps: '' as unknown as number }, where)).toBeNull()
    expect(driftStoryOf({ ...draft, windFromDeg: 0, windMps: 0 }, where)).not.toBeNull()
  })

  it('from somewhere on the shore says who walked there, and no error of a place that nobody knows', () => {
    const draft = { ...newDriftDraft(60, { fromDeg: 0, speedMps: 3 }), towardDeg: 120, speedMps: 0.4 }
    const fromShore = { category: 'dementia', terrain: 'mountain' } as const
    expect(DriftStory.parse(driftStoryOf(draft, { ...where, fromShore }))).toMatchObject({ fromShore, entryErrorM: 0 })
    expect(driftStoryOf(draft, where)).toMatchObject({ entryErrorM: draft.entryErrorM })
    expect(driftStoryOf(draft, where)).not.toHaveProperty('fromShore')
  })

  it('needs both streams and a slack of a tide, which may lie before now', () => {
    const tide = { ...newDriftDraft(30, { fromDeg: 0, speedMps: 3 }), kind: 'tide' as const }
    const streams = { ebbTowardDeg: 100, ebbMps: 0.9, floodTowardDeg: 280, floodMps: 0.7 }
    expect(driftStoryOf({ ...tide, ...streams }, where)).toBeNull()
    const story = driftStoryOf({ ...tide, ...streams, slackInMin: -40, afterSlack: 'flood' }, where)
    expect(DriftStory.parse(story)!.current).toEqual({
      kind: 'tide',
      ebb: { towardDeg: 100, speedMps: 0.9 },
      flood: { towardDeg: 280, speedMps: 0.7 },
      slackAtMs: NOW_MS - 2_400_000,
      afterSlack: 'flood',
      periodH: 12.42,
    })
    expect(driftStoryOf({ ...tide, ...streams, slackInMin: -40, periodH: null }, where)).toBeNull()
  })

  it('finds the slack from a high water, once it is known how long after it the ebb sets in', () => {
    const draft = newDriftDraft(30, { fromDeg: 0, speedMps: 3 })
    const streams = { ebbTowardDeg: 100, ebbMps: 0.9, floodTowardDeg: 280, floodMps: 0.7 }
    const high = { ...draft, ...streams, kind: 'tide' as const, tideBy: 'high-water' as const, highWaterInMin: -50 }
    // A slack that was typed before is not what is asked for now.
    expect(driftStoryOf({ ...high, slackInMin: 7 }, where)).toBeNull()
    const story = DriftStory.parse(driftStoryOf({ ...high, turnsAfterMin: 20, afterSlack: 'flood' }, where))
    expect(story.current).toMatchObject({ slackAtMs: NOW_MS - 1_800_000, afterSlack: 'ebb' })
  })

  it('takes a current beside the tide whole or not at all', () => {
    const draft = { ...newDriftDraft(30, { fromDeg: 0, speedMps: 3 }), kind: 'tide' as const, slackInMin: 0 }
    const tide = { ...draft, ebbTowardDeg: 100, ebbMps: 0.9, floodTowardDeg: 280, floodMps: 0.7, periodH: 24.84 }
    expect(driftStoryOf(tide, where)!.current).not.toHaveProperty('residual')
    expect(driftStoryOf({ ...tide, residualMps: 0.2 }, where)).toBeNull()
    const story = DriftStory.parse(driftStoryOf({ ...tide, residualTowardDeg: 90, residualMps: 0.2 }, where))
    expect(story.current).toMatchObject({ periodH: 24.84, residual: { towardDeg: 90, speedMps: 0.2 } })
  })

  it('puts later winds in the order of their time, and takes none that is half stated or clashes', () => {
    const draft = { ...newDriftDraft(60, { fromDeg: 0, speedMps: 3 }), towardDeg: 120, speedMps: 0.4 }
    const wind = (inMin: number | null, mps: number | null = 8) => ({ inMin, fromDeg: 200, mps })
    const given = (...laterWinds: (typeof draft)['laterWinds']) => driftStoryOf({ ...draft, laterWinds }, where)
    expect(given()).not.toHaveProperty('laterWinds')
    expect(DriftStory.parse(given(wind(90), wind(-30)))!.laterWinds).toEqual([
      { atMs: NOW_MS - 1_800_000, fromDeg: 200, speedMps: 8 },
      { atMs: NOW_MS + 5_400_000, fromDeg: 200, speedMps: 8 },
    ])
    expect(given(wind(null))).toBeNull()
    expect(given(wind(90, null))).toBeNull()
    for (const clash of [[wind(90), wind(90)], [wind(-60)], [wind(-70)]]) {
      expect(windsClash({ ...draft, laterWinds: clash })).toBe(true)
      expect(given(...clash)).toBeNull()
    }
    expect(windsClash({ ...draft, laterWinds: [wind(90), wind(null), wind(null)] })).toBe(false)
  })

  it('takes wind and current of a forecast where it tells of the entry, and is open where it does not', () => {
    const HOUR_MS = 3_600_000
    const flow = {
      lngs: [122, 122.4],
      lats: [29.8, 30.2],
      timesMs: [NOW_MS - 3 * HOUR_MS, NOW_MS + 9 * HOUR_MS],
      eastMps: [1, 1, 1, 1, 2, 2, 2, 2],
      northMps: [0, 0, 0, 0, 0, 0, 0, 0],
    }
    const forecast = { source: 'sea.covjson', flow }
    const draft = {
      ...newDriftDraft(60, null),
      windForecast: forecast,
      kind: 'field' as const,
      currentForecast: forecast,
    }
    const story = DriftStory.parse(driftStoryOf(draft, where))
    expect(story.wind).toMatchObject({ field: { source: 'sea.covjson', eastMps: flow.eastMps } })
    expect(story.current).toMatchObject({ kind: 'field', field: { timesMs: flow.timesMs } })
    expect(story).not.toHaveProperty('laterWinds')
    expect(driftStoryOf({ ...draft, enteredMinAgo: 240 }, where)).toBeNull()
    expect(driftStoryOf({ ...draft, currentForecast: null }, where)).toBeNull()
    // Inland the forecast of a sea tells nothing, and of the shore that was reached from there it does.
    const lngs = [121.8, 121.9, 122, 122.1, 122.4]
    const sea = [...lngs, ...lngs, ...lngs, ...lngs].map((lng) => (lng > 122.2 ? 1 : null))
    const current = { source: 'sea.covjson', flow: { ...flow, lngs, eastMps: sea, northMps: sea } }
    const inland = { ...where, planningPoint: [121.85, 30] as [number, number] }
    const fromShore = { category: 'dementia', terrain: 'flat' } as const
    const steady = { ...draft, windForecast: null, windFromDeg: 0, windMps: 1, currentForecast: current }
    expect(driftStoryOf(steady, inland)).toBeNull()
    expect(driftStoryOf(steady, { ...inland, fromShore })).not.toBeNull()
    expect(driftStoryOf(draft, { ...where, planningPoint: [123, 30] })).toBeNull()
  })
})
