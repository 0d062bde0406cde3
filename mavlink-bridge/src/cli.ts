// The `mavlink` command: npm run -s mavlink -- inspect FILE --json
import { setTimeout as sleep } from 'node:timers/promises'
import { runCli } from './cli/run-cli.ts'

const { INIT_CWD } = process.env
const stop = new AbortController()
// A command that does not look at the signal is cut off a moment later.
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.on(name, () => {
    stop.abort()
    setTimeout(() => process.exit(130), 1500).unref()
  })
process.exitCode = await runCli(
  process.argv.slice(2),
  {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    signal: stop.signal,
    directories: INIT_CWD === undefined ? [process.cwd()] : [process.cwd(), INIT_CWD],
  },
  { nowMs: () => performance.now(), sleep: (ms) => sleep(ms) },
)
