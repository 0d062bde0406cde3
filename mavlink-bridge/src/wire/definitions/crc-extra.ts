import { CRC_START, crc16, crc16Byte } from '../crc.ts'
import type { MessageDefinition } from './definition.ts'

const C_NAMES: Readonly<Record<string, string>> = { float: 'float', double: 'double', char: 'char' }

/**
 * CRC extra of a layout, from its name and base fields in wire order (MAVLink serialisation guide).
 * The one byte that makes two peers with different definitions refuse each other's frames.
 */
export function crcExtraOf(message: Pick<MessageDefinition, 'name' | 'fields'>): number {
  const text = new TextEncoder()
  let crc = CRC_START
  const add = (part: string): void => {
    const bytes = text.encode(`${part} `)
    crc = crc16(bytes, 0, bytes.length, crc)
  }
  add(message.name)
  for (const field of message.fields) {
    if (field.extension) continue
    add(C_NAMES[field.type] ?? `${field.type}_t`)
    add(field.name)
    if (field.arrayLength > 0) crc = crc16Byte(field.arrayLength, crc)
  }
  return (crc & 0xff) ^ (crc >>> 8)
}
