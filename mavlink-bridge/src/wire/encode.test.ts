import { describe, expect, it } from 'vitest'
import { decode } from './decode.ts'
import { encode, type EncodeOptions } from './encode.ts'
import { framesOfDatagram } from './framer.ts'
import { createSequence } from './sequence.ts'

const FROM: EncodeOptions = { seq: 0, sys: 255, comp: 190 }
const COMMAND = {
  param1: 1,
  param2: 0,
  param3: 0,
  param4: 0,
  param5: 0,
  param6: 0,
  param7: 0,
  command: 400,
  target_system: 1,
  target_component: 1,
  confirmation: 0,
}
const ITEM = {
  param1: 0,
  param2: 0,
  param3: 0,
  param4: NaN,
  x: 300_000_000,
  y: 1_220_000_000,
  z: 50,
  seq: 1,
  command: 16,
  target_system: 1,
  target_component: 1,
  frame: 6,
  current: 0,
  autocontinue: 1,
}
/** What untyped code, such as JSON, could hand over. */
const encodeAny = (name: string, fields: unknown, options: unknown = FROM): Uint8Array =>
  encode(name, fields as Record<string, number>, options as EncodeOptions)
const decoded = (bytes: Uint8Array): Record<string, unknown> => decode(framesOfDatagram(bytes)[0]!).fields

describe('the encoder refuses', () => {
  it.each([
    ['an unknown message', 'NO_SUCH', {}, /^NO_SUCH: no such message$/],
    ['an unknown field', 'COMMAND_LONG', { ...COMMAND, _param1: 1 }, /^COMMAND_LONG\._param1: no such field$/],
    ['a missing field', 'MISSION_COUNT', { count: 1, target_system: 1 }, /^MISSION_COUNT\.target_component: missing$/],
    ['undefined', 'COMMAND_LONG', { ...COMMAND, param1: undefined }, /^COMMAND_LONG\.param1: missing$/],
    [
      'undefined in an extension field',
      'MISSION_ITEM_INT',
      { ...ITEM, mission_type: undefined },
      /mission_type: missing/,
    ],
    ['null', 'COMMAND_LONG', { ...COMMAND, param1: null }, /^COMMAND_LONG\.param1: missing$/],
    ['text for a number', 'COMMAND_LONG', { ...COMMAND, command: 'NAV_WAYPOINT' }, /command: must be a number/],
    ['a number as text', 'COMMAND_LONG', { ...COMMAND, param1: '1' }, /param1: must be a number, not "1"/],
    ['a boolean', 'COMMAND_LONG', { ...COMMAND, confirmation: true }, /confirmation: must be a number/],
    ['a fraction in an integer', 'COMMAND_LONG', { ...COMMAND, command: 1.5 }, /command: must be an integer/],
    ['NaN in an integer', 'MISSION_ITEM_INT', { ...ITEM, x: NaN }, /^MISSION_ITEM_INT\.x: must be an integer/],
    ['an integer above its range', 'COMMAND_LONG', { ...COMMAND, target_system: 256 }, /target_system: .*0\.\.255/],
    ['an integer below its range', 'COMMAND_LONG', { ...COMMAND, command: -1 }, /command: .*0\.\.65535/],
    ['a float beyond 32 bits', 'COMMAND_LONG', { ...COMMAND, param1: 1e39 }, /param1: must be a finite float/],
    ['infinity', 'COMMAND_LONG', { ...COMMAND, param1: Infinity }, /param1: must be a finite float/],
    ['an order disguised as a plan item', 'MISSION_ITEM_INT', { ...ITEM, current: 2 }, /current: 2 and 3/],
    ['another such order', 'MISSION_ITEM_INT', { ...ITEM, current: 3 }, /current: 2 and 3/],
    [
      'NaN where it has no meaning',
      'WIND',
      { direction: NaN, speed: 1, speed_z: 0 },
      /^WIND\.direction: must not be NaN$/,
    ],
    [
      'a 64-bit value as text',
      'SYSTEM_TIME',
      { time_unix_usec: '5', time_boot_ms: 1 },
      /time_unix_usec: must be a bigint/,
    ],
    [
      'a 64-bit value out of range',
      'SYSTEM_TIME',
      { time_unix_usec: -1n, time_boot_ms: 1 },
      /time_unix_usec: must be 0/,
    ],
    ['an unsafe 64-bit number', 'SYSTEM_TIME', { time_unix_usec: 2 ** 53, time_boot_ms: 1 }, /must be a bigint/],
    ['text that does not fit', 'STATUSTEXT', { severity: 1, text: 'é'.repeat(26) }, /text: must fit 50 bytes/],
    ['text with a NUL', 'STATUSTEXT', { severity: 1, text: 'a\0b' }, /text: must not contain NUL/],
    ['half a character', 'STATUSTEXT', { severity: 1, text: '\ud83d' }, /text: is not well-formed/],
    ['bytes as text', 'STATUSTEXT', { severity: 1, text: [65] }, /text: must be text/],
    [
      'an array that is too long',
      'GPS_RTCM_DATA',
      { flags: 0, len: 0, data: new Uint8Array(181) },
      /180 elements, not 181/,
    ],
    ['a scalar for an array', 'GPS_RTCM_DATA', { flags: 0, len: 0, data: 1 }, /data: must be an array of 180/],
    ['a wrong element', 'GPS_RTCM_DATA', { flags: 0, len: 0, data: [1, undefined] }, /data: must be a number/],
  ])('%s', (_what, name, fields, why) => {
    expect(() => encodeAny(name, fields)).toThrow(why)
    expect(() => encodeAny(name, fields)).toThrow(TypeError)
  })

  it('an array that is too short, unless it is a block of bytes', () => {
    const voltages = { id: 0, battery_function: 0, type: 0, temperature: 0, voltages: [1, 2], current_battery: 0 }
    const rest = { current_consumed: 0, energy_consumed: 0, battery_remaining: 0 }
    expect(() => encodeAny('BATTERY_STATUS', { ...voltages, ...rest })).toThrow(
      /voltages: must have 10 elements, not 2/,
    )
    const data = decoded(encode('GPS_RTCM_DATA', { flags: 0, len: 2, data: [1, 2] }, FROM))['data']
    expect(data).toEqual(Uint8Array.from({ length: 180 }, (_, i) => [1, 2][i] ?? 0))
  })

  it.each([
    ['seq', { ...FROM, seq: 256 }],
    ['seq', { sys: 1, comp: 1 }],
    ['sys', { ...FROM, sys: -1 }],
    ['comp', { ...FROM, comp: 1.5 }],
  ])('a wrong %s', (which, options) => {
    expect(() => encodeAny('COMMAND_LONG', COMMAND, options)).toThrow(
      new RegExp(`COMMAND_LONG: ${which} must be 0..255`),
    )
  })

  it('NaN for a real parameter, as number and as bytes, but not an integer whose bytes are a NaN', () => {
    const set = { param_id: 'A', target_system: 1, target_component: 1 }
    const nan = new Uint8Array([0, 0, 0xc0, 0x7f])
    expect(() => encode('PARAM_SET', { ...set, param_type: 9, param_value: NaN }, FROM)).toThrow(/must not be NaN/)
    expect(() => encode('PARAM_SET', { ...set, param_type: 9, param_value: nan }, FROM)).toThrow(/must not be NaN/)
    expect(encode('PARAM_SET', { ...set, param_type: 6, param_value: nan }, FROM)).toHaveLength(35)
  })

  it('to turn a fence into a mission: MAVLink 1 has no mission_type', () => {
    const count = { count: 3, target_system: 1, target_component: 1, mission_type: 1 }
    expect(() => encode('MISSION_COUNT', count, { ...FROM, v: 1 })).toThrow(/MAVLink 1 cannot carry/)
    expect(encode('MISSION_COUNT', { ...count, mission_type: 0 }, { ...FROM, v: 1 })).toHaveLength(8 + 4)
  })

  it('a message that MAVLink 1 has no id for', () => {
    expect(() => encodeAny('CAMERA_THERMAL_RANGE', {}, { ...FROM, v: 1 })).toThrow(/MAVLink 1 has no id/)
  })
})

describe('the encoder', () => {
  it('allows NaN in parameters of commands and mission items', () => {
    expect(decoded(encode('COMMAND_LONG', { ...COMMAND, param4: NaN }, FROM))).toMatchObject({ param4: NaN })
    expect(decoded(encode('MISSION_ITEM_INT', ITEM, FROM))).toMatchObject({ param4: NaN, y: 1_220_000_000 })
  })

  it('puts param1 of a command where the vehicle reads it', () => {
    const bytes = encode('COMMAND_LONG', COMMAND, FROM)
    expect(new DataView(bytes.buffer).getFloat32(10, true)).toBe(1)
  })

  it('sends base fields only in MAVLink 1', () => {
    const fields = {
      time_usec: 1n,
      lat: 1,
      lon: 2,
      alt: 3,
      eph: 4,
      epv: 5,
      vel: 6,
      cog: 7,
      fix_type: 3,
      satellites_visible: 9,
    }
    expect(encode('GPS_RAW_INT', fields, { ...FROM, v: 1 })[1]).toBe(30)
  })

  it('leaves trailing zeros out in MAVLink 2 but keeps one payload byte', () => {
    const bytes = encode('MISSION_COUNT', { count: 0, target_system: 0, target_component: 0 }, FROM)
    expect(bytes[1]).toBe(1)
    expect(bytes).toHaveLength(13)
  })

  it('fills in the protocol version of a heartbeat', () => {
    const bytes = encode('HEARTBEAT', { custom_mode: 0, type: 6, autopilot: 8, base_mode: 0, system_status: 4 }, FROM)
    expect(decoded(bytes)).toMatchObject({ mavlink_version: 3 })
  })

  it('writes text as UTF-8', () => {
    expect(decoded(encode('STATUSTEXT', { severity: 6, text: '高度 90°' }, FROM))).toMatchObject({ text: '高度 90°' })
  })
})

it('a sequence counts to 255 and starts again, one per link', () => {
  const link = createSequence(254)
  const other = createSequence()
  expect([link(), link(), link(), other()]).toEqual([254, 255, 0, 0])
})
