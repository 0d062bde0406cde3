import { HELP } from './cli/help.ts'
import { parseOptions } from './cli/options.ts'
import { run } from './cli/run.ts'
import { runArchive } from './cli/run-archive.ts'
import { runLossy } from './cli/run-lossy.ts'
import { LOAD_HELP, parseLoad } from './load/load-options.ts'
import { runLoad } from './load/run-load.ts'
import { LOSSY_HELP, parseLossy } from './lossy/lossy-options.ts'

const [word, ...rest] = process.argv.slice(2)
const parsed =
  word === 'lossy'
    ? { help: LOSSY_HELP, ...parseLossy(rest) }
    : word === 'load'
      ? { help: LOAD_HELP, ...parseLoad(rest) }
      : { help: HELP, ...parseOptions(process.argv.slice(2)) }
if (parsed.kind === 'help') {
  process.stdout.write(parsed.help)
} else if (parsed.kind === 'tell') {
  process.stdout.write(`${parsed.text}\n`)
} else if (parsed.kind === 'bad') {
  process.stderr.write(`mocks: ${parsed.message}\n`)
  process.exitCode = 2
} else if ('verb' in parsed.options && parsed.options.verb === 'archive') {
  await runArchive(parsed.options).catch((error: unknown) => {
    process.stderr.write(`mocks: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  })
} else {
  const token = process.env['SKERRY_FEED_TOKEN']
  const starting =
    'losses' in parsed.options
      ? runLossy(parsed.options)
      : 'ports' in parsed.options
        ? runLoad(parsed.options, token)
        : run(parsed.options, token)
  const stop = await starting.catch((error: unknown) => {
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
