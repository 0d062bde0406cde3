import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { FeedScope, ROLES, type Role } from '@skerry/contract'
import { startServer, type RunningServer } from '../app.ts'
import { systemScheduler } from '../engine/scheduler.ts'
import { readFeedsConfig } from '../intake/feeds/feeds-config.ts'
import { embeddedFile } from '../store/open-store.ts'

/** The real server on a free port and a folder of its own, with an account for every role and a feed for every scope. */
export interface TestServer {
  url: string
  running: RunningServer
  faults: unknown[]
  /** Cookie header of a new session of this role. */
  signIn(role: Role): Promise<string>
  /** Authorization header of the feed with this scope. */
  bearer(scope: FeedScope): string
  send(
    method: string,
    path: string,
    options?: { as?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<Response>
  stop(): Promise<void>
}

export const passwordOf = (role: Role): string => `password of ${role}`
const tokenOf = (scope: FeedScope): string => `token-of-the-feed-${scope}`.padEnd(24, 'x')

/**
 * @param dataDir keeps the data of an earlier server; without it everything is new and removed at the end
 * @param feedsFile text of a feeds file
 */
export async function startTestServer(dataDir?: string, feedsFile?: string): Promise<TestServer> {
  const dir = mkdtempSync(path.join(tmpdir(), 'skerry-server-'))
  const webDir = path.join(dir, 'web')
  mkdirSync(path.join(webDir, 'assets'), { recursive: true })
  writeFileSync(path.join(webDir, 'index.html'), '<title>Skerry</title>')
  writeFileSync(path.join(webDir, 'assets', 'app-1a2b.js'), 'export {}')
  writeFileSync(path.join(webDir, 'assets', 'zhoushan-9f.pmtiles'), 'PMTiles')
  writeFileSync(path.join(webDir, '.secret'), 'hidden')
  const faults: unknown[] = []
  const running = await startServer(
    {
      host: '127.0.0.1',
      port: 0,
      storeUrl: `sqlite:${embeddedFile(dataDir ?? path.join(dir, 'data'))}`,
      bridgeToken: 'a-bridge-token-for-tests',
      webDir,
      crossingsFile: null,
      roadRouterUrl: null,
      feeds: feedsFile === undefined ? null : { config: readFeedsConfig(feedsFile), folder: dir },
      demo: {
        accounts: ROLES.map((role) => ({ account: role, name: `the ${role}`, role, password: passwordOf(role) })),
        feeds: FeedScope.options.map((scope) => ({ id: scope, scopes: [scope], token: tokenOf(scope) })),
      },
    },
    {
      clock: systemScheduler,
      newId: randomUUID,
      newToken: randomUUID,
      version: '0.0.0-test',
      onFault: (error) => faults.push(error),
    },
  )
  const url = `http://127.0.0.1:${running.port}`

  const send: TestServer['send'] = (method, where, { as, body, headers } = {}) => {
    const credential = as === undefined ? {} : as.startsWith('Bearer ') ? { authorization: as } : { cookie: as }
    const json = body === undefined ? {} : { 'content-type': 'application/json' }
    return fetch(url + where, {
      method,
      headers: { ...credential, ...json, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  }
  return {
    url,
    running,
    faults,
    send,
    async signIn(role) {
      const answer = await send('POST', '/api/session', { body: { account: role, password: passwordOf(role) } })
      return answer.headers.get('set-cookie')!.split(';')[0]!
    },
    bearer: (scope) => `Bearer ${tokenOf(scope)}`,
    async stop() {
      await running.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
