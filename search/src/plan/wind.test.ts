import { describe, expect, it } from 'vitest'
import { NO_VECTORS, testVectors } from '../vectors/test-vectors.ts'
import { groundSpeedMps, legTimer } from './wind.ts'

const vectors = testVectors()

describe('wind', () => {
  it.skipIf(!vectors)(`costs less across than along${vectors ? '' : ` (${NO_VECTORS})`}`, () => {
    const v = vectors!.wind_lanes
    const wind = { fromDeg: 0, speedMps: v.wind }
    const [north, east] = [
      [0, v.length_m],
      [v.length_m, 0],
    ]
    const leg = legTimer(v.airspeed, wind)
    const pair = (to: number[]): number => leg([0, 0], to) + leg(to, [0, 0])
    expect(pair(north)).toBeCloseTo(v.pair_along_wind_s, 5)
    expect(pair(east)).toBeCloseTo(v.pair_across_wind_s, 5)
  })

  it('pushes where it blows to, and forbids what it does not let through', () => {
    expect(groundSpeedMps(10, { fromDeg: 270, speedMps: 4 }, [1, 0])).toBeCloseTo(14, 9)
    expect(groundSpeedMps(10, { fromDeg: 270, speedMps: 4 }, [-1, 0])).toBeCloseTo(6, 9)
    expect(groundSpeedMps(10, { fromDeg: 0, speedMps: 12 }, [1, 0])).toBe(0)
    expect(legTimer(10, { fromDeg: 90, speedMps: 12 })([0, 0], [0, 100])).toBe(Infinity)
  })
})
