import { MOST_EXPOSED_PLACES, type ExposureMap } from '@skerry/contract'
import { parse } from 'csv-parse/sync'

const COLUMNS = ['lng', 'lat', 'persons'] as const
interface Row {
  record: string[]
  info: { lines: number }
}

/**
 * Reads a table with the columns `lng`, `lat` (degrees, WGS-84) and `persons` (>= 0); further columns are passed over.
 * @throws Error with one line that says where and what it must be; half a table would make quiet places look busy
 */
export function readExposure(text: string): ExposureMap {
  const rows = parse(text, { bom: true, info: true, skip_empty_lines: true, trim: true }) as unknown as Row[]
  const header = rows.shift()?.record ?? []
  const at = COLUMNS.map((name) => {
    const column = header.indexOf(name)
    if (column < 0) throw new Error(`has no column "${name}"`)
    return column
  })
  if (rows.length === 0) throw new Error('has no places')
  if (rows.length > MOST_EXPOSED_PLACES) throw new Error(`has more than ${MOST_EXPOSED_PLACES} places`)
  const places = rows.flatMap(({ record, info }) => {
    const [lng, lat, persons] = at.map((column) => figure(record[column]!)) as [number, number, number]
    const must = (holds: boolean, name: string, what: string): void => {
      if (!holds) throw new Error(`line ${info.lines}: ${name} must be ${what}`)
    }
    must(Math.abs(lng) <= 180, 'lng', 'degrees from -180 to 180')
    must(Math.abs(lat) <= 90, 'lat', 'degrees from -90 to 90')
    must(persons >= 0 && persons < Infinity, 'persons', 'a number from 0')
    return [lng, lat, persons]
  })
  if (places.every((value, i) => i % 3 !== 2 || value === 0)) throw new Error('has nobody anywhere')
  return { configured: true, places }
}

/** NaN where there is no number: a blank is not nobody. */
const figure = (cell: string): number => (cell === '' ? NaN : Number(cell))
