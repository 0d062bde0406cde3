import { expect } from 'vitest'
import { coldAirHours } from '../terrain/cold-air.ts'
import { fitLognormal, lognormalCdf } from '../prior/lognormal.ts'
import { mapScore } from '../prior/map-score.ts'
import { toblerKmh } from '../terrain/movement-cost.ts'
import { haywardMinutes, waterSurvival } from '../plan/survival.ts'
import { close, each, type VectorChecks } from './vector-case.ts'

/** Vectors of where people are found, how they walk, how long they live. For tests only. */
export const LOST_PERSON_VECTORS: VectorChecks<
  'lognormal_fit' | 'radial_density' | 'mapscore_R' | 'tobler_kmh' | 'hayward_survival_min' | 'tikuisis_1995_air_hours'
> = {
  lognormal_fit: ({ cases }) =>
    each(
      Object.entries(cases),
      ([name]) => name,
      ([, v]) => {
        const [a, b, c, d] = v.quantiles_km
        const fit = fitLognormal([a!, b!, c!, d!])
        close(fit.mu, v.mu)
        close(fit.sigma, v.sigma)
      },
    ),
  radial_density: ({ mu, sigma, mass_inside_km }) =>
    each(
      mass_inside_km,
      ({ r }) => `inside ${r} km`,
      // That the map holds this mass on the ground is tested in radial-mass.test.ts.
      ({ r, mass }) => close(lognormalCdf({ mu, sigma }, r), mass),
    ),
  mapscore_R: (cases) =>
    each(
      cases,
      ({ higher, equal }) => `${higher} higher, ${equal} equal`,
      ({ cells, higher, equal, R }) => close(mapScore(cells, higher, equal), R, 9),
    ),
  tobler_kmh: (cases) =>
    each(
      cases,
      ({ slope }) => `slope ${slope}`,
      ({ slope, speed }) => close(toblerKmh(slope), speed),
    ),
  hayward_survival_min: (cases) =>
    each(
      cases,
      ({ water_c }) => `${water_c} C`,
      ({ water_c, minutes }) => {
        close(haywardMinutes(water_c), minutes, 2)
        // What is shown is capped where the formula leaves its data.
        close(waterSurvival(water_c).minutes, water_c <= 20 ? minutes : haywardMinutes(20), 2)
        expect(waterSurvival(water_c).exhaustion).toBe(water_c > 20)
      },
    ),
  tikuisis_1995_air_hours: (v) =>
    (
      [
        ['nude-1-kmh', v.nude_1kmh_wind],
        ['two-loose-layers-5-kmh', v.two_loose_layers_5kmh_wind],
      ] as const
    ).flatMap(([which, table]) =>
      each(
        Object.keys(table),
        (airC) => `${which} at ${airC} C`,
        (airC) => {
          const hours = table[airC]!
          const ours = coldAirHours(which, Number(airC))
          if ('hours' in ours) close(ours.hours, Number(hours), 9)
          else expect(`>${ours.moreThanHours}`).toBe(hours)
        },
      ),
    ),
}
