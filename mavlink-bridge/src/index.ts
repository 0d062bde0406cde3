export { readTlog } from './tlog/read-tlog.ts'
export { createTlogParser } from './tlog/tlog-parser.ts'
export type { TlogParser, TlogRecord } from './tlog/tlog-parser.ts'
export { tlogRecord } from './tlog/tlog-record.ts'
export { decode, decodeAs, isMessage } from './wire/decode.ts'
export type { DecodedMessage, FieldValue, TypedMessage, TypedName } from './wire/decode.ts'
export { encode } from './wire/encode.ts'
export type { EncodeFields, EncodeOptions, FrameSigner } from './wire/encode.ts'
export type { Frame } from './wire/frame.ts'
export { createFramer, framesOfDatagram, newCounters } from './wire/framer.ts'
export type { FrameCounters, Framer } from './wire/framer.ts'
export { decodeParam, encodeParam, paramBytes, paramEncodingOf } from './wire/param-value.ts'
export type { ParamEncoding } from './wire/param-value.ts'
export { createSequence } from './wire/sequence.ts'
export { carriesSecretKey, withoutSignature } from './wire/signing/signature.ts'
export { createSignatureVerifier, isFromTelemetryRadio, isLocalRadioStatus } from './wire/signing/signature-verifier.ts'
export type {
  SignaturePolicy,
  SignatureRefusal,
  SignatureVerdict,
  SignatureVerifier,
} from './wire/signing/signature-verifier.ts'
export { createSigner } from './wire/signing/signer.ts'
export { createSigningClock } from './wire/signing/signing-clock.ts'
export { stampFile } from './wire/signing/stamp-file.ts'
export type { SigningClock, StampStore } from './wire/signing/signing-clock.ts'
export { createStatusTextJoiner } from './wire/status-text.ts'
export type { StatusText, StatusTextJoiner } from './wire/status-text.ts'
export type { TypedMessages } from './wire/typed-messages.ts'
