import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

/** One statement for the database thread. */
export interface SqliteRequest {
  id: number
  sql: string
  params: readonly SQLInputValue[]
}
/** Its rows, or the error with SQLite's extended result code. */
export type SqliteAnswer =
  | { id: number; rows: Record<string, unknown>[]; changes: number }
  | { id: number; error: { message: string; errcode: number | null } }

const KEPT_STATEMENTS = 200

const { file, readOnly } = workerData as { file: string; readOnly: boolean }
const port = parentPort
if (port === null) throw new Error('the database thread needs a parent')

const db = new DatabaseSync(file, { readOnly, enableForeignKeyConstraints: true, timeout: 5000 })
if (!readOnly) {
  db.exec('PRAGMA journal_mode = WAL')
  // FULL: every commit is flushed to the medium before it is answered. macOS flushes its drive only when asked twice.
  db.exec('PRAGMA synchronous = FULL')
  db.exec('PRAGMA fullfsync = ON')
  db.exec('PRAGMA checkpoint_fullfsync = ON')
  // What is deleted or written over is overwritten with zeros: what retention purges is gone from the file, too.
  db.exec('PRAGMA secure_delete = ON')
}

const statements = new Map<string, StatementSync>()
function prepared(sql: string): StatementSync {
  const known = statements.get(sql)
  if (known !== undefined) return known
  const statement = db.prepare(sql)
  const oldest = statements.keys().next()
  if (statements.size >= KEPT_STATEMENTS && oldest.done !== true) statements.delete(oldest.value)
  statements.set(sql, statement)
  return statement
}

function answer({ id, sql, params }: SqliteRequest): SqliteAnswer {
  try {
    const statement = prepared(sql)
    if (statement.columns().length > 0) return { id, rows: statement.all(...params), changes: 0 }
    return { id, rows: [], changes: Number(statement.run(...params).changes) }
  } catch (error) {
    const { message, errcode } = error as Error & { errcode?: number }
    return { id, error: { message, errcode: errcode ?? null } }
  }
}

port.on('message', (request: SqliteRequest | 'close') => {
  if (request === 'close') {
    statements.clear()
    db.close()
    port.close()
    return
  }
  port.postMessage(answer(request), [])
})
