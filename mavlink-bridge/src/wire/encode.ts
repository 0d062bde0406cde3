import { CRC_START, crc16, crc16Byte } from './crc.ts'
import type { FieldValue, TypedName } from './decode.ts'
import type { MessageDefinition } from './definitions/definition.ts'
import { definitionByName } from './definitions/definitions.ts'
import { FLAG_SIGNED, HEADER_BYTES, MAGIC_V1, MAGIC_V2, SIGNATURE_BYTES } from './frame.ts'
import { refuseDangerous } from './refusals.ts'
import type { OptionalFields, TypedMessages } from './typed-messages.ts'
import { writeField } from './write-field.ts'

/** Adds the signature to a MAVLink 2 frame whose checksum is in place and whose last 13 bytes are free. */
export interface FrameSigner {
  sign(frame: Uint8Array): void
}

export interface EncodeOptions {
  /** Protocol version, 2 unless said otherwise. MAVLink 1 carries base fields only. */
  readonly v?: 1 | 2
  /** Sequence number, 0..255: one counter per link and sender, see `createSequence`. */
  readonly seq: number
  /** Own system id, 0..255. */
  readonly sys: number
  /** Own component id, 0..255. */
  readonly comp: number
  /** MAVLink 2 only. */
  readonly signer?: FrameSigner
}

type Optional<N> = N extends keyof OptionalFields ? OptionalFields[N] : 'mavlink_version'
/** A parameter value may be given as its 4 bytes, so that it never passes through a float. */
type Input<K, T> = K extends 'param_value'
  ? T | Uint8Array
  : T extends Uint8Array | number[]
    ? T | readonly number[]
    : T
type Required<N extends TypedName> = {
  readonly [K in keyof TypedMessages[N] as K extends Optional<N> ? never : K]: Input<K, TypedMessages[N][K]>
}
type Omissible<N extends TypedName> = {
  readonly [K in keyof TypedMessages[N] as K extends Optional<N> ? K : never]?: Input<K, TypedMessages[N][K]>
}

/** Fields to give for a message: all of a typed one except extensions; for others any record, checked when encoding. */
export type EncodeFields<N extends string> = N extends TypedName
  ? Required<N> & Omissible<N>
  : Readonly<Record<string, FieldValue | readonly number[]>>

/**
 * Makes the bytes of one frame. Refuses with a TypeError that names message and field: unknown, missing or undefined
 * fields (extension fields may be absent: zero), text for numbers, values out of range, NaN where the definition gives
 * it no meaning, text or arrays that do not fit, and values that a vehicle would take for another order.
 */
export function encode<N extends string>(name: N, fields: EncodeFields<N>, options: EncodeOptions): Uint8Array {
  const definition = definitionByName(name)
  if (definition === undefined) throw new TypeError(`${name}: no such message`)
  const version = options.v ?? 2
  const header = checkedHeader(definition, options, version)
  const payload = payloadOf(definition, fields, version)
  const length = version === 1 ? definition.baseLength : trimmedLength(payload)
  const signature = options.signer === undefined ? 0 : SIGNATURE_BYTES
  const frame = new Uint8Array(HEADER_BYTES[version] + length + 2 + signature)
  const flags = signature > 0 ? FLAG_SIGNED : 0
  if (version === 1) frame.set([MAGIC_V1, length, ...header, definition.id])
  else frame.set([MAGIC_V2, length, flags, 0, ...header, definition.id, definition.id >> 8, definition.id >> 16])
  frame.set(payload.subarray(0, length), HEADER_BYTES[version])
  const sum = HEADER_BYTES[version] + length
  const crc = crc16Byte(definition.crcExtra, crc16(frame, 1, sum, CRC_START))
  frame[sum] = crc & 0xff
  frame[sum + 1] = crc >>> 8
  options.signer?.sign(frame)
  return frame
}

function checkedHeader(definition: MessageDefinition, options: EncodeOptions, version: number): number[] {
  const header = [options.seq, options.sys, options.comp]
  for (const [i, value] of header.entries()) {
    if (!Number.isInteger(value) || value < 0 || value > 255)
      throw new TypeError(`${definition.name}: ${['seq', 'sys', 'comp'][i]} must be 0..255, not ${String(value)}`)
  }
  if (version !== 1 && version !== 2) throw new TypeError(`${definition.name}: v must be 1 or 2`)
  if (version === 1 && definition.id > 255)
    throw new TypeError(`${definition.name}: MAVLink 1 has no id ${definition.id}`)
  if (version === 1 && options.signer !== undefined)
    throw new TypeError(`${definition.name}: a MAVLink 1 frame cannot be signed`)
  return header
}

/** The full payload, extensions included. */
function payloadOf(definition: MessageDefinition, fields: object, version: 1 | 2): Uint8Array {
  const given = fields as Readonly<Record<string, unknown>>
  for (const key of Object.keys(given)) {
    if (!definition.fields.some((field) => field.name === key))
      throw new TypeError(`${definition.name}.${key}: no such field`)
  }
  refuseDangerous(definition.name, given)
  const payload = new Uint8Array(definition.fullLength)
  const view = new DataView(payload.buffer)
  for (const field of definition.fields) {
    if (Object.hasOwn(given, field.name)) writeField(definition.name, field, given[field.name], view)
    else if (field.name === 'mavlink_version') view.setUint8(field.offset, 3)
    else if (!field.extension) throw new TypeError(`${definition.name}.${field.name}: missing`)
  }
  // Dropping them silently would turn a fence into a mission (mission_type is an extension).
  if (version === 1 && payload.subarray(definition.baseLength).some((byte) => byte !== 0))
    throw new TypeError(`${definition.name}: MAVLink 1 cannot carry its extension fields`)
  return payload
}

/** MAVLink 2 leaves trailing zero bytes out, but always sends one payload byte. */
function trimmedLength(payload: Uint8Array): number {
  let length = payload.length
  while (length > 1 && payload[length - 1] === 0) length--
  return length
}
