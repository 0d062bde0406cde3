import { accumulateSweep, createGrid, gridSum, type Look, posterior } from '../src/index.ts'

/** One comparison of ours with a baseline measured in the same run; `ratio` says how many times cheaper ours is. */
interface Row {
  readonly name: string
  readonly baseline: string
  readonly ratio: number
  readonly unit: string
  readonly ours: number
  readonly theirs: number
}

interface ObjectCell {
  poa: number
  coverage: number
}

const POLICY = { sweepWidthM: 40, swathM: 50 }
const FOOTPRINT = [
  [-25, -20],
  [25, -20],
  [25, 20],
  [-25, 20],
] as const

/** Milliseconds per call: best of seven rounds, after warming up. */
function timeMs(rounds: number, run: () => void): number {
  for (let i = 0; i < rounds; i++) run()
  let best = Infinity
  for (let trial = 0; trial < 7; trial++) {
    const start = performance.now()
    for (let i = 0; i < rounds; i++) run()
    best = Math.min(best, (performance.now() - start) / rounds)
  }
  return best
}

/** The same no-find update over one object per cell, with a fresh map for each tick. */
function updateObjects(cells: readonly ObjectCell[], restOfWorld: number): { cells: ObjectCell[]; row: number } {
  const left = cells.map((cell) => ({ ...cell, poa: cell.poa * Math.exp(-cell.coverage) }))
  const total = left.reduce((sum, { poa }) => sum + poa, restOfWorld)
  return { cells: left.map((cell) => ({ ...cell, poa: cell.poa / total })), row: restOfWorld / total }
}

function compare(side: number, rounds: number, covered: number): Row {
  const values = new Float64Array(side * side).fill(0.8 / (side * side))
  const prior = createGrid({ rows: side, cols: side, cellM: 25, origin: [122.2, 30] }, values)
  const coverage = Float32Array.from(values, (_, i) => ((i * 7919) % 1000 < covered * 1000 ? 0.5 : 0))
  const into = new Float64Array(side * side)
  const middleM = (side * 25) / 2
  const lookAt = (atMs: number, northM: number): Look => ({
    atMs,
    cornersM: FOOTPRINT.map(([e, n]) => [middleM + e, middleM + northM + n]),
  })
  const [from, to] = [lookAt(0, 0), lookAt(1000, 10)]
  const scratch = coverage.slice()
  // One telemetry tick: credit the footprint, then the whole posterior from the prior.
  const ours = timeMs(rounds, () => {
    accumulateSweep(scratch, prior, from, to, POLICY)
    posterior({ prior, restOfWorld: 0.2, coverage, into })
  })
  const cells = Array.from(values, (poa, i) => ({ poa, coverage: coverage[i]! }))
  const theirs = timeMs(Math.max(1, rounds >> 2), () => updateObjects(cells, 0.2))
  // Both must have computed the same map, or the comparison means nothing.
  const check = updateObjects(cells, 0.2).cells
  if (Math.abs(gridSum(into) - gridSum(check.map(({ poa }) => poa))) > 1e-9) throw new Error('bench: results differ')
  const name = `posterior ${side}x${side}, ${Math.round(covered * 100)} % covered, one tick`
  return { name, baseline: 'one object per cell', ratio: theirs / ours, unit: 'ms', ours, theirs }
}

/** Posterior update for one telemetry tick against objects per cell. */
export const run = (): Row[] => [compare(120, 200, 1), compare(120, 200, 0.2), compare(1000, 5, 0.2)]
