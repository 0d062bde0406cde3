import type { FieldDefinition, ScalarType } from './definitions/definition.ts'
import { SCALAR_BYTES } from './definitions/definition.ts'

const INTEGER_RANGES: Readonly<Partial<Record<ScalarType, readonly [min: number, max: number]>>> = {
  uint8: [0, 0xff],
  int8: [-0x80, 0x7f],
  uint16: [0, 0xffff],
  int16: [-0x8000, 0x7fff],
  uint32: [0, 0xffffffff],
  int32: [-0x80000000, 0x7fffffff],
}
const BIG_RANGES = {
  uint64: [0n, 2n ** 64n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
} as const

const utf8 = new TextEncoder()

/** Writes one field into the payload, or throws a TypeError that names `message.field` and says why. */
export function writeField(message: string, field: FieldDefinition, value: unknown, view: DataView): void {
  const refuse = (why: string): never => {
    throw new TypeError(`${message}.${field.name}: ${why}`)
  }
  const { type, arrayLength, offset } = field
  if (value === undefined || value === null) refuse('missing')
  if (type === 'char') return writeText(field, value, view, refuse)
  if (arrayLength === 0) {
    // Four bytes for a float: a parameter whose bits are an integer must not become a number on its way.
    if (type === 'float' && field.name === 'param_value' && value instanceof Uint8Array) {
      if (value.length !== 4) refuse('must be 4 bytes')
      return new Uint8Array(view.buffer).set(value, offset)
    }
    return writeScalar(field, offset, value, view, refuse)
  }
  if (!Array.isArray(value) && !(value instanceof Uint8Array)) return refuse(`must be an array of ${arrayLength}`)
  // A block of bytes has its used length in another field; the rest of it is zero.
  const short = type === 'uint8' && value.length < arrayLength
  if (value.length !== arrayLength && !short) refuse(`must have ${arrayLength} elements, not ${value.length}`)
  for (let i = 0; i < value.length; i++) writeScalar(field, offset + i * SCALAR_BYTES[type], value[i], view, refuse)
}

type Refuse = (why: string) => never

function writeText(field: FieldDefinition, value: unknown, view: DataView, refuse: Refuse): void {
  const { offset, arrayLength, name } = field
  // An extended parameter is bytes in a field of text: its numbers have zeros in them.
  if (name === 'param_value' && value instanceof Uint8Array) {
    if (value.length > arrayLength) refuse(`must fit ${arrayLength} bytes, not ${value.length}`)
    return new Uint8Array(view.buffer).set(value, offset)
  }
  if (typeof value !== 'string') return refuse('must be text')
  if (value.includes('\0')) refuse('must not contain NUL')
  if (!value.isWellFormed()) refuse('is not well-formed text')
  const bytes = utf8.encode(value)
  if (bytes.length > Math.max(arrayLength, 1)) refuse(`must fit ${arrayLength} bytes of UTF-8, not ${bytes.length}`)
  new Uint8Array(view.buffer).set(bytes, offset)
}

function writeScalar(field: FieldDefinition, at: number, value: unknown, view: DataView, refuse: Refuse): void {
  const { type } = field
  if (type === 'uint64' || type === 'int64') {
    const big = typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value
    if (typeof big !== 'bigint') return refuse(`must be a bigint or a safe integer, not ${show(value)}`)
    const [min, max] = BIG_RANGES[type]
    if (big < min || big > max) refuse(`must be ${min}..${max}, not ${big}`)
    return type === 'uint64' ? view.setBigUint64(at, big, true) : view.setBigInt64(at, big, true)
  }
  if (typeof value !== 'number') return refuse(`must be a number, not ${show(value)}`)
  if (type === 'float' || type === 'double') return writeFloat(field, at, value, view, refuse)
  const [min, max] = INTEGER_RANGES[type]!
  if (!Number.isInteger(value) || value < min || value > max) refuse(`must be an integer ${min}..${max}, not ${value}`)
  switch (type) {
    case 'uint8':
      return view.setUint8(at, value)
    case 'int8':
      return view.setInt8(at, value)
    case 'uint16':
      return view.setUint16(at, value, true)
    case 'int16':
      return view.setInt16(at, value, true)
    case 'uint32':
      return view.setUint32(at, value, true)
    case 'int32':
      return view.setInt32(at, value, true)
  }
}

function writeFloat(field: FieldDefinition, at: number, value: number, view: DataView, refuse: Refuse): void {
  if (Number.isNaN(value) && !field.nanAllowed) refuse('must not be NaN')
  if (!Number.isNaN(value) && !Number.isFinite(field.type === 'float' ? Math.fround(value) : value))
    refuse(`must be a finite ${field.type}, not ${value}`)
  if (field.type === 'float') view.setFloat32(at, value, true)
  else view.setFloat64(at, value, true)
}

const show = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : typeof value)
