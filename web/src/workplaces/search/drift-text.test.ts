import type { DriftCurrent, DriftStory } from '@skerry/contract'
import { expect, it } from 'vitest'
import { createWords } from '../../i18n/i18n.ts'
import type { Translate } from '../../i18n/words.ts'
import { currentText, nextSlackMs, windsText } from './drift-text.ts'

const english = createWords('en')
const t: Translate = (key, named) => english.global.t(key, named ?? {})
/** 10:00 in Shanghai. */
const TEN_MS = Date.UTC(2026, 4, 3, 2)
const HOUR_MS = 3_600_000
const tide = {
  kind: 'tide',
  ebb: { towardDeg: 120, speedMps: 0.5 },
  flood: { towardDeg: 300, speedMps: 0.4 },
  slackAtMs: TEN_MS,
  afterSlack: 'ebb',
} as const satisfies DriftCurrent

it('tells of a tide all that it is computed from, its period too where nobody stated one', () => {
  expect(currentText(tide, t, 'en')).toBe(
    'ebb towards 120°, 0.5 m/s; flood towards 300°, 0.4 m/s; slack 10:00, then ebb; period 12.42 h',
  )
  const residual = { towardDeg: 90, speedMps: 0.1 }
  expect(currentText({ ...tide, periodH: 24.84, residual }, t, 'en')).toMatch(
    /period 24.84 h; beside it towards 90°, 0.1 m\/s$/,
  )
})

it('tells the winds in the order in which they blow', () => {
  const wind = { fromDeg: 20, speedMps: 6 }
  expect(windsText({ wind } as DriftStory, t, 'en')).toBe('6.0 m/s from 20°')
  const laterWinds = [{ atMs: TEN_MS, fromDeg: 200, speedMps: 8 }]
  expect(windsText({ wind, laterWinds } as DriftStory, t, 'en')).toBe('6.0 m/s from 20° → 10:00 8.0 m/s from 200°')
})

it('finds the next slack by the period of the tide, and none without a tide', () => {
  const after = (periodH: number | undefined, afterMs: number) =>
    nextSlackMs({ current: { ...tide, periodH } }, afterMs)
  expect(after(24, TEN_MS + 1)).toBe(TEN_MS + 12 * HOUR_MS)
  expect(after(24, TEN_MS - 1)).toBe(TEN_MS)
  // At a slack it is the one after it: a map that holds for this moment can be moved on.
  expect(after(24, TEN_MS)).toBe(TEN_MS + 12 * HOUR_MS)
  expect(after(undefined, TEN_MS)).toBe(TEN_MS + 22_357_000)
  expect(nextSlackMs({ current: { kind: 'steady', towardDeg: 90, speedMps: 1 } }, TEN_MS)).toBeNull()
})
