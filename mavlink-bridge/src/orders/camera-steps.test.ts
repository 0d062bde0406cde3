import type { CameraWish, LngLat } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { createCommandDesk } from '../exchanges/command-desk.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { lossyPort } from '../testing/lossy-port.ts'
import { createRandom } from '../testing/random.ts'
import { camera, copterInAir, looking, withGimbals, withOneCamera } from '../testing/vehicles.ts'
import { turn } from '../thermal/rotation.ts'
import { cameraKey, type CameraState } from '../vehicles/cameras.ts'
import type { GimbalManager } from '../vehicles/gimbals.ts'
import type { Vehicle } from '../vehicles/vehicle.ts'
import { isMessage } from '../wire/decode.ts'
import { cameraSteps } from './camera-steps.ts'
import { runOrder } from './order-runner.ts'

const NO_CAMERA = { cameras: new Map(), cameraStates: new Map() }
const OURS = { sys: 255, comp: 190 }
const RAD = Math.PI / 180
const CAMERA = camera({ flags: 2 | 64 })
const gimbal = (control: GimbalManager['control']) => withGimbals({ comp: 1, deviceId: 1, control })
const says = (state: Partial<CameraState>) => withOneCamera(CAMERA, state)
/** 60 m north of the vehicle, which flies 60 m high: 45 degrees down. */
const NORTH: LngLat = [122.1, 30 + 60 / 111_320]

function setUp(over: Partial<Vehicle> = {}) {
  const clock = new FakeClock()
  const link = lossyPort(clock, createRandom(1).next, { lost: 0, doubled: 0, late: 0, rttMs: 20 })
  let vehicle: Vehicle = {
    ...copterInAir(3, clock.nowMs()),
    home: { lngLat: [122.1, 30], altAmslM: 10 },
    ...gimbal({ ...OURS, atMs: clock.nowMs() }),
    ...withOneCamera(CAMERA),
    ...over,
  }
  const watchers = new Set<(vehicle: Vehicle) => void>()
  const notices: string[] = []
  const ports = {
    clock,
    port: link.port,
    desk: createCommandDesk(link.port, clock),
    vehicle: () => vehicle,
    watch(seen: (vehicle: Vehicle) => void) {
      watchers.add(seen)
      return () => watchers.delete(seen)
    },
    texts: () => () => undefined,
  }
  const show = (change: Partial<Vehicle>): void => {
    const atMs = clock.nowMs()
    const positions = vehicle.positions.map((position) => ({ ...position, atMs }))
    const attitude = { atMs, rollRad: 0, pitchRad: 0, yawRad: 0, yawRateRadS: 0 }
    vehicle = { ...vehicle, positions, attitudes: [attitude], lastHeartbeatAtMs: atMs, ...change }
    for (const seen of watchers) seen(vehicle)
  }
  return {
    clock,
    notices,
    watchers,
    show,
    /** Gimbal attitude for some seconds; telemetry goes on meanwhile. */
    async looking(pitchDeg: number, seconds = 1): Promise<void> {
      for (let i = 0; i < seconds * 5; i++) {
        await clock.advance(200)
        show(looking([{ atMs: clock.nowMs(), q: turn('right', pitchDeg * RAD), yawFrame: 'vehicle' }]))
      }
    },
    ack: (command: number, result: number, comp = 1): void => {
      const fields = { command, result, progress: 255, result_param2: 0, target_system: 255, target_component: 190 }
      link.say('COMMAND_ACK', fields, comp)
    },
    tell: link.say,
    sent: () => link.sent.flatMap((m) => (isMessage(m, 'COMMAND_LONG') || isMessage(m, 'COMMAND_INT') ? [m] : [])),
    give(wish: CameraWish): string {
      const steps = cameraSteps(wish, vehicle, clock.nowMs())
      if (!steps.ok) return steps.error.code
      runOrder({ steps: steps.value, safety: false, class: 'query', expiresAtMs: clock.nowMs() + 15_000 }, ports, (n) =>
        notices.push(n.reason === null ? n.state : `${n.state}: ${n.reason}`),
      )
      return 'given'
    },
  }
}

describe('a camera order', () => {
  it.each<[string, CameraWish, Partial<Vehicle>]>([
    ['no-gimbal', { do: 'look-at', position: NORTH }, withGimbals()],
    ['no-gimbal', { do: 'look-down' }, withGimbals()],
    ['drone-position-unknown', { do: 'look-at', position: NORTH }, { positions: [] }],
    ['no-camera', { do: 'zoom', percent: 50 }, NO_CAMERA],
    ['no-camera', { do: 'photo' }, NO_CAMERA],
    ['camera-cannot-zoom', { do: 'zoom', percent: 50 }, withOneCamera({ ...CAMERA, flags: 2 })],
    ['camera-cannot-photo', { do: 'photo' }, withOneCamera({ ...CAMERA, flags: 64 })],
  ])('is not begun, and says why: %s', (reason, wish, over) => {
    const rig = setUp(over)
    expect(rig.give(wish)).toBe(reason)
    expect(rig.sent()).toEqual([])
  })
})

describe('a setting that cannot be put on the wire', () => {
  const palette = (via: 'camera' | 'autopilot', comp: number): Partial<Vehicle> => {
    const options = [{ value: 300, text: 'Odd', textZh: null }]
    const one = { id: 'palette', via, comp, param: 'CAM1_THERM_PAL', type: 1, options, value: 0, atMs: 0 } as const
    return { cameraSettings: new Map([[cameraKey(CAMERA), [one]]]) }
  }
  it('of a camera is refused as a fault of ours, and ends nothing else', async () => {
    const rig = setUp(palette('camera', 100))
    expect(rig.give({ do: 'palette', value: 300 })).toBe('given')
    await rig.clock.advance(10)
    expect(rig.notices).toEqual([
      'sent',
      'refused: bridge-fault@palette: 300 is no value of an extended parameter of type 1',
    ])
    expect(rig.watchers.size).toBe(0)
  })
  it('of the autopilot is refused when its type shows', async () => {
    const rig = setUp(palette('autopilot', 1))
    rig.give({ do: 'palette', value: 300 })
    await rig.clock.advance(10)
    rig.tell('PARAM_VALUE', {
      param_id: 'CAM1_THERM_PAL',
      param_type: 1,
      param_value: 0,
      param_index: 0,
      param_count: 1,
    })
    await rig.clock.advance(50)
    expect(rig.notices.at(-1)).toMatch(/^refused: bridge-fault@palette: parameter must be an integer 0..255, not 300/)
  })
})

describe('looking at a place', () => {
  it('names it in whole units of 1e-7 degrees, on the height of the take-off point above sea level', async () => {
    const rig = setUp()
    rig.give({ do: 'look-at', position: NORTH })
    await rig.clock.advance(10)
    expect(rig.sent()[0]).toMatchObject({
      name: 'COMMAND_INT',
      fields: { command: 195, param1: 1, frame: 0, x: Math.round(NORTH[1] * 1e7), y: 1_221_000_000, z: 10 },
    })
  })
  it('is effective when the gimbal looks there, not when the order is acknowledged', async () => {
    const rig = setUp()
    rig.give({ do: 'look-at', position: NORTH })
    await rig.clock.advance(20)
    rig.ack(195, 0)
    await rig.looking(-10)
    expect(rig.notices).toEqual(['sent', 'acked'])
    await rig.looking(-44)
    expect(rig.notices).toEqual(['sent', 'acked', 'effective'])
    expect(rig.watchers.size).toBe(0)
  })
  it('says that nothing was seen when the gimbal agrees and stays where it is', async () => {
    const rig = setUp()
    rig.give({ do: 'look-at', position: NORTH })
    await rig.clock.advance(20)
    rig.ack(195, 0)
    await rig.looking(0, 8)
    expect(rig.notices.at(-1)).toBe('not-effective: no-effect-seen@look-at')
  })
  it('does not take an attitude from before the order for its effect', async () => {
    const rig = setUp()
    await rig.looking(-45)
    rig.give({ do: 'look-at', position: NORTH })
    await rig.clock.advance(20)
    rig.ack(195, 0)
    await rig.clock.advance(20)
    rig.show({})
    expect(rig.notices).toEqual(['sent', 'acked'])
  })
  it('takes control first where nobody has it, and waits until the manager says so', async () => {
    const rig = setUp(gimbal(null))
    rig.give({ do: 'look-at', position: NORTH })
    await rig.clock.advance(20)
    rig.ack(1001, 0)
    await rig.clock.advance(200)
    expect(rig.sent().map(({ fields }) => fields.command)).toEqual([1001])
    rig.show(gimbal({ ...OURS, atMs: rig.clock.nowMs() }))
    await rig.clock.advance(200)
    expect(rig.sent().map(({ fields }) => fields.command)).toEqual([1001, 195])
  })
  it('ends when the manager keeps another station in control', async () => {
    const rig = setUp(gimbal({ sys: 250, comp: 1, atMs: 0 }))
    rig.give({ do: 'look-at', position: NORTH })
    await rig.clock.advance(20)
    rig.ack(1001, 0)
    await rig.looking(0, 9)
    expect(rig.notices.at(-1)).toBe('not-effective: no-effect-seen@take-gimbal')
  })
  it('says who took the gimbal away meanwhile', async () => {
    const rig = setUp()
    rig.give({ do: 'look-at', position: NORTH })
    await rig.clock.advance(20)
    rig.show(gimbal({ sys: 250, comp: 1, atMs: rig.clock.nowMs() }))
    expect(rig.notices.at(-1)).toBe('not-effective: gimbal-taken@look-at: 250')
  })
  it('gives a refusal in the words of the gimbal', async () => {
    const rig = setUp()
    rig.give({ do: 'look-at', position: NORTH })
    await rig.clock.advance(20)
    rig.ack(195, 2)
    await rig.looking(0)
    expect(rig.notices.at(-1)).toBe('refused: command-denied@look-at')
  })
  it('says that nobody answered', async () => {
    const rig = setUp()
    rig.give({ do: 'look-at', position: NORTH })
    await rig.looking(0, 12)
    expect(rig.notices.at(-1)).toBe('unknown: no-answer@look-at')
    expect(rig.sent()).toHaveLength(3)
  })
})

describe('looking down', () => {
  it('gives up a place that was kept in view first, and goes on where the gimbal knows no such thing', async () => {
    const rig = setUp()
    rig.give({ do: 'look-down' })
    await rig.clock.advance(20)
    rig.ack(197, 3)
    await rig.clock.advance(50)
    rig.ack(1000, 0)
    await rig.looking(-89)
    expect(rig.sent().map(({ fields }) => fields.command)).toEqual([197, 1000])
    expect(rig.notices.at(-1)).toBe('effective')
  })
})

describe('zoom', () => {
  it('is done when the camera tells that zoom, and not when it tells another', async () => {
    const rig = setUp()
    rig.give({ do: 'zoom', percent: 60 })
    await rig.clock.advance(20)
    rig.ack(531, 0, 100)
    await rig.clock.advance(20)
    rig.show(says({ zoom: { percent: 30, atMs: rig.clock.nowMs() } }))
    expect(rig.notices.at(-1)).toBe('acked')
    await rig.clock.advance(20)
    rig.show(says({ zoom: { percent: 60, atMs: rig.clock.nowMs() } }))
    expect(rig.notices.at(-1)).toBe('effective')
  })
})

describe('a photo', () => {
  it('has the same number in every repeat, so that a repeat takes no second one', async () => {
    const rig = setUp()
    rig.give({ do: 'photo' })
    await rig.looking(0, 3)
    const numbers = rig.sent().map(({ fields }) => fields.param4)
    expect(numbers.length).toBeGreaterThan(1)
    expect(new Set(numbers).size).toBe(1)
  })
  it('counts as taken by the count of the camera when the message about it was lost', async () => {
    const rig = setUp(says({ images: { count: 7, atMs: 0 } }))
    rig.give({ do: 'photo' })
    await rig.clock.advance(20)
    rig.ack(2000, 0, 100)
    await rig.clock.advance(20)
    rig.show(says({ images: { count: 7, atMs: rig.clock.nowMs() } }))
    expect(rig.notices.at(-1)).toBe('acked')
    rig.show(says({ images: { count: 8, atMs: rig.clock.nowMs() } }))
    expect(rig.notices.at(-1)).toBe('effective')
  })
  it('says that the camera failed to store it', async () => {
    const rig = setUp()
    rig.give({ do: 'photo' })
    await rig.clock.advance(20)
    rig.show(says({ lastImage: { index: 3, ok: false, atMs: rig.clock.nowMs() } }))
    expect(rig.notices.at(-1)).toBe('not-effective: capture-failed@photo')
  })
})
