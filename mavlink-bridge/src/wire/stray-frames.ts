import { claimedLength, faultOf, judge } from './candidate.ts'
import { FLAG_SIGNED, HEADER_BYTES, MAGIC_V1, MAGIC_V2 } from './frame.ts'

/** A frame of a message without definition: its checksum cannot be computed, only its place in a datagram vouches. */
export interface StrayFrame {
  readonly v: 1 | 2
  readonly id: number
  readonly sys: number
  readonly comp: number
  readonly raw: Uint8Array
}

/**
 * The frames of unknown messages in a datagram that splits cleanly: from the first byte to the last it consists of
 * frames, and those that can be checked are good. Anything else gives none. Signed ones are left out: the signature
 * could not be stripped from a recording.
 */
export function strayFramesOf(bytes: Uint8Array): StrayFrame[] {
  const strays: StrayFrame[] = []
  let at = 0
  while (at < bytes.length) {
    if (bytes[at] !== MAGIC_V1 && bytes[at] !== MAGIC_V2) return []
    const judged = judge(bytes, at, bytes.length)
    if (judged > 0) {
      at += judged
      continue
    }
    if (faultOf(judged) !== 'unknown') return []
    const end = at + claimedLength(bytes, at)
    if (end > bytes.length) return []
    const stray = strayOf(Uint8Array.from(bytes.subarray(at, end)))
    if (stray !== null) strays.push(stray)
    at = end
  }
  return strays
}

function strayOf(raw: Uint8Array): StrayFrame | null {
  if (raw[0] === MAGIC_V1) return { v: 1, id: raw[5]!, sys: raw[3]!, comp: raw[4]!, raw }
  if ((raw[2]! & FLAG_SIGNED) !== 0 || raw.length < HEADER_BYTES[2]) return null
  return { v: 2, id: raw[7]! | (raw[8]! << 8) | (raw[9]! << 16), sys: raw[5]!, comp: raw[6]!, raw }
}
