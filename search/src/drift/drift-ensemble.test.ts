import { describe, expect, it } from 'vitest'
import { NO_VECTORS, testVectors } from '../vectors/test-vectors.ts'
import { type DriftCloud, driftEnsemble, type DriftInput } from './drift-ensemble.ts'
import { changingFlow, gridFlow, steadyFlow, sumOfFlows, sampledFlow } from './flow.ts'
import { leewayObject } from './leeway-objects.ts'
import { nextSlackS, tidalFlow, type TidePair } from './tide.ts'

const vectors = testVectors()
const still = steadyFlow([0, 0])
const base: DriftInput = {
  object: leewayObject('PIW-1'),
  wind: steadyFlow([0, 10]),
  current: still,
  durationS: 3600,
  particles: 20_000,
  seed: 5,
  side: 'right',
  jibePerHour: 0,
}

function moments({ positionsM }: DriftCloud): { meanM: [number, number]; stdM: [number, number] } {
  const n = positionsM.length / 2
  const [sum, square] = [
    [0, 0],
    [0, 0],
  ]
  for (let i = 0; i < positionsM.length; i++) {
    sum[i % 2]! += positionsM[i]!
    square[i % 2]! += positionsM[i]! ** 2
  }
  const std = (k: 0 | 1): number => Math.sqrt(square[k]! / n - (sum[k]! / n) ** 2)
  return { meanM: [sum[0]! / n, sum[1]! / n], stdM: [std(0), std(1)] }
}

describe('driftEnsemble', () => {
  it.skipIf(!vectors)(`has the moments of the truncated coefficients${vectors ? '' : ` (${NO_VECTORS})`}`, () => {
    const v = vectors!.leeway_ensemble_PIW1_wind10
    const { meanM, stdM } = moments(driftEnsemble(base))
    expect(meanM[1] / 3600).toBeCloseTo(v.downwind_mean_ms, 2)
    expect(stdM[1] / 3600).toBeCloseTo(v.downwind_std_ms, 2)
    expect(meanM[0] / 3600).toBeCloseTo(v.crosswind_abs_mean_ms, 2)
    expect(stdM[0] / 3600).toBeCloseTo(v.crosswind_std_per_side_ms, 2)
    const left = moments(driftEnsemble({ ...base, side: 'left' }))
    expect(left.meanM[0] / 3600).toBeCloseTo(-v.crosswind_abs_mean_ms, 2)
  })

  it('gives the same cloud for a seed and another for another', () => {
    const once = driftEnsemble({ ...base, particles: 50 })
    expect(driftEnsemble({ ...base, particles: 50 })).toEqual(once)
    expect(driftEnsemble({ ...base, particles: 50, seed: 6 }).positionsM).not.toEqual(once.positionsM)
  })

  it('spreads half to each side, and mirrors a symmetric cloud only by its labels between conventions', () => {
    const allen = moments(driftEnsemble({ ...base, side: 'both' }))
    const other = moments(driftEnsemble({ ...base, side: 'both', convention: 'opendrift' }))
    expect(allen.meanM[0] / 3600).toBeCloseTo(0, 2)
    expect(other.stdM[0]).toBeCloseTo(allen.stdM[0], 6)
  })

  it('grows in proportion to time: the spread comes from the coefficients that each particle keeps', () => {
    const [one, four] = [base, { ...base, durationS: 4 * 3600 }].map((input) => moments(driftEnsemble(input)))
    expect(four!.stdM[0] / one!.stdM[0]).toBeCloseTo(4, 6)
  })

  it('lets the same particles drift on: each is on its way to where a longer drift finds it', () => {
    const input = { ...base, jibePerHour: 0.5, particles: 200, side: 'both' as const }
    const steps = 3600 / 600
    const [hour, sooner, later] = [3600, 3000, 4000].map(
      (durationS) => driftEnsemble({ ...input, durationS }).positionsM,
    )
    for (let k = 0; k < 400; k++) {
      const [speed, before] = [(hour![k]! - sooner![k]!) / 600, sooner![k]! / (steps - 1) / 600]
      expect(Math.abs(speed)).toBeLessThan(2)
      expect(Math.abs(later![k]! - hour![k]!)).toBeLessThanOrEqual(400 * 2)
      // North, downwind, no jibe changes anything: every part of the way is flown at the particle's own speed.
      if (k % 2 === 1) expect(speed).toBeCloseTo(before, 9)
    }
  })

  it('jibes to the other side with its own offset and noise', () => {
    const suit = { ...base, object: leewayObject('PIW-4'), durationS: 40 * 3600, jibePerHour: 0.5 }
    const { meanM } = moments(driftEnsemble({ ...suit, particles: 3000, stepS: 1200 }))
    // After many jibes both sides weigh alike: mean crosswind (10.3 - 3.95) / 2 cm/s; the flipped slope alone has 0.
    expect(meanM[0] / suit.durationS).toBeCloseTo(0.0318, 2)
    expect(meanM[0] / suit.durationS).toBeGreaterThan(0.02)
  })

  it('starts within the datum error: half inside its circle', () => {
    const cloud = driftEnsemble({ ...base, durationS: 0, datumErrorM: 500 })
    let inside = 0
    for (let i = 0; i < 20_000; i++)
      if (Math.hypot(cloud.positionsM[2 * i]!, cloud.positionsM[2 * i + 1]!) <= 500) inside++
    expect(inside / 20_000).toBeCloseTo(0.5, 1)
    expect(Math.abs(inside / 20_000 - 0.5)).toBeLessThan(0.015)
  })

  it('strands at the shore and stays there', () => {
    const cloud = driftEnsemble({
      ...base,
      particles: 500,
      current: steadyFlow([0, 1]),
      durationS: 7200,
      isLand: (_, northM) => northM > 2000,
    })
    expect(cloud.fates.every((fate) => fate === 'stranded')).toBe(true)
    for (let i = 0; i < 500; i++) {
      expect(cloud.positionsM[2 * i + 1]).toBeLessThanOrEqual(2000)
      expect(cloud.positionsM[2 * i + 1]).toBeGreaterThan(1999)
    }
  })

  it('loses a particle where the current is not known, and says so', () => {
    const patch = sampledFlow({
      southWestM: [-500, -500],
      stepM: 500,
      rows: 3,
      cols: 3,
      timesS: [0],
      eastMps: new Float32Array(9).fill(1),
      northMps: new Float32Array(9),
    })
    const { fates, positionsM } = driftEnsemble({ ...base, particles: 20, wind: still, current: patch })
    expect(fates.every((fate) => fate === 'lost')).toBe(true)
    expect(positionsM[0]).toBeLessThanOrEqual(500)
    // At the rim of what is known, not where the step began.
    expect(positionsM[0]).toBeGreaterThan(499)
  })

  it('follows a turning current along its circle', () => {
    const rate = (2 * Math.PI) / 7200
    const { positionsM } = driftEnsemble({
      ...base,
      object: leewayObject('SLDMB'),
      particles: 1,
      wind: still,
      current: (_, eastM, northM) => [-rate * northM, rate * eastM],
      durationS: 7200,
      stepS: 200,
      start: () => [1000, 0],
    })
    expect(positionsM[0]).toBeCloseTo(1000, 0)
    expect(positionsM[1]).toBeCloseTo(0, 0)
  })

  it('slows a craft that capsizes in a storm', () => {
    const storm = { ...base, object: leewayObject('SKIFF-1'), wind: steadyFlow([0, 40]), durationS: 12 * 3600 }
    const upright = moments(driftEnsemble({ ...storm, particles: 400 })).meanM[1]
    const capsizing = moments(driftEnsemble({ ...storm, particles: 400, capsizing: true })).meanM[1]
    expect(capsizing / upright).toBeLessThan(0.55)
    expect(capsizing / upright).toBeGreaterThan(0.4)
  })

  it('names the bad field', () => {
    expect(() => driftEnsemble({ ...base, durationS: -1 })).toThrow(/^durationS/)
    expect(() => driftEnsemble({ ...base, particles: 1.5 })).toThrow(/^particles/)
    expect(() => driftEnsemble({ ...base, stepS: 0 })).toThrow(/^stepS/)
    expect(() => driftEnsemble({ ...base, datumErrorM: -1 })).toThrow(/^datumErrorM/)
  })
})

describe('a tide of ebb and flood', () => {
  const tide: TidePair = { ebb: [1, 0], flood: [-0.8, 0.2], slackS: [0, 20_000, 43_000], afterFirstSlack: 'ebb' }
  const flow = tidalFlow(tide)

  it('stands at slack, is strongest between, and turns', () => {
    expect(flow(0, 0, 0)![0]).toBeCloseTo(0, 12)
    expect(flow(10_000, 0, 0)).toEqual([1, 0])
    expect(flow(20_000, 0, 0)![0]).toBeCloseTo(0, 12)
    expect(flow(31_500, 0, 0)![0]).toBeCloseTo(-0.8, 12)
    expect(flow(-5000, 0, 0)![0]).toBeLessThan(0)
    expect(flow(50_000, 0, 0)![0]).toBeGreaterThan(0)
    expect(flow(-30_000, 0, 0)![0]).toBeGreaterThan(0)
  })

  it('tells the next slack, also before and after those given', () => {
    expect(nextSlackS(tide, 5)).toBe(20_000)
    expect(nextSlackS(tide, 20_000)).toBe(43_000)
    expect(nextSlackS(tide, -1)).toBe(0)
    expect(nextSlackS(tide, 43_000)).toBe(43_000 + 22_357)
    expect(() => nextSlackS({ ...tide, slackS: [2, 1] }, 0)).toThrow(/^tide\.slackS/)
  })

  it('goes on with the period that is given, before and after the slacks that are', () => {
    const daily: TidePair = { ...tide, slackS: [0], periodS: 86_400 }
    expect(nextSlackS(daily, 1)).toBe(43_200)
    expect(nextSlackS(daily, -1)).toBe(0)
    expect(nextSlackS(daily, -43_201)).toBe(-43_200)
    expect(tidalFlow(daily)(21_600, 0, 0)![0]).toBeCloseTo(1, 12)
    expect(tidalFlow(daily)(-21_600, 0, 0)![0]).toBeCloseTo(-0.8, 12)
    expect(() => tidalFlow({ ...tide, periodS: 0 })).toThrow(/^tide\.periodS/)
  })

  it('adds to a residual current', () => {
    expect(sumOfFlows(flow, steadyFlow([0, 0.1]))(10_000, 0, 0)).toEqual([1, 0.1])
    expect(sumOfFlows(flow, () => null)(0, 0, 0)).toBeNull()
  })
})

describe('a flow that changes with time', () => {
  const flow = changingFlow([
    { atS: 0, velocity: [4, 0] },
    { atS: 100, velocity: [0, 2] },
    { atS: 300, velocity: [0, -2] },
  ])

  it('is linear between its moments, and holds before the first and after the last', () => {
    expect(flow(-50, 0, 0)).toEqual([4, 0])
    expect(flow(0, 0, 0)).toEqual([4, 0])
    expect(flow(25, 9, 9)).toEqual([3, 0.5])
    expect(flow(100, 0, 0)).toEqual([0, 2])
    expect(flow(250, 0, 0)![1]).toBeCloseTo(-1, 12)
    expect(flow(1000, 0, 0)).toEqual([0, -2])
    expect(changingFlow([{ atS: 5, velocity: [1, 1] }])(0, 0, 0)).toEqual([1, 1])
  })

  it('refuses no moment at all, and times that do not rise', () => {
    expect(() => changingFlow([])).toThrow(/^flow\.moments/)
    const twice = { atS: 5, velocity: [1, 1] } as const
    expect(() => changingFlow([twice, twice])).toThrow(/^flow\.moments/)
  })
})

describe('a sampled flow', () => {
  const samples = {
    southWestM: [0, 0],
    stepM: 100,
    rows: 2,
    cols: 2,
    timesS: [0, 100],
    eastMps: [0, 1, 2, 3, 10, 11, 12, Number.NaN],
    northMps: [0, 0, 0, 0, 0, 0, 0, Number.NaN],
  } as const
  const flow = sampledFlow(samples)

  it('is linear between nodes and times, and unknown outside both', () => {
    expect(flow(0, 25, 50)![0]).toBeCloseTo(1.25, 12)
    expect(flow(50, 0, 0)![0]).toBeCloseTo(5, 12)
    expect(flow(0, 101, 0)).toBeNull()
    expect(flow(0, -1, 0)).toBeNull()
    expect(flow(101, 0, 0)).toBeNull()
  })

  it('goes by the known nodes beside land, and by the nearer time where one is unknown', () => {
    expect(flow(100, 50, 50)![0]).toBeCloseTo(11, 12)
    expect(flow(40, 100, 100)![0]).toBeCloseTo(3, 12)
    expect(flow(60, 100, 100)).toBeNull()
  })

  it('refuses sizes that do not fit', () => {
    expect(() => sampledFlow({ ...samples, timesS: [0] })).toThrow(/^flow\.eastMps/)
    expect(() => sampledFlow({ ...samples, timesS: [1, 0] })).toThrow(/^flow\.timesS/)
  })
})

describe('a flow by columns and rows that are not evenly apart', () => {
  const grid = {
    xs: [0, 1, 4],
    ys: [10, 12],
    timesS: [0, 100],
    // East: the column's place; north: the row's, and ten times that an hour later.
    eastMps: [0, 1, 4, 0, 1, 4, 0, 1, 4, 0, 1, 4],
    northMps: [10, 10, 10, 12, 12, 12, 100, 100, 100, 120, 120, 120],
  }

  it('is linear between its nodes and its times, and unknown outside', () => {
    const flow = gridFlow(grid)
    expect(flow(0, 2.5, 11)).toEqual([2.5, 11])
    expect(flow(50, 3.1, 10)![0]).toBeCloseTo(3.1, 12)
    expect(flow(50, 3.1, 10)![1]).toBeCloseTo(55, 12)
    expect(flow(100, 4, 12)).toEqual([4, 120])
    expect([flow(0, -0.01, 11), flow(0, 4.01, 11), flow(0, 2, 9.9), flow(100.1, 2, 11)]).toEqual([
      null,
      null,
      null,
      null,
    ])
  })

  it('names the axis that does not rise', () => {
    expect(() => gridFlow({ ...grid, xs: [0, 4, 1] })).toThrow(/^flow\.xs/)
    expect(() => gridFlow({ ...grid, ys: [] })).toThrow(/^flow\.ys/)
    expect(() => gridFlow({ ...grid, timesS: [0] })).toThrow(/^flow\.eastMps/)
  })
})
