import type { Frame } from './frame.ts'
import { HEADER_BYTES } from './frame.ts'

/**
 * How a vehicle puts integer parameters into the float field: PX4 copies the integer's bytes, ArduPilot converts the
 * number. The vehicle says which by its capability flags; guessing from values goes wrong (1 reads as 1.4e-45).
 */
export type ParamEncoding = 'bytewise' | 'c_cast'

const CAPABILITY_BYTEWISE = 16n
const CAPABILITY_C_CAST = 131_072n

/** MAV_PARAM_TYPE of the integers that fit the four bytes, with their ranges. */
const INTEGERS: Readonly<Record<number, readonly [min: number, max: number]>> = {
  1: [0, 0xff],
  2: [-0x80, 0x7f],
  3: [0, 0xffff],
  4: [-0x8000, 0x7fff],
  5: [0, 0xffffffff],
  6: [-0x80000000, 0x7fffffff],
}
/** MAV_PARAM_TYPE_REAL32 */
const REAL32 = 9

/** Encoding announced in AUTOPILOT_VERSION.capabilities, or undefined when the vehicle announces neither. */
export function paramEncodingOf(capabilities: bigint): ParamEncoding | undefined {
  if ((capabilities & CAPABILITY_BYTEWISE) !== 0n) return 'bytewise'
  return (capabilities & CAPABILITY_C_CAST) !== 0n ? 'c_cast' : undefined
}

/**
 * The four bytes of `param_value` of a PARAM_VALUE or PARAM_SET frame. Take these, not the decoded number: a bit
 * pattern that is a signalling NaN does not survive a trip through a float.
 */
export function paramBytes(frame: Frame): Uint8Array {
  const bytes = new Uint8Array(4)
  const start = HEADER_BYTES[frame.v]
  bytes.set(frame.raw.subarray(start, start + Math.min(frame.raw[1]!, 4)))
  return bytes
}

/**
 * Value of a parameter as the operator must see it.
 * @param bytes the four bytes of `param_value`
 * @param type MAV_PARAM_TYPE
 * @returns undefined when four bytes cannot carry that type, or a cast float is no number of that type
 */
export function decodeParam(bytes: Uint8Array, type: number, encoding: ParamEncoding): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, 4)
  if (type === REAL32) return view.getFloat32(0, true)
  const range = INTEGERS[type]
  if (range === undefined) return undefined
  if (encoding === 'c_cast') {
    const value = Math.trunc(view.getFloat32(0, true))
    // A float near the end of the range rounds out of it: the vehicle's integer is the last one inside.
    return Number.isNaN(value) ? undefined : Math.min(Math.max(value, range[0]), range[1]) + 0
  }
  switch (type) {
    case 1:
      return view.getUint8(0)
    case 2:
      return view.getInt8(0)
    case 3:
      return view.getUint16(0, true)
    case 4:
      return view.getInt16(0, true)
    case 5:
      return view.getUint32(0, true)
    default:
      return view.getInt32(0, true)
  }
}

/**
 * The four bytes to send as `param_value`.
 * RangeError when the value is no value of that type, or when the cast to float would change it.
 */
export function encodeParam(value: number, type: number, encoding: ParamEncoding): Uint8Array {
  const bytes = new Uint8Array(4)
  const view = new DataView(bytes.buffer)
  if (!Number.isFinite(value)) throw new RangeError(`a parameter must be a finite number, not ${value}`)
  if (type === REAL32) {
    if (!Number.isFinite(Math.fround(value))) throw new RangeError(`${value} does not fit a 32-bit float`)
    view.setFloat32(0, value, true)
    return bytes
  }
  const range = INTEGERS[type]
  if (range === undefined) throw new RangeError(`parameters of type ${type} cannot be sent in four bytes`)
  if (!Number.isInteger(value) || value < range[0] || value > range[1])
    throw new RangeError(`parameter must be an integer ${range[0]}..${range[1]}, not ${value}`)
  if (encoding === 'c_cast') {
    if (Math.fround(value) !== value) throw new RangeError(`${value} would be changed by the vehicle's float encoding`)
    view.setFloat32(0, value, true)
  } else if (range[0] < 0) view.setInt32(0, value, true)
  else view.setUint32(0, value, true)
  return bytes
}
