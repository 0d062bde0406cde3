/** Start byte of a MAVLink 1 frame. */
export const MAGIC_V1 = 0xfe
/** Start byte of a MAVLink 2 frame. */
export const MAGIC_V2 = 0xfd
/** Incompat flag: 13 bytes of signature follow the checksum. The only one we understand. */
export const FLAG_SIGNED = 0x01
/** Link id (1), time stamp (6), signature (6). */
export const SIGNATURE_BYTES = 13
/** Longest frame there can be: MAVLink 2, 255 bytes of payload, signed. */
export const MAX_FRAME_BYTES = 280

/** Bytes before the payload. */
export const HEADER_BYTES: Readonly<Record<1 | 2, number>> = { 1: 6, 2: 10 }

/** One frame whose checksum is good. A signature, if there is one, has NOT been verified here. */
export interface Frame {
  /** Protocol version. */
  readonly v: 1 | 2
  /** Message id, known to our definitions. */
  readonly id: number
  /** Sender's sequence number, 0..255, per link. */
  readonly seq: number
  /** Sender's system id, 0..255. */
  readonly sys: number
  /** Sender's component id, 0..255. */
  readonly comp: number
  /** 0 in MAVLink 1. */
  readonly incompatFlags: number
  /** 0 in MAVLink 1. Unknown compat flags are to be ignored. */
  readonly compatFlags: number
  /** Carries a signature (verified or not). */
  readonly signed: boolean
  /** The whole frame as received. A view: bytes are never written again, but may share memory with neighbours. */
  readonly raw: Uint8Array
  /** The payload as received: possibly trimmed, possibly longer than we know. */
  readonly payload: Uint8Array
}

/** A frame that takes its header fields from its bytes; `payload` is made only when someone asks. */
class ReceivedFrame implements Frame {
  readonly v: 1 | 2
  readonly id: number
  readonly seq: number
  readonly sys: number
  readonly comp: number
  readonly incompatFlags: number
  readonly compatFlags: number
  readonly raw: Uint8Array

  constructor(raw: Uint8Array) {
    this.raw = raw
    if (raw[0] === MAGIC_V2) {
      this.v = 2
      this.incompatFlags = raw[2]!
      this.compatFlags = raw[3]!
      this.seq = raw[4]!
      this.sys = raw[5]!
      this.comp = raw[6]!
      this.id = raw[7]! | (raw[8]! << 8) | (raw[9]! << 16)
    } else {
      this.v = 1
      this.incompatFlags = 0
      this.compatFlags = 0
      this.seq = raw[2]!
      this.sys = raw[3]!
      this.comp = raw[4]!
      this.id = raw[5]!
    }
  }

  get signed(): boolean {
    return (this.incompatFlags & FLAG_SIGNED) !== 0
  }

  get payload(): Uint8Array {
    const start = HEADER_BYTES[this.v]
    return this.raw.subarray(start, start + this.raw[1]!)
  }
}

/** Wraps the bytes of exactly one frame, already checked. */
export const frameOf = (raw: Uint8Array): Frame => new ReceivedFrame(raw)
