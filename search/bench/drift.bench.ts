import {
  driftEnsemble,
  type DriftInput,
  leewayObject,
  sampledFlow,
  steadyFlow,
  sumOfFlows,
  tidalFlow,
} from '../src/index.ts'
import type { Row } from './row.ts'

/** Reference moments of PIW-1 under 10 m/s of wind, m/s: vectors `leeway_ensemble_PIW1_wind10`. */
const REFERENCE = { downwind: 0.110082, downwindStd: 0.107228, crosswind: 0.054, crosswindStd: 0.094 }
const PARTICLES = 20_000
const HOUR_S = 3600

const input = (durationS: number, current = steadyFlow([0, 0])): DriftInput => ({
  object: leewayObject('PIW-1'),
  wind: steadyFlow([0, 10]),
  current,
  durationS,
  particles: PARTICLES,
  seed: 8,
})

/** Mean and standard deviation along one axis of a cloud. */
function moments(positionsM: Float64Array, axis: 0 | 1): { mean: number; std: number } {
  const list = Array.from({ length: positionsM.length / 2 }, (_, i) => positionsM[2 * i + axis]!)
  const mean = list.reduce((a, b) => a + b, 0) / list.length
  return { mean, std: Math.sqrt(list.reduce((sum, x) => sum + (x - mean) ** 2, 0) / list.length) }
}

/** Area that holds about 95 % of a cloud, km2: the ellipse of its standard deviations. */
function area95Km2(durationS: number): number {
  const { positionsM } = driftEnsemble(input(durationS))
  return (5.991 * Math.PI * moments(positionsM, 0).std * moments(positionsM, 1).std) / 1e6
}

function timedMs(run: () => void): number {
  run()
  let best = Infinity
  for (let trial = 0; trial < 3; trial++) {
    const start = performance.now()
    run()
    best = Math.min(best, performance.now() - start)
  }
  return best
}

/** A tide on top of a sampled residual current of 20 x 20 nodes, as a channel has it. */
function tidalField(): DriftInput['current'] {
  const nodes = 20 * 20
  const residual = sampledFlow({
    southWestM: [-50_000, -50_000],
    stepM: 5000,
    rows: 20,
    cols: 20,
    timesS: [0],
    eastMps: Float64Array.from({ length: nodes }, (_, i) => 0.2 * Math.sin(i)),
    northMps: Float64Array.from({ length: nodes }, (_, i) => 0.2 * Math.cos(i)),
  })
  const tide = tidalFlow({ ebb: [0.8, 0.3], flood: [-0.7, -0.3], slackS: [0], afterFirstSlack: 'ebb' })
  return sumOfFlows(residual, tide)
}

/** The ensemble against its reference moments, how fast its area grows, and what fields cost. */
export function run(): Row[] {
  const right = driftEnsemble({ ...input(HOUR_S), side: 'right', jibePerHour: 0 }).positionsM
  const [cross, down] = [moments(right, 0), moments(right, 1)]
  const ratioRow = (name: string, baseline: string, unit: string, ours: number, theirs: number): Row => ({
    name,
    baseline,
    unit,
    ours,
    theirs,
    ratio: ours / theirs,
  })
  const reference = (name: string, ours: number, theirs: number): Row =>
    ratioRow(`drift PIW-1, wind 10 m/s, ${name}`, 'reference moment', 'm/s', ours / HOUR_S, theirs)
  const steady = timedMs(() => driftEnsemble(input(24 * HOUR_S)))
  const fields = timedMs(() => driftEnsemble(input(24 * HOUR_S, tidalField())))
  return [
    reference('downwind mean', down.mean, REFERENCE.downwind),
    reference('downwind deviation', down.std, REFERENCE.downwindStd),
    reference('crosswind mean, right', cross.mean, REFERENCE.crosswind),
    reference('crosswind deviation', cross.std, REFERENCE.crosswindStd),
    ratioRow(
      'drift area after 6 h over after 3 h',
      'grows as time squared',
      'x',
      area95Km2(6 * HOUR_S) / area95Km2(3 * HOUR_S),
      4,
    ),
    {
      name: `drift of ${PARTICLES} particles over 24 h with tide and field`,
      baseline: 'steady wind and current',
      ratio: steady / fields,
      unit: 'ms',
      ours: fields,
      theirs: steady,
    },
  ]
}
