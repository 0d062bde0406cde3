import { describe, expect, it } from 'vitest'
import { camera, copterInAir, looking, withOneCamera } from '../testing/vehicles.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'
import { footprintNow } from './footprint.ts'
import { registerFrame, type ThermalFrame } from './register.ts'
import { multiply, type Quaternion, turn } from './rotation.ts'

const AT = 1_700_000_000_000
const deg = (degrees: number): number => (degrees * Math.PI) / 180
const frame = (over: Partial<ThermalFrame> = {}): ThermalFrame => ({
  time_boot_ms: 1000,
  max: 31.5,
  max_point_x: 0.5,
  max_point_y: 0.5,
  min: 12,
  min_point_x: 0.1,
  min_point_y: 0.1,
  stream_id: 1,
  camera_device_id: 0,
  ...over,
})
const down: Quaternion = turn('right', deg(-90))
const flying = (over: Partial<Vehicle> = {}): Vehicle => ({
  ...copterInAir(3, AT),
  ...withOneCamera(camera(), { fovRad: [deg(45.8), deg(37.3)] }),
  ...looking([{ atMs: AT, q: down, yawFrame: 'earth' }]),
  attitudes: [{ atMs: AT, rollRad: 0, pitchRad: 0, yawRad: 0, yawRateRadS: 0 }],
  ...over,
})

describe('a thermal frame', () => {
  it('is placed below a camera that looks straight down', () => {
    const reading = registerFrame(flying(), frame(), AT)
    expect(reading?.unplaced).toBeNull()
    expect(reading?.hot?.position[0]).toBeCloseTo(122.1, 7)
    expect(reading?.hot?.position[1]).toBeCloseTo(30, 7)
    expect(reading?.hot?.tempC).toBe(31.5)
    // 2 * 60 m * tan(45.8 deg / 2)
    expect(reading?.swathM).toBeCloseTo(50.69, 1)
  })

  it('takes the heading from the vehicle where the gimbal gives its yaw from the nose', () => {
    const gimbal = {
      atMs: AT,
      q: multiply(turn('down', deg(30)), turn('right', deg(-45))),
      yawFrame: 'vehicle',
    } as const
    const attitude = { atMs: AT, rollRad: 0.3, pitchRad: -0.2, yawRad: deg(60), yawRateRadS: 0 }
    const reading = registerFrame(flying({ ...looking([gimbal]), attitudes: [attitude] }), frame(), AT)
    // 30 + 60 degrees: due east, 60 m ahead. The vehicle's own roll and pitch do not count: the gimbal levels them.
    expect(reading?.hot?.position[1]).toBeCloseTo(30, 6)
    expect((reading?.hot?.position[0] ?? 0) - 122.1).toBeCloseTo(60 / 96_486, 5)
  })

  it('is placed nowhere while the autopilot itself says that it does not know where it is', () => {
    const lost = flying({ estimator: { ok: false, faults: ['position'] } })
    expect(registerFrame(lost, frame(), AT)).toMatchObject({ hot: null, corners: null, unplaced: 'position-unknown' })
    expect(footprintNow(lost, AT)).toEqual({ corners: null, reason: 'position-unknown', atMs: AT })
    const sure = flying({ estimator: { ok: true, faults: ['compass'] } })
    expect(registerFrame(sure, frame(), AT)?.unplaced).toBeNull()
  })

  it('lies where the vehicle was at its moment, not where it is by now', () => {
    const [pad] = flying().positions
    if (pad === undefined) throw new Error('no position')
    const later = { ...pad, atMs: AT + 200, lngLat: [122.1, 30.0002] as [number, number] }
    const reading = registerFrame(flying({ positions: [pad, later] }), frame(), AT + 100)
    expect(reading?.hot?.position[1]).toBeCloseTo(30.0001, 7)
  })

  it.each<[string, Partial<Vehicle>]>([
    ['gimbal-missing', looking([])],
    ['gimbal-stale', looking([{ atMs: AT - 600, q: down, yawFrame: 'earth' }])],
    ['attitude-missing', { ...looking([{ atMs: AT, q: down, yawFrame: 'vehicle' }]), attitudes: [] }],
    ['camera-unknown', withOneCamera(camera())],
    ['near-horizon', looking([{ atMs: AT, q: turn('right', deg(-5)), yawFrame: 'earth' }])],
    ['on-the-ground', { extendedLanded: { state: 'on-ground' as const, atMs: AT } }],
  ])('is not placed, and says why: %s', (reason, over) => {
    const reading = registerFrame(flying(over), frame(), AT)
    expect(reading).toMatchObject({ unplaced: reason, hot: null, maxC: 31.5 })
    expect(reading?.corners).toBeNull()
  })

  it('is not placed with an attitude older than half a second', () => {
    const gimbal = looking([{ atMs: AT, q: down, yawFrame: 'vehicle' }])
    const old = (ageMs: number) => [{ atMs: AT - ageMs, rollRad: 0, pitchRad: 0, yawRad: 0, yawRateRadS: 0 }]
    expect(registerFrame(flying({ ...gimbal, attitudes: old(501) }), frame(), AT)?.unplaced).toBe('attitude-stale')
    expect(registerFrame(flying({ ...gimbal, attitudes: old(499) }), frame(), AT)?.unplaced).toBeNull()
  })

  it('keeps its footprint when the camera does not say where the hot point is', () => {
    const reading = registerFrame(flying(), frame({ max_point_x: NaN, max_point_y: NaN }), AT)
    expect(reading).toMatchObject({ hot: null, unplaced: 'point-unknown' })
    expect(reading?.corners).toHaveLength(4)
  })

  it('without temperatures is no reading at all', () => {
    expect(registerFrame(flying(), frame({ max: NaN }), AT)).toBeNull()
  })
})

describe('the footprint on the map', () => {
  it('is unknown without a camera, and has a reason while the view is not on the ground', () => {
    expect(footprintNow(flying({ cameras: new Map(), cameraStates: new Map() }), AT)).toBeNull()
    expect(footprintNow(flying(looking([])), AT)).toEqual({ corners: null, reason: 'gimbal-missing', atMs: AT })
  })
  it('grows old: after half a second without telemetry it is not drawn any more', () => {
    expect(footprintNow(flying(), AT + 400)?.corners).toHaveLength(4)
    expect(footprintNow(flying(), AT + 600)).toMatchObject({ corners: null, reason: 'position-stale' })
  })
})
