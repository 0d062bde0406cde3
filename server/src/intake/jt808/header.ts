/** Header of a message of either edition. */
export interface Header {
  id: number
  /** 2013, or 2019 (and later) where bit 14 of the properties is set. */
  edition: 2013 | 2019
  /** Digits of the terminal's number without leading zeros; the same in both editions. */
  terminal: string
  /** Everything of the header that an answer repeats: version byte and BCD number. */
  address: Buffer
  serial: number
  body: Buffer
}

const VERSIONED = 0x4000
const PACKETED = 0x2000
const ENCRYPTED = 0x1c00
const LENGTH = 0x03ff

/** Reads the header. Split and encrypted messages are not offered: none of those that we read is ever either. */
export function readHeader(message: Buffer): Header | 'malformed' | 'unread' {
  const id = message.readUInt16BE(0)
  const properties = message.readUInt16BE(2)
  const edition = (properties & VERSIONED) === 0 ? 2013 : 2019
  const addressSize = edition === 2013 ? 6 : 11
  const at = 4 + addressSize
  if (message.length < at + 2) return 'malformed'
  if ((properties & (PACKETED | ENCRYPTED)) !== 0) return 'unread'
  const address = message.subarray(4, at)
  const digits = address.subarray(edition === 2013 ? 0 : 1).toString('hex')
  const body = message.subarray(at + 2)
  if (!/^\d+$/.test(digits) || body.length !== (properties & LENGTH)) return 'malformed'
  return { id, edition, terminal: digits.replace(/^0+/, '') || '0', address, serial: message.readUInt16BE(at), body }
}

/** A message of ours to the terminal whose header this is. */
export function writeMessage(
  to: Pick<Header, 'edition' | 'address'>,
  id: number,
  serial: number,
  body: Uint8Array,
): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16BE(id, 0)
  head.writeUInt16BE(body.length | (to.edition === 2019 ? VERSIONED : 0), 2)
  const tail = Buffer.alloc(2)
  tail.writeUInt16BE(serial & 0xffff, 0)
  return Buffer.concat([head, to.address, tail, body])
}
