import { describe, expect, it } from 'vitest'
import { copterInAir, heartbeat } from '../testing/vehicles.ts'
import type { TypedName } from '../wire/decode.ts'
import { decode } from '../wire/decode.ts'
import { definitionByName } from '../wire/definitions/definitions.ts'
import { encode, type EncodeFields } from '../wire/encode.ts'
import { framesOfDatagram } from '../wire/framer.ts'
import { observe, observeHeartbeat, observeText } from './observe.ts'
import { batteryNow } from './observe-battery.ts'
import { readinessOf } from './readiness.ts'
import type { Vehicle } from './vehicle.ts'

const after = <N extends TypedName>(
  vehicle: Vehicle,
  name: N,
  fields: EncodeFields<N>,
  atMs = 1000,
  comp = 1,
): Vehicle => {
  const [frame] = framesOfDatagram(encode(name, fields, { seq: 0, sys: 1, comp }))
  if (frame === undefined) throw new Error('no frame')
  return observe(vehicle, decode(frame), atMs, comp)
}
const vehicle = copterInAir(3, 0)
const sysStatus = {
  onboard_control_sensors_present: 0,
  onboard_control_sensors_enabled: 0,
  onboard_control_sensors_health: 0,
  load: 0,
  voltage_battery: 65_535,
  current_battery: -1,
  battery_remaining: -1,
  drop_rate_comm: 0,
  errors_comm: 0,
  errors_count1: 0,
  errors_count2: 0,
  errors_count3: 0,
  errors_count4: 0,
}

const HOME = {
  latitude: 300_000_000,
  longitude: 1_221_000_000,
  altitude: 5000,
  x: 0,
  y: 0,
  z: 0,
  q: [1, 0, 0, 0],
  approach_x: 0,
  approach_y: 0,
  approach_z: 0,
}
const SUMMARY = {
  timestamp: 0,
  custom_mode: 3,
  latitude: 300_000_000,
  longitude: 1_221_000_000,
  altitude: 90,
  target_altitude: 0,
  target_distance: 0,
  wp_num: 3,
  failure_flags: 0,
  type: 2,
  autopilot: 3,
  heading: 45,
  target_heading: 0,
  throttle: 0,
  airspeed: 0,
  airspeed_sp: 0,
  groundspeed: 100,
  windspeed: 25,
  wind_heading: 45,
  eph: 0,
  epv: 0,
  temperature_air: 0,
  climb_rate: -10,
  battery: 61,
  custom0: 0,
  custom1: 0,
  custom2: 0,
}

it('reads unknown values as unknown, never as zero or full', () => {
  expect(after(vehicle, 'SYS_STATUS', sysStatus).battery).toBeNull()
  const half = after(vehicle, 'SYS_STATUS', { ...sysStatus, battery_remaining: 50 })
  expect(half.battery).toEqual({ voltageV: null, remainingShare: 0.5, remainingS: null })
  const place = { time_boot_ms: 1, lat: 0, lon: 0, alt: 0, relative_alt: 0, vx: 0, vy: 0, vz: 0, hdg: 65_535 }
  expect(after({ ...vehicle, positions: [] }, 'GLOBAL_POSITION_INT', place).positions).toEqual([])
})

it.each([
  ['a latitude beyond the pole', 900_000_001, 1_221_000_000],
  ['a longitude beyond half way round', 300_000_000, -1_800_000_001],
  ['the sentinel of a sender that does not know', 2_147_483_647, 2_147_483_647],
  ['zeros', 0, 0],
])('keeps no place that is none on earth, in none of its three messages: %s', (_, lat, lng) => {
  const before = { ...vehicle, positions: [], home: null }
  const position = { time_boot_ms: 1, lat, lon: lng, alt: 0, relative_alt: 0, vx: 0, vy: 0, vz: 0, hdg: 65_535 }
  expect(after(before, 'GLOBAL_POSITION_INT', position).positions).toEqual([])
  expect(after(before, 'HOME_POSITION', { ...HOME, latitude: lat, longitude: lng }).home).toBeNull()
  const summary = after(before, 'HIGH_LATENCY2', { ...SUMMARY, latitude: lat, longitude: lng }, 20_000)
  expect(summary.positions).toEqual([])
  expect(summary.groundSpeedMps).toBe(20)
})

it('keeps places up to the poles and the line of date', () => {
  const [latitude, longitude] = [-900_000_000, 1_800_000_000]
  expect(after(vehicle, 'HOME_POSITION', { ...HOME, latitude, longitude }).home?.lngLat).toEqual([180, -90])
  const summary = after(vehicle, 'HIGH_LATENCY2', { ...SUMMARY, latitude, longitude }, 20_000)
  expect(summary.positions.at(-1)?.lngLat).toEqual([180, -90])
})

it('takes the wind as where it comes from, from both autopilots', () => {
  expect(after(vehicle, 'WIND', { direction: -90, speed: 4, speed_z: 0 }).wind).toEqual({ fromDeg: 270, speedMps: 4 })
  const blowingEast = {
    time_usec: 0n,
    wind_x: 0,
    wind_y: 5,
    wind_z: 0,
    var_horiz: 0,
    var_vert: 0,
    wind_alt: 0,
    horiz_accuracy: 0,
    vert_accuracy: 0,
  }
  expect(after(vehicle, 'WIND_COV', blowingEast).wind).toEqual({ fromDeg: 270, speedMps: 5 })
})

it('notices a restart of the autopilot by its clock, and forgets what it can no longer know', () => {
  const attitude = { roll: 0, pitch: 0, yaw: 0, rollspeed: 0, pitchspeed: 0, yawspeed: 0 }
  let now = after({ ...vehicle, home: { lngLat: [1, 2], altAmslM: 3 } }, 'ATTITUDE', {
    time_boot_ms: 60_000,
    ...attitude,
  })
  now = after(now, 'ATTITUDE', { time_boot_ms: 59_500, ...attitude }, 1100) // late, not a restart
  expect([now.reboots, now.home]).toEqual([0, { lngLat: [1, 2], altAmslM: 3 }])
  now = after(now, 'ATTITUDE', { time_boot_ms: 900, ...attitude }, 2000)
  expect([now.reboots, now.home]).toEqual([1, null])
})

it('takes mode and arming from the autopilot alone', () => {
  const now = after(vehicle, 'HEARTBEAT', heartbeat(0, { armed: false, type: 18, autopilot: 8 }), 1000, 191)
  expect([now.armed, now.mode?.name, now.lastHeartbeatAtMs]).toEqual([true, 'AUTO', 0])
})

it('does not take a good fix and a healthy pre-arm bit for "can arm" before the estimator agrees', () => {
  const parked = observeHeartbeat(null, { sys: 1, comp: 1 }, heartbeat(0, { armed: false, status: 3 }), 0)
  const ready = { ...parked, prearmOk: true, gps: { fixType: 6, satellites: 12, accuracyM: 0.4 } }
  expect(readinessOf(ready, 0).canArm).toBeNull()
  expect(readinessOf({ ...ready, estimator: { ok: true, faults: [] } }, 0).canArm).toBe(true)
  expect(readinessOf({ ...ready, estimator: { ok: false, faults: ['position'] } }, 0).canArm).toBe(false)
})

it('gives the reasons against arming in the words of the autopilot, once each, while they stand', () => {
  const parked = observeHeartbeat(null, { sys: 1, comp: 1 }, heartbeat(0, { armed: false, status: 3 }), 0)
  let now: Vehicle = { ...parked, prearmOk: false }
  for (const [atMs, text] of [
    [1000, 'PreArm: Compass not calibrated'],
    [2000, 'EKF3 IMU0 is using GPS'],
    [5000, 'PreArm: Compass not calibrated'],
  ] as const)
    now = observeText(now, 2, text, atMs)
  expect(readinessOf(now, 6000)).toEqual({ canArm: false, reasons: ['PreArm: Compass not calibrated'] })
  expect(readinessOf(now, 60_000).reasons).toEqual([])
})

it('takes "multicopter" as news from what has wings alone, because plain copters say it, too', () => {
  const hovering = { vtol_state: 3, landed_state: 2 }
  expect(after(vehicle, 'EXTENDED_SYS_STATE', hovering).vtol).toBeNull()
  expect(after({ ...vehicle, kind: 'plane' }, 'EXTENDED_SYS_STATE', hovering).vtol).toBe('multicopter')
})

/** All numbers zero. */
const blank = (name: string): Record<string, unknown> =>
  Object.fromEntries(
    definitionByName(name)!.fields.map(({ name: field, type, arrayLength }) => {
      if (type === 'char') return [field, '']
      const zero = type.includes('64') ? 0n : 0
      return [field, arrayLength > 0 ? Array.from({ length: arrayLength }, () => zero) : zero]
    }),
  )
const GOOD_EKF = 1 | 2 | 16 | 32

it('takes no battery of 0 mV for one that is empty', () => {
  expect(after(vehicle, 'SYS_STATUS', { ...sysStatus, voltage_battery: 0 }).battery).toBeNull()
})

it.each([
  [{}, true, []],
  [{ velocity_variance: 0.9, pos_horiz_variance: 0.9, compass_variance: 0.9 }, true, []],
  [{ flags: GOOD_EKF | 32_768 }, true, ['gps-glitch']],
  [{ velocity_variance: 1.1 }, false, ['velocity']],
  [{ pos_horiz_variance: 1.1 }, false, ['position']],
  [{ pos_vert_variance: 1.1 }, true, ['height']],
  [{ compass_variance: 1.1 }, true, ['compass']],
])('reads of ArduPilot’s position filter with %j that it is well: %s, and its faults: %j', (over, ok, faults) => {
  const report = { ...blank('EKF_STATUS_REPORT'), flags: GOOD_EKF, ...over } as EncodeFields<'EKF_STATUS_REPORT'>
  expect(after(vehicle, 'EKF_STATUS_REPORT', report).estimator).toEqual({ ok, faults })
})

it('reads what a satellite summary says has failed, until the vehicle speaks in full again', () => {
  const summary = { ...blank('HIGH_LATENCY2'), type: 2, autopilot: 3 } as EncodeFields<'HIGH_LATENCY2'>
  const failed = after(vehicle, 'HIGH_LATENCY2', { ...summary, failure_flags: 1 | 128 | 4096 | 8192 }, 20_000)
  expect(failed.failures).toEqual(['gps', 'battery', 'estimator', 'mission'])
  expect(after(failed, 'HIGH_LATENCY2', summary, 40_000).failures).toEqual([])
  expect(after(failed, 'HEARTBEAT', heartbeat(3), 40_000).failures).toEqual([])
})

it('believes no satellite summary beside heartbeats, nor heartbeats for longer than they come', () => {
  const beaten = after(vehicle, 'HEARTBEAT', heartbeat(3, { armed: true }), 10_000)
  const disarmed = { ...SUMMARY, custom_mode: 6, custom0: 0 }
  expect(after(beaten, 'HIGH_LATENCY2', disarmed, 12_000)).toBe(beaten)
  // A summary every five seconds, a hair early: the first of them are all that is heard after the last heartbeat.
  const later = [14_900, 19_850, 24_800].reduce((known, atMs) => after(known, 'HIGH_LATENCY2', disarmed, atMs), beaten)
  expect(later).toMatchObject({ highLatency: true, armed: false, armedKnown: true, lastHeartbeatAtMs: 24_800 })
})

describe('a vehicle with several batteries', () => {
  const battery = (id: number, percent: number, over: object = {}) => ({
    ...blank('BATTERY_STATUS'),
    id,
    battery_remaining: percent,
    voltages: [4000 - id, 4000, ...Array.from({ length: 8 }, () => 0xffff)],
    voltages_ext: [0, 0, 0, 0],
    ...over,
  })
  const say = (known: Vehicle, fields: object, atMs = 1000, comp = 1): Vehicle =>
    after(known, 'BATTERY_STATUS', fields as never, atMs, comp)

  it('has what the weakest of them has, whichever speaks last', () => {
    const two = say(say(vehicle, battery(0, 80, { time_remaining: 900 })), battery(1, 20, { time_remaining: 1200 }))
    expect(two.battery).toEqual({ remainingShare: 0.2, remainingS: 900, voltageV: 7.999 })
    expect(say(two, battery(0, 79, { time_remaining: 890 })).battery).toMatchObject({
      remainingShare: 0.2,
      remainingS: 890,
    })
    // SYS_STATUS speaks of the first one alone.
    const fields = { ...blank('SYS_STATUS'), voltage_battery: 8100, battery_remaining: 78 } as never
    expect(after(two, 'SYS_STATUS', fields, 1500, 1).battery!.remainingShare).toBe(0.2)
  })

  it('has no time of a fuller one where the weakest tells none', () => {
    const fuller = say(vehicle, battery(0, 80, { time_remaining: 900 }))
    expect(say(fuller, battery(1, 5)).battery).toMatchObject({ remainingShare: 0.05, remainingS: null })
    expect(say(fuller, battery(1, 95)).battery).toMatchObject({ remainingShare: 0.8, remainingS: 900 })
    expect(say(fuller, battery(1, -1, { time_remaining: 60 })).battery).toMatchObject({ remainingS: 60 })
  })

  it('hears a battery that speaks for itself, and not that of a payload', () => {
    const own = say(say(vehicle, battery(0, 80)), battery(0, 30), 1000, 180)
    expect(own.battery!.remainingShare).toBe(0.3)
    expect(say(own, battery(2, 5, { battery_function: 4 })).battery!.remainingShare).toBe(0.3)
    expect(say(own, battery(0, 5), 1000, 191)).toBe(own)
  })

  it('forgets one that was taken out while the others go on speaking', () => {
    const two = say(say({ ...vehicle, armed: false }, battery(0, 80)), battery(1, 20))
    expect(say(two, battery(0, 80), 60_999).battery!.remainingShare).toBe(0.2)
    expect(say(two, battery(0, 80), 61_000).battery!.remainingShare).toBe(0.8)
  })

  it('takes out none in flight: one that falls silent there is not taken for full because another is', () => {
    const two = say(say(vehicle, battery(0, 80)), battery(1, 20))
    expect(say(two, battery(0, 78), 600_000).battery!.remainingShare).toBe(0.2)
    const unknown = { ...two, armed: false, armedKnown: false }
    expect(say(unknown, battery(0, 78), 600_000).battery!.remainingShare).toBe(0.2)
  })

  it('holds what nobody knows where none has spoken for long, though it is heard', () => {
    const told = say(vehicle, battery(0, 80))
    const beats = (nowMs: number): Vehicle => after(told, 'HEARTBEAT', heartbeat(3), nowMs)
    expect(batteryNow(beats(31_000), 31_000)).toMatchObject({ remainingShare: 0.8 })
    expect(batteryNow(beats(31_001), 31_001)).toBeNull()
    // What is lost, or heard by satellite only, says so of all that is shown of it.
    expect(batteryNow(told, 60_000)).toMatchObject({ remainingShare: 0.8 })
    const bySatellite = after(told, 'HIGH_LATENCY2', SUMMARY, 50_000)
    expect(batteryNow(bySatellite, 100_000)).toMatchObject({ remainingShare: 0.61 })
  })

  it('does not take a battery that says nothing of its share for a full one', () => {
    expect(say(say(vehicle, battery(0, 80)), battery(1, -1)).battery!.remainingShare).toBe(0.8)
    expect(say(vehicle, battery(1, -1)).battery).toMatchObject({ remainingShare: null })
  })
})

it.each([
  ['GPS_RAW_INT', { fix_type: 1 }],
  ['BATTERY_STATUS', { battery_remaining: 3 }],
  ['HOME_POSITION', { latitude: 1e8, longitude: 1e8 }],
  ['MISSION_CURRENT', { seq: 7 }],
  ['EXTENDED_SYS_STATE', { landed_state: 1 }],
] as const)('takes %s from the autopilot, and not the copy of a companion', (name, over) => {
  const fields = { ...blank(name), ...over } as never
  expect(after(vehicle, name, fields, 1000, 191)).toBe(vehicle)
  expect(after(vehicle, name, fields, 1000, 1)).not.toBe(vehicle)
})
