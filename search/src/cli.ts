// The `search` command: npm run -s search -- map FILE
import { runCli } from './cli/run-cli.ts'

const { INIT_CWD } = process.env
process.exitCode = await runCli(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  directories: INIT_CWD === undefined ? [process.cwd()] : [process.cwd(), INIT_CWD],
})
