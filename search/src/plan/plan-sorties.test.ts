import { describe, expect, it } from 'vitest'
import { seededRandom } from '../frame/seeded-random.ts'
import { restrictedMeanTime } from './next-hour.ts'
import { noFlyZones } from './no-fly.ts'
import { posOverTime } from './path-pos.ts'
import type { Cells } from './path-score.ts'
import { sortieFinder } from './sortie.ts'
import { planSorties, type SortiePlan, type SortiePlanInput } from './plan-sorties.ts'

const HORIZON_S = 2 * 3600
const SWATH = { swathM: 60, sweepWidthM: 45 }

function hilly(seed: number): Cells {
  const random = seededRandom(seed)
  const lumps = Array.from({ length: 5 }, () => [random() * 60, random() * 60, 3 + random() * 8])
  const values = Float64Array.from({ length: 3600 }, (_, i) =>
    lumps.reduce(
      (sum, [x, y, w]) => sum + Math.exp(-(((i % 60) - x!) ** 2 + (Math.floor(i / 60) - y!) ** 2) / (2 * w! * w!)),
      0.02,
    ),
  )
  const sum = values.reduce((a, b) => a + b, 0)
  return { rows: 60, cols: 60, cellM: 50, values: values.map((p) => p / sum) }
}

const given = (cells: Cells, changed: Partial<SortiePlanInput> = {}): SortiePlanInput => ({
  cells,
  drones: ['a', 'b', 'c'].map((id, i) => ({
    id,
    startM: [1500, 100],
    returnM: [1500, 100],
    airspeedMps: 12,
    budgetS: 900 + 60 * i,
  })),
  spacingM: SWATH.swathM,
  wind: { fromDeg: 250, speedMps: 5 },
  noFly: noFlyZones([]),
  turnS: 0,
  overheadS: 60,
  maxSorties: 100,
  maxRounds: 100,
  byRounds: false,
  swapS: 240,
  horizonS: HORIZON_S,
  leftAfterLook: Math.exp(-SWATH.sweepWidthM / SWATH.swathM),
  maxLayouts: 1,
  ...changed,
})

/** Cumulative POS over time of what is flown, every leg looking. */
const steps = (cells: Cells, { sorties }: SortiePlan) =>
  posOverTime(
    cells,
    sorties.map(({ startS, sortie }) => ({
      points: sortie.pointsM,
      timesS: sortie.timesS.map((atS) => startS + 30 + atS),
    })),
    SWATH,
  )

describe('planSorties', () => {
  it('chooses a sortie for what its ways see too where every leg looks', () => {
    const drone = { id: 'a', startM: [1500, 100], returnM: [1500, 100], airspeedMps: 12, budgetS: 900 }
    const chosen = [1, 2, 3, 4].map((seed) => {
      const input = given(hilly(seed), { drones: [drone], maxSorties: 1 })
      const { lattice, sorties } = planSorties(input)
      const { wind, noFly, turnS } = input
      const open = lattice.blocked.map((blocked) => 1 - blocked)
      const entry = (waysLook: boolean) =>
        sortieFinder({ lattice, left: lattice.mass, open, wind, noFly, turnS, waysLook }, drone)()!.pointsM[1]!
      const planned = sorties[0]!.sortie.pointsM[1]!
      const offM = (from: readonly number[]) => Math.hypot(planned[0] - from[0]!, planned[1] - from[1]!)
      return { looking: offM(entry(true)), blind: offM(entry(false)) }
    })
    // A spacing is 60 m: prices that differ in the last steps move a turn, not where the lanes begin.
    for (const { looking } of chosen) expect(looking).toBeLessThan(60)
    expect(chosen.some(({ blind }) => blind >= 60)).toBe(true)
  })

  it('keeps every battery, and lets nobody take off before the swap or after the horizon (seeded)', () => {
    for (const seed of [1, 2, 3]) {
      const input = given(hilly(seed))
      const { sorties } = planSorties(input)
      expect(planSorties(input).sorties).toEqual(sorties)
      expect(sorties.map(({ startS }) => startS)).toEqual(sorties.map(({ startS }) => startS).toSorted((p, q) => p - q))
      for (const { id, budgetS } of input.drones) {
        const own = sorties.filter(({ droneId }) => droneId === id)
        expect(own.map(({ round }) => round)).toEqual(own.map((_, i) => i + 1))
        own.forEach(({ startS, sortie }, i) => {
          expect(sortie.totalS).toBeLessThanOrEqual(budgetS)
          expect(startS).toBeLessThan(HORIZON_S)
          const next = own[i + 1]
          if (next) expect(next.startS).toBeCloseTo(startS + sortie.totalS + 60 + 240, 6)
        })
      }
    }
  })

  it('finds sooner than sorties that each take what is best and do not know what the ways see (seeded)', () => {
    for (const seed of [4, 5, 6]) {
      const cells = hilly(seed)
      const meanS = (plan: SortiePlan): number =>
        restrictedMeanTime(
          [{ at: 0, pos: 0 }, ...steps(cells, plan).map(({ atS, pos }) => ({ at: atS, pos }))],
          HORIZON_S,
        )
      // Ground closed to others after one look, then opened again: what was planned with before looks were kept.
      const closed = planSorties(given(cells, { leftAfterLook: null }))
      expect(meanS(planSorties(given(cells)))).toBeLessThan(meanS(closed))
    }
  })

  it('flies first where the chance to be found alive falls fast, when other ground can wait', () => {
    const cells = hilly(7)
    const half = (west: boolean): Float64Array => cells.values.map((p, i) => (i % 60 < 30 === west ? p : 0))
    const falling = (atS: number): number => 0.6 * Math.exp(-atS / 2400)
    const lasting = (): number => 0.95
    const firstWest = (west: typeof falling, east: typeof falling): number => {
      const { sorties } = planSorties(
        given(cells, {
          stories: [
            { values: half(true), valueAt: west },
            { values: half(false), valueAt: east },
          ],
        }),
      )
      const points = sorties
        .filter(({ round }) => round === 1)
        .flatMap(({ sortie }) => sortie.lanes.map(({ from, to }) => [from[0] + to[0], Math.hypot(to[1] - from[1], 1)]))
      const lengthM = points.reduce((sum, [, l]) => sum + l!, 0)
      return points.reduce((sum, [x, l]) => sum + (x! < 3000 ? l! : 0), 0) / lengthM
    }
    expect(firstWest(falling, lasting)).toBeGreaterThan(0.9)
    expect(firstWest(lasting, falling)).toBeLessThan(0.1)
  })
})
