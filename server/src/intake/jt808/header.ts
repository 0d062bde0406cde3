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
  /** The body is encrypted: no key for it was agreed on. */
  encrypted: boolean
  /** Which part of a longer message this is, counted from 1; null: it is whole. */
  part: { of: number; number: number } | null
  body: Buffer
}

const VERSIONED = 0x4000
const PACKETED = 0x2000
const ENCRYPTED = 0x1c00
const LENGTH = 0x03ff

/** Reads the header of a message or of a part of one. */
export function readHeader(message: Buffer): Header | 'malformed' {
  const id = message.readUInt16BE(0)
  const properties = message.readUInt16BE(2)
  const edition = (properties & VERSIONED) === 0 ? 2013 : 2019
  const at = 4 + (edition === 2013 ? 6 : 11)
  const split = (properties & PACKETED) !== 0
  const bodyAt = at + (split ? 6 : 2)
  if (message.length < bodyAt) return 'malformed'
  const address = message.subarray(4, at)
  const digits = address.subarray(edition === 2013 ? 0 : 1).toString('hex')
  const body = message.subarray(bodyAt)
  const part = split ? { of: message.readUInt16BE(at + 2), number: message.readUInt16BE(at + 4) } : null
  if (!/^\d+$/.test(digits) || body.length !== (properties & LENGTH)) return 'malformed'
  if (part !== null && (part.number < 1 || part.number > part.of)) return 'malformed'
  const serial = message.readUInt16BE(at)
  const encrypted = (properties & ENCRYPTED) !== 0
  return { id, edition, terminal: digits.replace(/^0+/, '') || '0', address, serial, encrypted, part, body }
}

/** A message to or from the terminal whose header this is, or a part of one. */
export function writeMessage(
  to: Pick<Header, 'edition' | 'address'>,
  id: number,
  serial: number,
  body: Uint8Array,
  part: Header['part'] = null,
): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16BE(id, 0)
  const properties = body.length | (to.edition === 2019 ? VERSIONED : 0) | (part === null ? 0 : PACKETED)
  head.writeUInt16BE(properties, 2)
  const tail = Buffer.alloc(part === null ? 2 : 6)
  tail.writeUInt16BE(serial & 0xffff, 0)
  if (part !== null) {
    tail.writeUInt16BE(part.of, 2)
    tail.writeUInt16BE(part.number, 4)
  }
  return Buffer.concat([head, to.address, tail, body])
}
