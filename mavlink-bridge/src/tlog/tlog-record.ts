import type { Frame } from '../wire/frame.ts'
import { carriesSecretKey, withoutSignature } from '../wire/signing/signature.ts'

/**
 * The bytes of one log record: 8-byte big-endian microseconds since 1970, then the frame. Signatures are stripped, and
 * SETUP_SIGNING gives undefined: a log must neither hold keys nor help anyone to replay.
 */
export function tlogRecord(atUs: bigint, frame: Frame): Uint8Array | undefined {
  if (carriesSecretKey(frame)) return undefined
  return recordOf(atUs, withoutSignature(frame).raw)
}

/** The time is written here and copied: a view of each record would cost more than the record. */
const stamp = new Uint8Array(8)
const stampView = new DataView(stamp.buffer)

/** A record of bytes that need no care: 8-byte big-endian microseconds since 1970, then the frame. */
export function recordOf(atUs: bigint, raw: Uint8Array): Uint8Array {
  const record = new Uint8Array(8 + raw.length)
  stampView.setBigUint64(0, atUs)
  record.set(stamp)
  record.set(raw, 8)
  return record
}
