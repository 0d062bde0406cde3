import { describe, expect, it } from 'vitest'
import { camera, copterInAir, looking, withGimbals, withOneCamera } from '../testing/vehicles.ts'
import { poseAt } from '../thermal/pose.ts'
import { turn } from '../thermal/rotation.ts'
import type { TypedMessages } from '../wire/typed-messages.ts'
import { cameraKey, cameraState, mainCamera, type VideoStream } from './cameras.ts'
import { cameraAttitudes, mainGimbal, withAttitude, withControl, withManager } from './gimbals.ts'
import { observe } from './observe.ts'
import { payloadOf } from './payload-status.ts'
import type { Vehicle } from './vehicle.ts'
import { wantedStreams } from './wanted-streams.ts'

const AT = 1_700_000_000_000
const copter = (over: Partial<Vehicle> = {}): Vehicle => ({ ...copterInAir(3, AT), ...over })
const sample = (pitchDeg: number) => ({
  atMs: AT,
  q: turn('right', (pitchDeg * Math.PI) / 180),
  yawFrame: 'earth' as const,
})
const stream = (over: Partial<VideoStream> = {}): VideoStream => ({
  comp: 100,
  cameraDevice: 0,
  id: 1,
  count: 1,
  name: '',
  uri: '',
  thermal: true,
  rangeEnabled: true,
  hfovDeg: 0,
  widthPx: 0,
  heightPx: 0,
  ...over,
})
const streams = (...all: VideoStream[]): Pick<Vehicle, 'videoStreams'> => ({
  videoStreams: new Map(all.map((one) => [`${one.comp}-${one.cameraDevice}-${one.id}`, one])),
})
const cameras = (...all: ReturnType<typeof camera>[]): Pick<Vehicle, 'cameras'> => ({
  cameras: new Map(all.map((one) => [cameraKey(one), one])),
})
const DAYLIGHT = camera({ comp: 100, model: 'daylight' })
const THERMAL = camera({ comp: 101, model: 'thermal', flags: 4096 })

describe('the main camera', () => {
  it('is the one with the thermal picture, then one that says that it measures, then the first', () => {
    expect(mainCamera(copter())).toBeNull()
    expect(mainCamera(copter(cameras(DAYLIGHT)))).toBe(DAYLIGHT)
    expect(mainCamera(copter(cameras(DAYLIGHT, THERMAL)))).toBe(THERMAL)
    const plain = camera({ comp: 102 })
    const known = { ...cameras(DAYLIGHT, THERMAL, plain), ...streams(stream({ comp: 102 })) }
    expect(mainCamera(copter(known))).toBe(plain)
  })
  it('keeps what two cameras say apart', () => {
    const said = (comp: number, zoomLevel: number) => {
      const fields = { time_boot_ms: 0, mode_id: 0, zoomLevel, focusLevel: NaN, camera_device_id: 0 }
      return { name: 'CAMERA_SETTINGS', fields, comp } as const
    }
    let vehicle = copter(cameras(DAYLIGHT, THERMAL))
    for (const { comp, ...message } of [said(100, 70), said(101, 10)])
      vehicle = observe(vehicle, message as never, AT, comp)
    expect(cameraState(vehicle, DAYLIGHT).zoom?.percent).toBe(70)
    expect(cameraState(vehicle, THERMAL).zoom?.percent).toBe(10)
    expect(payloadOf(vehicle).cameras).toMatchObject([{ zoomPercent: 70 }, { zoomPercent: 10 }])
  })
  it('is asked for temperatures only where it advertises them and its stream measures now', () => {
    const asks = (flags: number, rangeEnabled: boolean) => {
      const one = camera({ flags })
      const vehicle = copter({ ...cameras(one), ...streams(stream({ id: 3, rangeEnabled })) })
      return wantedStreams(vehicle).filter(({ id }) => id === 277)
    }
    expect([asks(0, true), asks(4096, false)]).toEqual([[], []])
    expect(asks(4096, true)).toMatchObject([{ comp: 100, streamId: 3, cameraDeviceId: 0 }])
  })
})

describe('the temperatures that are shown', () => {
  const range = (min: number, max: number): TypedMessages['CAMERA_THERMAL_RANGE'] => ({
    time_boot_ms: 0,
    stream_id: 1,
    camera_device_id: 0,
    max,
    max_point_x: 0.5,
    max_point_y: 0.5,
    min,
    min_point_x: 0,
    min_point_y: 0,
  })
  const fov: Parameters<typeof withOneCamera>[1] = { fovRad: [0.8, 0.6] }
  const shown = (vehicle: Vehicle) => payloadOf(vehicle).camera?.thermalRange
  it('are unknown before the camera told any, and none where it measures none', () => {
    expect(shown(copter(withOneCamera(camera(), fov)))).toBeUndefined()
    const measures = copter({ ...withOneCamera(camera({ flags: 4096 }), fov), ...streams(stream()) })
    expect(shown(measures)).toEqual({ minC: null, maxC: null, atMs: null, measuring: true })
  })
  it('carry the time at which they came, and NaN is unknown, not zero', () => {
    const vehicle = copter({ ...withOneCamera(camera({ flags: 4096 }), fov), ...streams(stream()) })
    const message = { name: 'CAMERA_THERMAL_RANGE', fields: range(NaN, 31.5) } as never
    expect(shown(observe(vehicle, message, AT + 7, 100))).toMatchObject({ minC: null, maxC: 31.5, atMs: AT + 7 })
  })
})

describe('the gimbal of the camera', () => {
  const first = { comp: 1, deviceId: 1, control: null }
  const second = { comp: 154, deviceId: 154, control: null }
  const both = {
    gimbalSamples: new Map([
      [1, [sample(-90)]],
      [154, [sample(-20)]],
    ]),
  }
  it('is the one that the camera names, and the only one where it names none', () => {
    expect(mainGimbal(copter(withGimbals(first)))).toBe(first)
    const named = copter({ ...withGimbals(first, second), ...withOneCamera(camera({ gimbalDevice: 154 })), ...both })
    expect(mainGimbal(named)).toBe(second)
    expect(cameraAttitudes(named)).toEqual([sample(-20)])
  })
  it('is unclear where there are several and the camera names none: its view is not laid on the ground', () => {
    const unclear = copter({ ...withGimbals(first, second), ...withOneCamera(camera()), ...both })
    expect(mainGimbal(unclear)).toBeNull()
    expect(poseAt(unclear, AT)).toEqual({ gap: 'gimbal-unclear' })
    expect(payloadOf(unclear)).toMatchObject({ gimbal: null, gimbalControl: null })
    expect(payloadOf(unclear).gimbals).toMatchObject([{ id: '1-1' }, { id: '154-154' }])
  })
  it('is found by its attitude alone where it has no manager', () => {
    expect(cameraAttitudes(copter(looking([sample(-45)], 154)))).toEqual([sample(-45)])
    const named = copter({ ...both, ...withOneCamera(camera({ gimbalDevice: 154 })) })
    expect(cameraAttitudes(named)).toEqual([sample(-20)])
  })
  it('has no attitude while only another gimbal speaks', () => {
    const other = copter({
      ...withGimbals(first, second),
      ...looking([sample(-20)], 154),
      ...withOneCamera(camera({ gimbalDevice: 1 })),
    })
    expect(cameraAttitudes(other)).toEqual([])
  })
})

describe('gimbal managers', () => {
  it('are kept by component and device; one that gives no number manages itself', () => {
    const vehicle = withManager(withManager(withManager(copter(), 1, 1), 1, 2), 154, 0)
    expect([...vehicle.gimbals.keys()]).toEqual(['1-1', '1-2', '154-154'])
  })
  it('say who steers their own gimbal; without a number only where they have a single one', () => {
    const control = { sys: 250, comp: 1, atMs: AT }
    const vehicle = withManager(withManager(withManager(copter(), 1, 1), 1, 2), 154, 0)
    const told = withControl(withControl(withControl(vehicle, 1, 2, control), 154, 0, control), 1, 0, control)
    expect([...told.gimbals.values()].map((gimbal) => gimbal.control?.sys)).toEqual([undefined, 250, 250])
  })
  it('and their devices do not fill the memory, however many somebody invents', () => {
    let vehicle = copter()
    for (let device = 1; device < 200; device++) vehicle = withAttitude(vehicle, 1, device, sample(0))
    expect(vehicle.gimbalSamples.size).toBe(8)
  })
})
