import { once } from 'node:events'
import type { SQLInputValue } from 'node:sqlite'
import { Worker } from 'node:worker_threads'
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely'
import type { SqliteAnswer, SqliteRequest } from './sqlite-worker.ts'

/** A statement that SQLite refused; `errcode` is its extended result code. */
export class SqliteError extends Error {
  readonly errcode: number | null
  constructor(message: string, errcode: number | null) {
    super(message)
    this.errcode = errcode
  }
}

/**
 * kysely over `node:sqlite`, whose calls block: they run in a worker thread that owns the only connection.
 * Transactions take turns; statements outside one wait for the one that is open.
 */
export function sqliteDialect(file: string, options: { readOnly: boolean }): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => createDriver(file, options.readOnly),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

function createDriver(file: string, readOnly: boolean): Driver {
  const thread = databaseThread(file, readOnly)
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const { rows, changes } = await thread.run(query.sql, query.parameters as readonly SQLInputValue[])
      return { rows: rows as R[], numAffectedRows: BigInt(changes) }
    },
    streamQuery() {
      throw new Error('streaming is not offered: read in pages')
    },
  }
  return {
    init: () => thread.ready,
    acquireConnection: async () => connection,
    async beginTransaction() {
      await thread.run('BEGIN IMMEDIATE', [])
    },
    async commitTransaction() {
      await thread.run('COMMIT', [])
    },
    async rollbackTransaction() {
      await thread.run('ROLLBACK', [])
    },
    // kysely itself makes the users of a dialect with one connection take turns.
    async releaseConnection() {},
    destroy: () => thread.close(),
  }
}

interface DatabaseThread {
  ready: Promise<void>
  run(sql: string, params: readonly SQLInputValue[]): Promise<{ rows: Record<string, unknown>[]; changes: number }>
  close(): Promise<void>
}

function databaseThread(file: string, readOnly: boolean): DatabaseThread {
  const worker = new Worker(new URL('./sqlite-worker.ts', import.meta.url), { workerData: { file, readOnly } })
  const waiting = new Map<number, (answer: SqliteAnswer) => void>()
  let nextId = 1
  let ended: string | null = null
  const end = (why: string): void => {
    ended = why
    for (const [id, done] of waiting) done({ id, error: { message: why, errcode: null } })
    waiting.clear()
  }
  worker.on('message', (answer: SqliteAnswer) => {
    waiting.get(answer.id)?.(answer)
    waiting.delete(answer.id)
  })
  worker.on('error', (error: Error) => end(`the database thread failed: ${error.message}`))
  worker.on('exit', () => end('the store is closed'))
  return {
    ready: once(worker, 'online').then(() => undefined),
    run(sql, params) {
      if (ended !== null) return Promise.reject(new SqliteError(ended, null))
      const id = nextId++
      return new Promise((resolve, reject) => {
        waiting.set(id, (answer) => {
          if ('error' in answer) reject(new SqliteError(answer.error.message, answer.error.errcode))
          else resolve(answer)
        })
        worker.postMessage({ id, sql, params } satisfies SqliteRequest, [])
      })
    },
    async close() {
      if (ended !== null) return
      const exit = once(worker, 'exit')
      worker.postMessage('close', [])
      await exit
    },
  }
}
