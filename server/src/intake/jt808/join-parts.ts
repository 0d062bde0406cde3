import type { Header } from './header.ts'

/** A batch of late locations is some dozen parts; what is longer is nobody's batch. */
const MOST_PARTS = 255
const MOST_BYTES = 256 * 1024
/** Parts of a message come one after the other; a rest that does not come within this was lost, ms. */
const WAIT_MS = 60_000

/** Messages of one terminal that come in parts (JT/T 808, bit 13 of the properties), one of each kind at a time. */
export interface PartJoiner {
  /**
   * Takes one part. `body`: the whole, when this was the last that was missing. `dropped`: how many messages were given
   * up for it, of which parts had been acknowledged.
   */
  take(
    header: Header & { part: NonNullable<Header['part']> },
    nowMs: number,
  ): {
    body: Buffer | 'waiting' | 'too-large'
    dropped: number
  }
}

interface Held {
  /** Serial of the first part: parts have serials in a row. */
  firstSerial: number
  of: number
  parts: Map<number, Buffer>
  bytes: number
  atMs: number
}

export function createPartJoiner(): PartJoiner {
  const held = new Map<number, Held>()
  return {
    take({ id, serial, part, body }, nowMs) {
      const firstSerial = (serial - part.number + 1) & 0xffff
      let dropped = 0
      for (const [of, one] of held)
        if (nowMs - one.atMs > WAIT_MS || (of === id && (one.firstSerial !== firstSerial || one.of !== part.of))) {
          held.delete(of)
          dropped++
        }
      const message = held.get(id) ?? {
        firstSerial,
        of: part.of,
        parts: new Map<number, Buffer>(),
        bytes: 0,
        atMs: nowMs,
      }
      const known = message.parts.get(part.number)
      if (part.of > MOST_PARTS || message.bytes + (known === undefined ? body.length : 0) > MOST_BYTES) {
        held.delete(id)
        return { body: 'too-large', dropped }
      }
      if (known === undefined) {
        message.parts.set(part.number, Buffer.from(body))
        message.bytes += body.length
      }
      message.atMs = nowMs
      if (message.parts.size < part.of) {
        held.set(id, message)
        return { body: 'waiting', dropped }
      }
      held.delete(id)
      return { body: Buffer.concat(Array.from({ length: part.of }, (_, i) => message.parts.get(i + 1)!)), dropped }
    },
  }
}
