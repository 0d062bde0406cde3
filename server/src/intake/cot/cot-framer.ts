import type { Framer } from '../feeds/framer.ts'
import { readVarint } from './protobuf.ts'

const MAGIC = 0xbf
const END = Buffer.from('</event>')
/** How a frame of the TAK protocol begins after the framer, however it came. */
export const TAK_HEAD = Buffer.from([MAGIC, 1, MAGIC])

/**
 * Events out of a stream: XML up to `</event>`, or 0xBF, a length and a TAK message. Both may follow one another.
 * Messages of the TAK protocol come out with the head that they have in a datagram. A connection that begins with that
 * head is one message to one device, and ends with it.
 */
export function cotFramer(limit: number): Framer {
  let held: Buffer = Buffer.alloc(0)
  /** Bytes of a message that is too large and is left out as it comes. */
  let leaving = 0
  let begun = false
  /** The whole connection is one message. */
  let directed = false

  /** One message from the front of what is held; null while it is not whole. */
  function take(): Uint8Array | 'too-large' | null {
    let start = 0
    while (start < held.length && held[start]! <= 0x20) start++
    held = held.subarray(start)
    if (held.length === 0) return null
    if (!begun && held.length < TAK_HEAD.length && held.equals(TAK_HEAD.subarray(0, held.length))) return null
    directed ||= !begun && held.subarray(0, TAK_HEAD.length).equals(TAK_HEAD)
    begun = true
    if (directed) return takeDirected()
    if (held[0] !== MAGIC) return takeXml()
    const size = readVarint(held, 1)
    if (size === null) {
      if (held.length < 11) return null
      held = Buffer.alloc(0)
      return 'too-large'
    }
    const end = size.next + Number(size.value)
    if (size.value > BigInt(limit)) {
      leaving = Math.min(Number.MAX_SAFE_INTEGER, end - held.length)
      held = end < held.length ? held.subarray(end) : Buffer.alloc(0)
      return 'too-large'
    }
    if (held.length < end) return null
    const message = Buffer.concat([TAK_HEAD, held.subarray(size.next, end)])
    held = held.subarray(end)
    return message
  }

  function takeDirected(): 'too-large' | null {
    if (held.length <= limit) return null
    held = Buffer.alloc(0)
    leaving = Number.MAX_SAFE_INTEGER
    return 'too-large'
  }

  function takeXml(): Uint8Array | 'too-large' | null {
    const at = held.indexOf(END)
    if (at < 0) {
      if (held.length <= limit) return null
      held = held.subarray(held.length - END.length)
      return 'too-large'
    }
    const message = held.subarray(0, at + END.length)
    held = held.subarray(at + END.length)
    return message
  }

  return {
    push(bytes) {
      const given = bytes.subarray(Math.max(0, Math.min(leaving, bytes.length)))
      leaving = Math.max(0, leaving - bytes.length)
      held = Buffer.concat([held, given])
      const frames: Uint8Array[] = []
      let tooLarge = 0
      for (let next = take(); next !== null; next = take())
        if (next === 'too-large') tooLarge++
        else frames.push(Uint8Array.from(next))
      return { frames, tooLarge }
    },
    end: () => (directed && held.length > TAK_HEAD.length ? [Uint8Array.from(held)] : []),
  }
}

/** A datagram is one event. */
export const datagramFramer = (): Framer => ({
  push: (bytes) => ({ frames: bytes.length === 0 ? [] : [bytes], tooLarge: 0 }),
  end: () => [],
})
