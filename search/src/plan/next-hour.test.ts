import { describe, expect, it } from 'vitest'
import { cutTasks } from './cut-tasks.ts'
import { localFrame } from '../frame/local-frame.ts'
import { nextHour, restrictedMeanTime } from './next-hour.ts'
import { probabilityMap } from '../prior/probability-map.ts'
import { NO_VECTORS, testVectors } from '../vectors/test-vectors.ts'

const vectors = testVectors()
const IPP = [122.2, 30] as const
const hills = probabilityMap({ subject: { category: 'hiker', terrain: 'flat' }, ipp: IPP, halfSizeM: 3000, cellM: 50 })
const drone = {
  id: 'a',
  startLngLat: localFrame(IPP).toLngLat([500, 0]),
  airspeedMps: 10,
  enduranceS: 1200,
  reserveS: 300,
}

describe('nextHour', () => {
  it('adds what all drones find, sortie after sortie, and never falls with time', () => {
    const { tasks } = cutTasks({
      grid: hills.grid,
      drones: [drone],
      sensor: { sweepWidthM: 40, swathM: 50, overlap: 0.2 },
      wind: null,
      maxTasks: 2,
    })
    const all = nextHour({ tasks, horizonS: 1e5, posSoFar: 0.25 })
    expect(all.gain).toBeCloseTo(
      tasks.reduce((s, { expectedPos }) => s + expectedPos, 0),
      9,
    )
    expect(all.posAfter).toBeCloseTo(0.25 + 0.75 * all.gain, 12)
    const first = nextHour({ tasks, horizonS: tasks[0]!.timeS, posSoFar: 0 })
    expect(first.gain).toBeCloseTo(tasks[0]!.expectedPos, 9)
    let last = 0
    for (let horizonS = 0; horizonS < 2500; horizonS += 100) {
      const { gain, curve } = nextHour({ tasks, horizonS, posSoFar: 0 })
      expect(gain).toBeGreaterThanOrEqual(last)
      expect(curve[curve.length - 1]!.atS).toBeLessThanOrEqual(horizonS)
      last = gain
    }
    expect(nextHour({ tasks: [], horizonS: 3600, posSoFar: 0.3 }).posAfter).toBe(0.3)
  })

  it.skipIf(!vectors)(`scores a plan by restricted mean time${vectors ? '' : ` (${NO_VECTORS})`}`, () => {
    const { steps_h, cum_pos_from_step, horizon_h, expected_h } = vectors!.restricted_mean_time
    const steps = steps_h.map((at, i) => ({ at, pos: cum_pos_from_step[i]! }))
    expect(restrictedMeanTime(steps, horizon_h)).toBeCloseTo(expected_h, 9)
  })
})
