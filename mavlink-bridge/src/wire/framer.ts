import { claimedLength, faultOf, INCOMPLETE, judge } from './candidate.ts'
import { type Frame, HEADER_BYTES, MAGIC_V1, MAGIC_V2, MAX_FRAME_BYTES, ReceivedFrame } from './frame.ts'

/** What a stream of bytes turned out to be. */
export interface FrameCounters {
  /** Frames delivered. */
  good: number
  /** Candidates whose checksum did not match. */
  badChecksum: number
  /** Candidates of a message we have no definition of, so that no checksum can be computed. */
  unknown: number
  /** Candidates with an incompat flag that we do not understand; MAVLink demands that they are dropped. */
  refusedFlags: number
  /** Bytes that belong neither to a good frame nor to a counted candidate. */
  junkBytes: number
}

export const newCounters = (): FrameCounters => ({
  good: 0,
  badChecksum: 0,
  unknown: 0,
  refusedFlags: 0,
  junkBytes: 0,
})

export interface Framer {
  /** Feeds the next bytes of the stream, any number of them. Returns the frames they completed, in order. */
  push(bytes: Uint8Array): Frame[]
  /** Ends the stream: frames inside a candidate that never completed come out, the rest becomes junk. */
  end(): Frame[]
  readonly counters: Readonly<FrameCounters>
}

/** Scans bytes for frames; after a candidate that fails it goes on one byte later: the start byte may be false. */
class Scanner {
  readonly counters: FrameCounters
  /** Bytes left of the extent of a candidate already counted: what goes wrong there is still the same fault. */
  private blamed = 0

  constructor(counters: FrameCounters) {
    this.counters = counters
  }

  /**
   * Appends the frames of bytes[from, end) to `out` and returns where it stopped: `end`, or the start of a candidate
   * that is still incomplete (never when `last`). `take` makes the frame.
   */
  scan(bytes: Uint8Array, from: number, end: number, last: boolean, take: Take, out: Frame[]): number {
    let at = from
    while (at < end) {
      const byte = bytes[at]
      if (byte === MAGIC_V2 || byte === MAGIC_V1) {
        const judged = judge(bytes, at, end)
        if (judged > 0) {
          out.push(take(bytes, at, at + judged))
          this.counters.good++
          this.blamed = 0
          at += judged
          continue
        }
        if (judged === INCOMPLETE && !last) return at
        const fault = faultOf(judged)
        // A MAVLink 1 length that the message cannot have: rather a false start byte than a frame.
        if (fault !== undefined && fault !== 'badLength' && this.blamed === 0) {
          this.counters[fault]++
          this.blamed = claimedLength(bytes, at)
        }
      }
      if (this.blamed > 0) this.blamed--
      else this.counters.junkBytes++
      at++
    }
    return at
  }
}

type Take = (bytes: Uint8Array, from: number, to: number) => Frame
const inPlace: Take = (bytes, from, to) => new ReceivedFrame(bytes, from, to)

/** Room for some hundred frames; what is left of it lives as long as one of them is kept. */
const POOL_BYTES = 32_768
/**
 * Memory that frames are views of; each byte of it is written once. A plain Uint8Array, not a Buffer: code that meets
 * only one kind of array is faster. One array for many chunks: to make one costs more than to read a frame.
 */
let pool = new Uint8Array(POOL_BYTES)
let pooled = 0

/** Copies bytes[from, to) into the pool of now, and says where they begin there. */
function keep(bytes: Uint8Array, from: number, to: number): number {
  const length = to - from
  if (pooled + length > pool.length) {
    pool = new Uint8Array(Math.max(POOL_BYTES, length))
    pooled = 0
  }
  const start = pooled
  pool.set(from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to), start)
  pooled += length
  return start
}

function copied(bytes: Uint8Array, from: number, to: number): Frame {
  const start = keep(bytes, from, to)
  return new ReceivedFrame(pool, start, start + to - from)
}

/**
 * Finds frames in a stream of bytes from ONE peer (a serial line, a TCP connection); any chunking gives the same
 * frames. Between calls it holds one fixed buffer of 280 bytes, whatever comes in.
 */
export function createFramer(): Framer {
  const counters = newCounters()
  const scanner = new Scanner(counters)
  const carry = new Uint8Array(MAX_FRAME_BYTES)
  /** Always less than one frame: a candidate with that many bytes is either a frame or refused. */
  let carried = 0

  /** Settles the bytes carried over, and returns the position from which the chunk is to be scanned in place. */
  function finishCarried(bytes: Uint8Array, out: Frame[]): number {
    let at = 0
    /** Carried bytes that came before this chunk; once they are settled, the carry only repeats the chunk. */
    let older = carried
    while (older > 0 && at < bytes.length) {
      // No more than the candidate lacks.
      const header = HEADER_BYTES[carry[0] === MAGIC_V1 ? 1 : 2]
      const wanted = carried < header ? header : claimedLength(carry, 0)
      const taken = Math.min(wanted - carried, bytes.length - at)
      carry.set(bytes.subarray(at, at + taken), carried)
      at += taken
      const filled = carried + taken
      const stop = scanner.scan(carry, 0, filled, false, copied, out)
      carried = 0
      if (stop >= older) return at - (filled - stop)
      carry.copyWithin(0, stop, filled)
      carried = filled - stop
      older -= stop
    }
    return at
  }

  return {
    counters,
    push(bytes) {
      const out: Frame[] = []
      const at = finishCarried(bytes, out)
      if (at === bytes.length) return out
      // One copy for all frames of this chunk: the caller may fill the same buffer again.
      const start = keep(bytes, at, bytes.length)
      const end = start + bytes.length - at
      const stop = scanner.scan(pool, start, end, false, inPlace, out)
      carried = end - stop
      if (carried > 0) carry.set(pool.subarray(stop, end))
      return out
    },
    end() {
      const out: Frame[] = []
      scanner.scan(carry, 0, carried, true, copied, out)
      carried = 0
      return out
    },
  }
}

/**
 * Frames of one datagram, parsed on its own: what one sender cut short never touches the next datagram.
 * @param counters added to, when given
 */
export function framesOfDatagram(bytes: Uint8Array, counters: FrameCounters = newCounters()): Frame[] {
  const out: Frame[] = []
  const start = keep(bytes, 0, bytes.length)
  new Scanner(counters).scan(pool, start, start + bytes.length, true, inPlace, out)
  return out
}
