/** MAVFTP operations that reading a file needs. */
export const FTP = { terminate: 1, openRead: 4, read: 5, burstRead: 15, ack: 128, nak: 129 } as const
/** NAK data[0]: nothing left to read. */
export const FTP_EOF = 6
/** Bytes of a file in one message. */
export const FTP_BLOCK = 239
const PAYLOAD_BYTES = 251
const HEADER_BYTES = 12

/** Payload of FILE_TRANSFER_PROTOCOL. */
export interface FtpPayload {
  readonly seq: number
  readonly session: number
  readonly op: number
  /** Bytes of `data` that count, or of a read that is asked for. */
  readonly size: number
  /** Of an answer: what it answers. */
  readonly request: number
  readonly burstComplete: boolean
  readonly offset: number
  readonly data: Uint8Array
}

export function ftpBytes(payload: FtpPayload): Uint8Array {
  const bytes = new Uint8Array(PAYLOAD_BYTES)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, payload.seq & 0xffff, true)
  bytes.set([payload.session, payload.op, payload.size, payload.request, payload.burstComplete ? 1 : 0], 2)
  view.setUint32(8, payload.offset, true)
  bytes.set(payload.data.subarray(0, FTP_BLOCK), HEADER_BYTES)
  return bytes
}

export function ftpPayload(bytes: Uint8Array): FtpPayload {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size = view.getUint8(4)
  return {
    seq: view.getUint16(0, true),
    session: view.getUint8(2),
    op: view.getUint8(3),
    size,
    request: view.getUint8(5),
    burstComplete: view.getUint8(6) !== 0,
    offset: view.getUint32(8, true),
    data: bytes.subarray(HEADER_BYTES, HEADER_BYTES + Math.min(size, FTP_BLOCK)),
  }
}
