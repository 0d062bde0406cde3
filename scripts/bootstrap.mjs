// Brings a fresh clone to a runnable state with nothing but Node >= 18 and the npm registry.
// Ends at once when the installed tree already matches the lockfile.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import path from 'node:path'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const quiet = process.argv.includes('--quiet')
const say = (line) => quiet || process.stderr.write(`${line}\n`)
const read = (file) => (existsSync(path.join(root, file)) ? readFileSync(path.join(root, file), 'utf8') : null)

const lock = read('pnpm-lock.yaml')
const installed = read('node_modules/.pnpm/lock.yaml')
const pinnedNode = path.join(root, 'node_modules/.bin/node')

if (lock === null || lock !== installed || !existsSync(pinnedNode)) {
  // Pinned here and not as `packageManager`: with that field pnpm wants itself in a frozen lockfile and refuses.
  const { pnpm } = JSON.parse(read('package.json')).config
  say('Setting up: installing the workspace (about half a minute the first time) ...')
  const started = Date.now()
  const run = spawnSync('npx', ['--yes', pnpm, 'install', '--frozen-lockfile', '--reporter=append-only'], {
    cwd: root,
    // Standard output belongs to the command that runs after us.
    stdio: ['ignore', quiet ? 'ignore' : 2, quiet ? 'pipe' : 2],
    env: { ...process.env, CI: 'true' },
  })
  if (run.status !== 0) {
    if (quiet && run.stderr) process.stderr.write(run.stderr)
    process.stderr.write(
      `Setting up failed: the install ended with code ${run.status ?? run.signal}. Is the npm registry reachable?\n`,
    )
    process.exit(1)
  }
  if (!existsSync(pinnedNode)) {
    process.stderr.write(`Setting up failed: there is no pinned Node for ${process.platform} ${process.arch}.\n`)
    process.exit(1)
  }
  say(`Set up in ${((Date.now() - started) / 1000).toFixed(0)} s.`)
}
