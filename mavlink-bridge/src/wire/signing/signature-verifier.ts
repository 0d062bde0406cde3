import type { Frame } from '../frame.ts'
import { checkedKey, isSignedWith, signatureHead, stampOfUnixMs, TICKS_PER_MS } from './signature.ts'

/** Why a frame is refused. Nothing of a refused frame changes the verifier's state. */
export type SignatureRefusal =
  | 'unsigned'
  | 'wrongSignature'
  /**
   * Not newer than what its stream brought within the last seconds: the copy that another way brings, a doubled datagram,
   * one that was overtaken.
   */
  | 'repeated'
  /** Older than that, in a stream that is known. */
  | 'replayed'
  /** A new stream that starts too far behind. */
  | 'tooOld'
  /** Further ahead of our clock than any honest clock. */
  | 'fromTheFuture'
  | 'tooManyStreams'

export type SignatureVerdict =
  | { readonly ok: true; readonly signed: boolean }
  | { readonly ok: false; readonly kind: SignatureRefusal }

export interface SignaturePolicy {
  /** Which unsigned frames to take; none by default. See `isLocalRadioStatus`. */
  readonly acceptUnsigned?: (frame: Frame) => boolean
  /** How far behind the newest stamp a new stream may start. 60 s in the MAVLink guide. */
  readonly maxBehindMs?: number
  /** How far ahead of our own clock a stamp may be: following it would shut everyone else out. */
  readonly maxAheadMs?: number
  /** Bound on (system, component, link) streams remembered. */
  readonly maxStreams?: number
}

export interface SignatureVerifier {
  verify(frame: Frame): SignatureVerdict
  /** Newest stamp accepted: to be stored, and given back as `initialStamp` after a restart. */
  readonly newestStamp: number
}

const RADIO_STATUS = 109
/** Copies of a frame come no further apart than this. */
const REPEATED_TICKS = 5000 * TICKS_PER_MS
/** SiK radios report under the fixed address '3' 'D'. */
const SIK_SYSTEM = 51
const SIK_COMPONENT = 68

/** Whether a telemetry radio speaks for itself, in the stream of the vehicle behind it. */
export const isFromTelemetryRadio = (frame: Frame): boolean => frame.sys === SIK_SYSTEM && frame.comp === SIK_COMPONENT

/** RADIO_STATUS from a telemetry radio at our own end: it has no key, and it commands nothing. */
export const isLocalRadioStatus = (frame: Frame): boolean => frame.id === RADIO_STATUS && isFromTelemetryRadio(frame)

/**
 * Decides about the frames signed with one key (MAVLink signing guide): a good signature, and per (system, component,
 * link) a strictly rising stamp. One verifier per key.
 * @param key 32 bytes
 * @param nowMs unix milliseconds, the bridge's clock
 * @param initialStamp newest stamp known from before
 */
export function createSignatureVerifier(
  key: Uint8Array,
  nowMs: () => number,
  policy: SignaturePolicy = {},
  initialStamp = 0,
): SignatureVerifier {
  const secret = checkedKey(key)
  const behind = (policy.maxBehindMs ?? 60_000) * TICKS_PER_MS
  const ahead = (policy.maxAheadMs ?? 60_000) * TICKS_PER_MS
  const maxStreams = policy.maxStreams ?? 256
  const streams = new Map<number, number>()
  let newest = initialStamp
  const refuse = (kind: SignatureRefusal): SignatureVerdict => ({ ok: false, kind })

  /** A stream older than `oldest` could not start anew, so forgetting it opens no way for a replay. */
  function makeRoom(oldest: number): boolean {
    for (const [stream, stamp] of streams) if (stamp < oldest) streams.delete(stream)
    return streams.size < maxStreams
  }

  return {
    get newestStamp() {
      return newest
    },
    verify(frame) {
      if (!frame.signed)
        return policy.acceptUnsigned?.(frame) === true ? { ok: true, signed: false } : refuse('unsigned')
      if (!isSignedWith(secret, frame.raw)) return refuse('wrongSignature')
      const { linkId, stamp } = signatureHead(frame.raw)
      const now = stampOfUnixMs(nowMs())
      if (stamp > now + ahead) return refuse('fromTheFuture')
      const stream = (frame.sys << 16) | (frame.comp << 8) | linkId
      const last = streams.get(stream)
      if (last === undefined) {
        const oldest = Math.max(newest, now) - behind
        if (stamp < oldest) return refuse('tooOld')
        if (streams.size >= maxStreams && !makeRoom(oldest)) return refuse('tooManyStreams')
      } else if (stamp <= last) return refuse(last - stamp <= REPEATED_TICKS ? 'repeated' : 'replayed')
      streams.set(stream, stamp)
      newest = Math.max(newest, stamp)
      return { ok: true, signed: true }
    },
  }
}
