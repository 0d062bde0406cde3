import { describe, expect, it } from 'vitest'
import { coldAirHours } from './cold-air.ts'
import { toblerKmh } from './movement-cost.ts'
import { NO_VECTORS, testVectors } from '../vectors/test-vectors.ts'

const vectors = testVectors()
const why = vectors ? '' : ` (${NO_VECTORS})`

describe('cold air', () => {
  it.skipIf(!vectors)(`has the published hours${why}`, () => {
    const { nude_1kmh_wind: nude, two_loose_layers_5kmh_wind: layers } = vectors!.tikuisis_1995_air_hours
    for (const [which, table] of [
      ['nude-1-kmh', nude],
      ['two-loose-layers-5-kmh', layers],
    ] as const) {
      for (const [airC, hours] of Object.entries(table)) {
        expect(coldAirHours(which, Number(airC))).toEqual(
          hours === '>24' ? { moreThanHours: 24 } : { hours: expect.closeTo(Number(hours), 9) as number },
        )
      }
    }
  })

  it('goes to the least that the source allows where it says only more than 24 h, and tells no more beyond', () => {
    expect(coldAirHours('two-loose-layers-5-kmh', -19.9)).toEqual({ hours: expect.closeTo(15.486, 9) as number })
    expect(coldAirHours('two-loose-layers-5-kmh', -10.01)).toEqual({ hours: expect.closeTo(24, 1) as number })
    expect(coldAirHours('nude-1-kmh', 5)).toEqual({ hours: expect.closeTo(16.5, 9) as number })
    expect(coldAirHours('two-loose-layers-5-kmh', 0)).toEqual({ moreThanHours: 24 })
  })

  it('goes between the points and refuses what is no temperature', () => {
    expect(coldAirHours('nude-1-kmh', -25)).toEqual({ hours: expect.closeTo(2.15, 9) as number })
    expect(coldAirHours('nude-1-kmh', -60)).toEqual({ hours: 1.8 })
    expect(() => coldAirHours('nude-1-kmh', Number.NaN)).toThrow(/^airC/)
  })
})

describe('walking speed', () => {
  it.skipIf(!vectors)(`has Tobler's values${why}`, () => {
    for (const { slope, speed } of vectors!.tobler_kmh) expect(toblerKmh(slope)).toBeCloseTo(speed, 5)
  })
})
