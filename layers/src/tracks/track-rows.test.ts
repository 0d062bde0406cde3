import type { LngLat } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { placeAt, trackMarks, trackPieces, trackStops, type TrackPlace } from './track-rows.ts'

const MINUTE = 60_000
const GAP = 90_000
const at = (minute: number, eastM: number): TrackPlace => ({
  atMs: minute * MINUTE,
  lngLat: [122 + eastM / 96_000, 30] as LngLat,
})
const track = [at(0, 0), at(1, 600), at(2, 1200), at(7, 1300), at(8, 1900)]

describe('a track on the map', () => {
  it('is one line, with what was not heard as gaps of its own', () => {
    expect(trackPieces(track, GAP).map(({ path, gap }) => [path.length, gap])).toEqual([
      [3, false],
      [2, true],
      [2, false],
    ])
    expect(trackPieces([], GAP)).toEqual([])
    expect(trackPieces([at(0, 0)], GAP)).toEqual([])
  })
  it('says where it was between two positions, and nothing where it was not heard', () => {
    expect(placeAt(track, 1.5 * MINUTE, GAP)![0]).toBeCloseTo(122 + 900 / 96_000, 9)
    expect(placeAt(track, 2 * MINUTE, GAP)).toEqual(track[2]!.lngLat)
    expect(placeAt(track, 9 * MINUTE, GAP)).toEqual(track.at(-1)!.lngLat)
    for (const minute of [-1, 4, 9.6]) expect(placeAt(track, minute * MINUTE, GAP)).toBeNull()
    expect(placeAt([], 0, GAP)).toBeNull()
  })
  it('is marked at whole times of its own zone, as far as it was heard', () => {
    expect(trackMarks(track, MINUTE, GAP).map(({ atMs }) => atMs / MINUTE)).toEqual([0, 1, 2, 7, 8])
    expect(trackMarks(track, 2 * MINUTE, GAP, MINUTE).map(({ atMs }) => atMs / MINUTE)).toEqual([1, 7])
    expect(trackMarks([], MINUTE, GAP)).toEqual([])
  })
  it('tells the stays, which a silence ends', () => {
    const how = { radiusM: 60, leastMs: 3 * MINUTE, gapMs: GAP }
    const stay = [0, 1, 2, 3, 4].map((minute) => at(minute, minute % 2 === 0 ? 10 : 30))
    const stops = trackStops([...stay, at(5, 500), at(6, 1000), at(7, 1010), at(8, 1020)], how)
    expect(stops.map(({ fromMs, toMs }) => [fromMs / MINUTE, toMs / MINUTE])).toEqual([[0, 4]])
    expect((stops[0]!.lngLat[0] - 122) * 96_000).toBeCloseTo(18, 6)
    expect(trackStops([at(0, 0), at(1, 0), at(6, 0), at(7, 0)], how)).toEqual([])
    expect(trackStops([], how)).toEqual([])
  })
})
