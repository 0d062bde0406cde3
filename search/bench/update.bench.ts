import { Worker } from 'node:worker_threads'
import { accumulateSweep, createGrid, createLiveMap, gridSum, type Look, posterior } from '../src/index.ts'
import type { Row } from './row.ts'

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

function mapOf(side: number): ReturnType<typeof createGrid> {
  const values = new Float64Array(side * side).fill(0.8 / (side * side))
  return createGrid({ rows: side, cols: side, cellM: 25, origin: [122.2, 30] }, values)
}

function compare(side: number, rounds: number, covered: number): Row {
  const prior = mapOf(side)
  const { values } = prior
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

/** One tick on the main thread: the cells under the footprint against the whole pass. */
function compareLive(side: number): Row {
  const prior = mapOf(side)
  const coverage = new Float32Array(side * side).fill(0.5)
  const live = createLiveMap({ prior, restOfWorld: 0.2, podCap: 0.6, coverage })
  const into = new Float64Array(side * side)
  const middleM = (side * 25) / 2
  const corners = (northM: number): number[][] => FOOTPRINT.map(([e, n]) => [middleM + e, middleM + northM + n])
  const [from, to] = [
    { atMs: 0, cornersM: corners(0) },
    { atMs: 1000, cornersM: corners(10) },
  ]
  const ours = timeMs(2000, () => {
    live.sweep(from, to, POLICY)
    live.takeChanged()
  })
  const theirs = timeMs(3, () => posterior({ prior, restOfWorld: 0.2, coverage: live.coverage, podCap: 0.6, into }))
  if (Math.abs(gridSum(into) - gridSum(live.raw) * live.scale) > 1e-9) throw new Error('bench: results differ')
  const name = `live map ${side}x${side}, one tick, main thread`
  return { name, baseline: 'whole posterior', ratio: theirs / ours, unit: 'ms', ours, theirs }
}

/** The whole pass in a worker, as a map that is opened or corrected does it, against objects per cell here. */
async function compareInWorker(side: number): Promise<Row> {
  const best = new Float64Array(new SharedArrayBuffer(8))
  await new Promise<void>((resolve, reject) => {
    const worker = new Worker(new URL('posterior-worker.ts', import.meta.url), { workerData: { side, best } })
    worker.once('exit', () => resolve())
    worker.once('error', reject)
  })
  const ours = best[0]!
  if (!(ours > 0)) throw new Error('bench: the worker measured nothing')
  const cells = Array.from({ length: side * side }, () => ({ poa: 0.8 / (side * side), coverage: 0.5 }))
  const theirs = timeMs(1, () => updateObjects(cells, 0.2))
  const name = `posterior ${side}x${side}, 100 % covered, in a worker`
  return { name, baseline: 'one object per cell', ratio: theirs / ours, unit: 'ms', ours, theirs }
}

/** Posterior update for one telemetry tick against objects per cell, and against the whole pass. */
export const run = async (): Promise<Row[]> => [
  compare(120, 200, 1),
  compare(120, 200, 0.2),
  compare(1000, 5, 0.2),
  compareLive(120),
  compareLive(1000),
  await compareInWorker(1000),
]
