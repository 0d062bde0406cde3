import { localFrame } from '@skerry/search'
import { describe, expect, it } from 'vitest'
import { thinTrack } from './thin-track.ts'
import type { TrackFix } from './track-point.ts'

const ORIGIN: [number, number] = [122.3, 29.95]
const frame = localFrame(ORIGIN)
const at = (s: number, eastM: number, northM: number): TrackFix => ({
  atMs: s * 1000,
  receivedAtMs: s * 1000,
  lngLat: frame.toLngLat([eastM, northM]) as [number, number],
  accuracyM: null,
  headingDeg: null,
  speedMps: null,
  heightM: null,
})
const how = { toleranceM: 15, mostGapMs: 60_000 }
const seconds = (fixes: readonly TrackFix[]): number[] => fixes.map(({ atMs }) => atMs / 1000)

/** Furthest that the thinned track is off at the moment of any point of the whole one, metres. */
function worstM(whole: readonly TrackFix[], thinned: readonly TrackFix[]): number {
  let worst = 0
  for (const fix of whole) {
    const after = thinned.findIndex(({ atMs }) => atMs >= fix.atMs)
    const [a, b] = [thinned[Math.max(0, after - 1)]!, thinned[after]!]
    const share = b.atMs === a.atMs ? 0 : (fix.atMs - a.atMs) / (b.atMs - a.atMs)
    const [ax, ay] = frame.toLocal(a.lngLat)
    const [bx, by] = frame.toLocal(b.lngLat)
    const [x, y] = frame.toLocal(fix.lngLat)
    worst = Math.max(worst, Math.hypot(x - ax - (bx - ax) * share, y - ay - (by - ay) * share))
  }
  return worst
}

describe('a thinned track', () => {
  it('keeps a point a minute of one that stands, and of one that goes straight at an even speed', () => {
    const standing = Array.from({ length: 301 }, (_, s) => at(s, 0, 0))
    const straight = Array.from({ length: 301 }, (_, s) => at(s, s * 12, 0))
    for (const whole of [standing, straight])
      expect(seconds(thinTrack(whole, how))).toEqual([0, 60, 120, 180, 240, 300])
  })
  it('keeps where it turned, and where it stopped and went on', () => {
    const corner = [
      ...Array.from({ length: 20 }, (_, s) => at(s, s * 10, 0)),
      ...Array.from({ length: 21 }, (_, s) => at(20 + s, 200, s * 10)),
    ]
    const kept = seconds(thinTrack(corner, how))
    expect(kept[0]).toBe(0)
    expect(kept.at(-1)).toBe(40)
    expect(kept.some((s) => Math.abs(s - 20) <= 3)).toBe(true)
    const stop = Array.from({ length: 61 }, (_, s) => at(s, Math.min(s, 20) * 10 + Math.max(0, s - 40) * 10, 0))
    expect(worstM(stop, thinTrack(stop, how))).toBeLessThanOrEqual(15.01)
  })
  it('is at no time further off than it says, on random ways', () => {
    let state = 9
    const rand = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
    for (let round = 0; round < 30; round++) {
      let [x, y, angle, s] = [0, 0, 0, 0]
      const whole = Array.from({ length: 400 }, () => {
        angle += (rand() - 0.5) * 0.6
        x += Math.cos(angle) * 12 * rand()
        y += Math.sin(angle) * 12 * rand()
        s += rand() < 0.03 ? 100 : 1
        return at(s, x, y)
      })
      const few = thinTrack(whole, how)
      expect(worstM(whole, few)).toBeLessThanOrEqual(15.05)
      expect(few.length).toBeLessThan(whole.length / 2)
      expect(thinTrack(whole, how)).toEqual(few)
    }
  })
  it('leaves short tracks alone', () => {
    for (const n of [0, 1, 2]) {
      const whole = Array.from({ length: n }, (_, s) => at(s, 0, 0))
      expect(thinTrack(whole, how)).toEqual(whole)
    }
  })
})
