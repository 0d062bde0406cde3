import { ENCODINGS } from '@skerry/exchange'
import { IncidentCategory, LevelId, Priority } from '@skerry/contract'
import { z } from 'zod'
import { TimeRule } from './source-time.ts'

const Column = z.string().trim().min(1).max(80)
const Columns = z.union([Column.transform((one) => [one]), z.array(Column).min(1).max(8)])

/** How a source's table is read: which column is what, and what its words mean here. */
export const CsvRules = z.strictObject({
  encoding: z.enum(ENCODINGS, `must be one of ${ENCODINGS.join(', ')}`).default('utf-8'),
  delimiter: z.enum([',', ';', '\t', '|'], 'must be , ; | or a tab').default(','),
  times: TimeRule.prefault({}),
  /** Names as the first row of the file has them. */
  columns: z.strictObject({
    id: Column,
    occurredAt: Column,
    updatedAt: Column.optional(),
    lng: Column.optional(),
    lat: Column.optional(),
    category: Column.optional(),
    level: Column.optional(),
    place: Columns.optional(),
    /** Several are put together with a dot between. */
    text: Columns.optional(),
  }),
  /** What a value of the column means here; anything else is the default. */
  categories: z.record(z.string(), IncidentCategory).default({}),
  category: IncidentCategory.default('other'),
  /** A priority, or a level of the dictionary with its priority. */
  levels: z.record(z.string(), z.strictObject({ priority: Priority, level: LevelId.optional() })).default({}),
  priority: Priority.default('warning'),
  /** Rows that are over: by the value of a column, or because they happened so long ago. */
  closed: z
    .strictObject({
      column: Column.optional(),
      values: z.array(z.string()).max(50).default([]),
      at: Column.optional(),
      outcome: Column.optional(),
      olderThanH: z.number().min(1).max(87_600).optional(),
    })
    .refine(
      ({ column, values, olderThanH }) => (column !== undefined && values.length > 0) || olderThanH !== undefined,
      'must name a column with its values, or olderThanH',
    )
    .optional(),
})
export type CsvRules = z.infer<typeof CsvRules>
