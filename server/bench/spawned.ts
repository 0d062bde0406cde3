import { fork, spawn, type ChildProcess } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import path from 'node:path'

export const ROOT = path.resolve(import.meta.dirname, '../..')
const BRIDGE_TOKEN = 'a-bridge-token-of-a-bench'
export const FEED_TOKEN = 'a-feed-token-of-a-bench-0000'
const PASSWORD = 'the password of the wall'

/** Starts a part of Skerry as `npm start` does, and waits until it is ready. Rejects with its last words. */
export async function startPart(entry: string, env: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const child = fork(path.join(ROOT, entry), [], {
    env: { ...process.env, ...env },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let words = ''
  child.stderr?.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-2000)))
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${entry} ended with ${String(code)}: ${words}`)
  })
  await Promise.race([once(child, 'message'), ended])
  ended.catch(() => undefined)
  return child
}

/** The server with one observer and one feed that may do everything a feed may. */
export const startServerPart = (
  dataDir: string,
  port: number,
  env: Readonly<Record<string, string>> = {},
): Promise<ChildProcess> =>
  startPart('server/src/main.ts', {
    SKERRY_HOST: '127.0.0.1',
    SKERRY_PORT: String(port),
    SKERRY_DATA: dataDir,
    SKERRY_BRIDGE_TOKEN: BRIDGE_TOKEN,
    SKERRY_DEMO: JSON.stringify({
      accounts: [{ account: 'wall', name: 'Wall', role: 'observer', password: PASSWORD }],
      feeds: [{ id: 'bench', token: FEED_TOKEN, scopes: ['roster', 'fixes', 'incidents'] }],
    }),
    ...env,
  })

export const startBridgePart = (dataDir: string, serverPort: number, mavlinkPort: number): Promise<ChildProcess> =>
  startPart('mavlink-bridge/src/main.ts', {
    SKERRY_SERVER_URL: `http://127.0.0.1:${serverPort}`,
    SKERRY_BRIDGE_TOKEN: BRIDGE_TOKEN,
    SKERRY_BRIDGE_ID: 'bench',
    SKERRY_BRIDGE_DATA: path.join(dataDir, 'bridge'),
    SKERRY_MAVLINK_UDP: `127.0.0.1:${mavlinkPort}`,
  })

/** Cookie of the observer. */
export async function signIn(port: number): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account: 'wall', password: PASSWORD }),
  })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0]
  if (!answer.ok || cookie === undefined) throw new Error(`the bench could not sign in: ${answer.status}`)
  return cookie
}

/** Runs a simulator until it ends by itself. Rejects when it fails. */
export async function runMocks(args: readonly string[]): Promise<void> {
  const [code] = (await once(startMocks(args), 'exit')) as [number | null]
  if (code !== 0) throw new Error(`the simulator ended with ${String(code)}`)
}

export const startMocks = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path.join(ROOT, 'mocks/src/cli.ts'), ...args], {
    env: { ...process.env, SKERRY_FEED_TOKEN: FEED_TOKEN },
    stdio: ['ignore', 'ignore', 'inherit'],
  })

export async function stopAll(children: readonly ChildProcess[]): Promise<void> {
  await Promise.all(
    children.map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    }),
  )
}

export async function freePort(kind: 'tcp' | 'udp'): Promise<number> {
  const probe = kind === 'tcp' ? createServer().listen(0, '127.0.0.1') : createSocket('udp4').bind(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  return port
}
