import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Health, RosterUnit } from '@skerry/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../http/test-server.ts'
import { hashTerminal } from '../jt808/jt808-protocol.ts'
import { readFeedsConfig } from './feeds-config.ts'

const GUIDES = path.resolve(import.meta.dirname, '../../../../docs/guides/feeds')
/** The key that the guide of vehicle terminals has its reader make, and the number that it tries. */
const TERMINAL = { key: 'a key of this installation, long enough', number: '123456789012' }
const tools = 'for t in curl iconv xxd timeout; do command -v $t || exit 1; done; date -d "+1 hour"'
const noTools = spawnSync('bash', ['-c', tools]).status === 0 ? false : 'bash, curl, iconv, xxd or GNU date is not here'
const LISTENING = new Set(['http-listen', 'udp-listen', 'tcp-listen', 'folder'])

interface Example {
  feeds: Record<string, unknown>[]
  shell: string
}

/** The first file of a guide, and the first lines to paste after it. */
function exampleOf(guide: string): Example {
  const text = readFileSync(path.join(GUIDES, guide), 'utf8')
  const file = /```json feeds\n([^]+?)```/.exec(text)!
  const shell = [...text.slice(file.index).matchAll(/```sh\n([^]+?)```/g)][0]![1]!
  const feeds = (JSON.parse(file[1]!) as Example).feeds.filter(({ kind }) => LISTENING.has(String(kind)))
  return { feeds, shell }
}

/** What the reader of the guide puts in: the file of their key, and the hash that they print. */
const declared = (feed: Record<string, unknown>): object => ({
  hashKeyFile: path.join(folder, String(feed['hashKeyFile'])),
  terminals: (feed['terminals'] as object[]).map((one) => ({
    ...one,
    terminal: hashTerminal(TERMINAL.key, TERMINAL.number),
  })),
})

const run = (shell: string, cwd: string): Promise<string> =>
  new Promise((resolve) => {
    const child = spawn('bash', ['-c', shell], {
      cwd,
      env: { ...process.env, PATH: `${path.dirname(process.execPath)}:${process.env['PATH']}` },
    })
    let output = ''
    child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()))
    child.stderr.on('data', (bytes: Buffer) => (output += bytes.toString()))
    child.on('error', (error) => resolve(String(error)))
    child.on('close', () => resolve(output))
  })

/** Those that have their reader declare a feed; the others are about feeds with a token, or files. */
const guides = readdirSync(GUIDES).filter(
  (file) =>
    file.endsWith('.md') &&
    file !== 'README.md' &&
    readFileSync(path.join(GUIDES, file), 'utf8').includes('```json feeds'),
)
const examples = new Map(guides.map((guide) => [guide, exampleOf(guide)]))
const folder = mkdtempSync(path.join(tmpdir(), 'skerry-guides-'))
let server: TestServer
/** Port of this run by the port that a guide names. */
let ports: Map<number, number>

beforeAll(async () => {
  writeFileSync(path.join(folder, 'terminal.key'), TERMINAL.key, { mode: 0o600 })
  const all = [...examples.values()].flatMap(({ feeds }) => feeds)
  const local = all.map((feed) => ({
    ...feed,
    ...('at' in feed ? { at: '127.0.0.1:0' } : {}),
    ...('terminals' in feed ? declared(feed) : {}),
    ...('folder' in feed ? { folder: path.join(folder, String(feed['folder'])) } : {}),
  }))
  server = await startTestServer(undefined, JSON.stringify({ feeds: local }))
  const opened = new Map(server.running.feeds().map(({ name, port }) => [name, port]))
  ports = new Map(
    readFeedsConfig(JSON.stringify({ feeds: all })).feeds.flatMap((feed) =>
      'at' in feed ? [[feed.at.port, opened.get(feed.name)!]] : [],
    ),
  )
  const ids = [...new Set([...JSON.stringify(local).matchAll(/"unit":"([^"]+)"/g)].map((match) => match[1]!))]
  const units = ids.map((id): RosterUnit => ({ id, callSign: id, agency: 'a', kind: 'boat', skills: [], onDuty: true }))
  await server.send('PUT', '/api/intake/roster', { as: server.bearer('roster'), body: { units } })
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('the example of every guide', () => {
  it.skipIf(noTools).each(guides)('is heard when it is pasted: %s', async (guide) => {
    const { feeds, shell } = examples.get(guide)!
    const here = (_: string, host: string, port: string): string => host + (ports.get(Number(port)) ?? port)
    const output = await run(shell.replace(/(127\.0\.0\.1[:/])(\d+)/g, here), folder)
    const heard = async (): Promise<number> => {
      const health = (await (await server.send('GET', '/api/health')).json()) as Health
      const own = health.feeds.filter(({ id }) => feeds.some(({ name }) => name === id))
      return Math.max(...own.map(({ accepted, ignored }) => accepted + ignored))
    }
    await expect.poll(heard, { message: output }).toBeGreaterThan(0)
    expect(output).not.toMatch(/command not found|connection refused|"outcome":"refused"|syntax error/i)
  })
})
