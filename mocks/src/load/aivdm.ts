import type { Pose } from './route.ts'

const KNOT_MPS = 1852 / 3600

/** Bits of ITU-R M.1371, most significant first, in six-bit armour. */
function armour(fields: readonly (readonly [value: number, width: number])[]): string {
  let payload = ''
  let held = 0
  let bits = 0
  for (const [value, width] of fields) {
    const whole = value < 0 ? value + 2 ** width : value
    for (let i = width - 1; i >= 0; i--) {
      held = held * 2 + (Math.floor(whole / 2 ** i) % 2)
      if (++bits < 6) continue
      payload += String.fromCharCode(held < 40 ? held + 48 : held + 56)
      held = 0
      bits = 0
    }
  }
  if (bits === 0) return payload
  held *= 2 ** (6 - bits)
  return payload + String.fromCharCode(held < 40 ? held + 48 : held + 56)
}

function sentence(payload: string, fillBits: number): string {
  const body = `AIVDM,1,1,,A,${payload},${fillBits}`
  let sum = 0
  for (let i = 0; i < body.length; i++) sum ^= body.charCodeAt(i)
  return `!${body}*${sum.toString(16).toUpperCase().padStart(2, '0')}\r\n`
}

/** Position report of a ship (type 1). @param second of the minute in which the position was true, 0..59 */
export const positionReport = (
  mmsi: number,
  navStatus: number,
  { lngLat: [lng, lat], speedMps, headingDeg }: Pose,
  second: number,
): string =>
  sentence(
    armour([
      [1, 6],
      [0, 2],
      [mmsi, 30],
      [navStatus, 4],
      [-128, 8],
      [Math.min(1022, Math.round((speedMps / KNOT_MPS) * 10)), 10],
      [1, 1],
      [Math.round(lng * 600_000), 28],
      [Math.round(lat * 600_000), 27],
      [Math.round(headingDeg * 10) % 3600, 12],
      [Math.round(headingDeg) % 360, 9],
      [second, 6],
      [0, 25],
    ]),
    0,
  )

/** Six-bit text, padded with `@`. */
const text = (words: string, characters: number): [number, number][] =>
  Array.from(words.toUpperCase().padEnd(characters, '@').slice(0, characters), (letter) => [
    letter.charCodeAt(0) & 63,
    6,
  ])

/** What a small ship says of itself: name (type 24, part A). */
export const nameReport = (mmsi: number, name: string): string =>
  sentence(armour([[24, 6], [0, 2], [mmsi, 30], [0, 2], ...text(name, 20), [0, 8]]), 0)

/** Ship type and size (type 24, part B). */
export const kindReport = (mmsi: number, shipType: number, lengthM: number, beamM: number): string =>
  sentence(
    armour([
      [24, 6],
      [0, 2],
      [mmsi, 30],
      [1, 2],
      [shipType, 8],
      ...text('', 7),
      ...text('', 7),
      [Math.floor(lengthM / 2), 9],
      [Math.ceil(lengthM / 2), 9],
      [Math.floor(beamM / 2), 6],
      [Math.ceil(beamM / 2), 6],
      [0, 6],
    ]),
    0,
  )
