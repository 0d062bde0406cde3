import { expect } from 'vitest'
import { gsdM, swathM } from '../detection/camera.ts'
import { closestApproach } from '../separation/closest-approach.ts'
import { laneCount } from '../plan/lane-count.ts'
import { longestEnduranceMps, longestRangeMps, rotorPowerW } from '../plan/rotor-power.ts'
import { taskProbability } from '../detection/task-performance.ts'
import { legTimer } from '../plan/wind.ts'
import { close, each, type VectorChecks } from './vector-case.ts'

const RAD = Math.PI / 180

/** Vectors of camera, aircraft, lanes and separation. For tests only. */
export const FLIGHT_VECTORS: VectorChecks<
  'camera' | 'ttpf_detection' | 'rotor_power_w' | 'wind_lanes' | 'lane_count' | 'cpa'
> = {
  camera: (lenses) =>
    lenses.flatMap(({ lens, hfov_deg, vfov_deg, nadir }) => {
      const [, widthPx, heightPx] = /_(\d+)x(\d+)$/.exec(lens)!.map(Number)
      return each(
        nadir,
        ({ agl_m }) => `${lens} at ${agl_m} m`,
        ({ agl_m, gsd_m, swath_m }) => {
          close(swathM({ hfovRad: hfov_deg * RAD }, agl_m), swath_m, 3)
          close(gsdM({ hfovRad: hfov_deg * RAD, widthPx: widthPx! }, agl_m), gsd_m, 5)
          // Pixels are square: the view along track has as many metres to the pixel.
          close(gsdM({ hfovRad: vfov_deg * RAD, widthPx: heightPx! }, agl_m), gsd_m, 5)
        },
      )
    }),
  ttpf_detection: ({ cases }) =>
    each(
      cases,
      ({ pixels, N50 }) => `${pixels} px, N50 ${N50}`,
      ({ pixels, N50, P }) => close(taskProbability(pixels, N50), P),
    ),
  rotor_power_w: ({ params, cases, v_min_power, v_max_range }) => {
    const rotor = () => ({
      profileW: params.P0,
      inducedW: params.Pi,
      tipMps: params.Utip,
      inducedMps: params.v0,
      dragRatio: params.d0,
      airKgpm3: params.rho,
      solidity: params.s,
      discM2: params.A,
    })
    return [
      ...each(
        cases,
        ({ v }) => `${v} m/s`,
        ({ v, W }) => {
          close(rotorPowerW(v, rotor()), W, 3)
          close(rotorPowerW(v), W, 3)
        },
      ),
      {
        says: 'speeds of longest endurance and range',
        test: () => {
          close(longestEnduranceMps(rotor()), v_min_power, 3)
          close(longestRangeMps(0, rotor()), v_max_range, 3)
        },
      },
    ]
  },
  wind_lanes: (v) => [
    {
      says: 'a pair of lanes along the wind and one across',
      test: () => {
        const leg = legTimer(v.airspeed, { fromDeg: 0, speedMps: v.wind })
        const pair = (to: number[]): number => leg([0, 0], to) + leg(to, [0, 0])
        close(pair([0, v.length_m]), v.pair_along_wind_s)
        close(pair([v.length_m, 0]), v.pair_across_wind_s)
      },
    },
  ],
  lane_count: (cases) =>
    each(
      cases,
      ({ polygon, spacing }) => `${polygon}, ${spacing} m apart`,
      (v) => {
        const polygon = POLYGONS[v.polygon]!
        const along = laneCount(polygon, v.spacing, Math.PI / 2).lanes
        const best = laneCount(polygon, v.spacing)
        if (v.lanes_along_long_side !== undefined) expect(best.lanes).toBe(v.lanes_along_long_side)
        if (v.lanes_along_short_side !== undefined)
          expect(laneCount(polygon, v.spacing, 0).lanes).toBe(v.lanes_along_short_side)
        if (v.lanes_along_x !== undefined) expect(along).toBe(v.lanes_along_x)
        if (v.lanes_min_width !== undefined) expect(best.lanes).toBe(v.lanes_min_width)
        if (v.min_width_m !== undefined) close(best.minWidthM, v.min_width_m, 5)
      },
    ),
  cpa: (v) => [
    {
      says: 'two movers',
      test: () => {
        const [a, b] = [
          { positionM: [...v.p1], velocityMps: [...v.v1] },
          { positionM: [...v.p2], velocityMps: [...v.v2] },
        ]
        close(closestApproach(a, b).timeS, v.t_s, 9)
        close(closestApproach(a, b).missM, v.miss_m, 9)
      },
    },
  ],
}

/** The areas that the file names in words. */
const POLYGONS: Readonly<Record<string, readonly (readonly number[])[]>> = {
  'rect 1000x400': [
    [0, 0],
    [1000, 0],
    [1000, 400],
    [0, 400],
  ],
  'triangle (0,0)(1000,0)(0,500)': [
    [0, 0],
    [1000, 0],
    [0, 500],
  ],
}
