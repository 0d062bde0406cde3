/** Cuts a stream of bytes into messages. Holds at most one unfinished message of the feed's largest size. */
export interface Framer {
  /** Whole messages, and how many were too large to be held. */
  push(bytes: Uint8Array): { frames: Uint8Array[]; tooLarge: number }
  /** The stream has ended, or was a datagram: what is left is a message too. */
  end(): Uint8Array[]
}

const LF = 0x0a
const CR = 0x0d

/** Lines that end with CR, LF or both. Empty ones are none. */
export function lineFramer(limit: number): Framer {
  let held: Uint8Array[] = []
  let size = 0
  let skipping = false
  const take = (): Uint8Array[] => {
    const line = held.length === 1 ? held[0]! : Buffer.concat(held)
    held = []
    size = 0
    return line.length === 0 ? [] : [line]
  }
  return {
    push(bytes) {
      const frames: Uint8Array[] = []
      let tooLarge = 0
      let from = 0
      for (let i = 0; i <= bytes.length; i++) {
        const ended = i < bytes.length && (bytes[i] === LF || bytes[i] === CR)
        if (!ended && i < bytes.length) continue
        const part = bytes.subarray(from, i)
        from = i + 1
        if (!skipping && size + part.length > limit) {
          tooLarge++
          skipping = true
          held = []
          size = 0
        }
        if (!skipping && part.length > 0) {
          held.push(Uint8Array.from(part)) // the socket's own memory is used again
          size += part.length
        }
        if (!ended) continue
        if (!skipping) frames.push(...take())
        skipping = false
      }
      return { frames, tooLarge }
    },
    end: () => (skipping ? [] : take()),
  }
}
