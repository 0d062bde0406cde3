import { parseOptions } from './cli/options.ts'
import { HELP } from './cli/help.ts'
import { run } from './cli/run.ts'

const parsed = parseOptions(process.argv.slice(2))
if (parsed.kind === 'help') {
  process.stdout.write(HELP)
} else if (parsed.kind === 'bad') {
  process.stderr.write(`mocks: ${parsed.message}\n`)
  process.exitCode = 2
} else {
  const stop = await run(parsed.options, process.env['SKERRY_FEED_TOKEN']).catch((error: unknown) => {
    process.stderr.write(`mocks: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  })
  const end = (): void => {
    void stop().then(() => process.exit(0))
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  // Started by another process: its end is ours, or a killed start would leave a city behind.
  if (process.channel !== undefined) process.on('disconnect', end)
  process.send?.({ type: 'ready' })
}
