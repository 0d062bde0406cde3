/** Bytes a second over the last whole seconds, in constant memory. */
export interface RateMeter {
  add(bytes: number, nowMs: number): void
  perS(nowMs: number): number
}

const SLOTS = 4
const WINDOW_S = SLOTS - 1

export function createRateMeter(): RateMeter {
  const bytesOf = new Float64Array(SLOTS)
  const secondOf = new Float64Array(SLOTS).fill(-1)
  return {
    add(bytes, nowMs) {
      const second = Math.floor(nowMs / 1000)
      const slot = second % SLOTS
      if (secondOf[slot] !== second) {
        secondOf[slot] = second
        bytesOf[slot] = 0
      }
      bytesOf[slot]! += bytes
    },
    perS(nowMs) {
      const now = Math.floor(nowMs / 1000)
      let sum = 0
      for (let slot = 0; slot < SLOTS; slot++) {
        const ago = now - secondOf[slot]!
        if (ago >= 1 && ago <= WINDOW_S) sum += bytesOf[slot]!
      }
      return sum / WINDOW_S
    },
  }
}
