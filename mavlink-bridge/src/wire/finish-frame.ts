import { CRC_START, crc16, crc16Byte } from './crc.ts'
import { definitionById } from './definitions/definitions.ts'
import type { FrameSigner } from './encode.ts'
import { FLAG_SIGNED, HEADER_BYTES, MAGIC_V2, SIGNATURE_BYTES } from './frame.ts'

/**
 * A copy of an encoded, unsigned frame with the sequence number of the link it leaves by, and signed where the link
 * signs. Done at the last moment: frames may overtake each other in a queue, sequence numbers and time stamps must not.
 * TypeError on a MAVLink 1 frame with a signer, or on an unknown message.
 */
export function finishFrame(frame: Uint8Array, seq: number, signer?: FrameSigner): Uint8Array {
  const version = frame[0] === MAGIC_V2 ? 2 : 1
  const id = version === 2 ? frame[7]! | (frame[8]! << 8) | (frame[9]! << 16) : frame[5]!
  const definition = definitionById(id)
  if (definition === undefined) throw new TypeError(`no definition of message ${id}`)
  if (version === 1 && signer !== undefined) throw new TypeError('a MAVLink 1 frame cannot be signed')
  const out = new Uint8Array(frame.length + (signer === undefined ? 0 : SIGNATURE_BYTES))
  out.set(frame)
  out[version === 2 ? 4 : 2] = seq
  if (signer !== undefined) out[2] = frame[2]! | FLAG_SIGNED
  const sum = HEADER_BYTES[version] + frame[1]!
  const crc = crc16Byte(definition.crcExtra, crc16(out, 1, sum, CRC_START))
  out[sum] = crc & 0xff
  out[sum + 1] = crc >>> 8
  signer?.sign(out)
  return out
}
