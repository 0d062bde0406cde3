// The `mavlink` command: npm run -s mavlink -- inspect FILE --json
import { setTimeout as sleep } from 'node:timers/promises'
import { runCli } from './cli/run-cli.ts'

const { INIT_CWD } = process.env
process.exitCode = await runCli(
  process.argv.slice(2),
  {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    directories: INIT_CWD === undefined ? [process.cwd()] : [process.cwd(), INIT_CWD],
  },
  { nowMs: () => performance.now(), sleep: (ms) => sleep(ms) },
)
