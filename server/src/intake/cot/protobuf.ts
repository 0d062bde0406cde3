/** One field of a protobuf message: its number and its value as the wire has it. */
export type WireField = { field: number; value: bigint | Buffer | number }

const VARINT = 0
const FIXED64 = 1
const BYTES = 2
const FIXED32 = 5

/** Fields in order; null for a message that is cut short or of a wire type that is no more. Doubles come as numbers. */
export function readFields(message: Buffer): WireField[] | null {
  const fields: WireField[] = []
  let at = 0
  while (at < message.length) {
    const key = readVarint(message, at)
    if (key === null) return null
    at = key.next
    const field = Number(key.value >> 3n)
    switch (Number(key.value & 7n)) {
      case VARINT: {
        const value = readVarint(message, at)
        if (value === null) return null
        fields.push({ field, value: value.value })
        at = value.next
        break
      }
      case FIXED64:
        if (at + 8 > message.length) return null
        fields.push({ field, value: message.readDoubleLE(at) })
        at += 8
        break
      case BYTES: {
        const size = readVarint(message, at)
        if (size === null || size.value > BigInt(message.length - size.next)) return null
        const end = size.next + Number(size.value)
        fields.push({ field, value: message.subarray(size.next, end) })
        at = end
        break
      }
      case FIXED32:
        if (at + 4 > message.length) return null
        fields.push({ field, value: message.readFloatLE(at) })
        at += 4
        break
      default:
        return null
    }
  }
  return fields
}

export function readVarint(bytes: Uint8Array, at: number): { value: bigint; next: number } | null {
  let value = 0n
  for (let i = 0; i < 10; i++) {
    const byte = bytes[at + i]
    if (byte === undefined) return null
    value |= BigInt(byte & 0x7f) << BigInt(7 * i)
    if (byte < 0x80) return { value: BigInt.asUintN(64, value), next: at + i + 1 }
  }
  return null
}

export function writeVarint(value: number | bigint): Buffer {
  const bytes: number[] = []
  let rest = BigInt(value)
  do {
    const low = Number(rest & 0x7fn)
    rest >>= 7n
    bytes.push(rest === 0n ? low : low | 0x80)
  } while (rest !== 0n)
  return Buffer.from(bytes)
}

/** A field as the wire has it: text or a message by its bytes, a whole number as varint, a `double`. */
export const writeBytes = (field: number, value: string | Uint8Array): Buffer => {
  const bytes = Buffer.from(value as string)
  return Buffer.concat([writeVarint((field << 3) | BYTES), writeVarint(bytes.length), bytes])
}
export const writeWhole = (field: number, value: number): Buffer =>
  Buffer.concat([writeVarint((field << 3) | VARINT), writeVarint(value)])
export function writeDouble(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(value)
  return Buffer.concat([writeVarint((field << 3) | FIXED64), bytes])
}
