import { hash, timingSafeEqual } from 'node:crypto'
import { CRC_START, crc16, crc16Byte } from '../crc.ts'
import { definitionById } from '../definitions/definitions.ts'
import { FLAG_SIGNED, type Frame, frameOf, HEADER_BYTES, MAGIC_V2, SIGNATURE_BYTES } from '../frame.ts'

/** Bytes of a signing key. */
export const KEY_BYTES = 32
const DIGEST_BYTES = 6
const EPOCH_MS = Date.UTC(2015, 0, 1)
/** CHANGE_OPERATOR_CONTROL, AUTH_KEY, SETUP_SIGNING, AIRLINK_AUTH. */
const SECRET_IDS: ReadonlySet<number> = new Set([5, 7, 256, 52_000])

/** Time stamps of signatures: 10 microsecond ticks since 2015-01-01T00:00:00Z, 48 bits. */
export const stampOfUnixMs = (unixMs: number): number => Math.floor((unixMs - EPOCH_MS) * 100)
export const TICKS_PER_MS = 100
export const MAX_STAMP = 2 ** 48 - 1

/** Link id and time stamp of a signed frame. */
export function signatureHead(raw: Uint8Array): { linkId: number; stamp: number } {
  const at = raw.length - SIGNATURE_BYTES
  const view = new DataView(raw.buffer, raw.byteOffset + at)
  return { linkId: view.getUint8(0), stamp: view.getUint32(1, true) + view.getUint16(5, true) * 2 ** 32 }
}

/** First 48 bits of SHA-256 over the key and the frame up to and including the time stamp. */
function digestOf(key: Uint8Array, raw: Uint8Array): Uint8Array {
  const signedBytes = raw.subarray(0, raw.length - DIGEST_BYTES)
  return hash('sha256', Buffer.concat([key, signedBytes]), 'buffer').subarray(0, DIGEST_BYTES)
}

/** Whether the signature of a signed frame was made with this key; the time taken does not depend on the answer. */
export const isSignedWith = (key: Uint8Array, raw: Uint8Array): boolean =>
  timingSafeEqual(digestOf(key, raw), raw.subarray(raw.length - DIGEST_BYTES))

/** Fills the last 13 bytes of a frame whose signed flag and checksum are in place. */
export function writeSignature(key: Uint8Array, linkId: number, stamp: number, raw: Uint8Array): void {
  if (raw[0] !== MAGIC_V2 || (raw[2]! & FLAG_SIGNED) === 0) throw new TypeError('only a MAVLink 2 frame can be signed')
  const view = new DataView(raw.buffer, raw.byteOffset + raw.length - SIGNATURE_BYTES)
  view.setUint8(0, linkId)
  view.setUint32(1, stamp % 2 ** 32, true)
  view.setUint16(5, Math.floor(stamp / 2 ** 32), true)
  raw.set(digestOf(key, raw), raw.length - DIGEST_BYTES)
}

/** The same frame without its signature, for recordings: a log must not help anyone to replay. */
export function withoutSignature(frame: Frame): Frame {
  const definition = definitionById(frame.id)
  if (!frame.signed || definition === undefined) return frame
  const raw = frame.raw.slice(0, frame.raw.length - SIGNATURE_BYTES)
  raw[2] = frame.incompatFlags & ~FLAG_SIGNED
  const sum = HEADER_BYTES[2] + raw[1]!
  const crc = crc16Byte(definition.crcExtra, crc16(raw, 1, sum, CRC_START))
  raw[sum] = crc & 0xff
  raw[sum + 1] = crc >>> 8
  return frameOf(raw)
}

/**
 * Messages that carry a key or a password in the clear, SETUP_SIGNING before all: never to be forwarded, recorded or
 * logged.
 */
export const carriesSecretKey = (frame: Pick<Frame, 'id'>): boolean => SECRET_IDS.has(frame.id)

/** Throws TypeError unless this can be a key. The message never shows it. */
export function checkedKey(key: Uint8Array): Uint8Array {
  if (key.length !== KEY_BYTES) throw new TypeError(`a signing key has ${KEY_BYTES} bytes, not ${key.length}`)
  return key.slice()
}
