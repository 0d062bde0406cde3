import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

const SOURCES = [
  'web',
  'layers/src',
  'search/src',
  'contract/src',
  'exchange/src',
  'basemap/src',
  'basemap/assets',
  'pnpm-lock.yaml',
]
const IGNORED = /^(node_modules|dist.*|gallery|bench)$/

/** Hash over every file that the console is built from. */
export async function sourceHash(root: string): Promise<string> {
  const hash = createHash('sha256')
  const visit = async (file: string): Promise<void> => {
    const full = path.join(root, file)
    if (!existsSync(full)) return
    const entries = await readdir(full, { withFileTypes: true }).catch(() => null)
    if (entries === null) {
      hash
        .update(file)
        .update('\0')
        .update(await readFile(full))
        .update('\0')
      return
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1)))
      if (!IGNORED.test(entry.name) && !entry.name.endsWith('.test.ts')) await visit(path.posix.join(file, entry.name))
  }
  for (const source of SOURCES) await visit(source)
  return hash.digest('hex')
}

/** Builds the console when its sources changed since the last build. Resolves to whether it built. */
export async function buildWebIfStale(root: string, say: (line: string) => void): Promise<boolean> {
  const stamp = path.join(root, 'web/dist/.source-hash')
  const wanted = await sourceHash(root)
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === wanted) return false
  say('Building the console (about half a minute, only when it changed) ...')
  const started = Date.now()
  const ticker = setInterval(() => say(`  still building, ${Math.round((Date.now() - started) / 1000)} s ...`), 10_000)
  // Built beside and put in place whole: a console that is being served never sees half a build.
  const next = path.join(root, `web/dist-next-${process.pid}`)
  const old = path.join(root, `web/dist-old-${process.pid}`)
  try {
    await run(root, next)
    await writeFile(path.join(next, '.source-hash'), wanted)
    if (existsSync(path.join(root, 'web/dist'))) await rename(path.join(root, 'web/dist'), old)
    await rename(next, path.join(root, 'web/dist'))
  } finally {
    clearInterval(ticker)
    await rm(next, { recursive: true, force: true })
    await rm(old, { recursive: true, force: true })
  }
  say(`Console built in ${Math.round((Date.now() - started) / 1000)} s.`)
  return true
}

function run(root: string, outDir: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const vite = path.join(root, 'web/node_modules/vite/bin/vite.js')
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn', '--outDir', outDir, '--emptyOutDir'], {
      cwd: path.join(root, 'web'),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the console did not build:\n${output}`))))
  })
}
