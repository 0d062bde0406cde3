import { mkdir, readFile, readdir, rename, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Scheduler } from '../../engine/scheduler.ts'
import type { FeedDoor } from '../feeds/feed-door.ts'
import type { Listener } from '../feeds/listener.ts'
import type { IncidentDesk, ItemResult } from './incident-desk.ts'
import { readIncidents, type IncidentSpec } from './read-document.ts'

type FolderSpec = Extract<IncidentSpec, { kind: 'folder' }>

const LOOK_MS = 2000
const ENDINGS: Readonly<Record<FolderSpec['protocol'], RegExp>> = {
  'incidents-json': /\.json$/i,
  'incidents-csv': /\.(csv|txt)$/i,
  cap: /\.(xml|cap)$/i,
}

/**
 * Reads what is put into a folder, in the order of the names, once it has been left alone for a while. A file that was
 * read moves to `done`, one that could not be read to `refused`; beside either stands what became of its items. If it
 * cannot be moved it is not read again before it changes.
 */
export async function watchFolder(options: {
  spec: FolderSpec
  root: string
  door: FeedDoor
  desk: IncidentDesk
  clock: Scheduler
  onFault: (error: unknown) => void
}): Promise<Listener> {
  const { spec, root, door, desk, clock, onFault } = options
  const folder = path.resolve(root, spec.folder)
  /** Size and time of each file when it was last seen, and since when it has been so. */
  const seen = new Map<string, { mark: string; sinceMs: number; read: boolean }>()
  let stopped = false
  let running: Promise<void> = Promise.resolve()
  await Promise.all(['done', 'refused'].map((sub) => mkdir(path.join(folder, sub), { recursive: true }))).catch(
    (error: unknown) => {
      const code = (error as NodeJS.ErrnoException).code ?? 'unusable'
      throw new Error(`folder: ${spec.folder} cannot be used: ${code}`, { cause: error })
    },
  )

  async function look(): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true })
    const names = entries
      .filter((entry) => entry.isFile() && ENDINGS[spec.protocol].test(entry.name))
      .map(({ name }) => name)
    for (const name of seen.keys()) if (!names.includes(name)) seen.delete(name)
    for (const name of names.sort()) {
      if (stopped) return
      const { size, mtimeMs } = await stat(path.join(folder, name))
      const mark = `${size} ${mtimeMs}`
      const known = seen.get(name)
      if (known?.mark !== mark) seen.set(name, { mark, sinceMs: clock.nowMs(), read: false })
      const now = seen.get(name)!
      if (now.read || clock.nowMs() - now.sinceMs < spec.settledS * 1000) continue
      now.read = true
      await take(name, size)
    }
  }

  async function take(name: string, size: number): Promise<void> {
    if (size > spec.limits.messageBytes) {
      door.turnAway('too-large')
      return settle(name, 'refused', { error: `larger than ${spec.limits.messageBytes} bytes` })
    }
    const read = readIncidents(spec, await readFile(path.join(folder, name)), clock.nowMs())
    if (!read.ok) {
      await desk.take(spec, [{ at: name, item: { kind: 'fault', reason: read.reason, detail: read.detail } }])
      return settle(name, 'refused', { error: read.detail })
    }
    await settle(name, 'done', summaryOf(await desk.take(spec, read.items)))
  }

  async function settle(name: string, to: 'done' | 'refused', report: object): Promise<void> {
    const stamp = new Date(clock.nowMs()).toISOString().replaceAll(/[-:]/g, '').slice(0, 15)
    const target = path.join(folder, to, `${stamp}-${name}`)
    await rename(path.join(folder, name), target)
    await writeFile(`${target}.report.json`, `${JSON.stringify(report, null, 2)}\n`)
  }

  function tick(): void {
    running = look()
      .catch((error: unknown) => {
        door.turnAway('unreachable')
        onFault(error)
      })
      .finally(() => {
        if (!stopped) disarm = clock.after(LOOK_MS, tick)
      })
  }
  let disarm: () => void = () => {}
  tick()
  return {
    port: 0,
    async close() {
      stopped = true
      disarm()
      await running
    },
  }
}

const MOST_NAMED = 1000

/** How many of each outcome, and every item that was refused, with its place and reason. */
function summaryOf(results: readonly ItemResult[]): object {
  const counts: Record<string, number> = {}
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1
  return { counts, refused: results.filter(({ outcome }) => outcome === 'refused').slice(0, MOST_NAMED) }
}
