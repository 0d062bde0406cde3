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

/**
 * A frame inside the bytes it came with. What few readers ask for is made on demand: the views `raw` and `payload` alone
 * would cost more than all the rest.
 */
export class ReceivedFrame implements Frame {
  readonly v: 1 | 2
  readonly id: number
  readonly seq: number
  readonly sys: number
  readonly comp: number
  /** The memory that holds the frame, from `start`. */
  readonly memory: Uint8Array
  readonly start: number
  readonly end: number

  constructor(memory: Uint8Array, start: number, end: number) {
    this.memory = memory
    this.start = start
    this.end = end
    if (memory[start] === MAGIC_V2) {
      this.v = 2
      this.seq = memory[start + 4]!
      this.sys = memory[start + 5]!
      this.comp = memory[start + 6]!
      this.id = memory[start + 7]! | (memory[start + 8]! << 8) | (memory[start + 9]! << 16)
    } else {
      this.v = 1
      this.seq = memory[start + 2]!
      this.sys = memory[start + 3]!
      this.comp = memory[start + 4]!
      this.id = memory[start + 5]!
    }
  }

  get raw(): Uint8Array {
    return this.view(this.start, this.end)
  }

  get incompatFlags(): number {
    return this.v === 2 ? this.memory[this.start + 2]! : 0
  }

  get compatFlags(): number {
    return this.v === 2 ? this.memory[this.start + 3]! : 0
  }

  get signed(): boolean {
    return (this.incompatFlags & FLAG_SIGNED) !== 0
  }

  get payload(): Uint8Array {
    const start = this.start + HEADER_BYTES[this.v]
    return this.view(start, start + this.memory[this.start + 1]!)
  }

  /** A plain Uint8Array also where the memory is a Buffer, whose slice() is a view and whose JSON is another. */
  private view(from: number, to: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, this.memory.byteOffset + from, to - from)
  }
}

/** Wraps the bytes of exactly one frame, already checked. */
export const frameOf = (raw: Uint8Array): Frame => new ReceivedFrame(raw, 0, raw.length)
