import { describe, expect, it } from 'vitest'
import { camera, copterInAir, looking, withOneCamera } from '../testing/vehicles.ts'
import { observe } from '../vehicles/observe.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'
import type { DecodedMessage } from '../wire/decode.ts'
import { registerFrame } from './register.ts'

const AT = 1_700_000_000_000
const RAD = Math.PI / 180
const NOT_KNOWN = 2 ** 31 - 1
const AT_HORIZON = -(2 ** 31)
/** What `copterInAir` hovers over, 60 m above its pad. */
const HERE: readonly [number, number] = [122.1, 30]

type Matrix = readonly (readonly [number, number, number])[]
/** Rotation of yaw, then pitch, then no roll, as a matrix: columns are forward, right and down of the camera. */
const matrixOf = (yawDeg: number, pitchDeg: number): Matrix => {
  const [sy, cy] = [Math.sin(yawDeg * RAD), Math.cos(yawDeg * RAD)]
  const [sp, cp] = [Math.sin(pitchDeg * RAD), Math.cos(pitchDeg * RAD)]
  return [
    [cy * cp, -sy, cy * sp],
    [sy * cp, cy, sy * sp],
    [-sp, 0, cp],
  ]
}
/** By the trace, as textbooks do; for rotations of less than half a turn. */
function quaternionOf(m: Matrix): number[] {
  const w = Math.sqrt(1 + m[0]![0] + m[1]![1] + m[2]![2]) / 2
  return [w, (m[2]![1] - m[1]![2]) / (4 * w), (m[0]![2] - m[2]![0]) / (4 * w), (m[1]![0] - m[0]![1]) / (4 * w)]
}
/** Where the ray through a point of the picture meets level ground, metres north and east, by the matrix alone. */
function groundOf(m: Matrix, [x, y]: readonly [number, number], fovDeg: readonly [number, number], heightM: number) {
  const ray = [1, (2 * x - 1) * Math.tan((fovDeg[0] * RAD) / 2), (2 * y - 1) * Math.tan((fovDeg[1] * RAD) / 2)]
  const [n, e, d] = m.map((row) => row[0] * ray[0]! + row[1] * ray[1]! + row[2] * ray[2]!)
  return { northM: (n! / d!) * heightM, eastM: (e! / d!) * heightM }
}
const place = (northM: number, eastM: number) => ({
  lat_image: Math.round((HERE[1] + northM / 110_852) * 1e7),
  lon_image: Math.round((HERE[0] + eastM / 96_486) * 1e7),
})

const frame = {
  time_boot_ms: 1000,
  max: 31.5,
  max_point_x: 0.7,
  max_point_y: 0.4,
  min: 12,
  min_point_x: 0.1,
  min_point_y: 0.1,
  stream_id: 1,
  camera_device_id: 0,
}
const FOV = [45, 37] as const
interface Said {
  readonly q: readonly number[]
  readonly image?: { readonly lat_image: number; readonly lon_image: number }
  readonly comp?: number
  readonly atMs?: number
}
function says(vehicle: Vehicle, { q, image, comp = 100, atMs = AT }: Said): Vehicle {
  const unknown = { lat_image: NOT_KNOWN, lon_image: NOT_KNOWN }
  const camera = { lat_camera: NOT_KNOWN, lon_camera: NOT_KNOWN, alt_camera: NOT_KNOWN, alt_image: NOT_KNOWN }
  const fields = { time_boot_ms: 0, ...camera, ...(image ?? unknown), q, hfov: 45, vfov: 37, camera_device_id: 0 }
  return observe(vehicle, { name: 'CAMERA_FOV_STATUS', fields } as unknown as DecodedMessage, atMs, comp)
}
const nose = (yawDeg: number): Pick<Vehicle, 'attitudes'> => ({
  attitudes: [{ atMs: AT, rollRad: 0, pitchRad: 0, yawRad: yawDeg * RAD, yawRateRadS: 0 }],
})
const flying = (over: Partial<Vehicle> = {}, comp = 100): Vehicle => ({
  ...copterInAir(3, AT),
  ...withOneCamera(camera({ comp })),
  ...looking([]),
  ...nose(0),
  ...over,
})
/** A camera that has shown before, by the middle of its picture, that it counts from north. */
function fromNorth(over: Partial<Vehicle> = {}): Vehicle {
  const m = matrixOf(70, -45)
  const { northM, eastM } = groundOf(m, [0.5, 0.5], FOV, 60)
  const shown = { ...flying(), attitudes: [{ ...nose(70).attitudes[0]!, atMs: AT - 1000 }] }
  return { ...says(shown, { q: quaternionOf(m), image: place(northM, eastM), atMs: AT - 1000 }), ...nose(0), ...over }
}
function offsetM(vehicle: Vehicle, atMs = AT) {
  const [lng, lat] = registerFrame(vehicle, frame, atMs)?.hot?.position ?? [NaN, NaN]
  return { northM: (lat - HERE[1]) * 110_852, eastM: (lng - HERE[0]) * 96_486 }
}

describe('a camera whose gimbal says nothing', () => {
  it.each([
    [0, -90, 0],
    [40, -60, 0],
    [-120, -45, 70],
    [170, -35, 200],
  ])('places a reading by its own word: yaw %d, pitch %d, nose at %d', (yawDeg, pitchDeg, noseDeg) => {
    const m = matrixOf(yawDeg, pitchDeg)
    const vehicle = says(fromNorth(nose(noseDeg)), { q: quaternionOf(m) })
    const reading = registerFrame(vehicle, frame, AT)
    expect(reading).toMatchObject({ unplaced: null, attitudeFrom: 'camera' })
    const expected = groundOf(m, [0.7, 0.4], FOV, 60)
    expect(offsetM(vehicle).northM).toBeCloseTo(expected.northM, 0)
    expect(offsetM(vehicle).eastM).toBeCloseTo(expected.eastM, 0)
  })

  it('places it where these figures of another program lie', () => {
    // Yaw 40, pitch -60, height 60 m: computed once by rotation matrices in Python.
    const vehicle = says(fromNorth(), { q: [0.813798, 0.17101, -0.469846, 0.296198] })
    expect(offsetM(vehicle).northM).toBeCloseTo(23.127, 0)
    expect(offsetM(vehicle).eastM).toBeCloseTo(34.993, 0)
  })

  it('is told apart from a gimbal, whose word goes first, and gives a wider ellipse', () => {
    const q = [Math.SQRT1_2, 0, -Math.SQRT1_2, 0] as const
    const both = says(flying(looking([{ atMs: AT, q, yawFrame: 'earth' }])), { q: quaternionOf(matrixOf(90, -40)) })
    const byGimbal = registerFrame(both, frame, AT)
    const byCamera = registerFrame(says(fromNorth(), { q: [...q] }), frame, AT)
    expect([byGimbal?.attitudeFrom, byCamera?.attitudeFrom]).toEqual(['gimbal', 'camera'])
    expect(byCamera?.hot?.position[0]).toBeCloseTo(byGimbal?.hot?.position[0] ?? 0, 7)
    expect(byCamera?.hot?.errorRadiusM).toBeGreaterThan(byGimbal?.hot?.errorRadiusM ?? Infinity)
  })

  it('is not believed when what it said is older than half a second', () => {
    const vehicle = says(fromNorth(), { q: quaternionOf(matrixOf(0, -90)), atMs: AT - 600 })
    expect(registerFrame(vehicle, frame, AT)).toMatchObject({ hot: null, unplaced: 'gimbal-missing' })
  })

  it.each([
    ['zeros', [0, 0, 0, 0]],
    ['no numbers', [NaN, NaN, NaN, NaN]],
  ])('is not believed when it does not know where it looks: %s', (_, q) => {
    expect(registerFrame(says(fromNorth(), { q }), frame, AT)?.unplaced).toBe('gimbal-missing')
  })
})

describe('the axes of what a camera says', () => {
  const nose70 = flying(nose(70), 1)
  const lookEast = quaternionOf(matrixOf(70, -45))
  const ahead = quaternionOf(matrixOf(0, -45))
  const centre = groundOf(matrixOf(70, -45), [0.5, 0.5], FOV, 60)
  const image = place(centre.northM, centre.eastM)
  const expected = groundOf(matrixOf(70, -45), [0.7, 0.4], FOV, 60)

  it('are north where the middle of its picture lies in that direction', () => {
    const vehicle = says(nose70, { q: lookEast, image, comp: 1 })
    expect(offsetM(vehicle).northM).toBeCloseTo(expected.northM, 0)
    expect(offsetM(vehicle).eastM).toBeCloseTo(expected.eastM, 0)
  })
  it('are the nose where only that agrees with it', () => {
    const vehicle = says(nose70, { q: ahead, image, comp: 1 })
    expect(offsetM(vehicle).northM).toBeCloseTo(expected.northM, 0)
    expect(offsetM(vehicle).eastM).toBeCloseTo(expected.eastM, 0)
  })
  it('hold on once they are known, also while the middle of the picture is unknown or at the horizon', () => {
    let vehicle = says(nose70, { q: ahead, image, comp: 1, atMs: AT - 400 })
    vehicle = says(vehicle, { q: ahead, comp: 1, atMs: AT - 200 })
    vehicle = says(vehicle, { q: ahead, image: { lat_image: AT_HORIZON, lon_image: AT_HORIZON }, comp: 1 })
    expect(offsetM(vehicle).eastM).toBeCloseTo(expected.eastM, 0)
  })
  it.each([
    ['an ArduPilot', nose70, 1],
    ['a camera of its own', flying(nose(70)), 100],
  ])('are unclear where %s gives no point to judge by, and nothing is placed', (_, before, comp) => {
    const vehicle = says(before, { q: lookEast, comp })
    expect(registerFrame(vehicle, frame, AT)).toMatchObject({ hot: null, corners: null, unplaced: 'gimbal-missing' })
  })
  it('are nobody’s where the point contradicts both, and nothing is placed', () => {
    const behind = place(-centre.northM, -centre.eastM)
    const vehicle = says(nose70, { q: lookEast, image: behind, comp: 1 })
    expect(registerFrame(vehicle, frame, AT)).toMatchObject({ hot: null, unplaced: 'gimbal-missing' })
  })
})
