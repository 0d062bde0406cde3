import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { flatGround } from './cast.ts'
import { groundOffset, moved } from './ground.ts'
import { errorEllipse } from './uncertainty.ts'

/** Made by `vectors/ground-vectors.py`: matrices, an ellipsoid in earth-centred axes, Monte Carlo for the errors. */
const Pair = z.tuple([z.number(), z.number()])
const Vectors = z.object({
  sigma: z.object({ speedMps: z.number() }),
  cases: z.array(
    z.object({
      name: z.string(),
      lngLat: Pair,
      heightM: z.number(),
      fovDeg: Pair,
      point: Pair,
      q: z.tuple([z.number(), z.number(), z.number(), z.number()]),
      ground: Pair.nullable(),
      offsetM: Pair.optional(),
      ellipse: z.object({ semiMajorM: z.number(), semiMinorM: z.number(), bearingDeg: z.number() }).optional(),
    }),
  ),
})
const { cases, sigma } = Vectors.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, 'vectors/ground-vectors.json'), 'utf8')),
)
const radians = (deg: number): number => (deg * Math.PI) / 180

const placed = cases.filter(({ ground }) => ground !== null)
const unplaced = cases.filter(({ ground }) => ground === null)
const EARTH_RADIUS_M = 6_371_000

describe.each(placed)(
  'a ray computed by other means: $name',
  ({ lngLat, heightM, fovDeg, point, q, ground, offsetM, ellipse }) => {
    const fov = [radians(fovDeg[0]), radians(fovDeg[1])] as const
    const offset = groundOffset(point, fov, q, heightM)

    it('meets the ground at the same place', () => {
      if (offset === null || ground === null || offsetM === undefined) return expect.unreachable('not placed')
      // The vectors have the curved ellipsoid: the ground falls away by reach^2 / 2R, met at a slant.
      const reachM = Math.hypot(...offsetM)
      const curvedM = (reachM ** 2 / (2 * EARTH_RADIUS_M)) * (reachM / heightM)
      expect(Math.hypot(offset[0] - offsetM[0], offset[1] - offsetM[1])).toBeLessThan(0.01 + 1.2 * curvedM)
      const place = moved(lngLat, offset)
      expect(Math.abs(place[0] - ground[0])).toBeLessThan(3e-6)
      expect(Math.abs(place[1] - ground[1])).toBeLessThan(3e-6)
    })

    it('has the error that Monte Carlo finds', () => {
      const found = errorEllipse({
        point,
        fov,
        orientation: q,
        ground: flatGround(heightM),
        groundSpeedMps: sigma.speedMps,
        positionAccuracyM: null,
      })
      if (found === null || ellipse === undefined) return expect.unreachable('no error known')
      // First order against the full thing, and the noise of 40,000 draws.
      expect(found.semiMajorM / ellipse.semiMajorM).toBeGreaterThan(0.9)
      expect(found.semiMajorM / ellipse.semiMajorM).toBeLessThan(1.1)
      expect(found.semiMinorM / ellipse.semiMinorM).toBeGreaterThan(0.9)
      expect(found.semiMinorM / ellipse.semiMinorM).toBeLessThan(1.1)
      // The axis of a nearly round ellipse points anywhere.
      if (ellipse.semiMajorM < 1.15 * ellipse.semiMinorM) return
      const apart = Math.abs(((found.bearingDeg - ellipse.bearingDeg + 270) % 180) - 90)
      expect(apart).toBeLessThan(8)
    })
  },
)

it.each(unplaced)('no place on the ground: $name', ({ heightM, fovDeg, point, q }) => {
  expect(groundOffset(point, [radians(fovDeg[0]), radians(fovDeg[1])], q, heightM)).toBeNull()
})
