import { spawn, type ChildProcess } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'

export interface Part {
  name: string
  /** TypeScript entry point, relative to the root. */
  entry: string
  args: readonly string[]
  env: Readonly<Record<string, string>>
}

export interface Supervisor {
  /** Starts a part and resolves with the `ready` message it sends; rejects when it ends before that. */
  start(part: Part): Promise<Record<string, unknown>>
  /** Ends every part: asks first, insists after three seconds. */
  stop(): Promise<void>
}

const FIRST_RETRY_MS = 500
const LAST_RETRY_MS = 10_000
const STEADY_MS = 30_000
const INSIST_MS = 3_000

/**
 * Keeps the processes of one Skerry running: a part that ends by itself is started again, with growing pauses.
 * Parts have an IPC channel to us; when it closes (we were killed) they end by themselves, so none is left behind.
 */
export function createSupervisor(root: string, dataDir: string, say: (line: string) => void): Supervisor {
  const running = new Map<string, ChildProcess>()
  const pauses = new Map<string, NodeJS.Timeout>()
  let stopping = false

  const launch = (
    part: Part,
    tries: number,
    ready: (message: Record<string, unknown>) => void,
    failed: (e: Error) => void,
  ): void => {
    const log = createWriteStream(path.join(dataDir, 'logs', `${part.name}.log`), { flags: tries === 0 ? 'w' : 'a' })
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', path.join(root, part.entry), ...part.args],
      {
        cwd: root,
        env: { ...process.env, ...part.env },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        // Its own process group: a Ctrl-C in the terminal reaches us alone, and we end the parts in order.
        detached: true,
      },
    )
    const startedAt = Date.now()
    let isReady = false
    let lastWords = ''
    child.stdout?.pipe(log, { end: false })
    child.stderr?.on('data', (chunk: Buffer) => {
      log.write(chunk)
      lastWords = (lastWords + chunk.toString()).slice(-2000)
    })
    running.set(part.name, child)
    void writeFile(path.join(dataDir, `${part.name}.pid`), `${child.pid ?? ''}\n`)
    child.on('message', (message) => {
      if (typeof message !== 'object' || message === null || !('type' in message) || message.type !== 'ready') return
      isReady = true
      ready(message as unknown as Record<string, unknown>)
    })
    child.on('error', (error) => failed(error))
    child.on('exit', (code, signal) => {
      log.end()
      running.delete(part.name)
      if (stopping) return
      if (!isReady && tries === 0) {
        failed(new Error(lastWord(lastWords) ?? `${part.name} ended with ${signal ?? code} before it was ready`))
        return
      }
      const next = Date.now() - startedAt > STEADY_MS ? 1 : tries + 1
      const pauseMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (next - 1))
      say(
        `${part.name} ended (${signal ?? `code ${code}`}); starting it again in ${pauseMs / 1000} s. Its log: ${path.join(dataDir, 'logs', `${part.name}.log`)}`,
      )
      pauses.set(
        part.name,
        setTimeout(
          () =>
            launch(
              part,
              next,
              () => say(`${part.name} is back.`),
              () => {},
            ),
          pauseMs,
        ),
      )
    })
  }

  return {
    start: (part) => new Promise((resolve, reject) => launch(part, 0, resolve, reject)),
    async stop() {
      stopping = true
      for (const pause of pauses.values()) clearTimeout(pause)
      await Promise.all([...running.values()].map(end))
    },
  }
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    const insist = setTimeout(() => child.kill('SIGKILL'), INSIST_MS)
    child.once('exit', () => {
      clearTimeout(insist)
      resolve()
    })
    child.kill('SIGTERM')
  })
}

/** The error that a part died of, without its stack and the version that Node prints below it; else its last line. */
export function lastWord(text: string): string | null {
  const lines = text.trim().split('\n')
  const error = lines.findLast((line) => /^\w*(Error|Exception)\b.*:/.test(line))
  return (error ?? lines.at(-1))?.trim() || null
}
