import { describe, expect, it } from 'vitest'
import { flatGround } from './cast.ts'
import { type Fov, groundOffset, moved } from './ground.ts'
import { multiply, type Quaternion, turn } from './rotation.ts'
import { errorRadiusM } from './uncertainty.ts'

const deg = (degrees: number): number => (degrees * Math.PI) / 180
/** Yaw, then pitch, then roll, as a gimbal is built. */
const look = (yawDeg: number, pitchDeg: number, rollDeg = 0): Quaternion =>
  multiply(multiply(turn('down', deg(yawDeg)), turn('right', deg(pitchDeg))), turn('forward', deg(rollDeg)))
/** tan of half an angle is 1: the edges of the picture lie as far out as the camera is high. */
const SQUARE: Fov = [deg(90), deg(90)]

/** To the millimetre. */
const millimetres = (offset: readonly number[] | null): number[] | undefined =>
  offset?.map((metres) => Math.round(metres * 1000) / 1000 + 0)

describe('a camera 100 m above flat ground', () => {
  it('sees the point below it in the middle when it looks straight down', () => {
    expect(millimetres(groundOffset([0.5, 0.5], SQUARE, look(0, -90), 100))).toEqual([0, 0])
  })
  it('has ahead at the top of the picture and right on its right', () => {
    expect(millimetres(groundOffset([0.5, 0], SQUARE, look(0, -90), 100))).toEqual([100, 0])
    expect(millimetres(groundOffset([1, 0.5], SQUARE, look(0, -90), 100))).toEqual([0, 100])
    expect(millimetres(groundOffset([0, 1], SQUARE, look(0, -90), 100))).toEqual([-100, -100])
  })
  it('turns the picture with its heading', () => {
    expect(millimetres(groundOffset([0.5, 0], SQUARE, look(90, -90), 100))).toEqual([0, 100])
    expect(millimetres(groundOffset([1, 0.5], SQUARE, look(90, -90), 100))).toEqual([-100, 0])
  })
  it('looks 100 m ahead when tilted by 45 degrees, and to the point below at the lower edge', () => {
    expect(millimetres(groundOffset([0.5, 0.5], SQUARE, look(0, -45), 100))).toEqual([100, 0])
    expect(millimetres(groundOffset([0.5, 1], SQUARE, look(0, -45), 100))).toEqual([0, 0])
  })
  it('lowers the right side when it rolls to the right', () => {
    // By hand: ray (1, 0.5 cos 10, 0.5 sin 10), pitched by -60: (0.424808, 0.492404, 0.909437).
    const narrow: Fov = [2 * Math.atan(0.5), 2 * Math.atan(0.4)]
    expect(millimetres(groundOffset([1, 0.5], narrow, look(0, -60, 10), 100))).toEqual([46.711, 54.144])
    expect(millimetres(groundOffset([0.5, 0.5], narrow, look(0, -60, 10), 100))).toEqual([57.735, 0])
  })
  it('says nothing of a ray within ten degrees of the horizon or above it', () => {
    expect(groundOffset([0.5, 0], SQUARE, look(0, -45), 100)).toBeNull()
    expect(groundOffset([0.5, 0.5], SQUARE, look(0, -9.9), 100)).toBeNull()
    expect(groundOffset([0.5, 0.5], SQUARE, look(0, -10.1), 100)).not.toBeNull()
    expect(groundOffset([0.5, 0.5], SQUARE, look(0, 30), 100)).toBeNull()
  })
})

describe('the error radius', () => {
  const ray = { point: [0.5, 0.5], fov: SQUARE, groundSpeedMps: 0, positionAccuracyM: 1 } as const
  it('is position and tilt alone straight below', () => {
    // sqrt(1 + (100 tan 0.5 deg)^2) = 1.32730 m, times 2.44775.
    expect(errorRadiusM({ ...ray, orientation: look(0, -90), ground: flatGround(100) })).toBeCloseTo(3.2489, 3)
  })
  it('grows with height, speed, tilt and a poor position', () => {
    const base = errorRadiusM({ ...ray, orientation: look(0, -60), ground: flatGround(60) }) ?? 0
    const others = [
      { ...ray, orientation: look(0, -60), ground: flatGround(120) },
      { ...ray, orientation: look(0, -60), ground: flatGround(60), groundSpeedMps: 15 },
      { ...ray, orientation: look(0, -30), ground: flatGround(60) },
      { ...ray, orientation: look(0, -60), ground: flatGround(60), positionAccuracyM: 5 },
    ]
    for (const other of others) expect(errorRadiusM(other)).toBeGreaterThan(base)
  })
  it('does not depend on where north is', () => {
    const radii = [0, 37, 123, 290].map(
      (yaw) => errorRadiusM({ ...ray, orientation: look(yaw, -40), ground: flatGround(80) }) ?? 0,
    )
    for (const radius of radii) expect(radius).toBeCloseTo(radii[0] ?? 0, 6)
  })
  it('holds 95 of 100 placements when every input is drawn with its own error', () => {
    let seed = 7
    const uniform = (): number => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
      return (seed + 0.5) / 2 ** 32
    }
    const normal = (): number => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
    const [pitch, yaw, heightM] = [-55, 20, 80]
    const radius = errorRadiusM({ ...ray, orientation: look(yaw, pitch), ground: flatGround(heightM) }) ?? 0
    const centre = groundOffset([0.5, 0.5], SQUARE, look(yaw, pitch), heightM) ?? [0, 0]
    let inside = 0
    const draws = 4000
    for (let i = 0; i < draws; i++) {
      const camera = multiply(look(yaw + 2.5 * normal(), pitch), turn('right', deg(0.5 * normal())))
      const turned = multiply(camera, turn('down', deg(0.5 * normal())))
      const at = groundOffset([0.5, 0.5], SQUARE, turned, heightM + 2 * normal()) ?? [1e9, 0]
      if (Math.hypot(at[0] + normal() - centre[0], at[1] + normal() - centre[1]) <= radius) inside++
    }
    expect(inside / draws).toBeGreaterThan(0.94)
    expect(inside / draws).toBeLessThan(0.995)
  })
})

it('moves a position by metres on the ellipsoid', () => {
  // One minute of latitude at 30 degrees north is 1847.65 m, one of longitude 1608.12 m (WGS-84 tables).
  const [lng, lat] = moved([122.1, 30], [1847.65, 1608.12])
  expect((lat - 30) * 60).toBeCloseTo(1, 3)
  expect((lng - 122.1) * 60).toBeCloseTo(1, 3)
})
