/** Eight tables of 256: what a byte does to the checksum when 0 to 7 bytes follow it. */
const TABLE = new Uint16Array(8 * 256)
for (let byte = 0; byte < 256; byte++) {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x8408 : crc >>> 1
  TABLE[byte] = crc
}
for (let i = 256; i < TABLE.length; i++) {
  const before = TABLE[i - 256]!
  TABLE[i] = (before >>> 8) ^ TABLE[before & 0xff]!
}

/** Start value of the MAVLink checksum. */
export const CRC_START = 0xffff

/**
 * CRC-16/MCRF4XX over bytes[from, to), continued from `crc`.
 * A MAVLink checksum runs over everything after the magic byte up to the payload's end, then over the CRC extra.
 */
export function crc16(bytes: Uint8Array, from: number, to: number, crc: number): number {
  let i = from
  // Eight bytes at a step: byte by byte this loop would be half the cost of a frame.
  for (; i + 8 <= to; i += 8) {
    crc ^= bytes[i]! | (bytes[i + 1]! << 8)
    crc =
      TABLE[1792 + (crc & 0xff)]! ^
      TABLE[1536 + (crc >>> 8)]! ^
      TABLE[1280 + bytes[i + 2]!]! ^
      TABLE[1024 + bytes[i + 3]!]! ^
      TABLE[768 + bytes[i + 4]!]! ^
      TABLE[512 + bytes[i + 5]!]! ^
      TABLE[256 + bytes[i + 6]!]! ^
      TABLE[bytes[i + 7]!]!
  }
  if (i + 4 <= to) {
    crc ^= bytes[i]! | (bytes[i + 1]! << 8)
    crc = TABLE[768 + (crc & 0xff)]! ^ TABLE[512 + (crc >>> 8)]! ^ TABLE[256 + bytes[i + 2]!]! ^ TABLE[bytes[i + 3]!]!
    i += 4
  }
  for (; i < to; i++) crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[i]!) & 0xff]!
  return crc
}

/** One more byte: the message's CRC extra, which ties the checksum to the message's layout. */
export function crc16Byte(byte: number, crc: number): number {
  return (crc >>> 8) ^ TABLE[(crc ^ byte) & 0xff]!
}
