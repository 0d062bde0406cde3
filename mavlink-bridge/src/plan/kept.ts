/**
 * What an autopilot's storage makes of one number of an item:
 * - `as-is`: a float32, NaN included
 * - `nothing`: there is no room for it; it reads as 0
 * - `newer`: as it is in newer versions, 0 in older ones
 * - `whole`: cut to a whole number
 * - `byte`: cut to a whole number from 0 to 255
 * - `flag`: 1 for anything above 0, else 0
 * - `direction`: only the side it turns to: -1 for anything below 0, else 1
 * - `circle`: a radius, metres, in one byte and its direction; above 255 in tens
 * - `heading`: degrees, 0 <= x < 360; NaN stays ("as it is")
 */
export type Kept = 'as-is' | 'nothing' | 'newer' | 'whole' | 'byte' | 'flag' | 'direction' | 'circle' | 'heading'

const TOLERANCE = 0.011
const BYTE = 255

/** What is stored of a number that is sent; idempotent. What is cut to whole numbers has no NaN: it reads as 0. */
export function storedValue(kept: Kept, sent: number): number {
  switch (kept) {
    case 'as-is':
    case 'newer':
      return sent
    case 'nothing':
      return 0
    case 'whole':
      return whole(sent)
    case 'byte':
      return Math.min(BYTE, Math.max(0, whole(sent)))
    case 'flag':
      return sent > 0 ? 1 : 0
    case 'direction':
      return sent < 0 ? -1 : 1
    case 'circle':
      return Math.sign(whole(sent)) * radiusOf(Math.abs(sent))
    case 'heading':
      return ((sent % 360) + 360) % 360
  }
}

/** Whether what was read is what was sent, or what storage makes of it. */
export function agrees(kept: Kept, sent: number, read: number): boolean {
  if (near(sent, read) || near(storedValue(kept, sent), read)) return true
  if (kept === 'newer') return read === 0
  return kept === 'heading' && Math.abs(turn(sent, read)) <= TOLERANCE
}

/** Equal but for the rounding of storage. NaN means "as it is" and agrees with itself only. */
export const near = (a: number, b: number, tolerance = TOLERANCE): boolean =>
  Number.isNaN(a) || Number.isNaN(b) ? Number.isNaN(a) && Number.isNaN(b) : Math.abs(a - b) <= tolerance

/** From one heading to another the shorter way, degrees, -180 <= x < 180. */
const turn = (from: number, to: number): number => ((((to - from + 180) % 360) + 360) % 360) - 180
const whole = (value: number): number => (Number.isNaN(value) ? 0 : Math.trunc(value))
const radiusOf = (radiusM: number): number =>
  radiusM <= BYTE ? whole(radiusM) : 10 * Math.min(BYTE, whole(radiusM * 0.1))
