import { type Frame, HEADER_BYTES } from './frame.ts'

/** A text of a vehicle, put together from its chunks. It is data: whoever shows it must escape it. */
export interface StatusText {
  readonly sys: number
  readonly comp: number
  /** MAV_SEVERITY, 0 emergency .. 7 debug. */
  readonly severity: number
  /** UTF-8 decoded; "…" stands where chunks were lost. */
  readonly text: string
  /** Chunks were lost: the text has gaps or no end. */
  readonly incomplete: boolean
}

export interface StatusTextJoiner {
  /**
   * Takes a STATUSTEXT frame (others are ignored) received at `nowMs` of a monotonic clock.
   * Returns the texts that are now complete, and those that had to be given up.
   */
  push(frame: Frame, nowMs: number): StatusText[]
  /** Returns the texts whose missing chunks did not come in time, marked as incomplete. Call it now and then. */
  flush(nowMs: number): StatusText[]
}

const STATUSTEXT = 253
const TEXT_AT = 1
const TEXT_BYTES = 50
const ID_AT = 51
const CHUNK_SEQ_AT = 53
const PAYLOAD_BYTES = 54

interface Pending {
  readonly sys: number
  readonly comp: number
  readonly severity: number
  readonly chunks: Map<number, Uint8Array>
  /** chunk_seq of the chunk that ends the text, once seen. */
  last: number | undefined
  touchedMs: number
  /** Handed out already; kept for a while so that a late duplicate does not start a new text. */
  done: boolean
}

/**
 * Joins STATUSTEXT chunks by sender and id. A chunk that is not full ends its text; the bytes are joined before they
 * are decoded, because a character may be split between two chunks.
 * @param quietMs a text that got no new chunk for this long is given up, incomplete
 * @param maxPending bound on texts waiting at once; the oldest is given up
 */
export function createStatusTextJoiner({ quietMs = 2000, maxPending = 64 } = {}): StatusTextJoiner {
  const waiting = new Map<string, Pending>()

  function expire(nowMs: number): StatusText[] {
    const given: StatusText[] = []
    for (const [key, pending] of waiting) {
      if (nowMs - pending.touchedMs < quietMs) continue
      waiting.delete(key)
      if (!pending.done) given.push(joined(pending))
    }
    return given
  }

  function giveUpOldest(): StatusText[] {
    const [oldest] = waiting
    if (oldest === undefined || waiting.size < maxPending) return []
    waiting.delete(oldest[0])
    return oldest[1].done ? [] : [joined(oldest[1])]
  }

  return {
    flush: expire,
    push(frame, nowMs) {
      if (frame.id !== STATUSTEXT) return []
      const out = expire(nowMs)
      const { severity, chunk, id, chunkSeq } = readChunk(frame)
      const { sys, comp } = frame
      const start = (): Pending => ({
        sys,
        comp,
        severity,
        chunks: new Map(),
        last: undefined,
        touchedMs: nowMs,
        done: false,
      })
      if (id === 0) return [...out, joined(addChunk(start(), 0, chunk.subarray(0, textLength(chunk)), true))]

      const key = `${sys}/${comp}/${id}`
      let pending = waiting.get(key)
      const seen = pending?.chunks.get(chunkSeq)
      const text = chunk.subarray(0, textLength(chunk))
      if (pending !== undefined && seen !== undefined) {
        if (sameBytes(seen, text)) return out // the same datagram twice, or over two links
        // The id is used again for another text.
        waiting.delete(key)
        if (!pending.done) out.push(joined(pending))
        pending = undefined
      }
      if (pending === undefined) {
        out.push(...giveUpOldest())
        pending = start()
        waiting.set(key, pending)
      }
      addChunk(pending, chunkSeq, text, text.length < TEXT_BYTES)
      pending.touchedMs = nowMs
      if (!pending.done && isWhole(pending)) {
        pending.done = true
        out.push(joined(pending))
      }
      return out
    },
  }
}

function readChunk(frame: Frame): { severity: number; chunk: Uint8Array; id: number; chunkSeq: number } {
  const payload = new Uint8Array(PAYLOAD_BYTES)
  const start = HEADER_BYTES[frame.v]
  payload.set(frame.raw.subarray(start, start + Math.min(frame.raw[1]!, PAYLOAD_BYTES)))
  return {
    severity: payload[0]!,
    chunk: payload.subarray(TEXT_AT, TEXT_AT + TEXT_BYTES),
    id: payload[ID_AT]! | (payload[ID_AT + 1]! << 8),
    chunkSeq: payload[CHUNK_SEQ_AT]!,
  }
}

function textLength(chunk: Uint8Array): number {
  const nul = chunk.indexOf(0)
  return nul < 0 ? chunk.length : nul
}

function addChunk(pending: Pending, chunkSeq: number, text: Uint8Array, ends: boolean): Pending {
  pending.chunks.set(chunkSeq, text)
  if (ends) pending.last = chunkSeq
  return pending
}

const isWhole = ({ last, chunks }: Pending): boolean => last !== undefined && chunks.size > last

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i])

/** Runs of neighbouring chunks, each decoded as one; gaps and a missing end become "…". */
function joined(pending: Pending): StatusText {
  const { sys, comp, severity, chunks, last } = pending
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
  let text = ''
  let next = 0
  for (const seq of [...chunks.keys()].sort((a, b) => a - b)) {
    if (seq !== next) text += `${utf8.decode()}…`
    text += utf8.decode(chunks.get(seq), { stream: true })
    next = seq + 1
  }
  text += utf8.decode()
  const incomplete = !isWhole(pending)
  return { sys, comp, severity, text: incomplete && last === undefined ? `${text}…` : text, incomplete }
}
