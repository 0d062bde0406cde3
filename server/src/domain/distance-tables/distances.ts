import type { OwnTable } from '@skerry/contract'
import { DEFAULT_DISTANCE_TABLE, type DistanceTable, withDefaultCategories } from '@skerry/search'

/** Distances that a search counts with: of its own table, filled up from the one that ships with the program. */
export const distancesOf = (table: OwnTable | undefined): DistanceTable =>
  table ? withDefaultCategories(table) : DEFAULT_DISTANCE_TABLE

/** Whether a table, filled up so, has distances for a kind of missing person. */
export const knownIn = (table: OwnTable | undefined, category: string): boolean =>
  distancesOf(table).categories.some(({ id }) => id === category)
