import type { TrackPlace } from '@skerry/layers'
import { expect, it } from 'vitest'
import { gapMsOf, markEveryMs, SPANS_H, viewTrack } from './track-view.ts'

const MINUTE = 60_000
const span = { fromMs: 0, toMs: 60 * MINUTE }
const at = (minute: number, lng = 122 + minute / 100): TrackPlace => ({ atMs: minute * MINUTE, lngLat: [lng, 30] })

it('says where a unit was at the moment of the slider, and that it was not heard', () => {
  const track = [...Array.from({ length: 31 }, (_, minute) => at(minute)), at(50), at(51)]
  expect(viewTrack(track, span, 0.25, 'unit')).toMatchObject({ atMs: 15 * MINUTE, place: [122.15, 30], stops: [] })
  expect(viewTrack(track, span, 0.7, 'unit').place).toBeNull()
  expect(viewTrack(track, span, 0.5, 'unit').heardShare).toBeCloseTo(31 / 60)
  expect(viewTrack([], span, 0.5, 'unit')).toMatchObject({ place: null, heardShare: 0, stops: [] })
})
it('tells its stays', () => {
  const track = Array.from({ length: 20 }, (_, minute) => at(minute, minute < 8 ? 122 : 122 + minute / 100))
  expect(viewTrack(track, span, 0, 'unit').stops).toMatchObject([{ fromMs: 0, toMs: 7 * MINUTE }])
})
it('is patient with ships, and writes a handful of times on every span', () => {
  expect(gapMsOf('vessel')).toBeGreaterThan(gapMsOf('unit'))
  for (const spanH of SPANS_H) {
    const marks = (spanH * 60 * MINUTE) / markEveryMs(spanH)
    expect(marks).toBeGreaterThanOrEqual(6)
    expect(marks).toBeLessThanOrEqual(8)
  }
})
