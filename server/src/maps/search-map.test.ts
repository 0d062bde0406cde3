import type { SweepLook } from '@skerry/contract'
import { createGrid, gridSum, podOfViews, VIEWS } from '@skerry/search'
import { describe, expect, it } from 'vitest'
import { at } from '../domain/test-kit.ts'
import type { ScenarioPrior } from './scenario-priors.ts'
import { SearchMap } from './search-map.ts'

const SIDE = 40
const HIDDEN = { hiddenDown: 0.4, hiddenSlant: 0.55 }

/** The same numbers for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

function scenario(random: () => number, id: string, weight: number): ScenarioPrior {
  const grid = createGrid({ rows: SIDE, cols: SIDE, cellM: 25, origin: at(-500, -500) })
  for (let i = 0; i < grid.values.length; i++) grid.values[i] = random() < 0.2 ? 0 : random()
  const restOfWorld = 0.1 + 0.2 * random()
  const scale = (1 - restOfWorld) / gridSum(grid.values)
  for (let i = 0; i < grid.values.length; i++) grid.values[i]! *= scale
  return { id, weight, grid, restOfWorld, inWater: false, on: 'unknown', cloud: null }
}

/** Looks of a drone that wanders over the map and its edge, looking down or to a side. */
function wander(random: () => number, ticks: number): SweepLook[] {
  let [e, n] = [0, 0]
  let view: SweepLook['view'] = undefined
  return Array.from({ length: ticks }, (_, i) => {
    e += 40 * (random() - 0.5)
    n += 40 * (random() - 0.45)
    if (random() < 0.05) view = [undefined, ...VIEWS][Math.floor(random() * 6)]
    const corners = [at(e - 30, n - 24), at(e + 30, n - 24), at(e + 30, n + 24), at(e - 30, n + 24)]
    return { atMs: i * 500, position: at(e, n), corners, ...(view ? { view, weight: 0.5 + 0.5 * random() } : {}) }
  })
}

/** What the map must be: every cell of it computed at once from all that was seen. */
function whole(map: SearchMap, { grid, restOfWorld }: { grid: { values: Float64Array }; restOfWorld: number }) {
  const unfound = grid.values.map((poa, i) => poa * (1 - podOfViews(map.seen.views.at(i), HIDDEN)))
  const left = gridSum(unfound) + restOfWorld
  return { values: unfound.map((value) => value / left), restOfWorld: restOfWorld / left, pos: 1 - left }
}

describe.each([1, 2, 3, 4, 5])('a map that follows telemetry, seed %i', (seed) => {
  const random = seeded(seed)
  const scenarios = [scenario(random, 'a', 0.7), scenario(random, 'b', 0.3)]
  const flights = ['main-1', 'main-2'].map((droneId) => ({ droneId, looks: wander(random, 400) }))
  const map = new SearchMap(scenarios, HIDDEN)
  const fly = (into: SearchMap, from: number, to: number): void => {
    for (let i = from; i < to; i += 20)
      for (const { droneId, looks } of flights)
        into.sweep(droneId, `t-${droneId}`, looks.slice(i, i + 20), { sweepWidthM: 30, swathM: 60 })
  }

  it('is at every moment the map that all the coverage gives at once, mixed and under each scenario', () => {
    for (let i = 0; i < 400; i += 100) {
      fly(map, i, i + 100)
      for (const [now, prior] of [
        [map.posterior(), map.prior],
        ...map.perScenario().map((one, k) => [one, scenarios[k]!] as const),
      ] as const) {
        const must = whole(map, prior)
        expect(now.pos).toBeCloseTo(must.pos, 11)
        expect(now.restOfWorld).toBeCloseTo(must.restOfWorld, 11)
        now.grid.values.forEach((poa, cell) => expect(Math.abs(poa - must.values[cell]!)).toBeLessThan(1e-12))
      }
    }
    expect(map.figures().pos).toBeGreaterThan(0.02)
  })

  it('is the same bit for bit when all of it is done again, whoever looked in between', () => {
    const again = new SearchMap(scenarios, HIDDEN)
    fly(again, 0, 400)
    expect(again.frame(null)).toEqual(map.frame(null))
    expect(again.perScenario()).toEqual(map.perScenario())
  })

  it('keeps what was seen when assumptions change, as if they had been so from the start', () => {
    const changed = [
      { ...scenarios[0]!, weight: 0.2 },
      { ...scenarios[1]!, weight: 0.8 },
    ]
    const late = new SearchMap(scenarios, HIDDEN)
    fly(late, 0, 400)
    late.assume(changed, { kind: 'scenario-weighed', about: 'a' })
    const early = new SearchMap(changed, HIDDEN)
    fly(early, 0, 400)
    late.posterior().grid.values.forEach((poa, i) => expect(poa).toBeCloseTo(early.posterior().grid.values[i]!, 12))
  })

  it('never finds more than the ground shows from above, however often it is flown so; another view opens more', () => {
    const hover = (view: SweepLook['view']): SweepLook[] =>
      Array.from({ length: 400 }, (_, i) => ({
        atMs: i * 2000,
        position: at(0, 0),
        corners: [at(-30, -24), at(30, -24), at(30, 24), at(-30, 24)],
        ...(view ? { view } : {}),
      }))
    const often = new SearchMap(scenarios, HIDDEN)
    often.sweep('main-1', 't', hover(undefined), { sweepWidthM: 60, swathM: 60 })
    const cap = Math.max(...often.seen.pod)
    expect(cap).toBeGreaterThan(0.59)
    expect(cap).toBeLessThanOrEqual(0.6 + 1e-12)
    often.sweep('main-2', 't', hover('north'), { sweepWidthM: 60, swathM: 60 })
    expect(Math.max(...often.seen.pod)).toBeGreaterThan(0.65)
  })
})
