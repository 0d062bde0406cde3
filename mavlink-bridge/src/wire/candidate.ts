import { CRC_START, crc16, crc16Byte } from './crc.ts'
import { definitionById } from './definitions/definitions.ts'
import { FLAG_SIGNED, HEADER_BYTES, MAGIC_V1, MAGIC_V2, SIGNATURE_BYTES } from './frame.ts'

/**
 * What is wrong with bytes that start like a frame.
 * `badLength`: a MAVLink 1 length byte that no version of the message has.
 */
export type FrameFault = 'badChecksum' | 'unknown' | 'refusedFlags' | 'badLength'

/**
 * Verdict on a candidate: the length of a good frame (> 0), or one of the negative codes below. A plain number, because
 * this is computed for every frame.
 */
export type Judgement = number

/** Nothing wrong so far, but the bytes end before the frame does. */
export const INCOMPLETE = -1
const FAULTS: readonly FrameFault[] = ['badChecksum', 'unknown', 'refusedFlags', 'badLength']
const BAD_CHECKSUM = -2
const UNKNOWN = -3
const REFUSED_FLAGS = -4
const BAD_LENGTH = -5

/** The fault behind a verdict, undefined when there is none (yet). */
export const faultOf = (judgement: Judgement): FrameFault | undefined => FAULTS[BAD_CHECKSUM - judgement]

/** Ids below this are looked up in a flat table: every common message. */
const FLAT_IDS = 65_536
const crcExtras = new Int16Array(FLAT_IDS).fill(-1)
const v1Lengths = new Uint16Array(256)
for (let id = 0; id < FLAT_IDS; id++) {
  const definition = definitionById(id)
  if (definition === undefined) continue
  crcExtras[id] = definition.crcExtra
  if (id < 256) v1Lengths[id] = (definition.baseLength << 8) | Math.min(definition.fullLength, 255)
}

const crcExtraOfId = (id: number): number => (id < FLAT_IDS ? crcExtras[id]! : (definitionById(id)?.crcExtra ?? -1))

/** Length in bytes that the header at `at` claims for its whole frame; needs 3 readable bytes for MAVLink 2. */
export function claimedLength(bytes: Uint8Array, at: number): number {
  const payload = bytes[at + 1]!
  if (bytes[at] === MAGIC_V1) return payload + 8
  return payload + 12 + (bytes[at + 2]! & FLAG_SIGNED ? SIGNATURE_BYTES : 0)
}

/**
 * Judges bytes[at, end) that start with a magic byte. A length byte is trusted only after everything that can be
 * checked without it: flags, a known id, and for MAVLink 1 a length that the message can have.
 */
export function judge(bytes: Uint8Array, at: number, end: number): Judgement {
  const have = end - at
  let id: number
  let header: number
  if (bytes[at] === MAGIC_V2) {
    // Checked before the rest has come: a false start byte must not hold good frames back.
    if (have >= 3 && (bytes[at + 2]! & ~FLAG_SIGNED) !== 0) return REFUSED_FLAGS
    header = HEADER_BYTES[2]
    if (have < header) return INCOMPLETE
    id = bytes[at + 7]! | (bytes[at + 8]! << 8) | (bytes[at + 9]! << 16)
  } else {
    header = HEADER_BYTES[1]
    if (have < header) return INCOMPLETE
    id = bytes[at + 5]!
  }
  const crcExtra = crcExtraOfId(id)
  if (crcExtra < 0) return UNKNOWN
  const payload = bytes[at + 1]!
  if (header === HEADER_BYTES[1]) {
    // Some senders append extension fields to a MAVLink 1 frame: wrong, but harmless to read.
    const lengths = v1Lengths[id]!
    if (payload < lengths >> 8 || payload > (lengths & 0xff)) return BAD_LENGTH
  }
  const length = claimedLength(bytes, at)
  if (have < length) return INCOMPLETE
  const sum = at + header + payload
  const crc = crc16Byte(crcExtra, crc16(bytes, at + 1, sum, CRC_START))
  if (bytes[sum] !== (crc & 0xff) || bytes[sum + 1] !== crc >>> 8) return BAD_CHECKSUM
  return length
}
