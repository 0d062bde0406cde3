// Runs a TypeScript entry point on the Node that the project pins, whatever Node is installed.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import path from 'node:path'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const [entry, ...args] = process.argv.slice(2)
if (entry === undefined) {
  process.stderr.write('usage: node scripts/run.mjs ENTRY.ts [ARGS]\n')
  process.exit(2)
}
const node = path.join(root, 'node_modules/.bin/node')
// The channel tells the child when we are gone, even if nobody could send it a signal.
const child = spawn(node, ['--disable-warning=ExperimentalWarning', path.resolve(root, entry), ...args], {
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  cwd: process.env.INIT_CWD ?? process.cwd(),
})
// We outlive the child, so that its last words and its exit code are not lost. A terminal also sends
// Ctrl-C to the child itself; a second one must do no harm there.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('error', (error) => {
  process.stderr.write(`cannot start ${node}: ${error.message}\n`)
  process.exit(1)
})
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)))
