import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LngLat } from '@skerry/contract'
import type { Terrain } from '@skerry/terrain'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { copterInAir, looking, withOneCamera, camera } from '../testing/vehicles.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'
import { flatGround, terrainGround } from './cast.ts'
import { footprintNow } from './footprint.ts'
import { moved } from './ground.ts'
import { heightAboveGroundM } from './ground-below.ts'
import { registerFrame, type ThermalFrame } from './register.ts'
import { turn } from './rotation.ts'
import { errorEllipse } from './uncertainty.ts'

/**
 * Made by `vectors/terrain-ray-vectors.py`: matrices, the ray in earth-centred axes walked in steps of 0.2 m over an
 * analytic surface, Monte Carlo on that surface for the errors.
 */
const Pair = z.tuple([z.number(), z.number()])
const Vectors = z.object({
  sigma: z.object({ speedMps: z.number(), heightM: z.number() }),
  cases: z.array(
    z.object({
      name: z.string(),
      surface: z.enum(['slope30', 'slopeEast20', 'hill', 'ridge', 'valley']),
      lngLat: Pair,
      cameraAmslM: z.number(),
      fovDeg: Pair,
      point: Pair,
      q: z.tuple([z.number(), z.number(), z.number(), z.number()]),
      incidenceDeg: z.number().optional(),
      offsetM: Pair.nullable(),
      ellipse: z.object({ semiMajorM: z.number(), semiMinorM: z.number(), bearingDeg: z.number() }).optional(),
    }),
  ),
})
const { cases, sigma } = Vectors.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, 'vectors/terrain-ray-vectors.json'), 'utf8')),
)
const radians = (deg: number): number => (deg * Math.PI) / 180

/** The surfaces of the vectors, metres from metres east and north. */
const SURFACES: Record<(typeof cases)[number]['surface'], (e: number, n: number) => number> = {
  slope30: (_e, n) => 40 + Math.tan(radians(30)) * n,
  slopeEast20: (e) => 60 - Math.tan(radians(20)) * e,
  hill: (e, n) => 20 + 120 * Math.exp(-(((e - 220) / 150) ** 2 + ((n - 60) / 110) ** 2)),
  ridge: (_e, n) => 10 + 70 * Math.exp(-(((n - 150) / 40) ** 2)),
  valley: (e, n) => 10 + 0.0012 * (e * e + n * n),
}
/** East and north of a place by radii of curvature. */
function planeOf([lng, lat]: LngLat, [lng0, lat0]: LngLat): [number, number] {
  const [east, north] = moved([lng0, lat0], [1000, 1000]).map((v, i) => 1000 / (v - [lng0, lat0][i]!)) as [
    number,
    number,
  ]
  return [(lng - lng0) * east, (lat - lat0) * north]
}
const groundOf = ({ surface, lngLat, cameraAmslM }: (typeof cases)[number], heightSigmaM = sigma.heightM) =>
  terrainGround({
    from: lngLat,
    cameraAmslM,
    heightSigmaM,
    heightM: (at) => SURFACES[surface](...planeOf(at, lngLat)),
  })

describe.each(cases.filter(({ offsetM }) => offsetM !== null))('a ray onto hilly ground: $name', (one) => {
  const fov = [radians(one.fovDeg[0]), radians(one.fovDeg[1])] as const
  const ground = groundOf(one)

  it('meets it where a walk along the ray does', () => {
    const offset = ground.cast(one.point, fov, one.q)
    if (offset === null || one.offsetM === null) return expect.unreachable('not placed')
    expect(Math.hypot(offset[0] - one.offsetM[0], offset[1] - one.offsetM[1])).toBeLessThan(0.3)
  })
  it('has the error that Monte Carlo on that ground finds', () => {
    const { ellipse } = one
    const common = { point: one.point, fov, orientation: one.q, ground, positionAccuracyM: null }
    const found = errorEllipse({ ...common, groundSpeedMps: sigma.speedMps })
    if (found === null || ellipse === undefined) return expect.unreachable('no error known')
    // First order against the full thing on curved ground, and the noise of 8,000 draws.
    for (const axis of ['semiMajorM', 'semiMinorM'] as const) {
      expect(found[axis] / ellipse[axis]).toBeGreaterThan(0.85)
      expect(found[axis] / ellipse[axis]).toBeLessThan(1.2)
    }
    if (ellipse.semiMajorM < 1.2 * ellipse.semiMinorM) return
    expect(Math.abs(((found.bearingDeg - ellipse.bearingDeg + 270) % 180) - 90)).toBeLessThan(9)
  })
})

it.each(cases.filter(({ offsetM }) => offsetM === null))('no place on the ground: $name', (one) => {
  const fov = [radians(one.fovDeg[0]), radians(one.fovDeg[1])] as const
  expect(groundOf(one).cast(one.point, fov, one.q)).toBeNull()
  expect(groundOf(one).gap(one.point, fov, one.q)).toBe('near-horizon')
})

describe('the ground of a terrain model', () => {
  const AT: LngLat = [122.1, 30]
  const down45 = turn('right', radians(-45))
  const FOV = [radians(45), radians(37)] as const
  it('is the flat one where it is flat', () => {
    const level = terrainGround({ from: AT, cameraAmslM: 80, heightSigmaM: 2, heightM: () => 20 })
    const flat = flatGround(60).cast([0.3, 0.6], FOV, down45)!
    const found = level.cast([0.3, 0.6], FOV, down45)!
    expect(Math.hypot(found[0] - flat[0], found[1] - flat[1])).toBeLessThan(0.01)
    expect(level.belowM).toBe(60)
  })
  it('says that it is unknown where a ray crosses ground without data, and does not guess behind it', () => {
    const heightM = ([, lat]: LngLat): number | null => (lat > 30.0003 && lat < 30.0004 ? null : 20)
    const gapped = terrainGround({ from: AT, cameraAmslM: 80, heightSigmaM: 2, heightM })
    expect(gapped.cast([0.5, 0.5], FOV, turn('right', radians(-90)))).not.toBeNull()
    const shallow = turn('right', radians(-12))
    expect(gapped.cast([0.5, 0.5], FOV, shallow)).toBeNull()
    expect(gapped.gap([0.5, 0.5], FOV, shallow)).toBe('terrain-unknown')
  })
  it('meets nothing from below it', () => {
    const under = terrainGround({ from: AT, cameraAmslM: 10, heightSigmaM: 2, heightM: () => 20 })
    expect(under.cast([0.5, 0.5], FOV, down45)).toBeNull()
  })
})

describe('a reading over hilly ground', () => {
  const AT_MS = 1_700_000_000_000
  const HOME: LngLat = [122.1, 29.995]
  const frame: ThermalFrame = {
    time_boot_ms: 0,
    max: 31.5,
    max_point_x: 0.5,
    max_point_y: 0.5,
    min: 12,
    min_point_x: 0.1,
    min_point_y: 0.1,
    stream_id: 1,
    camera_device_id: 0,
  }
  const vehicle = (over: Partial<Vehicle> = {}): Vehicle => ({
    ...copterInAir(3, AT_MS),
    home: { lngLat: HOME, altAmslM: 33 },
    ...withOneCamera(camera(), { fovRad: [0.8, 0.65] }),
    ...looking([{ atMs: AT_MS, q: turn('right', radians(-45)), yawFrame: 'earth' }]),
    ...over,
  })
  /** A plain at 20 m with a table of 50 m north of the aircraft; known where `known` says. */
  const terrain = (known: (at: LngLat) => boolean = () => true): Terrain => ({
    sigmaM: 3,
    attribution: '',
    faults: 0,
    load: () => Promise.resolve(),
    lookUp: () => Promise.resolve(null),
    slope: () => null,
    highest: () => Promise.resolve({ heightM: null, coveredShare: 0 }),
    close: () => Promise.resolve(),
    heightM: (at) => (known([...at]) ? (at[1] > 30.0001 ? 50 : 20) : null),
  })
  it('lies where the ray meets the terrain, and says so', () => {
    const flat = registerFrame(vehicle(), frame, AT_MS)
    const hilly = registerFrame(vehicle(), frame, AT_MS, terrain())
    expect(flat).toMatchObject({ ground: 'flat' })
    expect(hilly).toMatchObject({ ground: 'terrain', heightAboveGroundM: 60, unplaced: null })
    // 60 m over take-off at 20 m: the table of 50 m is met after 30 m, the plain would be after 60.
    expect(((flat?.hot?.position[1] ?? 0) - 30) * 111_000).toBeCloseTo(60, -0.5)
    expect(((hilly?.hot?.position[1] ?? 0) - 30) * 111_000).toBeCloseTo(30, -0.5)
  })
  it('counts from the terrain at home, so that what the model has wrong as a whole falls out', () => {
    // The model has home at 20 m where the vehicle has it at 33: it is 60 m above the plain all the same.
    expect(heightAboveGroundM(vehicle(), terrain())).toBe(60)
    expect(heightAboveGroundM(vehicle({ home: null }), terrain())).toBe(50)
    expect(heightAboveGroundM(vehicle(), null)).toBeNull()
  })
  it('falls back to level ground where the terrain is not known below, and says that, too', () => {
    expect(
      registerFrame(
        vehicle(),
        frame,
        AT_MS,
        terrain(() => false),
      ),
    ).toMatchObject({ ground: 'flat', unplaced: null })
    expect(
      heightAboveGroundM(
        vehicle(),
        terrain(() => false),
      ),
    ).toBeNull()
  })
  it('is not placed where it looks at ground that the model does not have', () => {
    const near = terrain(([, lat]) => lat < 30.0002)
    expect(registerFrame(vehicle(), frame, AT_MS, near)).toMatchObject({ hot: null, unplaced: 'terrain-unknown' })
    expect(footprintNow(vehicle(), AT_MS, near)).toMatchObject({ corners: null, reason: 'terrain-unknown' })
  })
  it('has a larger error where the model is rough', () => {
    const rough = { ...terrain(), sigmaM: 20 }
    const errorM = (model: Terrain): number => registerFrame(vehicle(), frame, AT_MS, model)?.hot?.errorRadiusM ?? 0
    expect(errorM(rough)).toBeGreaterThan(errorM(terrain()) + 10)
  })
})
