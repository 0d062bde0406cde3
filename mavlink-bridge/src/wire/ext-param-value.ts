import { definitionByName } from './definitions/definitions.ts'
import { type Frame, HEADER_BYTES } from './frame.ts'

/** MAV_PARAM_EXT_TYPE by number: how many bytes it takes, and how they are read and written. */
interface ExtType {
  readonly bytes: number
  read(view: DataView): number
  write(view: DataView, value: number): void
  /** Whole numbers from..to; null: any finite one. */
  readonly range: readonly [number, number] | null
}
const TYPES: ReadonlyMap<number, ExtType> = new Map<number, ExtType>([
  [1, { bytes: 1, read: (v) => v.getUint8(0), write: (v, n) => v.setUint8(0, n), range: [0, 0xff] }],
  [2, { bytes: 1, read: (v) => v.getInt8(0), write: (v, n) => v.setInt8(0, n), range: [-0x80, 0x7f] }],
  [3, { bytes: 2, read: (v) => v.getUint16(0, true), write: (v, n) => v.setUint16(0, n, true), range: [0, 0xffff] }],
  [4, { bytes: 2, read: (v) => v.getInt16(0, true), write: (v, n) => v.setInt16(0, n, true), range: [-32768, 32767] }],
  [
    5,
    { bytes: 4, read: (v) => v.getUint32(0, true), write: (v, n) => v.setUint32(0, n, true), range: [0, 2 ** 32 - 1] },
  ],
  [
    6,
    {
      bytes: 4,
      read: (v) => v.getInt32(0, true),
      write: (v, n) => v.setInt32(0, n, true),
      range: [-(2 ** 31), 2 ** 31 - 1],
    },
  ],
  [9, { bytes: 4, read: (v) => v.getFloat32(0, true), write: (v, n) => v.setFloat32(0, n, true), range: null }],
  [10, { bytes: 8, read: (v) => v.getFloat64(0, true), write: (v, n) => v.setFloat64(0, n, true), range: null }],
])
const VALUE_BYTES = 128
type ExtMessage = 'PARAM_EXT_VALUE' | 'PARAM_EXT_ACK' | 'PARAM_EXT_SET'
const offsetOf = (message: ExtMessage): number =>
  definitionByName(message)!.fields.find(({ name }) => name === 'param_value')!.offset
const OFFSETS: Readonly<Record<ExtMessage, number>> = {
  PARAM_EXT_VALUE: offsetOf('PARAM_EXT_VALUE'),
  PARAM_EXT_ACK: offsetOf('PARAM_EXT_ACK'),
  PARAM_EXT_SET: offsetOf('PARAM_EXT_SET'),
}

/** The 128 bytes of an extended parameter as they came: read as text they would end at the first zero. */
export function extParamBytes(frame: Frame, message: ExtMessage): Uint8Array {
  const start = HEADER_BYTES[frame.v] + OFFSETS[message]
  const end = HEADER_BYTES[frame.v] + frame.raw[1]!
  const bytes = new Uint8Array(VALUE_BYTES)
  bytes.set(frame.raw.subarray(start, Math.min(start + VALUE_BYTES, Math.max(start, end))))
  return bytes
}

/** The value, or null of a type that no number here holds exactly (64-bit integers, custom blobs). */
export function decodeExtParam(bytes: Uint8Array, type: number): number | null {
  const known = TYPES.get(type)
  if (known === undefined) return null
  const value = known.read(new DataView(bytes.buffer, bytes.byteOffset, VALUE_BYTES))
  return Number.isFinite(value) ? value : null
}

/** True of a number that the MAV_PARAM_EXT_TYPE can hold; none is of a type that is not set as a number. */
export function isExtParamValue(value: number, type: number): boolean {
  const known = TYPES.get(type)
  if (known === undefined) return false
  if (known.range !== null) return Number.isInteger(value) && value >= known.range[0] && value <= known.range[1]
  return Number.isFinite(known.bytes === 4 ? Math.fround(value) : value)
}

/** @throws RangeError where the value is none of that type */
export function encodeExtParam(value: number, type: number): Uint8Array {
  const known = TYPES.get(type)
  if (known === undefined) throw new RangeError(`extended parameters of type ${type} cannot be set as numbers`)
  if (!isExtParamValue(value, type))
    throw new RangeError(`${value} is no value of an extended parameter of type ${type}`)
  const bytes = new Uint8Array(known.bytes)
  known.write(new DataView(bytes.buffer), value)
  return bytes
}

/** Types as a camera definition file names them. */
export const EXT_TYPES: ReadonlyMap<string, number> = new Map([
  ['bool', 1],
  ['uint8', 1],
  ['int8', 2],
  ['uint16', 3],
  ['int16', 4],
  ['uint32', 5],
  ['int32', 6],
  ['float', 9],
  ['double', 10],
])
