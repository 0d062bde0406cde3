import type { Framer } from '../feeds/framer.ts'

const FLAG = 0x7e
const ESCAPE = 0x7d

/** Messages between 0x7E flags, still escaped. Two flags in a row are one. */
export function flagFramer(limit: number): Framer {
  let held: number[] = []
  let inside = false
  let skipping = false
  return {
    push(bytes) {
      const frames: Uint8Array[] = []
      let tooLarge = 0
      for (const byte of bytes) {
        if (byte === FLAG) {
          if (inside && held.length > 0 && !skipping) frames.push(Uint8Array.from(held))
          held = []
          inside = true
          skipping = false
        } else if (inside && !skipping) {
          held.push(byte)
          if (held.length <= limit) continue
          tooLarge++
          held = []
          skipping = true
        }
      }
      return { frames, tooLarge }
    },
    end: () => [], // without its closing flag a message is not whole
  }
}

/** Takes the escapes and the check byte off; null when either is wrong. */
export function openFrame(escaped: Uint8Array): Buffer | 'malformed' | 'checksum' {
  const out = Buffer.alloc(escaped.length)
  let size = 0
  for (let i = 0; i < escaped.length; i++) {
    const byte = escaped[i]!
    if (byte !== ESCAPE) {
      out[size++] = byte
      continue
    }
    const next = escaped[++i]
    if (next !== 1 && next !== 2) return 'malformed'
    out[size++] = next === 1 ? ESCAPE : FLAG
  }
  if (size < 13) return 'malformed'
  let sum = 0
  for (let i = 0; i < size; i++) sum ^= out[i]!
  return sum === 0 ? out.subarray(0, size - 1) : 'checksum'
}

/** Escapes a message, with its check byte and flags. */
export function sealFrame(message: Uint8Array): Uint8Array {
  let sum = 0
  for (const byte of message) sum ^= byte
  const out = [FLAG]
  for (const byte of [...message, sum]) {
    if (byte === FLAG) out.push(ESCAPE, 2)
    else if (byte === ESCAPE) out.push(ESCAPE, 1)
    else out.push(byte)
  }
  return Uint8Array.from([...out, FLAG])
}
