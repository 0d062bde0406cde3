import type { OwnTable } from '@skerry/contract'
import { DEFAULT_DISTANCE_TABLE, distanceTable, type DistanceTable, TableFault, type TableMust } from '@skerry/search'

/** A distance table as it is typed: the four distances of a terrain in one line, km. */
export interface TableDraft {
  name: string
  attribution: string
  rows: TableRow[]
}
export interface TableRow {
  id: string
  label: string
  flat: string
  mountain: string
  urban: string
}
export const TERRAINS = ['flat', 'mountain', 'urban'] as const

/** What is wrong with a draft or a file; `field` as the file has it, null where it is no JSON at all. */
export interface TableTrouble {
  field: string | null
  must: TableMust | 'json'
  detail: string
}

export const emptyRow = (): TableRow => ({ id: '', label: '', flat: '', mountain: '', urban: '' })

export const emptyDraft = (): TableDraft => ({ name: '', attribution: '', rows: [emptyRow()] })

/** The table that ships with the program, to be edited into an own one: its source is not ours. */
export const shippedDraft = (): TableDraft => ({ ...draftOfTable(DEFAULT_DISTANCE_TABLE, ''), attribution: '' })

export function draftOfTable({ attribution, categories }: DistanceTable, name: string): TableDraft {
  const line = (km: readonly number[] | undefined): string => km?.join(' ') ?? ''
  return {
    name,
    attribution,
    rows: categories.map(({ id, label, distancesKm: { flat, mountain, urban } }) => ({
      id,
      label,
      flat: line(flat),
      mountain: line(mountain),
      urban: line(urban),
    })),
  }
}

/** The file that a draft makes, the same that the command line takes; a line that is no number stays as it is, for the check. */
export function fileOfDraft({ attribution, rows }: TableDraft): Record<string, unknown> {
  return {
    attribution: attribution.trim(),
    categories: rows.map(({ id, label, ...terrains }) => ({
      id: id.trim(),
      label: label.trim() === '' ? id.trim() : label.trim(),
      distancesKm: Object.fromEntries(
        TERRAINS.filter((terrain) => terrain === 'flat' || terrains[terrain].trim() !== '').map((terrain) => [
          terrain,
          numbersOf(terrains[terrain]),
        ]),
      ),
    })),
  }
}

const numbersOf = (line: string): (number | string)[] =>
  line
    .split(/[\s,;/，、；]+/)
    .filter((part) => part !== '')
    .map((part) => (Number.isFinite(Number(part)) ? Number(part) : part))

/** What keeps a draft from being a table, by the same check as on the server; null: nothing. */
export const troubleOf = (draft: TableDraft): TableTrouble | null => faultOf(() => distanceTable(fileOfDraft(draft)))

/** A draft from the text of a file, or what is wrong with it. */
export function readTableFile(text: string, name: string): { draft: TableDraft } | { trouble: TableTrouble } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { trouble: { field: null, must: 'json', detail: error instanceof Error ? error.message : '' } }
  }
  let draft: TableDraft | null = null
  const trouble = faultOf(() => (draft = draftOfTable(distanceTable(value), name)))
  return draft ? { draft } : { trouble: trouble! }
}

function faultOf(run: () => unknown): TableTrouble | null {
  try {
    run()
    return null
  } catch (error) {
    if (!(error instanceof TableFault)) throw error
    return { field: error.field, must: error.must, detail: error.detail }
  }
}

/** The file of a table, as `search map --table` takes it. */
export const exportText = ({ attribution, categories }: Pick<OwnTable, 'attribution' | 'categories'>): string =>
  `${JSON.stringify({ attribution, categories }, null, 2)}\n`
