import { IncidentReport, reasonOf, type LngLat } from '@skerry/contract'
import { parse } from 'csv-parse/sync'
import type { CsvRules } from './csv-fields.ts'
import { faultAt, unreadable, type PlacedItem, type ReadDocument } from './item.ts'
import { wordsOf } from './read-json.ts'
import { shortened } from './shortened.ts'
import { readSourceTime } from './source-time.ts'

const MOST_ROWS = 200_000
const MOST_ROW_CHARACTERS = 20_000
const PLACE = 120
const TEXT = 600
const OUTCOME = 300

interface Row {
  record: string[]
  info: { lines: number }
}

/**
 * Incidents as a table with a header. Every row is judged by itself; one that is no incident is a fault with its line.
 * @param unplaced where a row is shown that says no place; null refuses it
 */
export function readIncidentCsv(text: string, rules: CsvRules, unplaced: LngLat | null, nowMs: number): ReadDocument {
  const broken: PlacedItem[] = []
  let rows: Row[]
  try {
    rows = parse(text, {
      bom: true,
      delimiter: rules.delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      max_record_size: MOST_ROW_CHARACTERS,
      on_skip(error) {
        broken.push(
          faultAt(`line ${error?.lines ?? '?'}`, 'malformed', error?.message.slice(0, 160) ?? 'cannot be read'),
        )
      },
    }) as unknown as Row[]
  } catch (error) {
    return unreadable(error instanceof Error ? error.message.slice(0, 160) : 'cannot be read')
  }
  const header = rows.shift()?.record.map((name) => name.trim())
  if (header === undefined) return unreadable('has no header')
  const missing = wanted(rules).find((name) => !header.includes(name))
  if (missing !== undefined) return unreadable(`has no column "${missing}"`)
  if (rows.length > MOST_ROWS) return unreadable(`has more than ${MOST_ROWS} rows`)
  const items = rows.map(({ record, info }): PlacedItem => {
    const at = `line ${info.lines}`
    if (record.length !== header.length)
      return faultAt(at, 'malformed', `has ${record.length} columns, the header ${header.length}`)
    const cells = new Map(header.map((name, i) => [name, record[i]!.trim()]))
    return { at, item: itemOf((name) => (name === undefined ? '' : (cells.get(name) ?? '')), rules, unplaced, nowMs) }
  })
  return { ok: true, items: [...items, ...broken] }
}

const wanted = ({ columns, closed }: CsvRules): string[] =>
  [...Object.values(columns).flat(), closed?.column, closed?.at, closed?.outcome].filter((name) => name !== undefined)

type Cell = (name: string | undefined) => string

function itemOf(cell: Cell, rules: CsvRules, unplaced: LngLat | null, nowMs: number): PlacedItem['item'] {
  const { columns, categories, levels } = rules
  const occurredAtMs = readSourceTime(cell(columns.occurredAt), rules.times)
  if (occurredAtMs === null) return { kind: 'fault', reason: 'no-time', detail: `${columns.occurredAt}: is no time` }
  const updated = columns.updatedAt === undefined ? null : readSourceTime(cell(columns.updatedAt), rules.times)
  const position = positionOf(cell(columns.lng), cell(columns.lat)) ?? unplaced
  if (position === null) return { kind: 'fault', reason: 'no-place', detail: 'has no longitude and latitude' }
  const read = IncidentReport.safeParse({
    externalId: cell(columns.id),
    category: categories[cell(columns.category)] ?? rules.category,
    ...(levels[cell(columns.level)] ?? { priority: rules.priority }),
    position,
    place: joined(columns.place, cell, PLACE),
    text: joined(columns.text, cell, TEXT),
    occurredAtMs,
    ...(updated === null ? {} : { updatedAtMs: updated }),
    ...closedOf(cell, rules, occurredAtMs, nowMs),
  })
  if (read.success) return { kind: 'notice', notice: read.data }
  return { kind: 'fault', reason: 'malformed', detail: wordsOf(read.error) }
}

function positionOf(lng: string, lat: string): LngLat | null {
  const decimal = /^[-+]?\d{1,3}(\.\d*)?$/
  if (!decimal.test(lng) || !decimal.test(lat)) return null
  const place: LngLat = [Number(lng), Number(lat)]
  // Nothing has happened in the Gulf of Guinea at 0, 0: it is how tables write that they do not know.
  return Math.abs(place[0]) > 180 || Math.abs(place[1]) > 90 || (place[0] === 0 && place[1] === 0) ? null : place
}

const joined = (names: readonly string[] | undefined, cell: Cell, most: number): string =>
  shortened(
    (names ?? [])
      .map(cell)
      .filter((value) => value !== '')
      .join(' · ')
      .replace(/\s+/g, ' '),
    most,
  )

function closedOf(
  cell: Cell,
  { closed, times }: CsvRules,
  occurredAtMs: number,
  nowMs: number,
): Pick<IncidentReport, 'closed'> {
  if (closed === undefined) return {}
  const said = closed.column !== undefined && closed.values.includes(cell(closed.column))
  const old = closed.olderThanH !== undefined && nowMs - occurredAtMs > closed.olderThanH * 3_600_000
  if (!said && !old) return {}
  const at = readSourceTime(cell(closed.at), times)
  const outcome = cell(closed.outcome).slice(0, OUTCOME)
  return {
    closed: {
      atMs: Math.max(occurredAtMs, at ?? occurredAtMs),
      outcome: outcome.length < 2 ? reasonOf('closed-at-source') : outcome,
    },
  }
}
