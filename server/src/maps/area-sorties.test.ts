import type { LngLat, Ring } from '@skerry/contract'
import { createGrid, localFrame } from '@skerry/search'
import { describe, expect, it } from 'vitest'
import { HOME, at } from '../domain/test-kit.ts'
import { areaSorties } from './area-sorties.ts'
import type { PlanGround } from './cut-sorties.ts'
import { holds } from './task-ground.ts'

const frame = localFrame(HOME)
type Question = Parameters<typeof areaSorties>[1]

/** An even map of 3 km, or one that lies in the east alone. */
function ground(east = false): PlanGround {
  const grid = createGrid({ rows: 60, cols: 60, cellM: 50, origin: at(-1500, -1500) })
  for (let i = 0; i < grid.values.length; i++) grid.values[i] = east && i % 60 < 36 ? 0 : 1 / 3600
  return { grid, podCap: 0.6 }
}
const BAY: Ring = [at(0, 0), at(700, 0), at(700, 500), at(350, 150), at(0, 500)]
const question = (over: Partial<Question> = {}): Question => ({
  drones: ['main-1', 'main-2'].map((id) => ({
    id,
    startLngLat: HOME,
    airspeedMps: 10,
    enduranceS: 1275,
    reserveS: 300,
    cover: { swathM: 50, sweepWidthM: 25, podCap: 0.6, basis: 'assumed', rangeM: [20, 40] },
    wind: { fromDeg: 40, speedMps: 3 },
  })),
  noFly: [],
  area: { name: 'parallel-track-inside', polygon: [BAY], from: null },
  ...over,
})
const inside = (ring: Ring, p: LngLat): boolean => {
  const [x, y] = frame.toLocal(p)
  return holds(
    ring.map((corner) => frame.toLocal(corner)),
    x,
    y,
  )
}
const middleOf = ([a, b]: LngLat[]): LngLat => [(a![0] + b![0]) / 2, (a![1] + b![1]) / 2]
function sorties(over: Partial<Question> = {}, map = ground()) {
  const decided = areaSorties(map, question(over))
  if (!decided.ok) throw new Error(decided.error.code)
  return decided.value
}
const code = (over: Partial<Question>): string => {
  const decided = areaSorties(ground(), question(over))
  return decided.ok ? 'ok' : decided.error.code
}

describe('tracks inside a drawn area', () => {
  it('are shared out evenly, each sortie within its battery, lanes and ways between them inside', () => {
    const cuts = sorties()
    expect(cuts.map(({ droneId }) => droneId)).toEqual(['main-1', 'main-2'])
    for (const { lanes, path, energyShare, area, left } of cuts) {
      expect(energyShare).toBeLessThanOrEqual(1)
      expect(left).toBeUndefined()
      for (const lane of lanes) {
        expect(inside(BAY, middleOf(lane))).toBe(true)
        expect(inside(area, middleOf(lane))).toBe(true)
      }
      for (let i = 1; i < path.length; i++) expect(inside(BAY, middleOf([path[i - 1]!, path[i]!]))).toBe(true)
    }
    const [a, b] = cuts.map(({ timeS, transitS }) => timeS - transitS)
    expect(Math.abs(a! - b!)).toBeLessThan(0.35 * Math.max(a!, b!))
  })

  it('never enter a hole', () => {
    const hole: Ring = [at(80, 60), at(180, 60), at(180, 130), at(80, 130)]
    for (const { path } of sorties({ area: { ...question().area, polygon: [BAY, hole] } }))
      for (let i = 1; i < path.length; i++) expect(inside(hole, middleOf([path[i - 1]!, path[i]!]))).toBe(false)
  })

  it('leave with the last sortie what does not fit into any', () => {
    const polygon = [[at(-1200, -1200), at(1200, -1200), at(1200, 1200), at(-1200, 1200)]]
    const cuts = sorties({ area: { ...question().area, polygon } })
    expect(cuts).toHaveLength(2)
    expect(cuts[0]!.left).toBeUndefined()
    const lanesM = (lanes: LngLat[][]): number =>
      lanes.reduce((sum, [p, q]) => {
        const [a, b] = [frame.toLocal(p!), frame.toLocal(q!)]
        return sum + Math.hypot(b[0] - a[0], b[1] - a[1])
      }, 0)
    const flownM = cuts.reduce((sum, { lanes }) => sum + lanesM(lanes), 0)
    const leftM = lanesM(cuts[1]!.left!)
    expect(flownM).toBeGreaterThan(8000)
    // Together the whole area: 2.4 km square in lanes of 42.5 m, less the insets.
    expect(flownM + leftM).toBeGreaterThan((0.97 * (2400 * 2400)) / 42.5)
    for (const { energyShare } of cuts) expect(energyShare).toBeGreaterThan(0.9)
  })

  it('creep from the likelier end, or from where a person says', () => {
    const polygon = [[at(-900, 0), at(900, 0), at(900, 300), at(-900, 300)]]
    const begins = (from: LngLat | null, map = ground()): number => {
      const one = question().drones.slice(0, 1)
      const cuts = sorties({ drones: one, area: { name: 'creeping-line-inside', polygon, from } }, map)
      const [first, second] = cuts[0]!.lanes
      const [lane, next] = [middleOf(first!), middleOf(second!)].map((p) => frame.toLocal(p))
      expect(Math.abs(next![0] - lane![0])).toBeLessThan(60)
      return lane![0]
    }
    expect(begins(null, ground(true))).toBeGreaterThan(800)
    expect(begins(at(-890, 10), ground(true))).toBeLessThan(-800)
  })

  it('are refused with the reason where there are none', () => {
    const stormy = question().drones.map((drone, i) =>
      i > 0 ? { ...drone, wind: { fromDeg: 0, speedMps: 25 } } : drone,
    )
    expect(code({ drones: stormy })).toBe('wind-too-strong')
    expect(code({ area: { ...question().area, from: at(350, 450) } })).toBe('pattern-area-not-possible')
    const far = question().drones.map((drone) => ({ ...drone, startLngLat: at(9000, 0) }))
    expect(code({ drones: far })).toBe('out-of-reach')
    const grid = createGrid({ rows: 100, cols: 100, cellM: 100, origin: at(-5000, -5000) })
    const polygon = [[at(-4000, -4000), at(4000, -4000), at(4000, 4000), at(-4000, 4000)]]
    const wide = areaSorties({ grid, podCap: 1 }, question({ area: { ...question().area, polygon } }))
    expect(wide).toMatchObject({ ok: false, error: { code: 'pattern-area-too-large' } })
  })

  it('go around a zone that is closed to the drones', () => {
    const zone: Ring = [at(300, -50), at(400, -50), at(400, 90), at(300, 90)]
    for (const { lanes, path } of sorties({ noFly: [zone] })) {
      for (const lane of lanes) expect(inside(zone, middleOf(lane))).toBe(false)
      for (let i = 1; i < path.length; i++) expect(inside(zone, middleOf([path[i - 1]!, path[i]!]))).toBe(false)
    }
  })
})
