import { describe, expect, it } from 'vitest'
import { alertsOnMap } from './alert.ts'
import { type Look } from '../detection/coverage.ts'
import { createGrid, gridFrame, gridSum } from '../frame/grid.ts'
import { posterior } from './posterior.ts'
import { seededRandom } from '../frame/seeded-random.ts'
import { podCapped } from '../detection/pod.ts'
import { createLiveMap } from './live-map.ts'

const side = 40
const random = seededRandom(17)
const raw = Float64Array.from({ length: side * side }, () => random())
const total = gridSum(raw) / 0.85
const prior = createGrid(
  { rows: side, cols: side, cellM: 20, origin: [122, 30] },
  raw.map((v) => v / total),
)
const restOfWorld = 0.15
const policy = { sweepWidthM: 30, swathM: 50 }
const lookAt = (atMs: number, e: number, n: number): Look => ({
  atMs,
  cornersM: [
    [e - 25, n - 20],
    [e + 25, n - 20],
    [e + 25, n + 20],
    [e - 25, n + 20],
  ],
})

/** Ticks of a drone that wanders over the map and beyond its edge. */
function wander(ticks: number): Look[] {
  let [e, n] = [400, 400]
  return Array.from({ length: ticks }, (_, i) => {
    e += 16 * (random() - 0.5)
    n += 16 * (random() - 0.45)
    return lookAt(i * 200, e, n)
  })
}

describe('createLiveMap', () => {
  it('is at every moment the map that the whole coverage gives at once', () => {
    const live = createLiveMap({ prior, restOfWorld, podCap: 0.6 })
    const looks = wander(600)
    for (let i = 1; i < looks.length; i++) {
      live.sweep(looks[i - 1]!, looks[i]!, policy)
      if (i % 150 !== 0) continue
      const whole = posterior({ prior, restOfWorld, coverage: live.coverage, podCap: 0.6 })
      expect(live.pos).toBeCloseTo(whole.pos, 12)
      expect(live.restOfWorld).toBeCloseTo(whole.restOfWorld, 12)
      whole.grid.values.forEach((poa, cell) => expect(live.raw[cell]! * live.scale).toBeCloseTo(poa, 12))
      const snapshot = live.snapshot()
      expect(gridSum(snapshot.grid.values) + snapshot.restOfWorld).toBeCloseTo(1, 12)
    }
  })

  it('keeps the mass over a hundred thousand ticks', () => {
    const live = createLiveMap({ prior, restOfWorld })
    const [a, b] = [lookAt(0, 300, 300), lookAt(200, 302, 301)]
    for (let i = 0; i < 100_000; i++) live.sweep(a, b, { ...policy, sweepWidthM: 1e-3 })
    const after = live.snapshot()
    expect(Math.abs(gridSum(after.grid.values) + after.restOfWorld - 1)).toBeLessThan(1e-11)
  })

  it('says which cells changed, once, and changes no others', () => {
    const live = createLiveMap({ prior, restOfWorld })
    expect(live.takeChanged()).toBeNull()
    const before = live.raw.slice()
    live.sweep(lookAt(0, 300, 300), lookAt(200, 308, 300), policy)
    const area = live.takeChanged()!
    expect(area).toEqual({ firstRow: 14, lastRow: 16, firstCol: 13, lastCol: 16 })
    expect(live.takeChanged()).toBeNull()
    live.raw.forEach((value, i) => {
      const [row, col] = [Math.floor(i / side), i % side]
      const inside = row >= area.firstRow && row <= area.lastRow && col >= area.firstCol && col <= area.lastCol
      if (!inside) expect(value).toBe(before[i])
    })
  })

  it('takes alerts in any order with sweeps, as if they had been known from the start', () => {
    const alerts = [
      { position: gridFrame(prior).toLngLat([300, 320]), errorM: 6, pd: 0.7, clutterPerKm2: 5 },
      { position: gridFrame(prior).toLngLat([520, 440]), errorM: 12, pd: 0.7, clutterPerKm2: 5 },
    ]
    const live = createLiveMap({ prior, restOfWorld, podCap: 0.7 })
    const looks = wander(200)
    for (let i = 1; i < looks.length; i++) {
      if (i === 50) live.alert(alerts[0]!)
      if (i === 120) live.alert(alerts[1]!)
      live.sweep(looks[i - 1]!, looks[i]!, policy)
    }
    const swept = posterior({ prior, restOfWorld, coverage: live.coverage, podCap: 0.7 })
    const pods = Array.from(live.coverage, (coverage) => podCapped(coverage, 0.7))
    const whole = alertsOnMap(prior, restOfWorld, alerts, pods)
    expect(live.pos).toBeCloseTo(swept.pos, 12)
    expect(live.restOfWorld).toBeCloseTo(whole.restOfWorld, 12)
    whole.grid.values.forEach((poa, i) => expect(live.raw[i]! * live.scale).toBeCloseTo(poa, 12))
  })

  it('starts from ground that was swept before, and refuses what does not fit', () => {
    const coverage = new Float32Array(side * side).fill(0.4)
    const live = createLiveMap({ prior, restOfWorld, coverage })
    expect(live.pos).toBeCloseTo(posterior({ prior, restOfWorld, coverage }).pos, 12)
    expect(() => createLiveMap({ prior, restOfWorld, podCap: [1] })).toThrow(/podCap/)
  })
})
