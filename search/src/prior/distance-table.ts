import { isDistanceTable, isSpread, LEAST_SIGMA, MUST_SPREAD } from './lognormal.ts'
import { SUBJECT_CATEGORIES, SUBJECT_CATEGORIES_ATTRIBUTION, type SubjectCategory } from './subject-categories.ts'

/**
 * Distances that people were found at, by category and terrain, as an agency keeps them. As a file it is this object in
 * JSON; `search map --categories` prints the default one, to be edited.
 */
export interface DistanceTable {
  /** Whose searches these are, and from when to when; shown wherever the distances are. */
  readonly attribution: string
  /** Ids are free; known ids have a translation on the screen. */
  readonly categories: readonly SubjectCategory[]
}

/** The table that ships with the program. */
export const DEFAULT_DISTANCE_TABLE: DistanceTable = {
  attribution: SUBJECT_CATEGORIES_ATTRIBUTION,
  categories: SUBJECT_CATEGORIES,
}

/** What a field of a table must be, so that a screen can say it in its own language. */
export type TableMust = 'object' | 'keys' | 'list' | 'once' | 'text' | 'distances' | 'apart'

/** The first fault of a table: `field` is its place in the file, like `table.categories[2].distancesKm.flat`. */
export class TableFault extends RangeError {
  readonly field: string
  readonly must: TableMust
  /** Keys that are allowed, the id that is there twice, the most there may be, or the least deviation. */
  readonly detail: string

  constructor(field: string, must: TableMust, words: string, detail: string = '') {
    super(`${field}: ${words}`)
    this.field = field
    this.must = must
    this.detail = detail
  }
}

const TERRAINS = ['flat', 'mountain', 'urban'] as const
const DISTANCES = 'must be four distances above 0 km, rising (25, 50, 75, 95 %)'
const MOST_CATEGORIES = 500
const MOST_LETTERS = 300

/**
 * A distance table from parsed JSON, checked to the last number: an unknown key is a fault, because a misspelt terrain
 * would otherwise be a table that silently lacks it.
 * `TableFault`, a RangeError `table.categories[2].distancesKm.flat: must be ...`, for the first fault.
 */
export function distanceTable(value: unknown): DistanceTable {
  const table = object(value, 'table', ['attribution', 'categories'])
  const attribution = text(table.attribution, 'table.attribution')
  const list = table.categories
  if (!Array.isArray(list) || list.length === 0 || list.length > MOST_CATEGORIES)
    throw new TableFault(
      'table.categories',
      'list',
      `must be a list of 1 to ${MOST_CATEGORIES} categories`,
      String(MOST_CATEGORIES),
    )
  const categories = list.map((each, i) => category(each, `table.categories[${i}]`))
  categories.forEach(({ id }, i) => {
    if (categories.findIndex((other) => other.id === id) < i)
      throw new TableFault(`table.categories[${i}].id`, 'once', `must be there once, '${id}' is there twice`, id)
  })
  return { attribution, categories }
}

/** An agency's table with the default's categories that it lacks, so that every known kind of person has distances. */
export function withDefaultCategories(table: DistanceTable): DistanceTable {
  const own = new Set(table.categories.map(({ id }) => id))
  const lacking = SUBJECT_CATEGORIES.filter(({ id }) => !own.has(id))
  if (lacking.length === 0) return table
  return {
    attribution: `${table.attribution} For ${lacking.map(({ id }) => id).join(', ')}: ${SUBJECT_CATEGORIES_ATTRIBUTION}`,
    categories: [...table.categories, ...lacking],
  }
}

function category(value: unknown, at: string): SubjectCategory {
  const { id, label, distancesKm } = object(value, at, ['id', 'label', 'distancesKm'])
  const rows = object(distancesKm, `${at}.distancesKm`, TERRAINS)
  const read = (terrain: (typeof TERRAINS)[number]): readonly [number, number, number, number] => {
    const row = rows[terrain]
    if (!Array.isArray(row) || !row.every((km) => typeof km === 'number') || !isDistanceTable(row))
      throw new TableFault(`${at}.distancesKm.${terrain}`, 'distances', DISTANCES)
    if (!isSpread(row)) throw new TableFault(`${at}.distancesKm.${terrain}`, 'apart', MUST_SPREAD, String(LEAST_SIGMA))
    return row
  }
  return {
    id: text(id, `${at}.id`),
    label: text(label, `${at}.label`),
    distancesKm: {
      flat: read('flat'),
      ...(rows.mountain === undefined ? {} : { mountain: read('mountain') }),
      ...(rows.urban === undefined ? {} : { urban: read('urban') }),
    },
  }
}

function object(value: unknown, at: string, keys: readonly string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TableFault(at, 'object', `must be an object with ${keys.join(', ')}`, keys.join(', '))
  const unknown = Object.keys(value).find((key) => !keys.includes(key))
  if (unknown !== undefined)
    throw new TableFault(
      at,
      'keys',
      `must have only the keys ${keys.join(', ')}, not '${unknown}'`,
      `${keys.join(', ')} ≠ ${unknown}`,
    )
  return value as Record<string, unknown>
}

function text(value: unknown, at: string): string {
  if (typeof value === 'string' && value.trim() !== '' && value.length <= MOST_LETTERS) return value
  throw new TableFault(at, 'text', `must be a text of 1 to ${MOST_LETTERS} letters`, String(MOST_LETTERS))
}
