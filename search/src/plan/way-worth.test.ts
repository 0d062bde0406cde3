import { describe, expect, it } from 'vitest'
import { bestChain } from './best-chain.ts'
import { latticeOf } from './lattice.ts'
import { wayWorths } from './way-worth.ts'

const [ROWS, CELL_M] = [40, 50]
const SPACING_M = 60

/** A square of 2 km, probability by place. */
const cellsOf = (density: (eastM: number, northM: number) => number) => {
  const values = Float64Array.from({ length: ROWS * ROWS }, (_, i) =>
    density(((i % ROWS) + 0.5) * CELL_M, (Math.floor(i / ROWS) + 0.5) * CELL_M),
  )
  const sum = values.reduce((a, b) => a + b, 0)
  return { rows: ROWS, cols: ROWS, cellM: CELL_M, values: values.map((p) => p / sum) }
}

describe('what a way sees', () => {
  it('is half of what lies under it, a lane wide', () => {
    const lattice = latticeOf(
      cellsOf(() => 1),
      { spacingM: SPACING_M, stepM: 15, bearingRad: 0 },
      [],
    )
    const placeM = [1000, 1000]
    const worths = wayWorths(lattice, lattice.mass, placeM)
    const perM2 = 1 / (ROWS * CELL_M) ** 2
    for (const [lane, node] of [
      [Math.floor(lattice.lanes / 2) + 6, Math.floor(lattice.steps / 2) + 20],
      [Math.floor(lattice.lanes / 2) - 8, Math.floor(lattice.steps / 2) - 24],
    ] as const) {
      const [east, north] = lattice.toLocal(node, lane + 0.5)
      const lengthM = Math.hypot(east - placeM[0]!, north - placeM[1]!)
      const worth = worths[lane * (lattice.steps + 1) + node]!
      expect(worth / (0.5 * perM2 * SPACING_M * lengthM)).toBeCloseTo(1, 1)
    }
  })

  it('is nothing where the way leads over ground that is worth nothing', () => {
    const north = cellsOf((_, northM) => (northM > 1200 ? 1 : 0))
    const lattice = latticeOf(north, { spacingM: SPACING_M, stepM: 15, bearingRad: 0 }, [])
    const worths = wayWorths(lattice, lattice.mass, [1000, 100])
    const south = Array.from({ length: lattice.lanes * (lattice.steps + 1) }, (_, i) => i).filter((i) => {
      const [, northM] = lattice.toLocal(i % (lattice.steps + 1), Math.floor(i / (lattice.steps + 1)) + 0.5)
      return northM > 0 && northM < 1000
    })
    expect(south.length).toBeGreaterThan(100)
    expect(south.every((i) => worths[i] === 0)).toBe(true)
  })

  it.each([
    { seen: 'out', lane: 1 },
    { seen: 'back', lane: 1 },
    { seen: 'out', lane: 7 },
    { seen: 'back', lane: 7 },
  ] as const)('decides between two lanes alike, far apart: on the way $seen of lane $lane', ({ seen, lane }) => {
    const lattice = latticeOf(
      cellsOf(() => 1),
      { spacingM: 200, stepM: 100, bearingRad: 0 },
      [],
    )
    const width = lattice.steps + 1
    const mass = new Float64Array(lattice.lanes * lattice.steps)
    for (const rich of [1, 7]) for (let step = 8; step < 12; step++) mass[rich * lattice.steps + step] = 1
    const ways = new Float64Array(lattice.lanes * width).fill(20)
    const costs = { onward: 1, backward: 1, across: 2, out: ways, back: ways }
    const sees = new Float64Array(lattice.lanes * width)
    sees.fill(0.5, lane * width, (lane + 1) * width)
    const chosen = bestChain(lattice, mass, new Uint8Array(mass.length).fill(1), costs, 45, null, {
      out: null,
      back: null,
      [seen]: sees,
    })
    expect(chosen!.chain.first).toBe(lane)
    expect(chosen!.mass).toBeCloseTo(4.5, 6)
  })
})
