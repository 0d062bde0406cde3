import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  DEFAULT_RETENTION,
  AccountRole,
  DEFAULT_DICTIONARY,
  FeedScope,
  NO_EXPOSURE,
  type CameraEntry,
  type CommandDone,
  type MadeGuest,
  type MadeKiosk,
  type Role,
} from '@skerry/contract'
import { startServer, type RunningServer } from '../app.ts'
import { systemScheduler, type Scheduler } from '../engine/scheduler.ts'
import { readFeedsConfig } from '../intake/feeds/feeds-config.ts'
import { embeddedFile } from '../store/open-store.ts'

/** The real server on a free port and a folder of its own, with an account for every role and a feed for every scope. */
export interface TestServer {
  url: string
  running: RunningServer
  faults: unknown[]
  /** Cookie header of a new session of this role; of a guest, the authorization header of its link. */
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

/** Unit that the account of the role `unit` speaks for. */
export const UNIT_ID = 'u1'
export const passwordOf = (role: Role): string => `password of ${role}`
const tokenOf = (scope: FeedScope): string => `token-of-the-feed-${scope}`.padEnd(24, 'x')

/**
 * @param dataDir keeps the data of an earlier server; without it everything is new and removed at the end
 * @param feedsFile text of a feeds file
 * @param clock another than the machine's, for what is to have happened earlier
 */
export async function startTestServer(
  dataDir?: string,
  feedsFile?: string,
  cameras: readonly CameraEntry[] = [],
  clock: Scheduler = systemScheduler,
): Promise<TestServer> {
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
      dictionary: DEFAULT_DICTIONARY,
      warningSender: 'duty@skerry.example',
      crossingsFile: null,
      layersFile: null,
      terrainFile: null,
      roadRouterUrl: null,
      retention: DEFAULT_RETENTION,
      tracks: { wholeMs: 86_400_000, keptMs: 2_592_000_000, thinning: { toleranceM: 15, mostGapMs: 60_000 } },
      cameras,
      exposure: NO_EXPOSURE,
      flowFile: null,
      holidaysFile: null,
      feeds: feedsFile === undefined ? null : { config: readFeedsConfig(feedsFile), folder: dir },
      demo: {
        accounts: AccountRole.options.map((role) => ({
          account: role,
          name: `the ${role}`,
          role,
          password: passwordOf(role),
          ...(role === 'unit' ? { unitId: UNIT_ID } : {}),
        })),
        feeds: FeedScope.options.map((scope) => ({ id: scope, scopes: [scope], token: tokenOf(scope) })),
      },
    },
    {
      clock,
      newId: randomUUID,
      newToken: randomUUID,
      version: '0.0.0-test',
      onFault: (error) => faults.push(error),
    },
  )
  const url = `http://127.0.0.1:${running.port}`

  const send: TestServer['send'] = (method, where, { as, body, headers } = {}) => {
    const credential = as === undefined ? {} : /^(Bearer|Guest) /.test(as) ? { authorization: as } : { cookie: as }
    const json = body === undefined ? {} : { 'content-type': 'application/json' }
    return fetch(url + where, {
      method,
      headers: { ...credential, ...json, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  }
  /** A wall has no account either: it exchanges the token of its link for its cookie. */
  async function openWall(): Promise<string> {
    const as = await signIn('admin')
    const made = await send('POST', '/api/kiosks', { as, body: { id: `wall-${randomUUID().slice(0, 8)}` } })
    const { token } = (await made.json()) as MadeKiosk
    const answer = await send('POST', '/api/kiosk', { body: { token } })
    return answer.headers.get('set-cookie')!.split(';')[0]!
  }
  async function signIn(role: Exclude<Role, 'guest' | 'wall'>): Promise<string> {
    const answer = await send('POST', '/api/session', { body: { account: role, password: passwordOf(role) } })
    return answer.headers.get('set-cookie')!.split(';')[0]!
  }
  /** A guest has no account: it is invited into the room of an incident that is reported for it. */
  async function inviteGuest(): Promise<string> {
    const as = await signIn('dispatcher')
    const facts = { category: 'other', priority: 'notice', position: [122.2, 29.9], place: '', text: '', subject: null }
    const report = { id: randomUUID(), type: 'incident.report', occurredAtMs: Date.now() - 1000, ...facts }
    const { created } = (await (await send('POST', '/api/commands', { as, body: report })).json()) as CommandDone
    const body = { label: '民安救援队', mayWrite: true, minutes: 60 }
    const made = await send('POST', `/api/incidents/${created[0]!.id}/guests`, { as, body })
    return `Guest ${((await made.json()) as MadeGuest).token}`
  }
  return {
    url,
    running,
    faults,
    send,
    async signIn(role) {
      if (role === 'guest') return inviteGuest()
      if (role === 'wall') return openWall()
      return signIn(role)
    },
    bearer: (scope) => `Bearer ${tokenOf(scope)}`,
    async stop() {
      await running.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
