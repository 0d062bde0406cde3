import { MOST_TABLES, type Command, type DomainEvent, type OwnTable } from '@skerry/contract'
import { distanceTable, TableFault } from '@skerry/search'
import type { Picture } from '../../picture/picture.ts'
import type { DecideContext } from '../context.ts'
import { ok, refuse, type Decision } from '../result.ts'

type Of<T extends Command['type']> = Extract<Command, { type: T }>

/** Takes an agency's table, checked as the command line checks it. One in the place of another leaves that one as it was. */
export function decideDeclareTable(
  picture: Picture,
  { tableName, file, replaces }: Of<'distance-table.declare'>,
  ctx: DecideContext,
): Decision<DomainEvent[]> {
  const tables = [...picture.distanceTable.values()]
  if (tables.length >= MOST_TABLES) return refuse(422, 'too-many-tables', `at most ${MOST_TABLES} distance tables`)
  if (replaces !== undefined) {
    const before = currentTable(picture, replaces)
    if (!before.ok) return before
  }
  if (tables.some(({ id, name, state }) => state === 'current' && id !== replaces && name === tableName))
    return refuse(409, 'table-name-taken', `there is a table ${tableName}`)
  const read = readTable(file)
  if (!read.ok) return read
  const table: OwnTable = {
    id: ctx.newId(),
    name: tableName,
    ...read.value,
    state: 'current',
    declaredAtMs: ctx.nowMs,
    by: ctx.seat.name,
    replaces: replaces ?? null,
  }
  return ok([{ type: 'distance-table.declared', table }])
}

export function decideWithdrawTable(
  picture: Picture,
  { tableId, reason }: Of<'distance-table.withdraw'>,
): Decision<DomainEvent[]> {
  const found = currentTable(picture, tableId)
  return found.ok ? ok([{ type: 'distance-table.withdrawn', tableId, reason }]) : found
}

/** A table that can still be chosen. Whoever changes one that another has changed meanwhile is told. */
export function currentTable(picture: Picture, tableId: string): Decision<OwnTable> {
  const table = picture.distanceTable.get(tableId)
  if (!table) return refuse(404, 'unknown-table', `no distance table ${tableId}`)
  if (table.state !== 'current') return refuse(409, 'table-not-current', `table ${table.name} is ${table.state}`)
  return ok(table)
}

function readTable(file: unknown): Decision<Pick<OwnTable, 'attribution' | 'categories'>> {
  try {
    const { attribution, categories } = distanceTable(file)
    return ok({ attribution, categories: [...categories] })
  } catch (error) {
    if (error instanceof TableFault) return refuse(422, 'table-not-possible', error.message)
    throw error
  }
}
