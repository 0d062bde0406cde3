// Hotspots of 5,000 recorded incidents as the worker computes them, against looking at every pair.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gridDistance, latLngToCell } from 'h3-js'
import { recordedPlaces } from '../src/hotspots/recorded-places.ts'
import { computeHotspots, DENSITY_POLICY, HOTSPOT_POLICY, incidentDensity } from '../src/index.ts'

/** One comparison of ours with a baseline measured in the same run; `ratio` says how many times cheaper ours is. */
interface Row {
  name: string
  baseline: string
  ratio: number
  unit: string
  ours: number
  theirs: number
}
const FILE = path.resolve(import.meta.dirname, '../../../shared/data/incidents/chicago_crimes_2012_5k.csv')
const ROUNDS = 5
const SPARSE = 100

export function run(): Row[] {
  if (!existsSync(FILE)) {
    process.stderr.write('hotspots: skipped, the recorded incidents are not here\n')
    return []
  }
  const places = recordedPlaces(readFileSync(FILE, 'utf8'))
  const positions = Float64Array.from(places.flat())
  const ask = (view: 'clusters' | 'density') => () => void computeHotspots({ view, positions, exposure: null })
  return [
    row(`Gi* of ${places.length} incidents`, 'neighbours by looking at every pair of cells', ask('clusters'), () =>
      everyPair(places),
    ),
    row(
      `density of ${places.length} incidents`,
      'every incident at every cell (1 % of it, a hundredfold)',
      ask('density'),
      () => everyIncident(places),
      SPARSE,
    ),
  ]
}

function row(name: string, baseline: string, ours: () => void, theirs: () => void, times = 1): Row {
  const oursMs = medianMs(ours)
  const theirsMs = medianMs(theirs) * times
  return { name, baseline, ratio: theirsMs / oursMs, unit: 'ms', ours: oursMs, theirs: theirsMs }
}

function medianMs(work: () => void): number {
  const took = Array.from({ length: ROUNDS }, () => {
    const from = performance.now()
    work()
    return performance.now() - from
  })
  return took.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!
}

function everyPair(places: readonly (readonly [number, number])[]): number {
  const counts = new Map<string, number>()
  for (const [lng, lat] of places) {
    const cell = latLngToCell(lat, lng, HOTSPOT_POLICY.resolution)
    counts.set(cell, (counts.get(cell) ?? 0) + 1)
  }
  let sum = 0
  for (const [cell] of counts) for (const [other, n] of counts) if (gridDistance(cell, other) <= 1) sum += n
  return sum
}

/** Every incident at one cell in a hundred; the time is counted a hundredfold. */
function everyIncident(places: readonly (readonly [number, number])[]): number {
  const { rows, cols, bounds } = incidentDensity(places, DENSITY_POLICY)!
  const [west, south, east, north] = bounds
  let sum = 0
  for (let cell = 0; cell < rows * cols; cell += SPARSE) {
    const x = west + (((cell % cols) + 0.5) / cols) * (east - west)
    const y = south + ((Math.floor(cell / cols) + 0.5) / rows) * (north - south)
    for (const [lng, lat] of places) {
      const left = 1 - ((lng - x) ** 2 + (lat - y) ** 2) / 1.8e-4
      if (left > 0) sum += left * left
    }
  }
  return sum
}
