import type { FieldDefinition, MessageDefinition } from './definitions/definition.ts'
import { definitionById } from './definitions/definitions.ts'
import { type Frame, HEADER_BYTES, ReceivedFrame } from './frame.ts'
import type { TypedMessages } from './typed-messages.ts'

/** 64-bit integers are bigint, `char[]` text up to the first NUL, `uint8[]` bytes, other arrays plain arrays. */
export type FieldValue = number | bigint | string | Uint8Array | number[] | bigint[]

export interface DecodedMessage {
  readonly name: string
  /** Every field of the definition, also those that were trimmed or not sent (zero). */
  readonly fields: Readonly<Record<string, FieldValue>>
}

/** Names of the messages with typed fields. */
export type TypedName = keyof TypedMessages

/** A decoded message that is known to be `N`. */
export interface TypedMessage<N extends TypedName> {
  readonly name: N
  readonly fields: Readonly<TypedMessages[N]>
}

type Fields = Record<string, FieldValue>
/** Reads a payload that starts at `o` of the memory that both views show. */
type Reader = (view: DataView, bytes: Uint8Array, o: number) => Fields

const SCRATCH_BYTES = 256
const scratch = new Uint8Array(SCRATCH_BYTES)
const scratchView = new DataView(scratch.buffer)
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

const GETTERS = {
  int8: 'getInt8',
  uint16: 'getUint16',
  int16: 'getInt16',
  uint32: 'getUint32',
  int32: 'getInt32',
  uint64: 'getBigUint64',
  int64: 'getBigInt64',
  float: 'getFloat32',
  double: 'getFloat64',
} as const
const SIZES = { int8: 1, uint16: 2, int16: 2, uint32: 4, int32: 4, uint64: 8, int64: 8, float: 4, double: 8 } as const

/** Text of bytes[from, to) up to the first NUL, as UTF-8; wrong bytes become U+FFFD. */
function textOf(bytes: Uint8Array, from: number, to: number): string {
  let text = ''
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!
    if (byte === 0) return text
    if (byte > 0x7f) {
      const nul = bytes.indexOf(0, i)
      return utf8.decode(bytes.subarray(from, nul < 0 || nul > to ? to : nul))
    }
    text += String.fromCharCode(byte)
  }
  return text
}

/** JavaScript that reads one field; names and types come from the checked-in table, never from the wire. */
function expressionOf({ type, offset, arrayLength }: FieldDefinition): string {
  const end = offset + Math.max(arrayLength, 1)
  if (type === 'char') return `text(b, o + ${offset}, o + ${end})`
  if (type === 'uint8') return arrayLength > 0 ? `b.slice(o + ${offset}, o + ${end})` : `b[o + ${offset}]`
  const read = (at: number): string => `v.${GETTERS[type]}(o + ${at}, true)`
  if (arrayLength === 0) return read(offset)
  const elements = Array.from({ length: arrayLength }, (_, i) => read(offset + i * SIZES[type]))
  return `[${elements.join(', ')}]`
}

/** Compiles a reader: one object literal with constant offsets, several times faster than walking the table. */
function compile(definition: MessageDefinition): Reader {
  const entries = definition.fields.map((field) => `${JSON.stringify(field.name)}: ${expressionOf(field)}`)
  // oxlint-disable-next-line no-implied-eval, no-new-func -- the source is our own table (see expressionOf)
  const make = new Function('text', `return (v, b, o) => ({ ${entries.join(', ')} })`) as (
    text: typeof textOf,
  ) => Reader
  return make(textOf)
}

interface Compiled {
  readonly name: string
  readonly fullLength: number
  readonly read: Reader
}
/** By id; the ids of nearly all traffic are small, and an array is quicker than a map. */
const SMALL_IDS = 512
const compiledSmall = Array.from<Compiled | undefined>({ length: SMALL_IDS }).fill(undefined)
const compiledOthers = new Map<number, Compiled>()

function compiledFor(id: number): Compiled {
  const known = id < SMALL_IDS ? compiledSmall[id] : compiledOthers.get(id)
  if (known !== undefined) return known
  const definition = definitionById(id)
  if (definition === undefined) throw new RangeError(`no definition of message ${id}`)
  const made = { name: definition.name, fullLength: definition.fullLength, read: compile(definition) }
  if (id < SMALL_IDS) compiledSmall[id] = made
  else compiledOthers.set(id, made)
  return made
}

/** Views of the memory decoded last: the frames of one chunk share it, and making a view costs as much as reading. */
let seen: { bytes: Uint8Array; view: DataView } = { bytes: scratch, view: scratchView }

function viewsOf(buffer: ArrayBufferLike): typeof seen {
  if (seen.bytes.buffer !== buffer) seen = { bytes: new Uint8Array(buffer), view: new DataView(buffer) }
  return seen
}

/** Reads the fields of the frame at `at`; missing payload bytes are zero, those beyond the known fields ignored. */
function readFields({ fullLength, read }: Compiled, memory: Uint8Array, at: number, version: 1 | 2): Fields {
  const length = memory[at + 1]!
  const start = at + HEADER_BYTES[version]
  const { bytes, view } = viewsOf(memory.buffer)
  const from = memory.byteOffset + start
  if (length >= fullLength) return read(view, bytes, from)
  let i = 0
  for (; i + 4 <= length; i += 4) scratchView.setUint32(i, view.getUint32(from + i))
  for (; i < length; i++) scratch[i] = bytes[from + i]!
  for (; i < fullLength; i++) scratch[i] = 0
  return read(scratchView, scratch, 0)
}

/**
 * All fields of a frame, by their XML names. The result shares no memory with the frame.
 * RangeError on a message without definition (a framer delivers none).
 */
export function decode(frame: Frame): DecodedMessage {
  const message = compiledFor(frame.id)
  const fields =
    frame instanceof ReceivedFrame
      ? readFields(message, frame.memory, frame.start, frame.v)
      : readFields(message, frame.raw, 0, frame.v)
  return { name: message.name, fields }
}

/** Narrows a decoded message by its name. */
export const isMessage = <N extends TypedName>(
  message: DecodedMessage | TypedMessage<TypedName>,
  name: N,
): message is TypedMessage<N> => message.name === name

/** Fields of a frame if it is message `name`, otherwise undefined. */
export function decodeAs<N extends TypedName>(name: N, frame: Frame): Readonly<TypedMessages[N]> | undefined {
  const message: DecodedMessage | undefined = definitionById(frame.id)?.name === name ? decode(frame) : undefined
  return message?.fields as Readonly<TypedMessages[N]> | undefined
}
