/** AIS messages as a ship's transponder makes them, in AIVDM sentences (ITU-R M.1371-5, IEC 61162-1). */
type Field = readonly [value: number, width: number]

const MOST_PAYLOAD = 60

/** Class A position report (message 1). Course and speed 0 and status 5 for a ship alongside. */
export function positionReport(of: {
  mmsi: number
  lngLat: readonly [number, number]
  speedKn: number
  courseDeg: number
  moored: boolean
  atMs: number
}): string[] {
  const { mmsi, lngLat, speedKn, courseDeg, moored, atMs } = of
  return sentences([
    [1, 6],
    [0, 2],
    [mmsi, 30],
    [moored ? 5 : 0, 4],
    [0, 8],
    [Math.round(Math.min(102.2, speedKn) * 10), 10],
    [1, 1],
    [Math.round(lngLat[0] * 600_000), 28],
    [Math.round(lngLat[1] * 600_000), 27],
    [Math.round((((courseDeg % 360) + 360) % 360) * 10) % 3600, 12],
    [Math.round(((courseDeg % 360) + 360) % 360) % 360, 9],
    [Math.floor(atMs / 1000) % 60, 6],
    [0, 25],
  ])
}

/** Static data (message 5): a ship's own name, and that it carries passengers (60) or is a fast craft (40). */
export function staticData(of: { mmsi: number; shipName: string; fast: boolean; destination: string }): string[] {
  const { mmsi, shipName, fast, destination } = of
  return sentences([
    [5, 6],
    [0, 2],
    [mmsi, 30],
    [0, 2],
    [0, 30],
    ...text('', 7),
    ...text(shipName, 20),
    [fast ? 40 : 60, 8],
    [30, 9],
    [20, 9],
    [6, 6],
    [6, 6],
    [1, 4],
    [0, 20],
    [30, 8],
    ...text(destination, 20),
    [0, 1],
    [0, 1],
  ])
}

/** Six-bit text, padded with `@`; what six bits cannot say becomes a blank. */
function text(words: string, characters: number): Field[] {
  const upper = words.toUpperCase().replace(/[^ -_]/g, ' ')
  return Array.from({ length: characters }, (_, i): Field => {
    const code = upper.charCodeAt(i)
    return [Number.isNaN(code) ? 0 : code & 63, 6]
  })
}

let group = 0

function sentences(fields: readonly Field[]): string[] {
  const bits = fields
    .map(([value, width]) => (value < 0 ? value + 2 ** width : value).toString(2).padStart(width, '0').slice(-width))
    .join('')
  const fill = (6 - (bits.length % 6)) % 6
  const payload = bits.padEnd(bits.length + fill, '0').replace(/.{6}/g, (six) => {
    const value = Number.parseInt(six, 2)
    return String.fromCharCode(value < 40 ? value + 48 : value + 56)
  })
  const parts = payload.match(new RegExp(`.{1,${MOST_PAYLOAD}}`, 'g')) ?? []
  if (parts.length > 1) group = (group + 1) % 10
  return parts.map((part, i) => {
    const last = i === parts.length - 1
    const body = `AIVDM,${parts.length},${i + 1},${parts.length > 1 ? group : ''},A,${part},${last ? fill : 0}`
    return `!${body}*${checksum(body)}`
  })
}

function checksum(body: string): string {
  let sum = 0
  for (const char of body) sum ^= char.charCodeAt(0)
  return sum.toString(16).toUpperCase().padStart(2, '0')
}
