import { describe, expect, it } from 'vitest'
import { allowedArea } from '../area-cover/allowed-area.ts'
import { localFrame } from '../frame/local-frame.ts'
import { noFlyZones } from '../plan/no-fly.ts'
import { expandingSquare } from './expanding-square.ts'
import { flyLanes } from './fly-lanes.ts'
import { patternCoverage, type SearchPattern } from './search-pattern.ts'
import { sectorSearch } from './sector-search.ts'
import { shorelineSearch } from './shoreline-search.ts'
import { creepingLine, parallelTrack, type TrackArea } from './track-patterns.ts'
import { creepingLineInside, parallelTrackInside } from './tracks-inside.ts'

const datum = [122.2, 30]
const frame = localFrame(datum)
const RAD = Math.PI / 180

/** Lengths (m) and bearings (degrees clockwise from north) of the legs between a pattern's points. */
function legs(pattern: SearchPattern): { lengthM: number; bearingDeg: number }[] {
  const points = pattern.points.map((p) => frame.toLocal(p))
  return points.slice(1).map((p, i) => {
    const [e, n] = [p[0] - points[i]![0], p[1] - points[i]![1]]
    return { lengthM: Math.hypot(e, n), bearingDeg: (Math.atan2(e, n) / RAD + 360.001) % 360 }
  })
}
const lengths = (pattern: SearchPattern): number[] => legs(pattern).map(({ lengthM }) => Math.round(lengthM))
const bearings = (pattern: SearchPattern): number[] => legs(pattern).map(({ bearingDeg }) => Math.round(bearingDeg))

describe('expandingSquare', () => {
  it('has legs of one, one, two, two, three, three spacings, turning right from the first bearing', () => {
    const pattern = expandingSquare({ datum, radiusM: 150, trackSpacingM: 100, firstLegRad: 30 * RAD })
    expect(lengths(pattern)).toEqual([100, 100, 200, 200, 200])
    expect(bearings(pattern)).toEqual([30, 120, 210, 300, 30])
    const wide = expandingSquare({ datum, radiusM: 340, trackSpacingM: 100 })
    expect(lengths(wide).slice(0, 7)).toEqual([100, 100, 200, 200, 300, 300, 400])
    expect(pattern.lanes).toHaveLength(5)
  })

  it('turns left when asked, and sees everything within the radius', () => {
    const left = expandingSquare({ datum, radiusM: 150, trackSpacingM: 100, turn: 'left' })
    expect(bearings(left)).toEqual([0, 270, 180, 90, 0])
    const pattern = expandingSquare({ datum, radiusM: 340, trackSpacingM: 80, firstLegRad: 1 })
    for (let deg = 0; deg < 360; deg += 5) {
      for (const r of [0, 100, 200, 340]) {
        const p = [r * Math.sin(deg * RAD), r * Math.cos(deg * RAD)]
        expect(nearest(pattern, p)).toBeLessThan(0.6 * 80)
      }
    }
    expect(() => expandingSquare({ datum, radiusM: 0, trackSpacingM: 80 })).toThrow(/radiusM/)
    expect(() => expandingSquare({ datum, radiusM: 9000, trackSpacingM: 80 })).toThrow(/100 spacings/)
  })
})

describe('sectorSearch', () => {
  it('has nine legs of one radius with turns of 120 degrees, and crosses the datum three times', () => {
    const pattern = sectorSearch({ datum, radiusM: 500, firstLegRad: 20 * RAD })
    expect(lengths(pattern)).toEqual(Array(9).fill(500))
    expect(bearings(pattern)).toEqual([20, 140, 260, 260, 20, 140, 140, 260, 20])
    const atDatum = pattern.points.filter((p) => Math.hypot(...frame.toLocal(p)) < 0.01)
    expect(atDatum).toHaveLength(4)
    expect(pattern.lengthM).toBeCloseTo(4500, 1)
  })

  it('lays a second run 30 degrees to the right, between the first legs', () => {
    const pattern = sectorSearch({ datum, radiusM: 500, runs: 2 })
    expect(pattern.points).toHaveLength(19)
    expect(bearings(pattern).slice(9, 12)).toEqual([30, 150, 270])
  })
})

describe('tracks in a rectangle', () => {
  const area: TrackArea = { corner: datum, trackRad: 0, alongM: 1000, acrossM: 400, trackSpacingM: 100 }

  it('run along the long side, half a spacing inside every edge', () => {
    const pattern = parallelTrack(area)
    expect(lengths(pattern)).toEqual([900, 100, 900, 100, 900, 100, 900])
    expect(bearings(pattern)).toEqual([0, 90, 180, 90, 0, 90, 180])
    expect(pattern.lanes).toHaveLength(4)
    expect(frame.toLocal(pattern.points[0]!)[0]).toBeCloseTo(50, 6)
    expect(frame.toLocal(pattern.points[0]!)[1]).toBeCloseTo(50, 6)
    expect(patternCoverage(60, pattern.trackSpacingM)).toBeCloseTo(0.6, 12)
  })

  it('creep along the long side with tracks along the short one', () => {
    const pattern = creepingLine({ ...area, trackRad: 90 * RAD, alongM: 400, acrossM: 1000, side: 'left' })
    expect(pattern.lanes).toHaveLength(10)
    expect(lengths(pattern).slice(0, 3)).toEqual([300, 100, 300])
    expect(bearings(pattern).slice(0, 4)).toEqual([90, 0, 270, 0])
    expect(() => creepingLine(area)).toThrow(/parallelTrack/)
    expect(() => parallelTrack({ ...area, alongM: 100 })).toThrow(/creepingLine/)
  })

  it('are never farther apart than asked: coverage is at least W / S', () => {
    const pattern = parallelTrack({ ...area, acrossM: 410 })
    expect(pattern.lanes).toHaveLength(5)
    expect(pattern.trackSpacingM).toBeCloseTo(82, 9)
    for (let e = 5; e < 410; e += 10) {
      for (let n = 50; n < 950; n += 50) expect(nearest(pattern, [e, n])).toBeLessThanOrEqual(41.01)
    }
  })
})

describe('shorelineSearch', () => {
  const local = (points: readonly (readonly number[])[]): number[][] => points.map((p) => frame.toLngLat(p))
  /** A gently winding coast of 4 km. */
  const winding = Array.from({ length: 81 }, (_, i) => [50 * i, 150 * Math.sin(i / 8)])

  it('keeps its distance on the side asked for, and stays along the whole coast', () => {
    for (const side of ['right', 'left'] as const) {
      const pattern = shorelineSearch({ coast: local(winding), side, offsetM: 60 })
      const track = pattern.points.map((p) => frame.toLocal(p))
      // Straightening the coast and the track may each take a tenth or a twentieth of the offset.
      for (const p of track) expect(distanceTo(winding, p)).toBeGreaterThan(0.84 * 60)
      for (const p of winding) expect(nearest(pattern, p)).toBeLessThan(1.3 * 60)
      const mean = track.reduce((sum, [e, n]) => sum + n - 150 * Math.sin(e / 400), 0) / track.length
      expect(Math.sign(mean)).toBe(side === 'right' ? -1 : 1)
    }
  })

  it('goes round an island outside, at a steady distance, and rounds the corners', () => {
    const island = [
      [0, 0],
      [600, 0],
      [600, 400],
      [0, 400],
      [0, 0],
    ]
    const pattern = shorelineSearch({ coast: local(island), side: 'right', offsetM: 50 })
    for (const p of pattern.points) {
      const away = distanceTo(island, frame.toLocal(p))
      expect(away).toBeGreaterThan(45)
      expect(away).toBeLessThan(52)
    }
    expect(pattern.lengthM).toBeGreaterThan(2000)
    expect(pattern.lengthM).toBeLessThan(2000 + 2 * Math.PI * 50)
  })

  it('passes a narrow inlet at its mouth instead of flying loops in it', () => {
    const inlet = [
      [0, 0],
      [500, 0],
      [520, -300],
      [540, 0],
      [1000, 0],
    ]
    const pattern = shorelineSearch({ coast: local(inlet), side: 'left', offsetM: 60 })
    for (const p of pattern.points) expect(frame.toLocal(p)[1]).toBeGreaterThan(45)
    expect(pattern.lengthM).toBeLessThan(1100)
  })

  it('adds tracks farther out, flown to and fro', () => {
    const pattern = shorelineSearch({ coast: local(winding), side: 'left', offsetM: 60, tracks: 2, trackSpacingM: 80 })
    const one = shorelineSearch({ coast: local(winding), side: 'left', offsetM: 60 })
    expect(pattern.lengthM).toBeGreaterThan(1.8 * one.lengthM)
    expect(pattern.lanes).toHaveLength(pattern.points.length - 2)
    expect(Math.hypot(...frame.toLocal(pattern.points[pattern.points.length - 1]!))).toBeLessThan(300)
    expect(() => shorelineSearch({ coast: [datum], side: 'left', offsetM: 60 })).toThrow(/coast/)
    expect(() => shorelineSearch({ coast: [datum, datum], side: 'left', offsetM: 60 })).toThrow(/coast/)
  })
})

describe('tracks inside a polygon', () => {
  // A U with a hole in its foot.
  const u = [
    [0, 0],
    [1200, 0],
    [1200, 900],
    [800, 900],
    [800, 400],
    [400, 400],
    [400, 900],
    [0, 900],
  ]
  const hole = [
    [550, 150],
    [650, 150],
    [650, 250],
    [550, 250],
  ]
  const polygon = [u, hole].map((ring) => [...ring, ring[0]!].map((p) => frame.toLngLat(p)))
  const area = allowedArea([u, hole])
  const strays = (points: readonly (readonly number[])[]): number =>
    points.filter((p, i) => i > 0 && !area.holdsLeg(frame.toLocal(points[i - 1]!), frame.toLocal(p))).length

  it('run the quick way, creep the other, and keep inside', () => {
    const parallel = parallelTrackInside({ polygon, trackSpacingM: 60 })!
    const creeping = creepingLineInside({ polygon, trackSpacingM: 60, startLngLat: frame.toLngLat([1190, 890]) })!
    expect(parallel.name).toBe('parallel-track')
    expect(creeping.name).toBe('creeping-line')
    expect(strays(parallel.points)).toBe(0)
    expect(strays(creeping.points)).toBe(0)
    expect(frame.toLocal(creeping.points[0]!)[0]).toBeCloseTo(1190, 3)
    expect(creeping.trackSpacingM).toBeLessThanOrEqual(60 + 1e-6)
    expect(parallel.lengthM).toBeLessThan(creeping.lengthM * 1.2)
  })

  it('become a task whose ways between lanes stay inside too, and whose way home enters no hole', () => {
    const { lanes } = parallelTrackInside({ polygon, trackSpacingM: 60 })!
    const startLngLat = frame.toLngLat([600, -300])
    const flight = { startLngLat, airspeedMps: 12, wind: { fromDeg: 40, speedMps: 4 }, budgetS: 3000 }
    const flown = flyLanes(lanes, { ...flight, within: polygon })
    expect(flown.left).toEqual([])
    expect(strays(flown.waypoints)).toBe(0)
    expect(strays(flyLanes(lanes, flight).waypoints)).toBeGreaterThan(0)
    const around = noFlyZones([hole])
    const whole = [startLngLat, ...flown.waypoints, startLngLat].map((p) => frame.toLocal(p))
    expect(whole.some((p, i) => i > 0 && around.blocks(whole[i - 1]!, p))).toBe(false)
    const short = flyLanes(lanes, { ...flight, within: polygon, budgetS: 700 })
    expect(short.timeS).toBeLessThanOrEqual(700)
    expect(short.left.length).toBeGreaterThan(0)
  })
})

describe('a pattern as a task', () => {
  it('is cut to what one flight can do, and goes on where it stopped', () => {
    const pattern = parallelTrack({ corner: datum, trackRad: 0, alongM: 2000, acrossM: 800, trackSpacingM: 80 })
    const flight = { startLngLat: datum, airspeedMps: 10, wind: { fromDeg: 90, speedMps: 5 }, budgetS: 1200 }
    const first = flyLanes(pattern.lanes, flight)
    const second = flyLanes(first.left, flight)
    expect(first.timeS).toBeLessThanOrEqual(1200)
    expect(first.left.length).toBeGreaterThan(0)
    const [e, n] = localFrame(second.lanes[0]![0]).toLocal(first.left[0]![0])
    expect(Math.hypot(e, n)).toBeLessThan(1e-6)
  })
})

function nearest(pattern: SearchPattern, p: readonly number[]): number {
  return distanceTo(
    pattern.points.map((q) => frame.toLocal(q)),
    p,
  )
}

function distanceTo(line: readonly (readonly number[])[], p: readonly number[]): number {
  let best = Infinity
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!]
    const [x, y] = [b[0]! - a[0]!, b[1]! - a[1]!]
    const t = Math.min(1, Math.max(0, ((p[0]! - a[0]!) * x + (p[1]! - a[1]!) * y) / (x * x + y * y || 1)))
    best = Math.min(best, Math.hypot(p[0]! - a[0]! - t * x, p[1]! - a[1]! - t * y))
  }
  return best
}
