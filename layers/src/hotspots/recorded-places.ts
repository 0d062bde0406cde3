/** Positions of the recorded incidents in the open data of Chicago: the columns `longitude` and `latitude`; rows without are passed over. For tests and benches. */
export function recordedPlaces(csv: string): [number, number][] {
  const [header, ...rows] = csv.trim().split('\n').map(cellsOf)
  const lng = header!.indexOf('longitude')
  const lat = header!.indexOf('latitude')
  return rows
    .map((row): [number, number] => [Number(row[lng] || NaN), Number(row[lat] || NaN)])
    .filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y))
}

/** Cells of one line; quoted ones may hold commas and doubled quotes. */
const cellsOf = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g)].map(([, cell]) => cell!.replaceAll(/^"|"$/g, ''))
