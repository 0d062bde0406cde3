/** Bits of an AIS payload, most significant first. Reading beyond the end gives zeros; `length` says how many there are. */
export interface Bits {
  readonly length: number
  unsigned(at: number, width: number): number
  signed(at: number, width: number): number
  /** Six-bit text without its padding (`@` ends it, blanks at the end do not count). */
  text(at: number, characters: number): string
}

/** @returns null when the armour is not that of AIS */
export function readArmour(payload: string, fillBits: number): Bits | null {
  const sixes = new Uint8Array(payload.length)
  for (let i = 0; i < payload.length; i++) {
    const code = payload.charCodeAt(i) - 48
    const six = code > 40 ? code - 8 : code
    if (code < 0 || (code > 39 && code < 48) || six > 63) return null
    sixes[i] = six
  }
  const length = sixes.length * 6 - fillBits
  const unsigned = (at: number, width: number): number => {
    let value = 0
    for (let i = at; i < at + width; i++) {
      const bit = i < length ? (sixes[Math.floor(i / 6)]! >> (5 - (i % 6))) & 1 : 0
      value = value * 2 + bit
    }
    return value
  }
  return {
    length,
    unsigned,
    signed(at, width) {
      const value = unsigned(at, width)
      return value >= 2 ** (width - 1) ? value - 2 ** width : value
    },
    text(at, characters) {
      let text = ''
      const most = Math.min(characters, Math.floor((length - at) / 6))
      for (let i = 0; i < most; i++) {
        const six = unsigned(at + i * 6, 6)
        if (six === 0) break
        text += String.fromCharCode(six < 32 ? six + 64 : six)
      }
      return text.trimEnd()
    },
  }
}
