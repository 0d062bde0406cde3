/** Makes AIS payloads for tests, bit by bit as ITU-R M.1371 lays them out. */
function armour(fields: readonly (readonly [value: number, width: number])[]): string {
  const bits = fields
    .map(([value, width]) => (value < 0 ? value + 2 ** width : value).toString(2).padStart(width, '0').slice(-width))
    .join('')
  const padded = bits.padEnd(Math.ceil(bits.length / 6) * 6, '0')
  return padded.replace(/.{6}/g, (six) => {
    const value = Number.parseInt(six, 2)
    return String.fromCharCode(value < 40 ? value + 48 : value + 56)
  })
}

/** Message type 1. */
export const positionReport = (of: {
  mmsi: number
  lngLat: [number, number]
  speedKn: number
  courseDeg: number
  navStatus?: number
  second: number
}): string =>
  armour([
    [1, 6],
    [0, 2],
    [of.mmsi, 30],
    [of.navStatus ?? 0, 4],
    [-128, 8],
    [Math.round(of.speedKn * 10), 10],
    [1, 1],
    [Math.round(of.lngLat[0] * 600_000), 28],
    [Math.round(of.lngLat[1] * 600_000), 27],
    [Math.round(of.courseDeg * 10), 12],
    [511, 9],
    [of.second, 6],
    [0, 25],
  ])

/** Message type 14, a whole number of characters. */
export const safetyText = ({ mmsi, text }: { mmsi: number; text: string }): string =>
  armour([
    [14, 6],
    [0, 2],
    [mmsi, 30],
    [0, 2],
    ...[...text].map((letter): [number, number] => [letter.charCodeAt(0) & 63, 6]),
  ])
