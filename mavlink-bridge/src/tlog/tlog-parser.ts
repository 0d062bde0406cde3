import { claimedLength, faultOf, INCOMPLETE, judge } from '../wire/candidate.ts'
import { type Frame, frameOf, MAGIC_V1, MAGIC_V2, MAX_FRAME_BYTES } from '../wire/frame.ts'
import { type FrameCounters, newCounters } from '../wire/framer.ts'

/** One record of a telemetry log. */
export interface TlogRecord {
  /** Time of receipt as recorded: microseconds since 1970 (some recorders: since their start). */
  readonly atUs: bigint
  readonly frame: Frame
}

export interface TlogParser {
  /** Feeds the next bytes of the log, any number of them. */
  push(bytes: Uint8Array): TlogRecord[]
  /** Ends the log: what is left cannot grow any more. */
  end(): TlogRecord[]
  /**
   * `good` records were delivered. A record with a fault counts once: a wrong length byte or checksum as
   * `badChecksum`. `junkBytes` are those that make up no record.
   */
  readonly counters: Readonly<FrameCounters>
}

const STAMP_BYTES = 8
const MAX_RECORD_BYTES = STAMP_BYTES + MAX_FRAME_BYTES
/** Enough to see the record after a faulty one, wherever it starts. */
const LOOKAHEAD_BYTES = 2 * MAX_RECORD_BYTES
/** Neighbouring records are closer than this, as a rule. */
const NEAR_US = 3_600_000_000n
/** 2000-01-01 and 2100-01-01: what any clock that was set at all shows. */
const EARLIEST_US = 946_684_800_000_000n
const LATEST_US = 4_102_444_800_000_000n
/** What a clock that counts from the start of the recorder may show: twelve days. */
const LONGEST_UPTIME_US = 2n ** 40n

/** Whether a record starts at a place: `good` with a sound frame, `faulty` with a believable stamp and a bad frame. */
type Start = 'good' | 'faulty' | 'none'

/**
 * Reads records of 8-byte big-endian microseconds and one frame. After a faulty record it goes on at the next one,
 * found by the frame's length byte or, where that lies, by the next believable stamp before a frame.
 */
export function createTlogParser(): TlogParser {
  const counters = newCounters()
  let rest = new Uint8Array(0)
  /** Stamp of the last record in whose place we believed. */
  let lastUs: bigint | undefined
  /** At the start of the log or right behind a record, any stamp is taken; after junk it has to be believable. */
  let inStep = true

  const stampAt = (bytes: Uint8Array, at: number): bigint =>
    new DataView(bytes.buffer, bytes.byteOffset + at, STAMP_BYTES).getBigUint64(0)
  const isNear = (us: bigint): boolean => lastUs !== undefined && us >= lastUs - NEAR_US && us <= lastUs + NEAR_US
  const isBelievable = (us: bigint): boolean => isNear(us) || (us >= EARLIEST_US && us <= LATEST_US)

  function startAt(bytes: Uint8Array, at: number, faultyToo: boolean): Start {
    const magic = bytes[at + STAMP_BYTES]
    if (magic !== MAGIC_V1 && magic !== MAGIC_V2) return 'none'
    const us = stampAt(bytes, at)
    if (judge(bytes, at + STAMP_BYTES, bytes.length) > 0)
      return isBelievable(us) || us < LONGEST_UPTIME_US ? 'good' : 'none'
    return faultyToo && isNear(us) ? 'faulty' : 'none'
  }

  /** First place in bytes[from, to) where a record starts, or -1. */
  function findStart(bytes: Uint8Array, from: number, to: number, faultyToo: boolean): number {
    for (let at = from; at < to && at + STAMP_BYTES < bytes.length; at++)
      if (startAt(bytes, at, faultyToo) !== 'none') return at
    return -1
  }

  /** Where to go on after a faulty record that claims to end at `claimedEnd`. */
  function afterFault(bytes: Uint8Array, at: number, claimedEnd: number): number {
    // A length byte that is too large may have swallowed good records.
    const swallowed = findStart(bytes, at + 1, Math.min(claimedEnd, bytes.length), false)
    if (swallowed >= 0) return swallowed
    if (claimedEnd === bytes.length || (claimedEnd < bytes.length && startAt(bytes, claimedEnd, true) !== 'none'))
      return claimedEnd
    // The length lies, and no good record is inside: all up to the next start belongs to this one.
    const start = findStart(bytes, at + 1, at + MAX_RECORD_BYTES, true)
    return start >= 0 ? start : Math.min(claimedEnd, bytes.length)
  }

  function parse(bytes: Uint8Array, last: boolean, out: TlogRecord[]): number {
    let at = 0
    while (at < bytes.length) {
      const have = bytes.length - at
      if (have <= STAMP_BYTES) break
      const magic = bytes[at + STAMP_BYTES]
      const judged = magic === MAGIC_V1 || magic === MAGIC_V2 ? judge(bytes, at + STAMP_BYTES, bytes.length) : undefined
      if (judged !== undefined && judged > 0 && (inStep || startAt(bytes, at, false) === 'good')) {
        inStep = true
        const to = at + STAMP_BYTES + judged
        const atUs = stampAt(bytes, at)
        out.push({ atUs, frame: frameOf(bytes.subarray(at + STAMP_BYTES, to)) })
        counters.good++
        lastUs = atUs
        at = to
        continue
      }
      if (have < LOOKAHEAD_BYTES && !last) break
      const us = stampAt(bytes, at)
      const fault = judged === undefined ? undefined : faultOf(judged)
      if (fault !== undefined && isBelievable(us)) {
        counters[fault === 'badLength' ? 'badChecksum' : fault]++
        lastUs ??= us
        inStep = true
        at = afterFault(bytes, at, at + STAMP_BYTES + claimedLength(bytes, at + STAMP_BYTES))
        continue
      }
      // At the end of the log a length byte that is too large looks like a record cut short.
      const hidden = judged === INCOMPLETE && isBelievable(us) ? findStart(bytes, at + 1, bytes.length, false) : -1
      if (hidden >= 0) {
        counters.badChecksum++
        inStep = true
        at = hidden
        continue
      }
      counters.junkBytes++
      inStep = false
      at++
    }
    return at
  }

  return {
    counters,
    push(bytes) {
      const out: TlogRecord[] = []
      const all = new Uint8Array(rest.length + bytes.length)
      all.set(rest)
      all.set(bytes, rest.length)
      rest = all.slice(parse(all, false, out))
      return out
    },
    end() {
      const out: TlogRecord[] = []
      const stop = parse(rest, true, out)
      counters.junkBytes += rest.length - stop
      rest = new Uint8Array(0)
      return out
    },
  }
}
