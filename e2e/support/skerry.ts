import { spawn, type ChildProcess } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '../..')

/** A running Skerry, started the way a user starts it, on free ports and in a data folder of its own. */
export interface Skerry {
  url: string
  dataDir: string
  mavlinkPort: number
  /** Sign-in link by demo account; empty with --live. */
  signIn: ReadonlyMap<string, string>
  enrolUrl: string | null
  /** Everything it printed so far. */
  output: () => string
  /** Process id of one of its parts: server, bridge or mocks. */
  pid: (part: string) => Promise<number>
  /** Ctrl-C; resolves with the exit code when the command has ended. */
  stop: () => Promise<number | null>
  /** Stops it and removes its data folder. */
  dispose: () => Promise<void>
}

export interface StartOptions {
  live?: boolean
  /** With `live`: file of the bridge's links, instead of the one UDP port. */
  linksFile?: string
  /** With `live`: file of the feeds that the server listens to. */
  feedsFile?: string
  /** Settings beside those of this machine. */
  env?: Readonly<Record<string, string>>
  seed?: number
  speed?: number
  /** Gate of the demo city to which a crowd comes. */
  surge?: string
  /** What the drones of the demo city are; ArduPilot where nothing is said. */
  autopilot?: 'ardupilot' | 'px4' | 'both'
  dataDir?: string
  readyTimeoutMs?: number
}

export async function startSkerry(options: StartOptions = {}): Promise<Skerry> {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(os.tmpdir(), 'skerry-e2e-')))
  const port = await freeTcpPort()
  const mavlinkPort = await freeUdpPort()
  const links =
    options.linksFile === undefined ? ['--mavlink-udp', `127.0.0.1:${mavlinkPort}`] : ['--links', options.linksFile]
  const args = ['start', '--', '--data', dataDir, '--port', String(port), ...links]
  if (options.feedsFile !== undefined) args.push('--feeds', options.feedsFile)
  if (options.live === true) args.push('--live')
  if (options.seed !== undefined) args.push('--seed', String(options.seed))
  if (options.speed !== undefined) args.push('--speed', String(options.speed))
  if (options.surge !== undefined) args.push('--surge', options.surge)
  if (options.autopilot !== undefined) args.push('--autopilot', options.autopilot)
  const child = spawn('npm', args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { ...process.env, ...options.env },
  })
  let output = ''
  const take = (chunk: Buffer): void => {
    output += chunk.toString()
  }
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  await untilReady(child, () => output, options.readyTimeoutMs ?? 180_000)

  const stop = () => interrupt(child)
  return {
    url: `http://127.0.0.1:${port}`,
    dataDir,
    mavlinkPort,
    signIn: new Map([...output.matchAll(/^\s+(\w+)\s+(http\S+#\/sign-in\S+)$/gm)].map((m) => [m[1]!, m[2]!])),
    enrolUrl: /http\S+#\/enrol\S+/.exec(output)?.[0] ?? null,
    output: () => output,
    pid: async (part) => Number(await readFile(path.join(dataDir, `${part}.pid`), 'utf8')),
    stop,
    dispose: async () => {
      await stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function untilReady(child: ChildProcess, output: () => string, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${why}; it printed:\n${output()}`))
    const timer = setTimeout(() => fail('npm start was not ready in time'), timeoutMs)
    child.once('exit', (code) => {
      clearTimeout(timer)
      fail(`npm start ended with code ${code}`)
    })
    child.stdout?.on('data', () => {
      if (!output().includes('Press Ctrl-C')) return
      clearTimeout(timer)
      resolve()
    })
  })
}

/** Ctrl-C, as a terminal does it: the signal goes to the whole foreground group. */
export function interrupt(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.pid === undefined) return resolve(child.exitCode)
    child.once('exit', (code) => resolve(code))
    try {
      process.kill(-child.pid, 'SIGINT')
    } catch {
      resolve(child.exitCode)
    }
  })
}

export function freeTcpPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

export function freeUdpPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createSocket('udp4')
    probe.once('error', reject)
    probe.bind(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
