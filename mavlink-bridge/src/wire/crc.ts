const TABLE = new Uint16Array(256)
for (let byte = 0; byte < 256; byte++) {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x8408 : crc >>> 1
  TABLE[byte] = crc
}

/** Start value of the MAVLink checksum. */
export const CRC_START = 0xffff

/**
 * CRC-16/MCRF4XX over bytes[from, to), continued from `crc`.
 * A MAVLink checksum runs over everything after the magic byte up to the payload's end, then over the CRC extra.
 */
export function crc16(bytes: Uint8Array, from: number, to: number, crc: number): number {
  for (let i = from; i < to; i++) crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[i]!) & 0xff]!
  return crc
}

/** One more byte: the message's CRC extra, which ties the checksum to the message's layout. */
export function crc16Byte(byte: number, crc: number): number {
  return (crc >>> 8) ^ TABLE[(crc ^ byte) & 0xff]!
}
