import type { SweepLook } from '@skerry/contract'
import { COVER_CODES, createGrid, type DriftCloud } from '@skerry/search'
import { describe, expect, it } from 'vitest'
import { at } from '../domain/test-kit.ts'
import type { ScenarioPrior } from './scenario-priors.ts'
import { SearchMap } from './search-map.ts'
import { gainsOf, taskCoverage } from './task-ground.ts'

const SIDE = 40
const CAUSE = { kind: 'scenario-moved', about: '' } as unknown as Parameters<SearchMap['assume']>[1]

/** A drift whose particles all lie in the northern or the southern half of the map. */
function drift(half: 'north' | 'south'): ScenarioPrior {
  const grid = createGrid({ rows: SIDE, cols: SIDE, cellM: 25, origin: at(-500, -500) })
  const positionsM: number[] = []
  for (let cell = 0; cell < grid.values.length; cell++) {
    const row = Math.floor(cell / SIDE)
    if (row >= SIDE / 2 !== (half === 'north')) continue
    grid.values[cell] = 1 / (grid.values.length / 2)
    positionsM.push(((cell % SIDE) + 0.5) * 25, (row + 0.5) * 25)
  }
  const cloud: DriftCloud = {
    positionsM: Float64Array.from(positionsM),
    fates: positionsM.slice(positionsM.length / 2).map(() => 'afloat' as const),
  }
  return { id: 'd', weight: 1, grid, restOfWorld: 0, inWater: true, on: 'water', cloud }
}

const task = (id: string, [south, north]: [number, number]) => ({
  id,
  area: [at(-500, south), at(500, south), at(500, north), at(-500, north)],
  lanes: [[at(-500, (south + north) / 2), at(500, (south + north) / 2)]],
  sweepWidthM: 1000,
  laneSpacingM: 1000,
})
const NORTH = task('north', [0, 500])
const SOUTH = task('south', [-500, 0])

function looks(fromM: number, toM: number): SweepLook[] {
  const list: SweepLook[] = []
  for (let n = fromM; n <= toM; n += 25) {
    const corners = [at(-499, n - 20), at(499, n - 20), at(499, n + 20), at(-499, n + 20)]
    list.push({ atMs: 1000 * list.length, position: at(0, n), corners })
  }
  return list
}

describe('what a task has gained under a drift', () => {
  it('stays its own when the drift is moved: it does not go to another task whose water it drifts into', () => {
    const map = new SearchMap([drift('north')], { hiddenDown: 0, hiddenSlant: 0 })
    map.sweep('main-1', 'north', looks(25, 475), { sweepWidthM: 998, swathM: 998 })
    map.sweep('main-2', 'south', looks(-475, -25), { sweepWidthM: 998, swathM: 998 })
    const before = { north: taskCoverage(map, NORTH)!.pos, south: taskCoverage(map, SOUTH)!.pos }
    expect(before.north).toBeGreaterThan(0.4)
    expect(before.north).toBeCloseTo(map.figures().pos, 6)
    expect(before.south).toBe(0)
    const fresh = gainsOf(new SearchMap([drift('south')], { hiddenDown: 0, hiddenSlant: 0 }), SOUTH)

    map.beforeMove('d')
    map.assume([drift('south')], CAUSE)
    expect(taskCoverage(map, NORTH)!.pos).toBeCloseTo(before.north, 6)
    expect(taskCoverage(map, SOUTH)!.pos).toBe(0)

    // The water in the south is other water than was searched there: another flight over it is worth what it was.
    const again = gainsOf(map, { ...SOUTH, id: 'again' })
    expect(again[0]).toBeCloseTo(fresh[0]!, 6)
    expect(again[1]).toBeCloseTo(fresh[1]!, 6)
    map.sweep('main-2', 'again', looks(-475, -25), { sweepWidthM: 998, swathM: 998 })
    const parts = [NORTH, SOUTH, { ...SOUTH, id: 'again' }].map((one) => taskCoverage(map, one)!.pos)
    expect(parts[2]).toBeGreaterThan(0.1)
    expect(parts.reduce((sum, pos) => sum + pos, 0)).toBeCloseTo(map.figures().pos, 6)
  })
})

describe('ground that was flown', () => {
  const OPEN = { hiddenDown: 0, hiddenSlant: 0 }
  const story = { ...drift('north'), cloud: null, inWater: false, on: 'land' as const }

  it('has nothing left for a task whose camera saw less than was planned, and half where half was flown', () => {
    const fresh = gainsOf(new SearchMap([story], OPEN), NORTH)[0]!
    const map = new SearchMap([story], OPEN)
    map.sweep('main-1', 'north', looks(0, 250), { sweepWidthM: 300, swathM: 998 })
    expect(gainsOf(map, NORTH)[0]!).toBeGreaterThan(0.4 * fresh)
    map.sweep(
      'main-1',
      'north',
      looks(0, 500).map((look) => ({ ...look, atMs: look.atMs + 1e6 })),
      {
        sweepWidthM: 300,
        swathM: 998,
      },
    )
    expect(taskCoverage(map, NORTH)!.sweptShare).toBeGreaterThan(0.95)
    expect(gainsOf(map, NORTH)[0]!).toBeLessThan(0.02 * fresh)
  })

  it('is flown by slanting looks as well, that are worth less', () => {
    const map = new SearchMap([story], OPEN)
    const slant = looks(0, 500).map((look) => ({ ...look, view: 'north' as const, weight: 0.4 }))
    map.sweep('main-1', 'north', slant, { sweepWidthM: 900, swathM: 998 })
    const achieved = taskCoverage(map, NORTH)!
    expect(achieved.coverage).toBeLessThan(0.45)
    expect(achieved.sweptShare).toBeGreaterThan(0.95)
    expect(achieved.remainder).toEqual([])
  })

  it('was in the picture whatever could be seen of it: hot spots are counted over the woods as well', () => {
    const woods = new Uint8Array(SIDE * SIDE).fill(COVER_CODES.indexOf('evergreen'))
    const widths = { sweepWidthM: 400, swathM: 998 }
    const sweepWidthsM = { open: 400, 'shore-rocks': 300, scrub: 200, broadleaf: 60, evergreen: 30, water: 200 }
    const [open, under] = [new SearchMap([story], OPEN), new SearchMap([story], OPEN, woods)]
    open.sweep('main-1', 'north', looks(100, 400), widths)
    under.sweep('main-1', 'north', looks(100, 400), { ...widths, sweepWidthsM })
    expect(under.seen.sweptKm2).toBeCloseTo(open.seen.sweptKm2, 9)
    // About 300 m by 998 m.
    expect(under.seen.sweptKm2).toBeGreaterThan(0.28)
    expect(under.seen.sweptKm2).toBeLessThan(0.34)
  })
})
