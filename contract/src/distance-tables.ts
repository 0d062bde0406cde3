import { z } from 'zod'

/** Distances that 25, 50, 75 and 95 % of the subjects were found within, km, rising. */
export type DistancesKm = readonly [number, number, number, number]

/** Distances of one kind of missing person. A terrain without a row falls back on the flat one. */
export interface TableCategory {
  id: string
  label: string
  distancesKm: { flat: DistancesKm; mountain?: DistancesKm; urban?: DistancesKm }
}

/**
 * An agency's own distance table, as it was declared. It never changes: a changed table is another one in its place, so that
 * a search that was opened with this one goes on with it.
 */
export interface OwnTable {
  id: string
  name: string
  /** Whose searches these are, from and to when; shown wherever the distances are. */
  attribution: string
  categories: TableCategory[]
  /** `replaced`: there is a newer one in its place. Neither that nor a withdrawn one can be chosen for a new search. */
  state: 'current' | 'replaced' | 'withdrawn'
  declaredAtMs: number
  by: string
  /** The table that this one took the place of. */
  replaces: string | null
}

/** Name of a table, as people choose it. */
export const TableName = z.string().trim().min(1).max(60)

/**
 * The file's own object, as `search map --categories` prints it and `--table` takes it. What it must hold is checked by the
 * search science, for the command line and the server alike: a fault there is refused with the field that it is in.
 */
export const TableFile = z.record(z.string(), z.unknown())

/** Own tables that are kept, replaced and withdrawn ones with them. */
export const MOST_TABLES = 200
