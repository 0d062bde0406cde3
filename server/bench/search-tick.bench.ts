// One telemetry look on the map of a search as the server keeps it: two stories, twenty candidates on it; against the whole
// map computed anew. Alone: node scripts/run.mjs server/bench/search-tick.bench.ts
import { pathToFileURL } from 'node:url'
import type { Candidate, LngLat, SweepLook } from '@skerry/contract'
import { createGrid, localFrame } from '@skerry/search'
import type { ScenarioPrior } from '../src/maps/scenario-priors.ts'
import { SearchMap } from '../src/maps/search-map.ts'
import type { BenchRow } from './fanout.bench.ts'

const ORIGIN: LngLat = [122.2, 29.9]
const CELL_M = 25
const LOOKS = 400
const CANDIDATES = 20
const frame = localFrame(ORIGIN)

function priorOf(id: string, side: number): ScenarioPrior {
  const grid = createGrid({ rows: side, cols: side, cellM: CELL_M, origin: ORIGIN })
  grid.values.fill(0.8 / grid.values.length)
  return { id, weight: 0.5, grid, restOfWorld: 0.2, inWater: false, on: 'unknown', cloud: null }
}

function measure(side: number): BenchRow {
  const map = new SearchMap([priorOf('a', side), priorOf('b', side)], { hiddenDown: 0.4, hiddenSlant: 0.55 })
  const sideM = side * CELL_M
  for (let i = 0; i < CANDIDATES; i++) {
    const position = frame.toLngLat([sideM * ((i + 0.5) / CANDIDATES), sideM / 2])
    const candidate = {
      id: `c${i}`,
      number: i,
      state: 'open',
      position,
      errorRadiusM: 12,
      likelihoodRatio: 50,
      lastSeenAtMs: 0,
    }
    map.take(candidate as Candidate, 'candidate-raised')
  }
  const looks = Array.from({ length: LOOKS }, (_, i): SweepLook => {
    const [e, n] = [100 + i * 5, sideM / 2]
    const corner = (x: number, y: number): LngLat => frame.toLngLat([e + x, n + y])
    return {
      atMs: i * 500,
      position: frame.toLngLat([e, n]),
      corners: [corner(-30, -24), corner(30, -24), corner(30, 24), corner(-30, 24)],
    }
  })
  const ticks: number[] = []
  for (const look of looks) {
    const startMs = performance.now()
    map.sweep('main-1', 't', [look], { sweepWidthM: 30, swathM: 60 })
    map.figures()
    ticks.push(performance.now() - startMs)
  }
  const whole: number[] = []
  for (let i = 0; i < 20; i++) {
    map.sweep('main-1', 't', [{ ...looks.at(-1)!, atMs: 1e6 + i * 500 }], { sweepWidthM: 30, swathM: 60 })
    const startMs = performance.now()
    map.posterior()
    whole.push(performance.now() - startMs)
  }
  const middle = (list: number[]): number => list.toSorted((a, b) => a - b)[list.length >> 1]!
  const [ours, theirs] = [middle(ticks.slice(LOOKS / 4)), middle(whole)]
  return {
    name: `server's map ${side}x${side}, two stories, ${CANDIDATES} candidates: one look`,
    baseline: 'whole posterior',
    ratio: theirs / ours,
    unit: 'ms',
    ours,
    theirs,
  }
}

export const run = (): BenchRow[] => [measure(120), measure(500), measure(1000)]

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const row of run()) process.stdout.write(`${JSON.stringify(row)}\n`)
